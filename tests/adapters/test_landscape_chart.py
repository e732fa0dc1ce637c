"""The picture of a landscape: nothing overlaps, nothing is cut, all of it can be read."""

import re
from collections.abc import Callable
from itertools import combinations
from typing import Final

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from bot.adapters import landscape_chart as chart
from bot.landscape.mapping import landscape_of
from bot.landscape.result import (
    NAMES,
    Dividing,
    Group,
    Landscape,
    Row,
    Shared,
    Side,
)
from bot.services.landscape.alt import ALT, alt_of
from bot.services.landscape.picture import LandscapePicture, picture_of
from bot.ui.landscape import landscape_text, too_little_text
from tests.landscape.electorates import planted, unrelated

SMALLEST: Final = 30  # pixels of 1,080: 11 of 400
HOSTILE: Final = "@everyone **vet** [klik](https://x.example) <@1> \n# kop " + "lang " * 200


def made(
    groups: int, *, share: float = 0.97, size: int = 40, sizes: tuple[int, ...] = ()
) -> Landscape:
    """Return a landscape with as much as one can hold, all of it at one place."""
    found = tuple(
        Group(NAMES[number], (sizes or (size,) * 5)[number], (0.001 * number, 0.0), 0.9, ())
        for number in range(groups)
    )
    shared = tuple(Shared(number, Side.AGREE, 0.9, share, 3.0, 0.001) for number in range(1, 6))
    dividing = tuple(
        Dividing(number, "A" if groups else "", "B" if groups else "", 0.6, 3.0, 0.001)
        for number in range(100_001, 100_006)
    )
    named = [*(one.comment for one in shared), *(one.comment for one in dividing)]
    rows = tuple(Row(comment, (share,) * max(groups, 1)) for comment in named)
    return Landscape(
        sum(one.size for one in found) or size,
        3,
        40,
        found,
        2,
        shared,
        dividing,
        rows,
        0.6,
        0.5,
        is_one_mind=False,
    )


def landscape(sizes: tuple[int, ...]) -> Landscape:
    found = landscape_of(planted(sizes, 24, seed=4)[0])
    assert isinstance(found, Landscape)
    return found


def empty() -> Landscape:
    found = landscape_of(unrelated(12, 8, seed=1))
    assert isinstance(found, Landscape)
    return found


CASES: Final[dict[str, Callable[[], Landscape]]] = {
    "three": lambda: landscape((20, 15, 8)),
    "none": empty,
    "full, five": lambda: made(5),
    "full, none": lambda: made(0),
    "many": lambda: made(5, size=2_000),
    "one large, four small": lambda: made(5, sizes=(150, 3, 3, 3, 3)),
}


@pytest.fixture(params=CASES)
def shown(request: pytest.FixtureRequest) -> Landscape:
    return CASES[str(request.param)]()


def boxes(picture: LandscapePicture) -> tuple[list[Bbox], float]:
    figure = chart.figure_of(picture)
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call] # matplotlib's stubs
    texts = figure.axes[0].texts
    assert all(float(text.get_fontsize()) * 100 / 72 >= SMALLEST - 0.01 for text in texts)
    found = [text.get_window_extent(renderer) for text in texts if text.get_text().strip()]
    return found, figure.bbox.height


def test_no_text_overlaps_another_or_leaves_the_picture(shown: Landscape) -> None:
    found, height = boxes(picture_of(shown))

    assert height <= 3 * chart.WIDTH
    for box in found:
        assert box.x0 >= 0
        assert box.x1 <= chart.WIDTH
        assert box.y0 >= 0
        assert box.y1 <= height
    for one, other in combinations(found, 2):
        both = Bbox.intersection(one, other)
        assert both is None or min(both.width, both.height) <= 8


def test_the_words_say_what_the_picture_shows_within_the_limit(shown: Landscape) -> None:
    picture = picture_of(shown)
    words = alt_of(shown, {row.comment: HOSTILE for row in shown.rows})

    assert len(words.encode("utf-16-le")) // 2 <= ALT
    for group in picture.groups:
        assert not group.letter or f"Groep {group.letter}: ongeveer" in words
    for section in picture.sections:
        assert section.title in words
        for row in section.rows:
            assert re.search(rf"\b{row.number}\b", words)
            assert all(f"{percent}%" in words for _, percent in row.points)


def test_the_message_says_it_too_harmlessly_and_within_the_limit(shown: Landscape) -> None:
    said = landscape_text(shown, {row.comment: HOSTILE for row in shown.rows}, subject=HOSTILE)

    assert len(said.encode("utf-16-le")) // 2 <= 2_000
    assert "@everyone" not in said
    assert "<@1>" not in said
    assert "\n# " not in said
    assert not re.search(r"(?<!\\)\]\(", said)
    for group in shown.groups:
        assert f"Groep {group.name}" in said
    for found in (shown.shared, shown.dividing):
        assert all(f"**{one.comment}**" in said for one in found[:1])
    assert "geen stemming en geen peiling" in said
    assert said.endswith("soms nog niet mee.")


def test_a_statement_that_was_taken_away_is_not_repeated() -> None:
    said = landscape_text(made(2), {}, subject="")

    assert "**1** (weggehaald)" in said
    assert said.startswith("## Opinielandschap\n")


def test_no_share_and_no_count_is_shown_exactly() -> None:
    full = made(2, share=1.0, size=13)
    said = f"{landscape_text(full, {}, subject='')} {alt_of(full, {})}"

    assert "100%" not in said
    assert "13" not in said
    assert "26" not in said
    assert "ongeveer 15 mensen" in said
    assert [group.label for group in picture_of(full).groups] == [
        "A: ± 15 mensen",
        "B: ± 15 mensen",
    ]


def test_what_is_missing_is_said_with_what_to_do() -> None:
    missing = landscape_of(unrelated(3, 2, seed=1))
    assert not isinstance(missing, Landscape)
    said = too_little_text(missing, subject="Wonen")

    assert said.startswith("## Opinielandschap: Wonen\n")
    assert "- mensen die stemmen: nu 3, minstens 7 nodig" in said
    assert "- stellingen waar mensen op stemmen: nu 2, minstens 5 nodig" in said
    assert "Stem op meer stellingen" in said


def _light(colour: str) -> float:
    """Return the relative luminance, by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_stands_out_from_its_background() -> None:
    for colour in (*chart.COLOURS, chart.SOFT, chart.BRIGHT):
        for behind in (chart.BACKGROUND, chart.RAISED):
            high, low = sorted((_light(colour), _light(behind)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 7


def test_groups_differ_by_shape_without_their_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "COLOURS", (chart.BRIGHT,) * 5)
    drawn = [chart._shape(number, (0, 0), 20) for number in range(5)]
    shapes = {str(one.get_transform().transform_path(one.get_path())) for one in drawn}

    assert len(shapes) == 5
