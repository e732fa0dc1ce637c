"""Writing a moment in full Dutch, so that reading it back gives the same moment."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.dates.repeats import Repeat
from bot.dates.wall import instants, wall
from bot.texts.dates import every
from bot.texts.dates import moment as written


def write_moment(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return "dinsdag 8 juni 2027 om 19.30 uur"; seconds are left out.

    In the hour that exists twice it is told apart: "om 02.30 uur (zomertijd)", or "wintertijd".
    """
    local = wall(moment, zone)
    text = written(local)
    if len(instants(local, zone)) == 1:
        return text
    season = "zomertijd" if moment.astimezone(zone).dst() else "wintertijd"
    return f"{text} ({season})"


def write_repeat(repeat: Repeat) -> str:
    """Return "elke 2 weken", so that reading it back gives the same rule."""
    return every(
        days=repeat.step.days,
        months=repeat.step.months,
        weekday=repeat.weekday,
        nth=repeat.nth or 0,
    )
