"""The house keeps its own rules. What a rule says stands in its module, beside its exemptions."""

import importlib
import pkgutil

import pytest

import bot.texts
import cogs
from tests.policy import discord_limits, documented, texts
from tests.policy.rules import RULES
from tests.policy.source import REPOSITORY, python_files

COGS = discord_limits.cogs_in(cogs)
MENUS = [
    (path, line, name)
    for path, text in python_files(REPOSITORY, ("cogs",))
    for line, name in discord_limits.context_menus(text)
]


@pytest.mark.parametrize("name", RULES)
def test_the_house_keeps(name: str) -> None:
    findings = sorted(RULES[name](REPOSITORY))

    assert not findings, "\n".join(map(str, findings))


def test_discord_accepts_every_command() -> None:
    assert list(discord_limits.check(discord_limits.payloads_of(COGS))) == []


def test_discord_accepts_every_context_menu() -> None:
    menus = [{"type": 3, "name": name} for _, _, name in MENUS if name is not None]

    assert [menu for menu in MENUS if menu[2] is None] == [], "a menu's name is a literal"
    assert list(discord_limits.check(menus)) == []


def test_every_command_is_documented() -> None:
    text = documented.read(REPOSITORY / documented.COMMANDS)
    names = [*discord_limits.names_of(COGS), *(name for _, _, name in MENUS if name)]

    assert list(documented.commands(names, documentation=text)) == []


def test_every_command_of_the_terminal_is_documented() -> None:
    text = documented.read(REPOSITORY / documented.COMMANDS)
    names = documented.terminal_commands(importlib.import_module("bot.__main__").main)

    assert list(documented.commands(names, documentation=text)) == []


def test_every_text_fits_in_a_message() -> None:
    modules = pkgutil.walk_packages(bot.texts.__path__, prefix="bot.texts.")
    named = [importlib.import_module(module.name) for module in modules]

    assert [text for module in named for text in texts.too_long_for_a_message(module)] == []
