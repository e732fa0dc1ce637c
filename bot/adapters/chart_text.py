"""Text in pictures: what the font can show, how wide it is, and where its lines end.

Matplotlib is imported here and in `charts` only, and both are imported when a picture is wanted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import (
    FontPath,
    FontProperties,
    findfont,  # pyright: ignore[reportUnknownVariableType] -- takes any path
    get_font,  # pyright: ignore[reportUnknownVariableType] -- likewise
)
from matplotlib.ft2font import FT2Font

POINTS: Final = 72
DOTS: Final = 100
"""Pixels an inch: with this, so many points are so many pixels."""
_LINE: Final = 1.32  # of the size of the letters, from one line to the next


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `size` is in pixels, the height of its letters with room around them."""

    size: int
    colour: str
    is_bold: bool = False

    @property
    def font(self) -> FontProperties:
        """The font that comes with matplotlib, so that every machine draws the same."""
        weight = "bold" if self.is_bold else "normal"
        return FontProperties(family="DejaVu Sans", weight=weight, size=self.size * POINTS / DOTS)

    @property
    def line(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * _LINE)


def drawable(text: str, style: Style, *, otherwise: str = "") -> str:
    """Return a text without what the font cannot draw, such as emoji, as one line."""
    known = _glyphs(is_bold=style.is_bold)
    kept = "".join(one for one in " ".join(text.split()) if one == " " or ord(one) in known)
    return " ".join(kept.split()) or otherwise


def width(text: str, style: Style) -> float:
    """Return how many pixels wide a line is."""
    font = _font(is_bold=style.is_bold)
    font.set_size(style.size * POINTS / DOTS, DOTS)
    font.set_text(text, 0.0)
    return font.get_width_height()[0] / 64


def wrapped(text: str, style: Style, room: float) -> tuple[str, ...]:
    """Return the lines of a text, none wider than `room`; a word that is too long is cut."""
    lines: list[str] = []
    line = ""
    for word in _words(text, style, room):
        longer = f"{line} {word}" if line else word
        if line and width(longer, style) > room:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line)


def _words(text: str, style: Style, room: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while width(rest, style) > room and len(rest) > 1:
            fits = _fitting(rest, style, room)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _fitting(word: str, style: Style, room: float) -> int:
    """Return how many of the first letters fit: at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(word[:middle], style) <= room else (low, middle - 1)
    return low


@lru_cache(maxsize=2)
def _path(*, is_bold: bool) -> FontPath:
    return findfont(Style(1, "", is_bold=is_bold).font)


def _font(*, is_bold: bool) -> FT2Font:
    """Return the font of this thread: matplotlib keeps one for each."""
    return get_font(_path(is_bold=is_bold))


@lru_cache(maxsize=2)
def _glyphs(*, is_bold: bool) -> frozenset[int]:
    return frozenset(_font(is_bold=is_bold).get_charmap())
