"""What differs between two versions of a document, word by word, for people to read."""

import difflib
import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_ALIKE: Final = 45.0  # of 100: paragraphs less alike are one taken out and another put in
_AROUND: Final = 6  # words of what stayed the same that are shown on either side
_MOST_WORDS: Final = 4_000  # of one version: comparing takes the product of both
_ELLIPSIS: Final = "…"


class Change(enum.Enum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share what happened to them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in which something changed; long pieces that did not are cut down to `…`."""

    pieces: tuple[Piece, ...]

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(len(one.text) + 1 for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs, as far as there is room; `left_out` paragraphs changed beside these."""

    paragraphs: tuple[Paragraph, ...]
    left_out: int = 0


def difference(before: str, after: str, *, room: int = 3_000) -> Difference:
    """Return what changed from `before` to `after` in at most `room` characters of text.

    Of a first paragraph that does not fit the beginning is shown. Words are those between spaces;
    what only moves from one line to another did not change.
    """
    changed = [one for one in _paragraphs(before, after) if _has_change(one)]
    shown: list[Paragraph] = []
    left = room
    for paragraph in changed:
        if paragraph.length > left:
            break
        shown.append(paragraph)
        left -= paragraph.length
    if changed and not shown:
        shown = [_cut(changed[0], room)]
    return Difference(tuple(shown), len(changed) - len(shown))


def paragraphs_in(text: str) -> list[str]:
    """Return the paragraphs of a text: what empty lines part."""
    return [stripped for one in _PARAGRAPH.split(text) if (stripped := one.strip())]


def _paragraphs(before: str, after: str) -> Iterator[Paragraph]:
    old, new = paragraphs_in(before), paragraphs_in(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            yield from _compared(old[first:last], new[start:end])


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Compare each new paragraph with the next old one that is like it."""
    place = 0
    for text in new:
        match = next(
            (at for at in range(place, len(old)) if fuzz.ratio(old[at], text) >= _ALIKE), None
        )
        if match is None:
            yield Paragraph((Piece(Change.ADDED, text),))
            continue
        yield from (Paragraph((Piece(Change.REMOVED, one),)) for one in old[place:match])
        yield _words(old[match], text)
        place = match + 1
    yield from (Paragraph((Piece(Change.REMOVED, one),)) for one in old[place:])


def _words(before: str, after: str) -> Paragraph:
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > _MOST_WORDS:
        return Paragraph((Piece(Change.REMOVED, before), Piece(Change.ADDED, after)))
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.SAME, " ".join(old[first:last])))
            continue
        pieces += _pieces(Change.REMOVED, old[first:last])
        pieces += _pieces(Change.ADDED, new[start:end])
    return Paragraph(tuple(_shortened(pieces)))


def _pieces(change: Change, words: Sequence[str]) -> Iterable[Piece]:
    return [Piece(change, " ".join(words))] if words else []


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Leave out the middle of what stayed the same, and what lies far from any change."""
    for number, piece in enumerate(pieces):
        words = piece.text.split()
        if piece.change is not Change.SAME:
            yield piece
            continue
        head = words[:_AROUND] if number else []
        tail = words[-_AROUND:] if number + 1 < len(pieces) else []
        if len(head) + len(tail) + 1 >= len(words):
            yield piece
        else:
            yield Piece(Change.SAME, " ".join((*head, _ELLIPSIS, *tail)))


def _has_change(paragraph: Paragraph) -> bool:
    return any(one.change is not Change.SAME for one in paragraph.pieces)


def _cut(paragraph: Paragraph, room: int) -> Paragraph:
    kept: list[Piece] = []
    left = room - 1
    for piece in paragraph.pieces:
        if len(piece.text) + 1 > left:
            if left > 1:
                kept.append(Piece(piece.change, piece.text[: left - 1] + _ELLIPSIS))
            break
        kept.append(piece)
        left -= len(piece.text) + 1
    return Paragraph(tuple(kept))
