"""The lines of a PDF as blocks: what is large or bold is a heading, what is small a footnote."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, Self

from bot.adapters.documents.pdf_lines import Line
from bot.adapters.documents.plain import ITEM
from bot.adapters.documents.tidying import joined
from bot.services.knowledge.importing.reading import Block, BlockKind

_LARGE: Final = 1.12  # times the size of the text: a heading
_SMALL: Final = 0.9  # times the size of the text: a footnote
_GAP: Final = 1.4  # times the usual distance between lines: a new paragraph
_HEADING_LENGTH: Final = 140
_LOWER_HALF: Final = 0.5  # of the page: where footnotes stand
_LEVELS: Final = 6
_BULLET: Final = re.compile(r"^[•●▪◦–*-]\s+")
_NOTE: Final = re.compile(r"^\[?\d{1,3}[\].)]?\s*\D")
_NUMBERED: Final = re.compile(
    r"^(?:hoofdstuk\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+\S", re.IGNORECASE
)
_ENDS: Final = (".", "!", "?", ":", ";", "”", '"')


@dataclass(frozen=True, slots=True)
class Typography:
    """What the text is set in: its size, the distance of lines, and the sizes of headings."""

    size: float
    leading: float
    headings: tuple[float, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        """Measure it."""
        letters: Counter[float] = Counter()
        for line in lines:
            letters[line.size] += len(line.text)
        size = letters.most_common(1)[0][0] if letters else 10.0
        steps = [
            above.y - below.y
            for above, below in pairwise(lines)
            if above.page == below.page and above.size == below.size == size
        ]
        close = [step for step in steps if 0 < step < 3 * size]
        large = sorted({line.size for line in lines if line.size >= _LARGE * size}, reverse=True)
        return cls(size, median(close) if close else 1.2 * size, tuple(large))

    def level(self, line: Line) -> int:
        """Return the level of a heading, from 1; 0 for a line that is none."""
        text = line.text
        if len(text) > _HEADING_LENGTH or not any(one.isalpha() for one in text):
            return 0
        numbered = _NUMBERED.match(text)
        depth = numbered["number"].count(".") + 1 if numbered else 0
        if line.size in self.headings:
            return depth or min(self.headings.index(line.size) + 1, _LEVELS)
        if line.is_bold and line.size >= self.size - 0.1 and not text.endswith((".", ",", ";")):
            return depth or min(len(self.headings) + 1, _LEVELS)
        return 0

    def is_note(self, line: Line) -> bool:
        """Whether a line is set as a footnote."""
        return line.size <= _SMALL * self.size and line.y < _LOWER_HALF * line.height


def blocks_of(pages: Iterable[Sequence[Line]], typography: Typography) -> Iterator[Block]:
    """Yield the blocks of pages; a paragraph that goes on on the next page is one block."""
    waiting = _Waiting(typography)
    for page in pages:
        notes: list[Line] = []
        for line in page:
            if typography.is_note(line):
                notes.append(line)
            else:
                yield from waiting.take(line)
        waiting.notes += _notes(notes)
    yield from waiting.end()


class _Waiting:
    """The paragraph or heading that may go on, and the notes that come behind it."""

    def __init__(self, typography: Typography) -> None:
        self.notes: list[Block] = []
        self._typography = typography
        self._lines: list[Line] = []
        self._level = 0
        self._is_item = False

    def take(self, line: Line) -> Iterator[Block]:
        """Add a line, and yield what ended before it."""
        level = self._typography.level(line)
        bullet = _BULLET.match(line.text) or ITEM.match(line.text)
        if self._lines and (level != self._level or self._begins(line, is_item=bool(bullet))):
            yield from self.end()
        if not self._lines:
            self._level, self._is_item = level, bool(bullet) and not level
        self._lines.append(line)

    def end(self) -> Iterator[Block]:
        """Yield what waits."""
        if self._lines:
            yield self._block()
        yield from self.notes
        self.notes, self._lines = [], []

    def _block(self) -> Block:
        first = self._lines[0]
        texts = [line.text for line in self._lines]
        if self._level:
            return Block(BlockKind.HEADING, joined(texts), self._level, first.page)
        if not self._is_item:
            return Block(BlockKind.TEXT, joined(texts), page=first.page)
        texts[0] = _BULLET.sub("", texts[0])
        return Block(BlockKind.ITEM, joined(texts), page=first.page)

    def _begins(self, line: Line, *, is_item: bool) -> bool:
        """Whether a line begins something new, after the lines that wait."""
        last = self._lines[-1]
        if self._level:
            return line.page != last.page or last.y - line.y > 2.2 * line.size
        if is_item:
            return True
        ended = last.text.endswith(_ENDS)
        if line.page != last.page or line.y > last.y:  # another page or column
            return ended or (not line.text[:1].islower() and not last.text.endswith("-"))
        far = last.y - line.y > _GAP * self._typography.leading
        return far or (
            ended and line.x > last.x + self._typography.size * 0.8 and len(self._lines) > 1
        )


def _notes(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield footnotes, each as a block."""
    note: list[Line] = []
    for line in lines:
        if note and _NOTE.match(line.text):
            yield Block(BlockKind.NOTE, joined(one.text for one in note), page=note[0].page)
            note = []
        note.append(line)
    if note:
        yield Block(BlockKind.NOTE, joined(one.text for one in note), page=note[0].page)
