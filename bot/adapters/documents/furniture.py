"""The furniture of a forum's page, as it comes along when a post is copied as text."""

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from bot.adapters.documents.tidying import tidy

_ENOUGH: Final = 2
"""Different lines of furniture before a text counts as a post of a forum."""


def _pattern() -> re.Pattern[str]:
    text = (files("bot.adapters.documents") / "furniture.txt").read_text(encoding="utf-8")
    lines = [one for one in text.splitlines() if one and not one.startswith("#")]
    return re.compile("|".join(f"(?:{one})" for one in lines), re.IGNORECASE)


_FURNITURE: Final = _pattern()


def without_furniture(lines: Sequence[str]) -> list[str]:
    """Return the lines without those of a forum's page; all of them when it is no such page."""
    found = {line for line in lines if _FURNITURE.fullmatch(tidy(line))}
    if len(found) < _ENOUGH:
        return list(lines)
    return [line for line in lines if line not in found]
