"""The assemblies of before that ship: config/meetings.yaml, checked when it is read."""

import datetime as dt
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, cast

import yaml

from bot.errors import BreedError
from bot.services.meetings.past import PastMeeting

SHIPPED: Final = Path(str(files("config"))) / "meetings.yaml"
_KINDS: Final = frozenset({"ALV", "BALV", "najaars-ALV", "ledenraadpleging"})


class UnsoundMeetingsError(BreedError):
    """The file cannot be used. `number` is that of the meeting in it, from 1; 0: the whole file."""

    def __init__(self, *, number: int, reason: str) -> None:
        super().__init__(f"meeting {number}: {reason}")
        self.number = number
        self.reason = reason


@cache
def shipped() -> tuple[PastMeeting, ...]:
    """Return what ships, the latest first."""
    return read(SHIPPED)


def read(path: Path) -> tuple[PastMeeting, ...]:
    """Read a file of assemblies, the latest first.

    Raises:
        UnsoundMeetingsError: when it is no such file, or one of them lacks something.

    """
    try:
        content: object = yaml.safe_load(path.read_text(encoding="utf-8"))
        meetings = cast("dict[str, list[dict[str, Any]]]", content)["meetings"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UnsoundMeetingsError(number=0, reason=type(error).__name__) from error
    found = [_meeting(one, number) for number, one in enumerate(meetings, start=1)]
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def _meeting(given: dict[str, Any], number: int) -> PastMeeting:
    try:
        if given["kind"] not in _KINDS:
            raise UnsoundMeetingsError(number=number, reason="kind")
        return PastMeeting(
            kind=given["kind"],
            date=dt.date.fromisoformat(given["date"]),
            time=given["time"],
            place=given["place"],
            decisions=tuple(map(str, given["decisions"])),
            agenda=tuple(map(str, given["agenda"])),
            source_title=given["source"]["title"],
            source_url=given["source"]["url"],
            note=given.get("note", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnsoundMeetingsError(number=number, reason=str(error)) from error
