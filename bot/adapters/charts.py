"""Draws the timeline as a picture for a phone: dark, so that it reads on both of Discord's themes.

Import it in a thread, when a picture is wanted: matplotlib takes half a second. Nothing of pyplot
is used, which keeps figures for ever and is not made for threads.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Wedge

from bot.adapters.chart_text import DOTS, Style, drawable, width, wrapped
from bot.services.progress.timeline_picture import PictureRow, Shape, TimelinePicture

WIDTH: Final = 1080
"""Pixels; a phone shows it at 400, so 30 pixels here are 11 there: nothing is smaller."""

_BACKGROUND: Final = "#16202E"
_RAISED: Final = "#24344A"
_RAIL: Final = "#5B6F8C"
_SOFT: Final = "#B9C6D9"
_BRIGHT: Final = "#F5F8FC"
_TODAY: Final = "#FF9E80"
# Each with a contrast of 7 or more against both backgrounds (WCAG AAA).
_COLOURS: Final = {
    Shape.TICK: "#7FDBA8",
    Shape.HALF: "#FFD166",
    Shape.RING: "#9CCBFF",
    Shape.CROSS: "#C3CDDB",
    Shape.QUESTION: "#C3CDDB",
}
_HEADING: Final = Style(46, _BRIGHT, is_bold=True)
_WHEN: Final = Style(30, _SOFT)
_TITLE: Final = Style(37, _BRIGHT, is_bold=True)
_MORE: Final = Style(30, _SOFT)
_TODAYS: Final = Style(30, _TODAY, is_bold=True)
_MARK: Final = Style(32, _BACKGROUND, is_bold=True)

_EDGE: Final = 60
_RAIL_X: Final = 104
_TEXT_X: Final = 168
_ROOM: Final = WIDTH - _TEXT_X - _EDGE - 20
_RADIUS: Final = 23
_GAP: Final = 46  # between two rows
_STATE_GAP: Final = 26  # between the day and the state on one line
_KEPT: Final = 64  # pictures; each some tens of kilobytes
_ROUND: Final = 36
_STROKE: Final = 3.5  # points
_BASELINE: Final = 0.98  # of a letter's size, from the top of its line

_drawing = threading.Lock()


_Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Area:
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Something of a known height, drawn from its top."""

    height: int
    draw: Callable[[Axes, int], None]


def timeline_png(picture: TimelinePicture) -> bytes:
    """Return the picture as PNG; the same content is drawn once. Takes a moment: use a thread."""
    with _drawing:
        return _png(picture)


def figure_of(picture: TimelinePicture) -> Figure:
    """Return the figure, in pixels from the top left."""
    blocks = _blocks(picture)
    height = 2 * _EDGE + sum(block.height for block in blocks)
    figure = Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS)
    FigureCanvasAgg(figure)
    figure.patch.set_alpha(0)
    axes = figure.add_axes((0, 0, 1, 1))  # pyright: ignore[reportUnknownMemberType] -- see _png
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    axes.add_patch(_box(_Area(0, 0, WIDTH, height), colour=_BACKGROUND))
    top = _EDGE
    for block in blocks:
        block.draw(axes, top)
        top += block.height
    return figure


@lru_cache(maxsize=_KEPT)
def _png(picture: TimelinePicture) -> bytes:
    content = BytesIO()
    # Matplotlib leaves some keywords of these methods without a type.
    figure_of(picture).savefig(  # pyright: ignore[reportUnknownMemberType] -- see above
        content, format="png", metadata={"Software": None}
    )
    return content.getvalue()


def _blocks(picture: TimelinePicture) -> list[_Block]:
    blocks = [_heading(picture.heading)]
    if not picture.rows:
        return [*blocks, _today(picture.today), _paragraph(picture.empty)]
    past = picture.past
    if picture.before:
        blocks.append(_more(picture.before))
    for index, row in enumerate(picture.rows):
        if index == picture.today_at:
            blocks.append(_today(picture.today))
        is_end = index == len(picture.rows) - 1 and index >= past and not picture.after
        blocks.append(_row(row, is_past=index < past, is_end=is_end))
    if picture.today_at == len(picture.rows):
        blocks.append(_today(picture.today))
    if picture.after:
        blocks.append(_more(picture.after))
    return blocks


def _heading(text: str) -> _Block:
    lines = wrapped(drawable(text, _HEADING), _HEADING, WIDTH - 2 * _EDGE)

    def draw(axes: Axes, top: int) -> None:
        _write(axes, lines, _EDGE, top, _HEADING)

    return _Block(len(lines) * _HEADING.line + 34, draw)


def _paragraph(text: str) -> _Block:
    lines = wrapped(drawable(text, _TITLE), _TITLE, _ROOM)

    def draw(axes: Axes, top: int) -> None:
        _write(axes, lines, _TEXT_X, top + 10, _TITLE)

    return _Block(len(lines) * _TITLE.line + 40, draw)


def _more(text: str) -> _Block:
    """Say how many are left out, beside a rail that goes on."""
    lines = wrapped(drawable(text, _MORE), _MORE, _ROOM)
    height = len(lines) * _MORE.line + 34

    def draw(axes: Axes, top: int) -> None:
        for dot in range(3):
            y = top + 10 + dot * 16
            axes.add_patch(Circle((_RAIL_X, y), 4, facecolor=_RAIL, linewidth=0))
        _write(axes, lines, _TEXT_X, top, _MORE)

    return _Block(height, draw)


def _today(text: str) -> _Block:
    """Draw the line between what was and what comes."""
    label = drawable(text, _TODAYS)
    high = _TODAYS.line + 22

    def draw(axes: Axes, top: int) -> None:
        middle = top + high / 2
        ends = ((_EDGE, middle), (WIDTH - _EDGE, middle))
        _line(axes, ends, colour=_TODAY, dashed=True)
        wide = width(label, _TODAYS) + 48
        area = _Area(_TEXT_X - 24, top, wide, high)
        axes.add_patch(_box(area, colour=_BACKGROUND, line=_TODAY, rounding=high / 2))
        axes.add_patch(Circle((_RAIL_X, middle), 12, facecolor=_TODAY, linewidth=0, zorder=4))
        _write(axes, (label,), _TEXT_X, top + 11, _TODAYS)

    return _Block(high + _GAP - 6, draw)


def _row(row: PictureRow, *, is_past: bool, is_end: bool) -> _Block:
    state = Style(_WHEN.size, _COLOURS[row.shape], is_bold=True)
    when, said = drawable(row.when, _WHEN), drawable(row.state, state)
    title = wrapped(drawable(row.title, _TITLE, otherwise="…"), _TITLE, _ROOM)
    beside = width(when, _WHEN) + _STATE_GAP
    is_one_line = beside + width(said, state) <= _ROOM
    first = () if is_one_line else wrapped(said, state, _ROOM)
    text_height = (1 + len(first)) * _WHEN.line + 4 + len(title) * _TITLE.line

    def draw(axes: Axes, top: int) -> None:
        if row.is_next:
            left = _TEXT_X - 28
            area = _Area(left, top - 18, WIDTH - left - 40, text_height + 32)
            axes.add_patch(_box(area, colour=_RAISED, rounding=24))
        end = top + text_height + _GAP
        centre = top + _WHEN.line / 2
        if not is_end:
            ends = ((_RAIL_X, centre + _RADIUS + 10), (_RAIL_X, end - 14))
            _line(axes, ends, dashed=not is_past)
        _shape(axes, row.shape, centre)
        _write(axes, (when,), _TEXT_X, top, _WHEN)
        if is_one_line:
            _write(axes, (said,), _TEXT_X + beside, top, state)
        _write(axes, first, _TEXT_X, top + _WHEN.line, state)
        _write(axes, title, _TEXT_X, top + (1 + len(first)) * _WHEN.line + 4, _TITLE)

    return _Block(text_height + _GAP, draw)


def _shape(axes: Axes, shape: Shape, y: float) -> None:
    colour, at = _COLOURS[shape], (_RAIL_X, y)
    filled = colour if shape is Shape.TICK else _BACKGROUND
    axes.add_patch(
        Circle(at, _RADIUS - 2, facecolor=filled, edgecolor=colour, linewidth=4, zorder=3)
    )
    x = _RAIL_X
    match shape:
        case Shape.TICK:
            tick = ((x - 10, y), (x - 3, y + 8), (x + 11, y - 8))
            _line(axes, tick, colour=_BACKGROUND)
        case Shape.HALF:
            axes.add_patch(Wedge(at, _RADIUS - 4, 90, 270, facecolor=colour, zorder=4))
        case Shape.CROSS:
            _line(axes, ((x - 9, y - 9), (x + 9, y + 9)), colour=colour)
            _line(axes, ((x - 9, y + 9), (x + 9, y - 9)), colour=colour)
        case Shape.QUESTION:
            mark = Style(_MARK.size - 4, colour, is_bold=True)
            left = x - width("?", mark) / 2
            _write(axes, ("?",), left, y - mark.line / 2 + 3, mark)
        case Shape.RING:
            pass


def _write(axes: Axes, lines: tuple[str, ...], x: float, top: float, style: Style) -> None:
    for number, line in enumerate(lines):
        y = top + number * style.line + style.size * _BASELINE
        axes.text(  # pyright: ignore[reportUnknownMemberType] -- see _png
            x,
            y,
            line,
            color=style.colour,
            fontproperties=style.font,
            parse_math=False,
            zorder=5,
        )


def _line(axes: Axes, points: _Points, *, colour: str = _RAIL, dashed: bool = False) -> None:
    axes.add_line(
        Line2D(
            *zip(*points, strict=True),
            color=colour,
            linewidth=_STROKE,
            linestyle=(0, (2.2, 2.2)) if dashed else "solid",
            solid_capstyle="round",
            zorder=2 if colour in {_RAIL, _TODAY} else 4,
        )
    )


def _box(area: _Area, *, colour: str, line: str = "", rounding: float = _ROUND) -> FancyBboxPatch:
    return FancyBboxPatch(
        (area.x, area.y),
        area.wide,
        area.high,
        boxstyle=f"round,pad=0,rounding_size={rounding}",
        facecolor=colour,
        edgecolor=line or "none",
        linewidth=_STROKE if line else 0,
        zorder=3 if line else 1,
    )
