"""Discord's limits on application commands, checked before Discord refuses a whole sync.

Works on payloads as they are sent, so that it sees what Discord would see. The figures are those
of Discord's documentation of application commands.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Final, cast

import discord
from discord import app_commands
from discord.ext import commands

from tests.policy.source import dotted, tree_of

Payload = Mapping[str, object]

COMMANDS: Final = 100  # global chat commands
CONTEXT_MENUS: Final = 5  # of each type
NAME: Final = 32
DESCRIPTION: Final = 100
OPTIONS: Final = 25  # of a command, or subcommands of a group
CHOICES: Final = 25
CHOICE: Final = 100
TOTAL: Final = 8000  # names, descriptions and choices of one command with all below it

_CHAT_INPUT: Final = discord.AppCommandType.chat_input.value
_SUBCOMMAND_TYPES: Final = (1, 2)
_NO_DESCRIPTION: Final = "…"  # what discord.py sends for one that was left out
_CHAT_NAME: Final = re.compile(r"[-_'\w]{1,32}")


def check(payloads: Sequence[Payload]) -> Iterator[str]:
    """Say what Discord would refuse in these global commands."""
    types = Counter(payload.get("type", _CHAT_INPUT) for payload in payloads)
    for kind, count in types.items():
        limit = COMMANDS if kind == _CHAT_INPUT else CONTEXT_MENUS
        if count > limit:
            yield f"{count} commands of type {kind}, the limit is {limit}"
    for payload in payloads:
        name = str(payload["name"])
        if payload.get("type", _CHAT_INPUT) == _CHAT_INPUT:
            yield from _entry(payload, path=f"/{name}")
            total = _characters(payload)
            if total > TOTAL:
                yield f"/{name}: {total} characters in all, the limit is {TOTAL}"
        elif not 1 <= len(name) <= NAME:
            yield f"{name}: a menu's name has 1 to {NAME} characters"


def payloads_of(cogs: Iterable[type[commands.Cog]]) -> list[Payload]:
    """Return what discord.py would send for the commands of these cogs' classes."""
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    return [command.to_dict(tree) for cog in cogs for command in _commands_of(cog)]


def names_of(cogs: Iterable[type[commands.Cog]]) -> Iterator[str]:
    """Yield every command as a member types it: `/kennis toevoegen`."""
    for cog in cogs:
        for command in _commands_of(cog):
            if isinstance(command, app_commands.Group):
                leaves = (one for one in command.walk_commands())
                yield from (
                    f"/{one.qualified_name}"
                    for one in leaves
                    if isinstance(one, app_commands.Command)
                )
            else:
                yield f"/{command.qualified_name}"


def cogs_in(package: ModuleType) -> list[type[commands.Cog]]:
    """Import every module of a package of cogs; return the cogs that they define."""
    found: dict[str, type[commands.Cog]] = {}
    for entry in pkgutil.walk_packages(package.__path__, prefix=f"{package.__name__}."):
        for value in vars(importlib.import_module(entry.name)).values():
            if (
                inspect.isclass(value)
                and issubclass(value, commands.Cog)
                and value.__module__.startswith(f"{package.__name__}.")
            ):
                found[value.__qualname__] = value
    return list(found.values())


def context_menus(text: str) -> Iterator[tuple[int, str | None]]:
    """Yield line and literal name of every ContextMenu that a cog's source builds."""
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.Call) and dotted(node.func).endswith("ContextMenu"):
            names = [keyword.value for keyword in node.keywords if keyword.arg == "name"]
            known = names[0].value if names and isinstance(names[0], ast.Constant) else None
            yield node.lineno, known if isinstance(known, str) else None


def _commands_of(
    cog: type[commands.Cog],
) -> list[app_commands.Command[commands.Cog, ..., object] | app_commands.Group]:
    # discord.py binds the commands in __new__, before a cog's own __init__ asks for its services.
    made = cog.__new__(cog)
    group = made.app_command
    return list(made.get_app_commands()) if group is None else [group]


def _entry(payload: Payload, *, path: str) -> Iterator[str]:
    name, description = str(payload["name"]), str(payload.get("description", ""))
    if not _CHAT_NAME.fullmatch(name) or name != name.lower():
        yield f"{path}: a name has 1 to {NAME} letters, digits, - or _, in lower case"
    if not 1 <= len(description) <= DESCRIPTION:
        yield f"{path}: the description has {len(description)} of 1 to {DESCRIPTION} characters"
    if description == _NO_DESCRIPTION:
        yield f"{path}: has no description"
    options = _list(payload, "options")
    if len(options) > OPTIONS:
        yield f"{path}: {len(options)} options, the limit is {OPTIONS}"
    arguments = [one for one in options if one.get("type") not in _SUBCOMMAND_TYPES]
    required = [bool(one.get("required", False)) for one in arguments]
    if required != sorted(required, reverse=True):
        yield f"{path}: a required option stands behind an optional one"
    yield from _choices(_list(payload, "choices"), path=path)
    for option in options:
        yield from _entry(option, path=f"{path} {option['name']}")


def _choices(choices: Sequence[Payload], *, path: str) -> Iterator[str]:
    if len(choices) > CHOICES:
        yield f"{path}: {len(choices)} choices, the limit is {CHOICES}"
    for choice in choices:
        for part in (str(choice["name"]), str(choice["value"])):
            if not 1 <= len(part) <= CHOICE:
                yield f"{path}: a choice has {len(part)} of 1 to {CHOICE} characters"


def _characters(payload: Payload) -> int:
    own = len(str(payload["name"])) + len(str(payload.get("description", "")))
    choices = sum(
        len(str(choice["name"])) + len(str(choice["value"])) for choice in _list(payload, "choices")
    )
    return own + choices + sum(_characters(option) for option in _list(payload, "options"))


def _list(payload: Payload, key: str) -> list[Payload]:
    return cast("list[Payload]", payload.get(key, []))
