"""What moderators type about meetings, checked and made ready to keep."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.dates.rules import is_second, moment_at, parse_rule
from bot.dates.wall import wall
from bot.services.guild_settings import (
    REMINDER_DAYS_FIRST,
    REMINDER_DAYS_SECOND,
    REMINDER_DAYS_THIRD,
    REMINDER_HOUR,
    REMINDER_HOURS_BEFORE,
    GuildChoices,
)
from bot.services.meetings.errors import (
    BadDurationError,
    BadLinkError,
    BadRuleError,
    EmptyTitleError,
)
from storage.meeting_records import Details, MeetingKind, Paper

ZONE: Final = ZoneInfo("Europe/Amsterdam")
TITLE: Final = 100  # characters: what Discord allows a scheduled event
PLACE: Final = 100
TEXT: Final = 1_000
LABEL: Final = 60
REASON: Final = 500
USUAL_MINUTES: Final = 120
_SHORTEST: Final = 15
_LONGEST: Final = 2 * 24 * 60
_MOST_RULES: Final = 6
_DURATION: Final = re.compile(
    r"(?:(?P<half>anderhalf|\d+(?:[.,]5)?)\s*(?:uur|u|h))?\s*(?:en\s*)?"
    r"(?:(?P<minutes>\d+)\s*(?:minuten|minuut|min|m))?|(?P<clock>\d{1,2}):(?P<rest>[0-5]\d)"
)
_DAYS: Final = re.compile(
    r"(?P<count>\d{1,3})\s*(?P<unit>d|dag|dagen|w|week|weken)(?:\s*(?:om\s*)?"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?(?:\s*uur)?)?"
)
_HOURS: Final = re.compile(r"(?P<count>\d{1,2})\s*(?:u|uur|uren)")


def one_line(text: str, limit: int) -> str:
    """Return a text as one line of at most `limit` characters, without control characters."""
    plain = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in text)
    return " ".join(plain.split())[:limit].rstrip()


def some_lines(text: str, limit: int) -> str:
    """Return a text of several lines, at most `limit` characters, without control characters."""
    kept = (one for one in text if one == "\n" or unicodedata.category(one) != "Cc")
    return "".join(kept).strip()[:limit].rstrip()


def web_address(text: str) -> str:
    """Return an address of the web, or nothing when nothing was typed.

    Raises:
        BadLinkError: when it is something else.

    """
    address = text.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise BadLinkError from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > TEXT // 2:
        raise BadLinkError
    if any(one.isspace() or unicodedata.category(one) == "Cc" for one in address):
        raise BadLinkError
    return address


def details_of(  # noqa: PLR0913 # the fields of a form
    *,
    kind: MeetingKind,
    moment: dt.datetime,
    minutes: int,
    title: str,
    place: str,
    link: str,
) -> Details:
    """Return checked details of a meeting at an aware moment.

    Raises:
        MeetingError: EmptyTitleError or BadLinkError.

    """
    name = one_line(title, TITLE)
    if not any(one.isalnum() for one in name):
        raise EmptyTitleError
    return Details(
        kind=kind,
        title=name,
        local_start=wall(moment, ZONE),
        zone=ZONE.key,
        starts_at=moment.astimezone(dt.UTC),
        minutes=minutes,
        place=one_line(place, PLACE),
        link=web_address(link),
    )


def resolved(details: Details) -> dt.datetime:
    """Return when a meeting begins, by the clock changes as they are known now."""
    zone = ZoneInfo(details.zone)
    second = is_second(details.starts_at, zone)
    return moment_at(details.local_start, zone, second=second)


def minutes_of(text: str) -> int:
    """Read a duration: "2 uur", "anderhalf uur", "1 uur en 30 minuten", "90", "1:30".

    Raises:
        BadDurationError: when it is none.

    """
    typed = " ".join(text.casefold().split())
    if not typed:
        return USUAL_MINUTES
    if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(_LONGEST)):
        return _duration(int(typed))
    found = _DURATION.fullmatch(typed)
    if found is None:
        raise BadDurationError
    if found["clock"]:
        return _duration(int(found["clock"]) * 60 + int(found["rest"]))
    hours = found["half"] or "0"
    whole = 1.5 if hours == "anderhalf" else float(hours.replace(",", ".")[:8])
    return _duration(round(whole * 60) + int((found["minutes"] or "0")[:6]))


def _duration(minutes: int) -> int:
    if not _SHORTEST <= minutes <= _LONGEST:
        raise BadDurationError
    return minutes


def usual_rules(choices: GuildChoices) -> tuple[str, ...]:
    """Return the reminders that a guild chose for its channel."""
    hour = choices.value_of(REMINDER_HOUR)
    days = (
        choices.value_of(one)
        for one in (REMINDER_DAYS_FIRST, REMINDER_DAYS_SECOND, REMINDER_DAYS_THIRD)
    )
    rules = [f"d{count}@{hour:02d}:00" for count in sorted({*days} - {0}, reverse=True)]
    hours = choices.value_of(REMINDER_HOURS_BEFORE)
    return (*rules, *([f"m{hours * 60}"] if hours else []))


def rules_of(text: str) -> tuple[str, ...]:
    """Read the channel's reminders of one meeting: "4 weken, 7 dagen om 9 uur, 1 uur", or "geen".

    Raises:
        BadRuleError: when a part of it cannot be read.

    """
    if text.strip().casefold() == "geen":
        return ()
    rules = tuple(dict.fromkeys(_rule(one) for one in text.split(",")))
    if len(rules) > _MOST_RULES:
        raise BadRuleError(text)
    return rules


def _rule(text: str) -> str:
    typed = " ".join(text.casefold().split())
    if found := _HOURS.fullmatch(typed):
        return f"m{int(found['count']) * 60}"
    found = _DAYS.fullmatch(typed)
    if found is None:
        raise BadRuleError(text.strip())
    days = int(found["count"]) * (7 if found["unit"].startswith("w") else 1)
    rule = f"d{days}@{int(found['hour'] or 9):02d}:{found['minute'] or '00'}"
    try:
        return str(parse_rule(rule))
    except ValueError as error:
        raise BadRuleError(text.strip()) from error


def papers_of(lines: Iterable[str]) -> tuple[Paper, ...]:
    """Read papers, one a line: an address, or a title and an address behind it.

    Raises:
        BadLinkError: when a line ends in something else than an address.

    """
    papers: list[Paper] = []
    for line in lines:
        words = line.split()
        if words:
            address = web_address(words[-1].strip("()<>"))
            title = one_line(" ".join(words[:-1]).strip(" :-"), TITLE)
            papers.append(Paper(title or (urlsplit(address).hostname or address), address))
    return tuple(papers[:10])
