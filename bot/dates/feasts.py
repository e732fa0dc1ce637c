"""The feasts that people name instead of a date, and when they are in a year.

A feast that people call by one name while it lasts more than one day ("pasen") has all of its days:
which one is meant is asked.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from dateutil.easter import easter

DaysOf = Callable[[int], tuple[dt.date, ...]]

_FIRST_KING: Final = 2014
"""Before it, the feast was Koninginnedag, on another day."""
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Feast:
    """`names`: in lower case, without accents. `days_of` a year: none where it did not exist yet.

    `is_evening`: without a time of day it is the evening of its day.
    """

    names: tuple[str, ...]
    days_of: DaysOf
    is_evening: bool = False


def _on(month: int, *days: int) -> DaysOf:
    return lambda year: tuple(dt.date(year, month, day) for day in days)


def _from_easter(*days: int) -> DaysOf:
    return lambda year: tuple(easter(year) + dt.timedelta(days=one) for one in days)


def _nth(month: int, weekday: int, nth: int) -> DaysOf:
    """Return the nth such weekday of a month; 0 is the last."""

    def days_of(year: int) -> tuple[dt.date, ...]:
        last = calendar.monthrange(year, month)[1]
        all_days = (dt.date(year, month, day) for day in range(1, last + 1))
        return ([one for one in all_days if one.weekday() == weekday][nth - 1],)

    return days_of


def _kings_day(year: int) -> tuple[dt.date, ...]:
    """27 April, or the day before when that is a Sunday."""
    if year < _FIRST_KING:
        return ()
    birthday = dt.date(year, 4, 27)
    return (birthday - dt.timedelta(days=birthday.weekday() == _SUNDAY),)


def _new_years_eve_and_day(year: int) -> tuple[dt.date, ...]:
    return (dt.date(year, 12, 31), dt.date(year + 1, 1, 1))


def _numbered(which: int, name: str) -> tuple[str, ...]:
    """Return "eerste paasdag" as people write it."""
    numbers = {1: ("eerste", "1e", "1ste"), 2: ("tweede", "2e", "2de")}[which]
    return tuple(f"{number} {name}" for number in numbers)


FEASTS: Final = (
    Feast(("nieuwjaarsdag", "nieuwjaar"), _on(1, 1)),
    Feast(("driekoningen", "drie koningen"), _on(1, 6)),
    Feast(("valentijnsdag",), _on(2, 14)),
    Feast(("carnaval",), _from_easter(-49, -48, -47)),
    Feast(("aswoensdag",), _from_easter(-46)),
    Feast(("palmzondag", "palmpasen"), _from_easter(-7)),
    Feast(("witte donderdag",), _from_easter(-3)),
    Feast(("goede vrijdag",), _from_easter(-2)),
    Feast(("stille zaterdag", "paaszaterdag"), _from_easter(-1)),
    Feast(("paaszondag", *_numbered(1, "paasdag")), _from_easter(0)),
    Feast(("paasmaandag", *_numbered(2, "paasdag")), _from_easter(1)),
    Feast(("pasen", "paasdagen", "paasdag"), _from_easter(0, 1)),
    Feast(("koningsdag",), _kings_day),
    Feast(("dag van de arbeid",), _on(5, 1)),
    Feast(("dodenherdenking",), _on(5, 4)),
    Feast(("bevrijdingsdag",), _on(5, 5)),
    Feast(("hemelvaartsdag", "hemelvaartdag", "hemelvaart"), _from_easter(39)),
    Feast(("moederdag",), _nth(5, _SUNDAY, 2)),
    Feast(("pinksterzondag", *_numbered(1, "pinksterdag")), _from_easter(49)),
    Feast(("pinkstermaandag", *_numbered(2, "pinksterdag")), _from_easter(50)),
    Feast(("pinksteren", "pinksterdagen", "pinksterdag"), _from_easter(49, 50)),
    Feast(("vaderdag",), _nth(6, _SUNDAY, 3)),
    Feast(("veteranendag",), _nth(6, 5, 0)),
    Feast(("keti koti",), _on(7, 1)),
    Feast(("prinsjesdag",), _nth(9, 1, 3)),
    Feast(("dierendag",), _on(10, 4)),
    Feast(("sint maarten", "sint-maarten"), _on(11, 11)),
    Feast(("pakjesavond", "sinterklaasavond"), _on(12, 5), is_evening=True),
    Feast(("sinterklaas",), _on(12, 5, 6)),
    Feast(("kerstavond",), _on(12, 24), is_evening=True),
    Feast(_numbered(1, "kerstdag"), _on(12, 25)),
    Feast(_numbered(2, "kerstdag"), _on(12, 26)),
    Feast(("kerst", "kerstmis", "kerstdagen", "kerstdag"), _on(12, 25, 26)),
    Feast(("oudejaarsdag", "oudjaarsdag", "oudjaar"), _on(12, 31)),
    Feast(("oudejaarsavond", "oudjaarsavond"), _on(12, 31), is_evening=True),
    Feast(("oud en nieuw", "oud-en-nieuw", "jaarwisseling"), _new_years_eve_and_day),
)


def names() -> Iterator[tuple[str, int]]:
    """Yield every name with the place of its feast in `FEASTS`."""
    for number, feast in enumerate(FEASTS):
        for name in feast.names:
            yield name, number
