"""How plain values look on the wire: snowflakes as strings, times as ISO 8601."""

import datetime as dt
from typing import TypeAlias

from pydantic import JsonValue

Payload: TypeAlias = dict[str, object]
"""A JSON object that we send; only values that `json` can write."""

JsonObject: TypeAlias = dict[str, JsonValue]
"""A JSON object that came in."""


def snowflake(number: int | None) -> str | None:
    """Return an id as Discord writes it: a string, so that JavaScript keeps every digit."""
    return None if number is None else str(number)


def snowflakes(numbers: list[int]) -> list[str]:
    """Return ids as Discord writes them."""
    return [str(number) for number in numbers]


def timestamp(moment: dt.datetime | None) -> str | None:
    """Return an aware moment as ISO 8601 in UTC with microseconds, as Discord writes it."""
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
