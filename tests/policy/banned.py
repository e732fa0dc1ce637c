"""What no module may do, wherever it stands, except where its reason is written down."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.policy.source import (
    EVERYTHING,
    Finding,
    dotted,
    imports_of,
    is_within,
    python_files,
    tree_of,
)

# A prefix, since a module may grow into a package.
SCHEDULER: Final = "bot/adapters/scheduler"

# Path → why it may ask the machine for the time.
CLOCKS: Final[dict[str, str]] = {
    "bot/adapters/clock.py": "it is the Clock port's adapter",
    "bot/adapters/scheduler.py": "APScheduler itself wakes by the machine's time",
    "bot/sandbox/snowflakes.py": "the stand-in is a server with a clock of its own, given to it",
}
# "path:function" → why it may catch everything. A job guards itself once, at its edge.
BROAD_EXCEPTS: Final[dict[str, str]] = {
    "bot/services/deliveries/journal.py:_outcome": "raised where the entry was made: one copy that "
    "breaks a rule must not stop all the others",
    "bot/error_handler.py:guarded": "the edge of every button and form: nothing above it answers",
    "bot/error_handler.py:guarded_message": "the edge of every message: nothing above it answers",
    "bot/adapters/documents/child.py:_answer": "whatever a library raises, the file is broken",
    "bot/services/knowledge/guild_loading.py:_in_force": (
        "documents are saved before they are indexed: whatever fails there, the old ones answer"
    ),
    "bot/adapters/scheduler.py:_guarded": "the edge of every job: it must not end the others",
    "tests/terminal/forking.py:_program": "it does what Python does with what nobody caught",
}
# Path → why it may commit.
COMMITS: Final[dict[str, str]] = {
    "storage/unit_of_work.py": "it is the unit of work",
    "storage/migrate.py": "migrations are one transaction, before the first unit of work",
}

_IMPORTS: Final = {
    "unittest.mock": "no mocks: own fakes, driven through the real code",
    "mock": "no mocks: own fakes, driven through the real code",
    "pytest_mock": "no mocks: own fakes, driven through the real code",
    "discord.ext.tasks": "the table is the truth, the scheduler only ticks",
}
_CLOCK_CALLS: Final = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "utils.utcnow",
)
_CLOCK_IMPORTS: Final = ("time.time", "time.time_ns", "discord.utils.utcnow")
_BROAD: Final = ("Exception", "BaseException")


def imports(root: Path) -> Iterator[Finding]:
    """Find imports of mocks, of discord.ext.tasks, and of apscheduler outside its adapter."""
    for path, text in python_files(root, EVERYTHING):
        for line, name in imports_of(tree_of(text)):
            for banned, reason in _IMPORTS.items():
                if is_within(name, banned):
                    yield Finding(path, line, f"{banned}: {reason}")
            if is_within(name, "apscheduler") and not path.startswith((SCHEDULER, "tests/")):
                yield Finding(path, line, "apscheduler outside bot.adapters.scheduler")


def broad_excepts(root: Path, *, exempt: Mapping[str, str] = BROAD_EXCEPTS) -> Iterator[Finding]:
    """Find handlers that catch everything and do not end in raising it, or a better one, again."""
    for path, text in python_files(root, EVERYTHING):
        for name, handler in _handlers(tree_of(text)):
            caught = handler.type
            parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
            broad = any(part is None or dotted(part) in _BROAD for part in parts)
            raises = isinstance(handler.body[-1], ast.Raise)
            if broad and not raises and f"{path}:{name}" not in exempt:
                yield Finding(path, handler.lineno, f"{name} catches more than it can name")


def clocks(root: Path, *, exempt: Mapping[str, str] = CLOCKS) -> Iterator[Finding]:
    """Find code that asks the machine for the time instead of the Clock port."""
    for path, text in python_files(root):
        if path in exempt:
            continue
        tree = tree_of(text)
        for node in ast.walk(tree):
            # Any mention counts, also one without a call: `default_factory=datetime.now`.
            if not isinstance(node, ast.Attribute):
                continue
            name = dotted(node)
            if any(f".{name}".endswith(f".{call}") for call in _CLOCK_CALLS):
                yield Finding(path, node.lineno, f"{name}: time comes from the Clock port")
        for line, name in imports_of(tree):
            if name in _CLOCK_IMPORTS:
                yield Finding(path, line, f"{name}: time comes from the Clock port")


def commits(root: Path, *, exempt: Mapping[str, str] = COMMITS) -> Iterator[Finding]:
    """Find commits and rollbacks outside the unit of work."""
    for path, text in python_files(root):
        if path in exempt:
            continue
        for node in ast.walk(tree_of(text)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in {"commit", "rollback"}:
                message = f"{called.attr}: only the unit of work decides"
                yield Finding(path, called.lineno, message)


def _handlers(tree: ast.AST, function: str = "<module>") -> Iterator[tuple[str, ast.ExceptHandler]]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.ExceptHandler):
            yield function, child
        inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else ""
        yield from _handlers(child, inside or function)
