"""Which days a text can mean. Each shape, the set of facts that were said, has one rule."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.dates import calendar_days, event_days, feast_days, week_days
from bot.dates.candidates import Around, Day, Days
from bot.dates.facts import Facts, Which, day_facts
from bot.dates.reading import NotUnderstood, Problem

Rule = Callable[[Facts, Around], Days]

_NEEDS_EVENT: Final = {"before", "event_day"}
_YEARS: Final = {"year", "year_step"}
_CONFIRMING: Final = {"offset", "week"}
_CALENDAR: Final = {"day", "numeric", "ordinal", "feast"}
_FARTHEST: Final = 100
"""Years from now beyond which no calendar is consulted."""
_EARLIEST: Final = 1900
_YEAR: Final = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Shape:
    rule: Rule
    with_year: bool = False


def days_of(facts: Facts, around: Around) -> tuple[Day, ...] | NotUnderstood:
    """Return the days that the facts can mean, at least one, or why there is none."""
    said = day_facts(facts)
    if said & _NEEDS_EVENT and around.event is None:
        return NotUnderstood(Problem.NEEDS_EVENT)
    problem = _out_of_reach(facts, around)
    if problem is not None:
        return problem
    shape = _shape(said)
    if shape is not None:
        return shape.rule(facts, around)
    without = _shape(said - {"weekday"})
    if without is not None and "weekday" in said:
        days = without.rule(replace(facts, weekday=None), around)
        return days if isinstance(days, NotUnderstood) else _on(facts.weekday, days, around)
    if said & _CONFIRMING and said & _CALENDAR:
        return _confirmed(facts, around)
    vague = said <= {"edge", "week", "month_step", "year_step", "month", "year", "weekday"}
    return NotUnderstood(Problem.NO_DATE if vague else Problem.CONTRADICTION)


def _shape(said: frozenset[str]) -> _Shape | None:
    shape = _SHAPES.get(said)
    years = said & _YEARS
    if shape is None and len(years) == 1:
        shape = _SHAPES.get(said - years)
        return shape if shape is not None and shape.with_year else None
    return shape


def _on(weekday: int | None, days: tuple[Day, ...], around: Around) -> Days:
    """Return the days that fall on a weekday that was typed beside a date."""
    to_come = [day for day in days if day.date >= around.today]
    # "De 20e" is the first one to come: another month's may not be chosen for its weekday.
    first = to_come[: 2 if to_come and to_come[0].date == around.today else 1]
    right = tuple(
        day for day in (first if days[0].first_to_come else days) if day.date.weekday() == weekday
    )
    if right:
        return right
    meant = to_come[0] if to_come else days[-1]
    return NotUnderstood(Problem.CONTRADICTION, weekday=meant.date.weekday())


def _confirmed(facts: Facts, around: Around) -> Days:
    """Return the days of a date that "morgen" or "volgende week" beside it confirms."""
    days = days_of(replace(facts, offset=None, week=None), around)
    if isinstance(days, NotUnderstood):
        return days
    right = tuple(day for day in days if _agrees(day.date, facts, around))
    return right or NotUnderstood(Problem.CONTRADICTION)


def _agrees(date: dt.date, facts: Facts, around: Around) -> bool:
    if facts.offset is not None and date != around.today + dt.timedelta(days=facts.offset):
        return False
    weeks = (date - around.monday).days // 7
    allowed = {None: {weeks}, Which.THIS: {0}, Which.COMING: {0, 1}}
    return weeks in allowed.get(facts.week, {1})


def _out_of_reach(facts: Facts, around: Around) -> NotUnderstood | None:
    last = around.today.year + _FARTHEST
    numbers = facts.numeric or ()
    years = [facts.year, *(one for one in numbers if len(numbers) == len("dmy"))]
    if any(year is not None and year > last for year in years):
        return NotUnderstood(Problem.TOO_FAR)
    if facts.year is not None and facts.year < _EARLIEST:
        return NotUnderstood(Problem.IMPOSSIBLE_DATE)
    if (
        abs(facts.feast_working or 0) > _YEAR.days
        or abs((facts.feast_weekday or (0,))[0]) > _YEAR.days
    ):
        return NotUnderstood(Problem.TOO_FAR)
    for shift in (facts.shift, facts.before, facts.feast_shift):
        if shift is not None and (
            abs(shift.months) > _FARTHEST * 12
            or abs(shift.days) > _FARTHEST * _YEAR.days
            or shift.minutes > _FARTHEST * _YEAR // dt.timedelta(minutes=1)
        ):
            return NotUnderstood(Problem.TOO_FAR)
    return None


def _table(
    plain: Iterable[tuple[str, Rule]], with_year: Iterable[tuple[str, Rule]]
) -> dict[frozenset[str], _Shape]:
    shapes = {frozenset(said.split()): _Shape(rule) for said, rule in plain}
    return shapes | {
        frozenset(said.split()): _Shape(rule, with_year=True) for said, rule in with_year
    }


_SHAPES: Final = _table(
    plain=(
        ("offset", week_days.from_today),
        ("offset shift", week_days.from_today),
        ("shift", week_days.shifted),
        ("weekday", week_days.weekday),
        ("weekday week", week_days.weekday_of_week),
        ("weekday shift", week_days.weekday_over_weeks),
        ("week", week_days.week),
        ("weekend", week_days.weekend),
        ("month_step", calendar_days.some_month),
        ("year_step", calendar_days.some_year),
        ("ordinal", calendar_days.day_of_month),
        ("ordinal month_step", calendar_days.day_of_month),
        ("nth weekday", calendar_days.nth_of_some_month),
        ("nth weekday month_step", calendar_days.nth_of_month),
        ("edge month_step", calendar_days.edge_of_month),
        ("before", event_days.before),
        ("event_day", event_days.near),
        ("event_day weekday", event_days.weekday_before),
    ),
    with_year=(
        ("day month", calendar_days.day_and_month),
        ("numeric", calendar_days.numeric),
        ("ordinal month", calendar_days.day_and_month),
        ("iso_week", calendar_days.iso_week),
        ("iso_week weekday", calendar_days.iso_week),
        ("nth weekday month", calendar_days.nth_of_named_month),
        ("edge month", calendar_days.edge_of_named_month),
        ("feast", feast_days.by_feast),
        ("feast feast_shift", feast_days.by_feast),
        ("feast feast_weekday", feast_days.by_feast),
        ("feast feast_working", feast_days.by_feast),
    ),
)
