"""What stands in an interaction, read with care: all of it comes from outside."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import discord

from bot.errors import StaleComponentError


def custom_id_of(interaction: discord.Interaction[Any]) -> str:
    """Return the custom_id of what was pressed or sent in; empty when there is none."""
    identity = _data(interaction).get("custom_id")
    return identity if isinstance(identity, str) else ""


def component_type_of(interaction: discord.Interaction[Any]) -> int:
    """Return Discord's number of the kind of component that was pressed; 0 when there is none."""
    kind = _data(interaction).get("component_type")
    return kind if isinstance(kind, int) else 0


def chosen_in(interaction: discord.Interaction[Any]) -> str:
    """Return the one value that was chosen in a menu.

    Raises:
        StaleComponentError: when it is not exactly one.

    """
    values = _data(interaction).get("values")
    if not isinstance(values, list):
        raise StaleComponentError
    match cast("list[object]", values):
        case [str() as value]:
            return value
        case _:
            raise StaleComponentError


def typed_in(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """Return what was typed in a form, by the custom_id of its fields."""
    return dict(_fields(_data(interaction).get("components")))


def picked_in(interaction: discord.Interaction[Any]) -> dict[str, tuple[str, ...]]:
    """Return what was chosen in the selects of a form, by their custom_id."""
    return dict(_picks(_data(interaction).get("components")))


def _data(interaction: discord.Interaction[Any]) -> Mapping[str, object]:
    return cast("Mapping[str, object]", interaction.data or {})


def _fields(part: object) -> Iterator[tuple[str, str]]:
    """Yield the fields below a part of a payload, however deep rows and labels put them."""
    if isinstance(part, list):
        for one in cast("list[object]", part):
            yield from _fields(one)
    elif isinstance(part, dict):
        payload = cast("dict[str, object]", part)
        name, value = payload.get("custom_id"), payload.get("value")
        if isinstance(name, str) and isinstance(value, str):
            yield name, value
        for key in ("components", "component"):
            yield from _fields(payload.get(key))


def _picks(part: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the selects below a part of a payload with their values."""
    if isinstance(part, list):
        for one in cast("list[object]", part):
            yield from _picks(one)
    elif isinstance(part, dict):
        payload = cast("dict[str, object]", part)
        name, values = payload.get("custom_id"), payload.get("values")
        if isinstance(name, str) and isinstance(values, list):
            chosen = cast("list[object]", values)
            yield name, tuple(one for one in chosen if isinstance(one, str))
        for key in ("components", "component"):
            yield from _picks(payload.get(key))
