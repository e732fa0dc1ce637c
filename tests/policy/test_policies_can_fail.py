"""Every policy is seen to fail: on a small tree that breaks it, and only it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
import pytest

from tests.policy import banned, discord_limits, documented, language, size, texts
from tests.policy.rules import RULES
from tests.policy.source import REPOSITORY, Finding

PROJECT = '[tool.setuptools.package-data]\nbot = ["*.txt"]\n'
SETTINGS = "class Settings:\n    data_dir: str\n"
HOME = "/ho" + "me/anna/breed"
REGISTRY = "--index-" + "url elsewhere"
NOQA = "# " + "noqa"
TYPE_IGNORE = "# type: " + "ignore"

# Policy → what it says of which file.
VIOLATIONS: dict[str, list[tuple[str, str, str]]] = {
    "files, cogs and functions stay within their budget": [
        ("bot/long.py", "x = 1\n" * 301, "301 lines"),
        ("cogs/long.py", "x = 1\n" * 201, "201 lines"),
        ("bot/function.py", "def long():\n" + "    x = 1\n" * 40, "long has 41 lines"),
    ],
    "Dutch stands in bot/texts, config and page templates": [
        ("cogs/say.py", 'x = "Dat weet ik niet."\n', "Dutch outside"),
        ("bot/say.py", 'x = f"Er staan {n} reacties in de wachtrij."\n', "Dutch outside"),
        ("bot/search/say.py", 'def f():\n    return "Dat weet ik niet."\n', "Dutch outside"),
        ("storage/docstring.py", '"""Bewaart wat een lid niet wil verliezen."""\n', "docstring"),
        ("storage/comment.py", "# dit is nog niet af\n", "comment"),
    ],
    "no mocks, no discord.ext.tasks, apscheduler in its adapter": [
        ("tests/test_a.py", "from unittest import mock\n", "unittest.mock"),
        ("tests/test_b.py", "from unittest.mock import patch\n", "unittest.mock"),
        ("tests/test_c.py", "import pytest_mock\n", "pytest_mock"),
        ("cogs/loop.py", "from discord.ext import tasks\n", "discord.ext.tasks"),
        ("bot/app.py", "from apscheduler.job import Job\n", "apscheduler"),
    ],
    "nothing catches more than it can name": [
        ("bot/a.py", "def f():\n    try:\n        g()\n    except:\n        pass\n", "f catches"),
        ("bot/b.py", "try:\n    g()\nexcept Exception:\n    pass\n", "<module> catches"),
        ("bot/c.py", "try:\n    g()\nexcept (OSError, BaseException):\n    pass\n", "catches"),
    ],
    "time comes from the Clock port": [
        ("bot/a.py", "import datetime\nx = datetime.datetime.now()\n", "datetime.datetime.now"),
        ("bot/b.py", "f(default_factory=date.today)\n", "date.today"),
        ("storage/c.py", "import time\nx = time.time()\n", "time.time"),
        ("storage/d.py", "from time import time\n", "time.time"),
        ("cogs/e.py", "x = discord.utils.utcnow()\n", "utcnow"),
    ],
    "only the unit of work commits": [
        ("storage/repositories/a.py", "session.commit()\n", "commit"),
        ("bot/services/b.py", "work.rollback()\n", "rollback"),
    ],
    "every ignore has its reason": [
        ("bot/a.py", f"x = 1  {NOQA}: E501\n", "without a reason"),
        ("bot/b.py", f"x = 1  {NOQA}\n", "without naming"),
        ("tests/c.py", f"x = 1  {TYPE_IGNORE} # because of that\n", "without naming"),
        ("tests/d.py", f"x = 1  {TYPE_IGNORE}[misc]\n", "without a reason"),
    ],
    "every setting is documented": [
        ("config/settings.py", SETTINGS, "BREED_DATA_DIR is missing from docs/configuration.md"),
        ("config/settings.py", SETTINGS, "BREED_DATA_DIR is missing from .env.example"),
        (".env.example", "BREED_TYPING_MISTAKE=1\n", "BREED_TYPING_MISTAKE is no setting"),
    ],
    "every text is used": [
        ("bot/texts/knowledge.py", "def forgotten() -> str:\n    return 'x'\n", "forgotten"),
        ("bot/texts/admin.py", "FORGOTTEN = 'x'\n", "FORGOTTEN"),
    ],
    "every text fits where it is shown": [
        ("bot/ui/a.py", f"Button(label={'x' * 81!r})\n", "81 of 80"),
        ("cogs/b.py", f"class Form(ui.Modal, title={'x' * 46!r}): ...\n", "46 of 45"),
        ("cogs/c.py", f"@app_commands.command(description={'x' * 101!r})\ndef f(): ...\n", "101"),
    ],
    "requirements are pinned with hashes": [
        ("requirements/runtime.txt", "click==8.1.0\n", "no hash"),
        ("requirements/dev.txt", "click>=8\n", "not a pinned requirement"),
    ],
    "no address of a machine or a registry": [
        ("docs/operations.md", f"cd {HOME}\n", "a folder of one machine"),
        ("requirements/dev.in", f"{REGISTRY}\n", "a registry"),
    ],
    "data files are part of their package": [
        ("bot/words.yaml", "a: 1\n", "package-data"),
        ("bot/deep/module.py", "x = 1\n", "no __init__.py"),
    ],
}
CASES = [(name, *case) for name, cases in VIOLATIONS.items() for case in cases]
EXEMPTIONS: list[tuple[Callable[..., Iterator[Finding]], Mapping[str, str]]] = [
    (size.check, size.EXEMPT),
    (banned.clocks, banned.CLOCKS),
    (banned.broad_excepts, banned.BROAD_EXCEPTS),
    (banned.commits, banned.COMMITS),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    write(tmp_path, "config/__init__.py", "")
    write(tmp_path, "config/settings.py", "class Settings: ...\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_every_policy_has_a_violation() -> None:
    assert set(VIOLATIONS) == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_tree_without_violations_keeps_every_policy(name: str, tree: Path) -> None:
    assert list(RULES[name](tree)) == []


@pytest.mark.parametrize(("name", "path", "text", "message"), CASES)
def test_a_violation_is_found(name: str, path: str, text: str, message: str, tree: Path) -> None:
    write(tree, path, text)

    found = [str(finding) for finding in RULES[name](tree)]

    assert any(finding.startswith(f"{path}:") and message in finding for finding in found), found


@pytest.mark.parametrize(("rule", "exempt"), EXEMPTIONS)
def test_every_exemption_is_still_needed(
    rule: Callable[..., Iterator[Finding]], exempt: Mapping[str, str]
) -> None:
    found = list(rule(REPOSITORY, exempt={}))
    for one in exempt:
        path, _, function = one.partition(":")
        needing = [each for each in found if each.path == path]
        assert any(each.message.startswith(function) for each in needing), f"{one} needs none"


@pytest.mark.parametrize(
    "english",
    [
        'Drops the articles "de", "het" and "een" before stemming.',
        "The word `van` stands between a name and what it is of, `van de gemeente`.",
        "Return what was asked and who may see it; the door is open in all of them.",
    ],
)
def test_english_that_quotes_dutch_is_english(english: str) -> None:
    assert not language.is_dutch(english, quoting=True)


def test_a_handler_that_raises_again_is_no_broad_except(tree: Path) -> None:
    write(tree, "bot/a.py", "try:\n    g()\nexcept Exception:\n    h()\n    raise\n")

    assert list(banned.broad_excepts(tree)) == []


def test_a_text_is_used_through_its_module_or_by_its_name(tree: Path) -> None:
    write(tree, "bot/texts/knowledge.py", "def one() -> str: ...\ndef two() -> str: ...\n")
    write(tree, "cogs/a.py", "from bot.texts import knowledge as texts\nsay(texts.one())\n")
    write(tree, "cogs/b.py", "from bot.texts.knowledge import two\nsay(two())\n")

    assert list(texts.unused(tree)) == []


def test_a_text_without_arguments_is_measured_where_it_is_shown(tree: Path) -> None:
    write(tree, "cogs/a.py", "from bot.texts import forum as t\nButton(label=t.share())\n")

    found = list(texts.too_long_where_shown(tree, text_of={"bot.texts.forum.share": "x" * 81}.get))

    assert [finding.line for finding in found] == [2]


COMMAND: dict[str, object] = {"name": "vraag", "description": "Stel een vraag."}


@pytest.mark.parametrize(
    ("payloads", "message"),
    [
        ([COMMAND | {"name": f"vraag{number}"} for number in range(101)], "101 commands"),
        ([{"type": 3, "name": f"Menu {number}"} for number in range(6)], "6 commands of type 3"),
        ([{"type": 3, "name": "x" * 33}], "menu's name"),
        ([COMMAND | {"name": "Vraag"}], "lower case"),
        ([COMMAND | {"description": "x" * 101}], "101 of 1 to 100"),
        ([COMMAND | {"description": "…"}], "no description"),
        ([COMMAND | {"options": [COMMAND] * 26}], "26 options"),
        ([COMMAND | {"options": [COMMAND | {"description": ""}]}], "/vraag vraag: the desc"),
        ([COMMAND | {"options": [COMMAND, COMMAND | {"required": True}]}], "required option"),
        ([COMMAND | {"choices": [{"name": "a", "value": "a"}] * 26}], "26 choices"),
        ([COMMAND | {"choices": [{"name": "a" * 101, "value": "a"}]}], "a choice has 101"),
        ([COMMAND | {"choices": [{"name": "a" * 100, "value": "b" * 100}] * 41}], "in all"),
    ],
)
def test_what_discord_would_refuse_is_found(
    payloads: list[dict[str, object]], message: str
) -> None:
    found = list(discord_limits.check(payloads))

    assert any(message in finding for finding in found), found


def test_a_command_without_documentation_is_found() -> None:
    found = list(documented.commands(["/vraag", "/opties"], documentation="`/vraag <vraag>`"))

    assert [finding.message for finding in found] == ["`/opties` is missing"]


def test_every_command_of_the_terminal_is_listed_as_it_is_typed() -> None:
    inner = click.Group("knowledge", commands=[click.Command("check")])
    outer = click.Group(commands=[click.Command("run"), inner])

    assert list(documented.terminal_commands(outer)) == [
        "python -m bot run",
        "python -m bot knowledge check",
    ]
