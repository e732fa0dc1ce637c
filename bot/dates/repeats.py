"""Repeat rules as people type them ("elke 2 weken", "iedere maandag"), and when they fall."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as numbers_from
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.calendar_days import nth_weekday
from bot.dates.facts import Shift
from bot.dates.matching import Match, length_of, match
from bot.dates.reading import NotUnderstood, Problem
from bot.dates.tokens import tokens_in, unreadable
from bot.dates.wall import instants, plus_months, wall
from bot.dates.words import Kind, Token

LARGEST: Final = 100
"""How many days, weeks, months or years may lie between two times."""

_WEEK: Final = Shift(days=7)
_MONTH: Final = Shift(months=1)
_ADVERBS: Final = (Shift(days=1), _WEEK, _MONTH, Shift(months=12), Shift(days=14))
_FIFTH: Final = 5


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every so many days or months; on a weekday, or on its nth of the month (-1: the last)."""

    step: Shift
    weekday: int | None = None
    nth: int | None = None


def read_repeat(text: str) -> Repeat | NotUnderstood:
    """Return the rule that a text means, or why there is none. Never raises for any text."""
    problem = unreadable(text)
    if problem is not None:
        return NotUnderstood(problem)
    tokens = tokens_in(text)
    for pattern, read in _PATTERNS:
        matched = match(tokens, 0, pattern)
        if matched is not None and length_of(matched) == len(tokens):
            return read(matched)
    return NotUnderstood(Problem.WORDS, words=_strange(tokens))


def occurrences(
    repeat: Repeat, *, first: dt.datetime, after: dt.datetime, zone: ZoneInfo, count: int
) -> tuple[dt.datetime, ...]:
    """Return the next so many moments after a moment, in the zone.

    The series starts at `first` (a weekday: at the first such day from there on) and keeps its
    time on the wall clock. A time that a clock change skips falls as much later as the clock
    jumps; of a time that exists twice it is the first. A day that a month does not have is the
    month's last day, and the longer months keep the day; a fifth weekday skips the month.
    """
    local = wall(first, zone)
    since = wall(after, zone).date() - dt.timedelta(days=1)
    dates = _dates(repeat, local.date(), since)
    moments = (_moment(dt.datetime.combine(date, local.time()), zone) for date in dates)
    start, bound = first.astimezone(dt.UTC), after.astimezone(dt.UTC)
    later = (one for one in moments if bound < one.astimezone(dt.UTC) >= start)
    return tuple(islice(later, count))


def _dates(repeat: Repeat, first: dt.date, since: dt.date) -> Iterator[dt.date]:
    """Yield the days of a series without end, from the last one before `since` on."""
    months, days = repeat.step.months, repeat.step.days
    if days:
        ahead = 0 if repeat.weekday is None else (repeat.weekday - first.weekday()) % 7
        start = first + dt.timedelta(days=ahead)
        skipped = max(0, (since - start).days // days)
        yield from (start + dt.timedelta(days=days * n) for n in numbers_from(skipped))
    away = (since.year - first.year) * 12 + since.month - first.month
    for n in numbers_from(max(0, away // months - 1)):
        date = plus_months(first, months * n)
        if repeat.nth is None:
            yield date
            continue
        nth = nth_weekday(date.year, date.month, repeat.nth, repeat.weekday or 0)
        if nth is not None:
            yield nth


def _moment(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    real = instants(local, zone)
    return real[0] if real else local.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)


def _every(matched: Match) -> Repeat | NotUnderstood:
    return _steps(matched, alone=1)


def _every_other(matched: Match) -> Repeat | NotUnderstood:
    return _steps(matched, alone=2)


def _steps(matched: Match, *, alone: int) -> Repeat | NotUnderstood:
    number, unit = matched[-2], matched[-1]
    times = alone if number is None or number.kind is not Kind.NUMBER else number.value
    if unit is None or not 1 <= times <= LARGEST:
        return NotUnderstood(Problem.TOO_FAR)
    is_months = unit.kind is Kind.MONTHS
    size = times * unit.value
    return Repeat(Shift(months=size) if is_months else Shift(days=size))


def _every_weekday(matched: Match) -> Repeat | NotUnderstood:
    return Repeat(_WEEK, weekday=_value(matched[-1]))


def _every_nth(matched: Match) -> Repeat | NotUnderstood:
    which, weekday, unit = matched[2], matched[3], matched[6]
    nth = -1 if which and which.kind is Kind.LAST else _value(which)
    if _value(unit) != 1:
        return NotUnderstood(Problem.WORDS, words=(unit.text,) if unit else ())
    if nth > _FIFTH or nth == 0:
        return NotUnderstood(Problem.IMPOSSIBLE_DATE)
    return Repeat(_MONTH, weekday=_value(weekday), nth=nth)


def _adverb(matched: Match) -> Repeat | NotUnderstood:
    return Repeat(_ADVERBS[_value(matched[0])])


def _value(token: Token | None) -> int:
    return token.value if token else 0


def _strange(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the words that no rule has, or all of them when only their order is strange."""
    unknown = tuple(token.text for token in tokens if token.kind is Kind.UNKNOWN)
    return unknown or tuple(token.text for token in tokens)


_PATTERNS: Final = (
    ("EVERY NUMBER? DAYS|MONTHS", _every),
    ("OM THE NUMBER? DAYS|MONTHS", _every_other),
    ("IN? EVERY WEEKDAY", _every_weekday),
    ("IN? EVERY? LAST|ORDINAL WEEKDAY VAN|IN THE|EVERY? MONTHS", _every_nth),
    ("IN? THE LAST|ORDINAL WEEKDAY VAN|IN THE|EVERY? MONTHS", _every_nth),
    ("ADVERB", _adverb),
)
