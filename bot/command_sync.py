"""The commands as Discord knows them: sent when their definition changed, and how to show them."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import discord
import orjson
import structlog
from discord import app_commands

from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork

SCOPE: Final = "global"

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class CommandSync:
    """Compares the commands with what Discord accepted last."""

    def __init__(
        self, tree: app_commands.CommandTree[Any], *, units: UnitsOfWork, clock: Clock
    ) -> None:
        """Send the commands of `tree`."""
        self._tree = tree
        self._units = units
        self._clock = clock

    async def sync(self, application_id: int) -> Mapping[str, str]:
        """Send the commands when they changed; return how to show each, so that one can click it.

        Raises:
            discord.HTTPException: when Discord does not take them; the next start tries again.
            StorageError: when it cannot be read or kept what Discord has.

        """
        found = definitions_hash(self._tree, application_id)
        async with self._units.reading() as work:
            known = await work.command_sync.hash_of(SCOPE)
        if known == found:
            _log.info("commands_unchanged")
            return mentions_of(await self._tree.fetch_commands())
        sent = await self._tree.sync()
        async with self._units() as work:
            await work.command_sync.remember(SCOPE, definitions_hash=found, at=self._clock.now())
        _log.info("commands_synced", count=len(sent))
        return mentions_of(sent)


def definitions_hash(tree: app_commands.CommandTree[Any], application_id: int) -> str:
    """Return what changes whenever a definition does, or the application that has them."""
    definitions = sorted(
        (command.to_dict(tree) for command in tree.get_commands()),
        key=lambda one: (one["type"], one["name"]),
    )
    packed = orjson.dumps([application_id, definitions], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(packed).hexdigest()


def mentions_of(commands: Iterable[app_commands.AppCommand]) -> dict[str, str]:
    """Return how a message shows each slash command, by its name, subcommands included."""
    slash = [one for one in commands if one.type is discord.AppCommandType.chat_input]
    return {one.name: one.mention for one in slash} | {
        part.qualified_name: part.mention
        for one in slash
        for part in one.options
        if isinstance(part, app_commands.AppCommandGroup)
    }


class CommandMentions(dict[str, str]):
    """How to show a command; one that Discord has not named yet shows as it is typed."""

    def __missing__(self, name: str) -> str:
        """Return the command as it is typed."""
        return f"`/{name}`"
