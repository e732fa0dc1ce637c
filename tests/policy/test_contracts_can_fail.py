"""Every contract of import-linter is seen to fail: in a copy of the packages, by one import."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.policy.source import PRODUCT, REPOSITORY

# Contract → what is written, in which new module.
VIOLATIONS: dict[str, list[tuple[str, str]]] = {
    "cogs stand on bot, bot stands on storage; config and storage know nobody": [
        ("storage/offence.py", "import bot.errors"),
        ("storage/offence.py", "import config.settings"),
        ("config/offence.py", "import storage.errors"),
    ],
    "cogs are independent of each other": [
        ("cogs/offence.py", "import cogs.victim"),
    ],
    "bot loads cogs by dotted name and never imports them": [
        ("bot/offence.py", "import cogs.victim"),
    ],
    "services and search run without Discord, HTTP, scheduler or SQL": [
        ("bot/services/offence.py", "import discord"),
        ("bot/services/offence.py", "import aiohttp"),
        ("bot/search/offence.py", "import sqlalchemy"),
    ],
    "search and dates are pure: they know no other layer": [
        ("bot/search/offence.py", "import storage.records"),
        ("bot/dates/offence.py", "import bot.services"),
    ],
    "the landscape is pure: numpy and nothing of ours": [
        ("bot/landscape/offence.py", "import bot.services"),
        ("bot/landscape/offence.py", "import matplotlib"),
    ],
    "services know no adapter, screen or page": [
        ("bot/services/offence.py", "import bot.adapters.clock"),
        ("bot/services/offence.py", "import bot.ui"),
    ],
    "only the scheduler adapter imports apscheduler": [
        ("bot/offence.py", "import apscheduler.triggers"),
        ("bot/adapters/offence.py", "import apscheduler"),
    ],
    "the sandbox imports nothing else of bot": [
        ("bot/sandbox/offence.py", "import bot.texts"),
        ("bot/sandbox/offence.py", "import storage.records"),
    ],
    "only the composition root reads the settings": [
        ("bot/services/offence.py", "import config.settings"),
        ("cogs/offence.py", "import config.settings"),
    ],
    "storage knows no Discord, HTTP or scheduler": [
        ("storage/offence.py", "import discord"),
        ("config/offence.py", "import aiohttp"),
    ],
    "cogs never see a repository, a table or sqlalchemy": [
        ("cogs/offence.py", "import storage.repositories"),
        ("cogs/offence.py", "import storage.models"),
        ("cogs/offence.py", "import sqlalchemy.orm"),
    ],
    "tables stay inside storage": [
        ("bot/services/offence.py", "import storage.models"),
        ("bot/adapters/offence.py", "import sqlalchemy"),
    ],
}
CASES = [(name, *case) for name, cases in VIOLATIONS.items() for case in cases]
ANSWER = re.compile(r"^(?P<name>.+) (?P<state>KEPT|BROKEN)\b", re.MULTILINE)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    for package in PRODUCT:
        leave = shutil.ignore_patterns("__pycache__", "*.md", "*.txt")
        shutil.copytree(REPOSITORY / package, root / package, ignore=leave)
    for module in ("cogs/victim.py", "bot/errors.py"):
        (root / module).touch()
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    return root


def contracts() -> list[dict[str, object]]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    listed: list[dict[str, object]] = project["tool"]["importlinter"]["contracts"]
    return listed


def broken_in(root: Path) -> set[str]:
    program = "from importlinter.cli import lint_imports_command as run; run()"
    finished = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    answers = {found["name"]: found["state"] for found in ANSWER.finditer(finished.stdout)}
    assert set(answers) == {contract["name"] for contract in contracts()}, finished.stdout
    broken = {name for name, state in answers.items() if state == "BROKEN"}
    assert bool(broken) == bool(finished.returncode)
    return broken


def test_every_contract_has_a_violation() -> None:
    assert set(VIOLATIONS) == {contract["name"] for contract in contracts()}


def test_the_copy_keeps_every_contract(house: Path) -> None:
    assert broken_in(house) == set()


@pytest.mark.parametrize(("name", "path", "statement"), CASES)
def test_a_forbidden_import_breaks_its_contract(
    name: str, path: str, statement: str, house: Path
) -> None:
    module = house / path
    module.write_text(f"{statement}\n", encoding="utf-8")
    try:
        assert name in broken_in(house)
    finally:
        module.unlink()
