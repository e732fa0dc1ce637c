"""Cut what a file says into passages that stand on their own, and a long one into chapters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.services.knowledge.checks import MAX_PASSAGE_WORDS
from bot.services.knowledge.importing.reading import Block, BlockKind, ReadDocument

ONE_DOCUMENT: Final = 40
"""Passages up to which a file stays one document."""
MOST_PASSAGES: Final = 80
"""Passages of one document; a longer chapter goes on in another."""
_PATH: Final = " › "
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[^\W_a-z])")
_HEADING_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """At most 120 words, under the headings that they stand below, on these pages."""

    headings: tuple[str, ...]
    text: str
    page: int | None = None
    last_page: int | None = None

    @property
    def path(self) -> str:
        """The headings on one line."""
        return _PATH.join(self.headings)[:_HEADING_LENGTH].strip()


@dataclass(frozen=True, slots=True)
class Chapter:
    """What becomes one document. `heading` is empty when the file has one chapter only."""

    heading: str
    passages: tuple[Passage, ...]


def chapters_of(document: ReadDocument) -> tuple[Chapter, ...]:
    """Return the chapters of a file, each with its passages in order; no word gets lost."""
    passages = tuple(_passages(document.blocks))
    if len(passages) <= ONE_DOCUMENT:
        return (Chapter("", passages),) if passages else ()
    return tuple(_chapters(passages))


def _chapters(passages: Sequence[Passage]) -> Iterator[Chapter]:
    """Yield a chapter for each highest heading, of what is not too long for a document."""
    chapter: list[Passage] = []
    heading, part = "", 1
    for passage in passages:
        top = passage.headings[0] if passage.headings else ""
        if chapter and (top != heading or len(chapter) >= MOST_PASSAGES):
            yield _chapter(chapter, heading, part)
            part = part + 1 if top == heading else 1
            chapter = []
        heading = top
        chapter.append(passage)
    if chapter:
        yield _chapter(chapter, heading, part)


def _chapter(passages: Sequence[Passage], heading: str, part: int) -> Chapter:
    named = heading if part == 1 else f"{heading} ({part})".strip()
    below = tuple(Passage(one.headings[1:], one.text, one.page, one.last_page) for one in passages)
    return Chapter(named, below)


@dataclass(slots=True)
class _Open:
    """The passage that is being filled."""

    lines: list[str] = field(default_factory=list[str])
    words: int = 0
    page: int | None = None
    last_page: int | None = None

    def add(self, line: str, block: Block) -> None:
        """Add a line; it is known to fit."""
        if not self.lines:
            self.page = block.page
        self.lines.append(line)
        self.words += len(line.split())
        self.last_page = block.page


def _passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    headings: list[tuple[int, str]] = []
    opened, notes = _Open(), list[Block]()
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            yield from _section(headings, opened, notes)
            opened, notes = _Open(), []
            headings = [one for one in headings if one[0] < block.level]
            headings.append((block.level, block.text))
        elif block.kind is BlockKind.NOTE:
            notes.append(block)
        else:
            yield from _filled(headings, opened, block)
    yield from _section(headings, opened, notes)


def _filled(headings: Sequence[tuple[int, str]], opened: _Open, block: Block) -> Iterator[Passage]:
    """Add a block to the passage that is open, and yield each that gets full on the way."""
    mark = "- " if block.kind is BlockKind.ITEM and not block.text[:1].isdigit() else ""
    for piece in _pieces(mark + block.text):
        if opened.lines and opened.words + len(piece.split()) > MAX_PASSAGE_WORDS:
            yield _closed(headings, opened)
            opened.lines, opened.words = [], 0
        opened.add(piece, block)


def _section(
    headings: Sequence[tuple[int, str]], opened: _Open, notes: Sequence[Block]
) -> Iterator[Passage]:
    """Yield what is left of a section, and the notes that it has, in passages of their own."""
    if opened.lines:
        yield _closed(headings, opened)
    noted = _Open()
    for note in notes:
        yield from _filled(headings, noted, note)
    if noted.lines:
        yield _closed(headings, noted)


def _closed(headings: Sequence[tuple[int, str]], opened: _Open) -> Passage:
    return Passage(
        tuple(text for _, text in headings), "\n".join(opened.lines), opened.page, opened.last_page
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield a paragraph in pieces of at most 120 words, cut between sentences where it can be."""
    if len(text.split()) <= MAX_PASSAGE_WORDS:
        yield text
        return
    piece: list[str] = []
    count = 0
    for sentence in _SENTENCE_END.split(text):
        for part in _words(sentence):
            length = len(part.split())
            if piece and count + length > MAX_PASSAGE_WORDS:
                yield " ".join(piece)
                piece, count = [], 0
            piece.append(part)
            count += length
    if piece:
        yield " ".join(piece)


def _words(sentence: str) -> Iterator[str]:
    words = sentence.split()
    for start in range(0, len(words), MAX_PASSAGE_WORDS):
        yield " ".join(words[start : start + MAX_PASSAGE_WORDS])
