"""Gives back what somebody typed in a form and what cannot be kept: nobody types it twice."""

from collections.abc import Iterable
from typing import Final

from bot.texts.updates import YOUR_TEXT
from bot.ui.acknowledging import Screen
from bot.ui.markdown import split

_KEPT: Final = 1_900  # characters of a typed text in one message


def given_back(reason: str, typed: Iterable[str]) -> Screen:
    """Say what is wrong, and show the fields as they were typed, to be copied."""
    whole = "\n".join(one for one in typed if one)
    # The fence can only be left by another one.
    harmless = whole.replace("```", "'''")
    pieces = split(harmless, limit=_KEPT) if harmless.strip() else []
    return Screen((f"{reason}\n{YOUR_TEXT}", *(f"```\n{one}\n```" for one in pieces)))
