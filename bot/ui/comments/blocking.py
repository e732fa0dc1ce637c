"""How long somebody is blocked, as moderators type it."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.moments import read_moment
from bot.dates.reading import Understood

ZONE: Final = ZoneInfo("Europe/Amsterdam")
"""That of what moderators type and read."""


class BadDurationError(Exception):
    """What was typed is no duration, and no moment to come."""


def until_when(typed: str, *, now: dt.datetime) -> dt.datetime:
    """Return the moment until when: "3 dagen" or "over 3 dagen" from now, or "tot vrijdag 9 uur".

    Raises:
        BadDurationError: when it is neither.

    """
    said = typed.strip().removeprefix("tot ")
    for one in (said, f"over {said}"):
        reading = read_moment(one, now=now, zone=ZONE)
        if isinstance(reading, Understood):
            return reading.moment.astimezone(dt.UTC)
    raise BadDurationError
