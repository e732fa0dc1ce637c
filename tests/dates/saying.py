"""What reading a phrase gives, as one short line, so that a table of phrases can be read."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.moments import read_moment
from bot.dates.reading import Ambiguous, Choice, NotUnderstood, TimeOrigin, Understood

ZONE: Final = ZoneInfo("Europe/Amsterdam")
NINE: Final = dt.time(9)
_DAYS: Final = "ma di wo do vr za zo".split()


def local(text: str, *, fold: int = 0) -> dt.datetime:
    """Return the moment at which the clock in Amsterdam shows "2027-04-14 10:00"."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold)


NOW: Final = local("2027-04-14 10:00")  # a Wednesday
EVENT: Final = local("2027-06-08 19:30")  # a Tuesday


def said(
    text: str,
    *,
    now: dt.datetime = NOW,
    event: dt.datetime | None = None,
    default: dt.time | None = NINE,
) -> str:
    """Return "wo 28-04-2027 09:00 default", choices with their doubts, or a problem."""
    reading = read_moment(text, now=now, zone=ZONE, event=event, default_time=default)
    if isinstance(reading, NotUnderstood):
        return " ".join([f"! {reading.problem.name}", *_data(reading)])
    if isinstance(reading, Understood):
        return _written(reading)
    choices = " | ".join(_written(choice) for choice in reading.choices)
    return f"{choices} ? {' '.join(sorted(doubt.name for doubt in reading.doubts))}"


def moments_of(reading: Understood | Ambiguous | NotUnderstood) -> list[dt.datetime]:
    """Return the moments of a reading in UTC, where they compare."""
    if isinstance(reading, Understood):
        return [reading.moment.astimezone(dt.UTC)]
    if isinstance(reading, Ambiguous):
        return [choice.moment.astimezone(dt.UTC) for choice in reading.choices]
    return [moment.astimezone(dt.UTC) for moment in reading.moments]


def _written(one: Understood | Choice) -> str:
    origin = "" if one.time_origin is TimeOrigin.TYPED else f" {one.time_origin.name.lower()}"
    past = " past" if isinstance(one, Choice) and one.past else ""
    return f"{_DAYS[one.local.weekday()]} {one.local:%d-%m-%Y %H:%M}{_zone(one)}{origin}{past}"


def _zone(one: Understood | Choice) -> str:
    """Name the zone in an hour that exists twice."""
    other = one.moment.replace(fold=1 - one.moment.fold)
    return "" if other.utcoffset() == one.moment.utcoffset() else f" {one.moment:%Z}"


def _data(reading: NotUnderstood) -> list[str]:
    moments = [f"{moment:%d-%m-%Y %H:%M}" for moment in reading.moments]
    weekday = [] if reading.weekday is None else [_DAYS[reading.weekday]]
    return [*moments, *weekday, *reading.words]
