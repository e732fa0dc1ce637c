"""The picture of the timeline: nothing overlaps, nothing is cut, all of it can be read."""

import struct
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from bot.adapters import charts
from bot.adapters.chart_text import Style, drawable, width, wrapped
from bot.services.progress.timeline_picture import PictureRow, Shape, TimelinePicture
from bot.ui.progress.progress_picture import ALT, alt_of

SMALLEST: Final = 30  # pixels of 1,080: 11 of 400
HOSTILE: Final = (
    "W" * 100,
    "i" * 100,
    "Gemeenten stellen gezamenlijk de nieuwe uitvoeringsagenda voor informatievoorziening vast",
    "Overeenkomstigheidsverklaringsprocedurebeschrijvingen " * 2,
    "🎉🏳️‍🌈 feest 会議 $x_1$ \\frac{1}{2} @everyone **vet**",
    "会議会議",
    "\u202eomgekeerd̴̢̧",
    " ",
)
_titles = st.sampled_from(HOSTILE) | st.text(max_size=100)
_rows = st.builds(
    PictureRow,
    when=st.sampled_from(("8 juni 2027", "21 september tot en met 30 december 2027")),
    state=st.sampled_from(("afgerond", "gepland, datum voorbij", "gepland · volgende")),
    shape=st.sampled_from(Shape),
    title=_titles,
    is_next=st.booleans(),
)


def picture(rows: tuple[PictureRow, ...], *, today_at: int = 0) -> TimelinePicture:
    return TimelinePicture(
        heading="Tijdlijn: onderdeel digitale agenda",
        today="vandaag · 25 november 2026",
        today_at=min(today_at, len(rows)),
        past=min(max(today_at, 0), len(rows)),
        rows=rows,
        before="36 eerdere mijlpalen",
        after="6 latere mijlpalen",
        empty="Er staan nog geen mijlpalen op de tijdlijn.",
    )


def boxes(shown: TimelinePicture) -> tuple[list[Bbox], float]:
    """Return where every text is drawn, and the height of the whole."""
    figure = charts.figure_of(shown)
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call] # matplotlib's stubs
    texts = figure.axes[0].texts
    assert all(float(text.get_fontsize()) * 100 / 72 >= SMALLEST - 2 for text in texts)
    found = [text.get_window_extent(renderer) for text in texts if text.get_text().strip()]
    return found, figure.bbox.height


@settings(max_examples=15)
@given(st.lists(_rows, max_size=6), st.integers(-1, 6))
def test_no_text_overlaps_another_or_leaves_the_picture(
    rows: list[PictureRow], today_at: int
) -> None:
    found, height = boxes(picture(tuple(rows), today_at=today_at))

    for box in found:
        assert box.x0 >= 0
        assert box.x1 <= charts.WIDTH
        assert box.y0 >= 0
        assert box.y1 <= height
    for one, other in combinations(found, 2):
        assert not one.overlaps(other) or _touch(one, other)


def _touch(one: Bbox, other: Bbox) -> bool:
    """Whether two lines of text only share the room around their letters."""
    shared = Bbox.intersection(one, other)
    return shared is None or min(shared.width, shared.height) <= 8


@pytest.mark.parametrize("count", [0, 1, 6])
def test_the_file_is_a_picture_for_a_phone(count: int) -> None:
    row = PictureRow("8 juni 2027", "gepland", Shape.RING, HOSTILE[2])
    content = charts.timeline_png(picture((row,) * count, today_at=1))
    wide, high = struct.unpack(">II", content[16:24])

    assert content.startswith(b"\x89PNG")
    assert wide == charts.WIDTH
    assert high <= 3 * wide
    assert len(content) < 500_000


def test_the_same_picture_is_drawn_once() -> None:
    row = PictureRow("8 juni 2027", "gepland", Shape.RING, "Een keer")

    assert charts.timeline_png(picture((row,))) is charts.timeline_png(picture((row,)))


@given(_titles)
def test_wrapped_text_fits_and_keeps_every_letter(title: str) -> None:
    style = Style(37, "#FFFFFF", is_bold=True)
    shown = drawable(title, style)
    lines = wrapped(shown, style, 800)

    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")
    assert all(width(line, style) <= 800 or len(line) == 1 for line in lines)


@given(st.lists(_rows, max_size=6), st.integers(-1, 6))
def test_the_words_say_what_the_picture_shows_within_the_limit(
    rows: list[PictureRow], today_at: int
) -> None:
    shown = picture(tuple(rows), today_at=today_at)
    words = alt_of(shown)

    assert len(words.encode("utf-16-le", "surrogatepass")) // 2 <= ALT
    assert shown.heading in words
    assert shown.before in words
    for row in rows:
        assert row.when in words
        assert row.state in words
        assert row.title[:15].strip() in words


def _light(colour: str) -> float:
    """Return the relative luminance, by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_stands_out_from_its_background() -> None:
    for colour in (*charts._COLOURS.values(), charts._SOFT, charts._BRIGHT, charts._TODAY):
        for behind in (charts._BACKGROUND, charts._RAISED):
            high, low = sorted((_light(colour), _light(behind)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_state_has_a_shape_of_its_own() -> None:
    rows = [PictureRow("2027", "x", shape, "Zelfde") for shape in Shape]

    assert len({charts.timeline_png(picture((row,))) for row in rows}) == len(Shape)
