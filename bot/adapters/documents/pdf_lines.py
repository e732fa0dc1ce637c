"""The lines of a page of a PDF, in the order in which people read them: two columns too."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pypdf import PageObject

from bot.adapters.documents.tidying import tidy

_WIDTH: Final = 0.5  # of a letter, on average, as a share of its size
_SAME_LINE: Final = 0.45  # of the size: further up or down is another line
_MARKER: Final = 0.87  # of the size of its line: a smaller number is a note's marker
_RIGHT_FROM, _RIGHT_TO = 0.4, 0.65  # where the right column begins, as a share of the page
_NEAR: Final = 6.0  # points: lines of a column begin so close together
_APART: Final = 2.0  # times its size: a line so far below a column is not of it
_COLUMN_LINES: Final = 8
_COLUMN_LETTERS: Final = 18  # on average; shorter lines side by side are a table
_OVER: Final = (
    0.1  # of the page: ends are guessed, so this far into the right column is not over it
)
_CROSSING: Final = 0.5  # of the lines of a column: more lines over both and there is one column


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; `y` counts in points from below, `height` is the page's."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    page: int
    height: float

    @property
    def end(self) -> float:
        """About where it ends."""
        return self.x + _WIDTH * self.size * len(self.text)


@dataclass(slots=True)
class _Piece:
    """What a page shows with one font, or goes on with in another."""

    parts: list[str]
    x: float
    y: float
    size: float
    bold: int
    ends: bool

    @property
    def text(self) -> str:
        return "".join(self.parts)


def lines_of(page: PageObject, number: int) -> list[Line]:
    """Return the lines of a page in the order of reading; `number` is the page's, from 1."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    pieces = _Pieces(bottom=float(page.mediabox.bottom), left=float(page.mediabox.left))
    page.extract_text(visitor_text=pieces.take)
    lines = [
        Line(text, one.x, one.y, round(one.size, 1), one.bold * 2 > len(text), number, height)
        for one in pieces.found
        if (text := tidy(one.text))
    ]
    right = _right_column(lines, width)
    if right is None:
        return list(_rows(lines))
    return list(_by_columns(lines, right, width))


class _Pieces:
    """Collects what pypdf tells of a page."""

    def __init__(self, *, bottom: float, left: float) -> None:
        self.found: list[_Piece] = []
        self._bottom = bottom
        self._left = left

    def take(self, text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:  # noqa: ANN401 # pypdf's own types
        """Take one piece; what is turned, such as a watermark, is left out."""
        if not text.strip():
            if self.found and "\n" in text:
                self.found[-1].ends = True
            return
        if abs(tm[1] * cm[0] + tm[3] * cm[1]) > abs(tm[0] * cm[0]) + 1e-6 and tm[0] == 0:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4] - self._left
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5] - self._bottom
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        points = abs(float(size or 1.0)) * (scale or 1.0)
        bold = _is_bold(font)
        for count, line in enumerate(text.rstrip("\n").split("\n")):
            self._add(line, x, y - count * 1.2 * points, points, is_bold=bold)
        if text.endswith("\n"):
            self.found[-1].ends = True

    def _add(self, text: str, x: float, y: float, size: float, *, is_bold: bool) -> None:
        last = self.found[-1] if self.found else None
        letters = len(text) if is_bold else 0
        if last is None or last.ends or abs(last.y - y) > _SAME_LINE * max(size, last.size):
            self.found.append(_Piece([text], x, y, size, letters, ends=False))
        elif size < _MARKER * last.size and text.strip().isdigit():
            pass  # the number of a note, above the line
        else:
            last.parts.append(text)
            last.bold += letters
            last.size = max(last.size, size)


def _is_bold(font: Any) -> bool:  # noqa: ANN401 # pypdf's own types
    name = str(font.get("/BaseFont", "")) if font else ""
    return any(word in name.lower() for word in ("bold", "black", "heavy", "semibold"))


def _right_column(lines: Sequence[Line], width: float) -> float | None:
    """Return where the right one of two columns begins; None when there is one column."""
    starts = Counter(
        round(line.x / 4) for line in lines if _RIGHT_FROM * width <= line.x <= _RIGHT_TO * width
    )
    if not starts:
        return None
    x = 4 * starts.most_common(1)[0][0]
    right = [line for line in lines if abs(line.x - x) <= _NEAR]
    left = [line for line in lines if line.x < x - _NEAR and line.end <= x + _OVER * width]
    crossing = [line for line in lines if line.x < x - _NEAR and line.end > x + _OVER * width]
    if min(len(right), len(left)) < _COLUMN_LINES or len(crossing) > _CROSSING * len(right):
        return None
    letters = sum(len(line.text) for line in (*left, *right)) / (len(left) + len(right))
    return x - _NEAR if letters >= _COLUMN_LETTERS else None


def _by_columns(lines: Sequence[Line], right: float, width: float) -> Iterator[Line]:
    """Yield the left column and then the right one, between lines that go over both."""
    bottom = min(line.y for line in lines if line.x >= right)
    left_band: list[Line] = []
    right_band: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.y):
        if line.x >= right:
            right_band.append(line)
            continue
        goes_over = line.end > right + _NEAR + _OVER * width
        # What stands below both columns, apart from the left one, is of neither.
        is_below = bool(left_band) and left_band[-1].y - line.y > _APART * line.size
        if goes_over or (is_below and line.y < bottom):
            yield from _rows(left_band)
            yield from _rows(right_band)
            left_band, right_band = [], []
        if goes_over:
            yield line
        else:
            left_band.append(line)
    yield from _rows(left_band)
    yield from _rows(right_band)


def _rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines from above to below; what stands side by side becomes one."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda one: (-one.y, one.x)):
        if row and abs(row[0].y - line.y) > _SAME_LINE * min(row[0].size, line.size):
            yield _side_by_side(row)
            row = []
        row.append(line)
    if row:
        yield _side_by_side(row)


def _side_by_side(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    ordered = sorted(row, key=lambda one: one.x)
    first = ordered[0]
    size = max(one.size for one in ordered)
    texts = [
        one.text for one in ordered if not (one.size < _MARKER * size and one.text.isdigit())
    ] or [first.text]
    is_bold = all(one.is_bold for one in ordered)
    return Line(" ".join(texts), first.x, first.y, size, is_bold, first.page, first.height)
