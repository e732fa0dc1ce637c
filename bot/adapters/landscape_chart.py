"""Draws a landscape for a phone: dark, so that it reads on both of Discord's themes.

Matplotlib is imported here, so import this where a picture is drawn and nowhere else.
"""

import math
from collections import defaultdict
from io import BytesIO
from itertools import combinations
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Patch, RegularPolygon

from bot.adapters.chart_text import DOTS, Style, drawable, width, wrapped
from bot.services.landscape.picture import (
    LandscapePicture,
    PictureGroup,
    PictureRow,
    PictureSection,
)

WIDTH: Final = 1080
"""Pixels; a phone shows it at 400, so 30 pixels here are 11 there: nothing is smaller."""

BACKGROUND: Final = "#16202E"
RAISED: Final = "#24344A"
RAIL: Final = "#5B6F8C"
SOFT: Final = "#B9C6D9"
BRIGHT: Final = "#F5F8FC"
# Each with a contrast of 7 or more against both backgrounds (WCAG AAA); shapes differ as well.
COLOURS: Final = ("#9CCBFF", "#FFD166", "#7FDBA8", "#FFB39A", "#DCC2FF")

_HEADING: Final = Style(46, BRIGHT, is_bold=True)
_LINE: Final = Style(31, SOFT)
_TITLE: Final = Style(36, BRIGHT, is_bold=True)
_NUMBER: Final = Style(36, BRIGHT, is_bold=True)
_CAPTION: Final = Style(30, SOFT)
_LABEL: Final = Style(31, BRIGHT, is_bold=True)
_LETTER: Final = Style(30, BACKGROUND, is_bold=True)

_EDGE: Final = 60
_MAP: Final = 600  # pixels of the map's height
_INSIDE: Final = _MAP - 20
_MARK: Final = 14  # the radius of a mark that stands for some people
_APART: Final = 34  # between two marks
_POINT: Final = 27  # the radius of a group's sign in a row
_TRACK: Final = (220, 990)  # where 0 and 100 per cent are
_STACKED: Final = 64  # from one sign to the next at the same place
_ROW_GAP: Final = 24
_Place = tuple[float, float]
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
_CORNERS: Final = (0, 3, 4, 4, 5)  # of each group's shape; 0 is a circle
_TURNED: Final = (0.0, 0.0, math.pi / 4, 0.0, 0.0)


def landscape_png(picture: LandscapePicture) -> bytes:
    """Return the picture as PNG: the same bytes for the same picture."""
    content = BytesIO()
    # Matplotlib leaves some keywords of these methods without a type.
    figure_of(picture).savefig(  # pyright: ignore[reportUnknownMemberType] -- see above
        content, format="png", metadata={"Software": None}, pil_kwargs={"compress_level": 3}
    )
    return content.getvalue()


def figure_of(picture: LandscapePicture) -> Figure:
    """Return the figure, in pixels from the top left."""
    lines = [part for line in picture.lines for part in _wrapped(line, _LINE)]
    head = _EDGE + _HEADING.line + 10 + len(lines) * _LINE.line + 20
    below = sum(_section_height(one) for one in picture.sections)
    footer = _wrapped(picture.footer, _CAPTION)
    height = head + _MAP + below + 40 + len(footer) * _CAPTION.line + _EDGE
    figure, axes = _axes(height)
    _write(axes, picture.heading, _EDGE, _EDGE, _HEADING)
    for number, line in enumerate(lines):
        _write(axes, line, _EDGE, _EDGE + _HEADING.line + 10 + number * _LINE.line, _LINE)
    _draw_map(axes, picture.groups, head)
    top = head + _MAP
    for section in picture.sections:
        _draw_section(axes, picture, section, top)
        top += _section_height(section)
    for number, line in enumerate(footer):
        _write(axes, line, _EDGE, top + 40 + number * _CAPTION.line, _CAPTION)
    return figure


def _axes(height: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS)
    FigureCanvasAgg(figure)
    figure.patch.set_alpha(0)
    axes = figure.add_axes((0, 0, 1, 1))  # pyright: ignore[reportUnknownMemberType] -- as above
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    axes.add_patch(_box(0, 0, WIDTH, height, colour=BACKGROUND))
    return figure, axes


def _draw_map(axes: Axes, groups: tuple[PictureGroup, ...], top: int) -> None:
    axes.add_patch(_box(_EDGE, top, WIDTH - 2 * _EDGE, _MAP - 20, colour=RAISED))
    places, scale = _layout(groups)
    for group, (x, y) in zip(groups, places, strict=True):
        middle = top + y - _LABEL.line / 2
        for mark in range(group.marks):
            turn, out = mark * _GOLDEN, scale * _APART * math.sqrt(mark)
            at = (x + out * math.cos(turn), middle + out * math.sin(turn))
            axes.add_patch(_shape(group.shape, at, scale * _MARK))
        left, below = x - width(group.label, _LABEL) / 2, middle + _spread(group, scale) + 4
        _write(axes, group.label, left, below, _LABEL)


def _layout(groups: tuple[PictureGroup, ...]) -> tuple[list[_Place], float]:
    """Return where groups are drawn and how large: as they lie, without covering each other."""
    for scale in (1.0, 0.85, 0.7, 0.55):
        halves = [_half(group, scale) for group in groups]
        places = _pushed_apart(_as_they_lie(groups), halves)
        if all(
            min(_overlap(places[one], places[other], halves[one], halves[other])) <= 0
            for one, other in combinations(range(len(groups)), 2)
        ):
            return places, scale
    return _in_cells(groups), scale


def _as_they_lie(groups: tuple[PictureGroup, ...]) -> list[_Place]:
    furthest = max((math.hypot(*group.centre) for group in groups), default=0) or 1
    return [
        (
            WIDTH / 2 + group.centre[0] / furthest * WIDTH / 4,
            _INSIDE / 2 - group.centre[1] / furthest * _INSIDE / 4,
        )
        for group in groups
    ]


def _pushed_apart(places: list[_Place], halves: list[_Place]) -> list[_Place]:
    """Move boxes that overlap, a little at a time, and keep all of them on the map."""
    places = list(places)
    for _ in range(200):
        for one, other in combinations(range(len(places)), 2):
            deep = _overlap(places[one], places[other], halves[one], halves[other])
            if min(deep) > 0:
                axis = 0 if deep[0] <= deep[1] else 1
                sign = 1 if places[one][axis] > places[other][axis] else -1
                places[one] = _moved(places[one], axis, sign * deep[axis] / 2)
                places[other] = _moved(places[other], axis, -sign * deep[axis] / 2)
        places = [
            (
                min(max(x, _EDGE + 15 + wide), WIDTH - _EDGE - 15 - wide),
                min(max(y, 15 + high), _INSIDE - 15 - high),
            )
            for (x, y), (wide, high) in zip(places, halves, strict=True)
        ]
    return places


def _in_cells(groups: tuple[PictureGroup, ...]) -> list[_Place]:
    """Return places side by side, from left to right: the last resort, for five large groups."""
    order = sorted(range(len(groups)), key=lambda at: groups[at].centre)
    columns = (len(groups) + 1) // 2
    cell = ((WIDTH - 2 * _EDGE) / columns, _INSIDE / 2)
    found = [(0.0, 0.0)] * len(groups)
    for rank, at in enumerate(order):
        found[at] = (_EDGE + cell[0] * (rank // 2 + 0.5), cell[1] * (rank % 2 + 0.5))
    return found


def _overlap(one: _Place, other: _Place, half: _Place, its: _Place) -> _Place:
    """Return how deep two boxes lie in each other, across and up: both positive when they do."""
    across, up = (half[axis] + its[axis] + 8 - abs(one[axis] - other[axis]) for axis in (0, 1))
    return (across, up)


def _moved(place: _Place, axis: int, by: float) -> _Place:
    return (place[0] + by, place[1]) if axis == 0 else (place[0], place[1] + by)


def _spread(group: PictureGroup, scale: float) -> float:
    return scale * (_APART * math.sqrt(max(group.marks - 1, 0)) + _MARK * 1.35)


def _half(group: PictureGroup, scale: float) -> _Place:
    """Return half the width and half the height of a group with its label."""
    spread = _spread(group, scale)
    return max(spread, width(group.label, _LABEL) / 2), spread + _LABEL.line / 2 + 4


def _section_height(section: PictureSection) -> int:
    rows = sum(map(_row_height, section.rows))
    inside = rows + _CAPTION.line + 10 if section.rows else _LINE.line + 10
    return 26 + _TITLE.line + 12 + inside


def _row_height(row: PictureRow) -> int:
    return max(_stack(row), 1) * _STACKED + _ROW_GAP


def _stack(row: PictureRow) -> int:
    """Return how many signs stand at one place at the most."""
    places = [percent for _, percent in row.points]
    return max((places.count(place) for place in places), default=0)


def _draw_section(axes: Axes, picture: LandscapePicture, section: PictureSection, top: int) -> None:
    _write(axes, section.title, _EDGE, top + 26, _TITLE)
    top += 26 + _TITLE.line + 12
    if not section.rows:
        _write(axes, section.empty, _EDGE, top, _LINE)
        return
    _write(axes, picture.low, _TRACK[0] - 30, top, _CAPTION)
    _write(axes, picture.high, _TRACK[1] + 30 - width(picture.high, _CAPTION), top, _CAPTION)
    top += _CAPTION.line + 10
    for row in section.rows:
        _draw_row(axes, picture, row, top)
        top += _row_height(row)


def _draw_row(axes: Axes, picture: LandscapePicture, row: PictureRow, top: int) -> None:
    middle = top + _row_height(row) / 2
    _write(axes, row.number, _EDGE, middle - _NUMBER.line / 2, _NUMBER)
    axes.add_line(Line2D(_TRACK, (middle, middle), color=RAIL, linewidth=3.5, zorder=2))
    at_place: dict[int, list[int]] = defaultdict(list)
    for group, percent in row.points:
        at_place[percent].append(group)
    for percent, groups in at_place.items():
        x = _TRACK[0] + (_TRACK[1] - _TRACK[0]) * percent / 100
        for number, group in enumerate(groups):
            y = middle + (number - (len(groups) - 1) / 2) * _STACKED
            shown = picture.groups[group]
            axes.add_patch(_shape(shown.shape, (x, y), _POINT))
            if shown.letter:
                left = x - width(shown.letter, _LETTER) / 2
                _write(axes, shown.letter, left, y - _LETTER.line / 2 + 2, _LETTER)


def _shape(shape: int, at: tuple[float, float], radius: float) -> Patch:
    colour = COLOURS[shape]
    if not _CORNERS[shape]:
        return Circle(at, radius, facecolor=colour, linewidth=0, zorder=3)
    return RegularPolygon(
        at,
        _CORNERS[shape],
        radius=radius * (1.35 if _CORNERS[shape] == 3 else 1.2),  # noqa: PLR2004 # a triangle's area is small
        orientation=math.pi + _TURNED[shape],
        facecolor=colour,
        linewidth=0,
        zorder=3,
    )


def _wrapped(text: str, style: Style) -> tuple[str, ...]:
    return wrapped(drawable(text, style), style, WIDTH - 2 * _EDGE)


def _write(axes: Axes, text: str, x: float, top: float, style: Style) -> None:
    axes.text(  # pyright: ignore[reportUnknownMemberType] -- as above
        x,
        top + style.size * 0.98,
        drawable(text, style),
        color=style.colour,
        fontproperties=style.font,
        parse_math=False,
        zorder=5,
    )


def _box(x: float, y: float, wide: float, high: float, *, colour: str) -> FancyBboxPatch:
    return FancyBboxPatch(
        (x, y),
        wide,
        high,
        boxstyle="round,pad=0,rounding_size=36",
        facecolor=colour,
        edgecolor="none",
        linewidth=0,
        zorder=1,
    )
