"""What the operator and the member can use stands in the documentation."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from tests.policy.source import Finding, tree_of

SETTINGS: Final = "config/settings.py"
CONFIGURATION: Final = "docs/configuration.md"
COMMANDS: Final = "docs/commands.md"
EXAMPLE: Final = ".env.example"

_VARIABLE: Final = re.compile(r"\b(?:BREED_[A-Z_]+[A-Z]|DISCORD_TOKEN)\b")
_NOT_THE_BOTS: Final = ("BREED_TEST_", "BREED_REQUIRE_")


def settings(root: Path) -> Iterator[Finding]:
    """Find settings that the documentation leaves out, and variables that no setting reads."""
    known = dict(_variables(root))
    written = {name: read(root / name) for name in (CONFIGURATION, EXAMPLE)}
    for variable, line in known.items():
        if f"`{variable}`" not in written[CONFIGURATION]:
            yield Finding(SETTINGS, line, f"{variable} is missing from {CONFIGURATION}")
        if not re.search(rf"^#? ?{variable}=", written[EXAMPLE], re.MULTILINE):
            yield Finding(SETTINGS, line, f"{variable} is missing from {EXAMPLE}")
    for name in (CONFIGURATION, EXAMPLE, "compose.yaml", "Dockerfile"):
        for number, line_text in enumerate(read(root / name).splitlines(), start=1):
            for variable in _VARIABLE.findall(line_text):
                field = variable.removesuffix("_FILE").replace("BREED_DISCORD", "DISCORD")
                if field not in known and not variable.startswith(_NOT_THE_BOTS):
                    yield Finding(name, number, f"{variable} is no setting")


def commands(names: Iterable[str], *, documentation: str) -> Iterator[Finding]:
    """Find commands that the documentation does not name, each between backticks."""
    for name in names:
        if not re.search(rf"`{re.escape(name)}(?=[ `])", documentation):
            yield Finding(COMMANDS, 1, f"`{name}` is missing")


def terminal_commands(group: click.Command, *, prefix: str = "python -m bot") -> Iterator[str]:
    """Yield every command of the terminal as it is typed."""
    if not isinstance(group, click.Group):
        yield prefix
        return
    for name, command in group.commands.items():
        if not command.hidden:
            yield from terminal_commands(command, prefix=f"{prefix} {name}")


def read(path: Path) -> str:
    """Return a file's text; one that is not there documents nothing."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _variables(root: Path) -> Iterator[tuple[str, int]]:
    for node in tree_of(read(root / SETTINGS)).body:
        if isinstance(node, ast.ClassDef) and node.name == "Settings":
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    name = field.target.id.upper()
                    yield name if name == "DISCORD_TOKEN" else f"BREED_{name}", field.lineno
