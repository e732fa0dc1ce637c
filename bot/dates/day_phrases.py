"""The phrases that say a day: "8 juni", "volgende week", "eerste maandag", "de 3e", "week 23"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.dates.distances import after_now, ago, before_event, near_event
from bot.dates.facts import Facts, Which
from bot.dates.feast_phrases import feast_phrase
from bot.dates.matching import Found, Match, length_of, match
from bot.dates.words import Kind, Part, Token

_WEEK: Final = 7
_YEAR: Final = 12
_LAST_ONES: Final = "WEEKDAY|DAYS|MONTHS|MONTH|WEEKEND|PART|NIGHT"
_SELECTED: Final = {Kind.THIS: Which.THIS, Kind.COMING: Which.COMING, Kind.NEXT: Which.NEXT}


def day_phrase(tokens: Sequence[Token], at: int) -> Found | None:
    """Return the longest phrase about the day at a place."""
    found = [one for read in _READERS if (one := read(tokens, at)) is not None]
    for pattern, facts_of in _PHRASES:
        matched = match(tokens, at, pattern)
        facts = facts_of(matched) if matched else None
        if matched and facts:
            found.append(Found(length_of(matched), facts))
    return max(found, key=lambda one: one.length, default=None)


def _weekday(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "IN? THE? NEXT|COMING|THIS? WEEKDAY COMING?")
    if matched is None:
        return None
    which = _which(matched[4] or matched[2], otherwise=Which.PLAIN)
    return Found(length_of(matched), Facts(weekday=_value(matched[3]), which=which))


def _weekday_morning(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "maandag morgen": the morning of that Monday, which may be tomorrow."""
    matched = match(tokens, at, "IN? THE? NEXT|COMING|THIS? WEEKDAY DAY")
    if matched is None or _value(matched[4]) != 1:
        return None
    which = _which(matched[2], otherwise=Which.PLAIN)
    facts = Facts(weekday=_value(matched[3]), which=which, part=Part.MORNING)
    return Found(length_of(matched), facts)


def _counted_from_weekday(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "vrijdag over een week"."""
    start = match(tokens, at, "IN? THE? WEEKDAY PART?")
    after = after_now(tokens, at + length_of(start)) if start else None
    if start is None or after is None:
        return None
    part = Part(start[3].value) if start[3] else None
    facts = replace(
        after.facts, weekday=_value(start[2]), which=Which.PLAIN, counted=True, part=part
    )
    return Found(length_of(start) + after.length, facts)


def _month_of_day(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "8 juni 2027", "de 8e van juni"."""
    matched = match(tokens, at, "THE? NUMBER|ORDINAL VAN? MONTH VAN? YEAR? COMING?")
    if matched is None:
        return None
    facts = Facts(
        day=_value(matched[1]),
        month=_value(matched[3]),
        year=_value(matched[5]) if matched[5] else None,
    )
    return Found(length_of(matched), facts)


def _numeric(matched: Match) -> Facts | None:
    match matched[2].parts if matched[2] else ():
        case (first, second):
            return Facts(numeric=(first, second))
        case (first, second, third):
            return Facts(numeric=(first, second, third))
        case _:
            return None


def _period(matched: Match) -> Facts | None:
    """Read "volgende week", "deze maand", "komend jaar"."""
    which, unit = _which(matched[2], otherwise=Which.PLAIN), matched[3]
    if unit is None or (unit.kind is Kind.DAYS and unit.value != _WEEK):
        return None
    if unit.kind is Kind.DAYS:
        return Facts(week=which)
    return Facts(year_step=which) if unit.value == _YEAR else Facts(month_step=which)


def _previous(matched: Match) -> Facts | None:
    """Read "vorige week", "afgelopen nacht"; "de vorige dag" is the one before the event."""
    which, unit = matched[2], matched[3]
    if which is None or unit is None:
        return None
    of_event = unit.kind in {Kind.PART, Kind.NIGHT} or (unit.kind is Kind.DAYS and unit.value == 1)
    return None if of_event and not which.value else Facts(past=True)


def _of_the_month(matched: Match) -> Facts | None:
    unit = matched[-1]
    return Facts(month_step=Which.PLAIN) if unit and unit.value == 1 else None


def _edge_of_the_month(matched: Match) -> Facts | None:
    unit = matched[-1]
    is_month = unit is not None and unit.value == 1
    return Facts(edge=_value(matched[1]), month_step=Which.PLAIN) if is_month else None


def _edge_day(matched: Match) -> Facts | None:
    """Read "de laatste dag", "de eerste dag" of what follows."""
    which, unit = matched[1], matched[2]
    if which is None or unit is None or unit.value != 1:
        return None
    if which.kind is Kind.LAST:
        return Facts(edge=1)
    return Facts(edge=0) if which.value == 1 else None


def _nth(matched: Match) -> Facts:
    which = matched[1]
    last = which is not None and which.kind is Kind.LAST
    return Facts(nth=-1 if last else _value(which), weekday=_value(matched[2]))


def _iso_week(matched: Match) -> Facts | None:
    unit = matched[1]
    is_week = unit is not None and unit.value == _WEEK
    return Facts(iso_week=_value(matched[2])) if is_week else None


def _weekend(matched: Match) -> Facts:
    return Facts(weekend=_which(matched[2], otherwise=Which.THIS))


def _which(token: Token | None, *, otherwise: Which) -> Which:
    return otherwise if token is None else _SELECTED[token.kind]


def _value(token: Token | None) -> int:
    return token.value if token else 0


_READERS: Final[tuple[Callable[[Sequence[Token], int], Found | None], ...]] = (
    after_now,
    ago,
    before_event,
    near_event,
    feast_phrase,
    _weekday,
    _weekday_morning,
    _counted_from_weekday,
    _month_of_day,
)
_PHRASES: Final[tuple[tuple[str, Callable[[Match], Facts | None]], ...]] = (
    ("DAY", lambda matched: Facts(offset=_value(matched[0]))),
    (f"IN? THE? PREVIOUS {_LAST_ONES}", _previous),
    ("THIS PART", lambda matched: Facts(offset=0, part=Part(_value(matched[1])))),
    ("GONE", lambda _matched: Facts(past=True)),
    ("IN? THE? NUMERIC", _numeric),
    ("IN|VAN? THE? NEXT|COMING|THIS DAYS|MONTHS", _period),
    ("VAN|IN THE? MONTHS", _of_the_month),
    ("THE? EDGE VAN? THE? MONTHS", _edge_of_the_month),
    ("THE? EDGE", lambda matched: Facts(edge=_value(matched[1]))),
    ("THE? LAST|ORDINAL DAYS", _edge_day),
    ("THE? LAST|ORDINAL WEEKDAY", _nth),
    ("THE? ORDINAL", lambda matched: Facts(ordinal=_value(matched[1]))),
    ("VAN|IN? MONTH", lambda matched: Facts(month=_value(matched[1]))),
    ("VAN|IN? YEAR", lambda matched: Facts(year=_value(matched[1]))),
    ("IN? DAYS NUMBER", _iso_week),
    ("IN? THE|THIS? NEXT|COMING|THIS? WEEKEND", _weekend),
)
