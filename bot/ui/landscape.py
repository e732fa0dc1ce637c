"""A landscape in words: what all share, what divides, how many people, how sure, what it is not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.landscape.result import Landscape, Side, TooLittle
from bot.landscape.steps import about, tenths
from bot.texts import landscape as texts
from bot.ui.markdown import MESSAGE, escaped, shortened, size

_SUBJECT: Final = 60  # characters
_TRIES: Final = (
    *((5, longest) for longest in range(160, 50, -10)),
    *((3, longest) for longest in range(100, 20, -10)),
    *((1, longest) for longest in (80, 20)),
)
"""How many statements of a kind, and how many characters of each: the first that fits."""


def landscape_text(landscape: Landscape, statements: Mapping[int, str], *, subject: str) -> str:
    """Say what the landscape says, in one message; long statements end earlier if need be.

    A statement that is not among `statements` was taken away: only its number is shown.
    """
    text = ""
    for most, longest in _TRIES:
        text = "\n".join(_lines(_few(landscape, most), statements, subject, longest))
        if size(text) <= MESSAGE:
            return text
    return shortened(text, MESSAGE)


def too_little_text(missing: TooLittle, *, subject: str) -> str:
    """Say why there is no landscape yet."""
    return f"{_heading(subject)}\n{texts.too_little(missing.shortages)}"


def not_drawn_text() -> str:
    """Say that drawing failed, and what to do."""
    return texts.NO_PICTURE


def _lines(
    landscape: Landscape, statements: Mapping[int, str], subject: str, longest: int
) -> Iterator[str]:
    yield _heading(subject)
    yield f"{texts.counted(about(landscape.voters), landscape.comments)}."
    yield texts.certainty(
        groups=len(landscape.groups),
        stability=landscape.stability,
        is_one_mind=landscape.is_one_mind,
    )
    yield texts.title(texts.shared_title(has_groups=bool(landscape.groups)))
    yield from _shared(landscape, statements, longest)
    yield texts.title(texts.DIVIDING_TITLE)
    yield from _dividing(landscape, statements, longest)
    for number, group in enumerate(landscape.groups):
        yield texts.group(group.name, texts.SHAPES[number], about(group.size))
        sides = [[one.comment for one in group.typical if one.side is side] for side in Side]
        yield texts.typical(*sides)
    if landscape.ungrouped:
        yield texts.note(texts.UNGROUPED)
    if landscape.left_out:
        yield texts.note(texts.LEFT_OUT)
    yield texts.note(texts.NOT_A_VOTE)
    yield texts.note(texts.IN_STEPS)


def _few(landscape: Landscape, most: int) -> Landscape:
    return replace(landscape, shared=landscape.shared[:most], dividing=landscape.dividing[:most])


def _heading(subject: str) -> str:
    return texts.heading(escaped(" ".join(subject.split())[:_SUBJECT]))


def _shared(landscape: Landscape, statements: Mapping[int, str], longest: int) -> Iterator[str]:
    if not landscape.shared:
        yield texts.NOTHING_SHARED
    for one in landscape.shared:
        yield _statement(one.comment, statements, longest)
        yield texts.shared(one.side, tenths(one.least), has_groups=bool(landscape.groups))


def _dividing(landscape: Landscape, statements: Mapping[int, str], longest: int) -> Iterator[str]:
    if not landscape.dividing:
        yield texts.NOTHING_DIVIDES
    rows = {row.comment: row.shares for row in landscape.rows}
    places = {group.name: number for number, group in enumerate(landscape.groups)}
    for one in landscape.dividing:
        yield _statement(one.comment, statements, longest)
        if not one.most:
            yield texts.split(tenths(one.gap))
            continue
        most, least = (
            (name, tenths(rows[one.comment][places[name]] or 0.0)) for name in (one.most, one.least)
        )
        yield texts.dividing(most, least)


def _statement(comment: int, statements: Mapping[int, str], longest: int) -> str:
    said = " ".join(statements.get(comment, "").split())
    shown = escaped(said if len(said) <= longest else f"{said[: longest - 1].rstrip()}…")
    return texts.statement(comment, shown or texts.GONE)
