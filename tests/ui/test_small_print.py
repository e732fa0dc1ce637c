"""Discord takes `-#` for small print at the beginning of a line only."""

import ast
import re
from pathlib import Path

import pytest

from bot import texts

INDENTED = re.compile(r"^[ \t]+-# ", re.MULTILINE)
MODULES = sorted(Path(texts.__file__).parent.glob("*.py"))


def indented(source: str) -> list[str]:
    return [
        one.value
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Constant)
        and isinstance(one.value, str)
        and INDENTED.search(one.value)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_small_print_begins_at_the_first_column(path: Path) -> None:
    assert indented(path.read_text(encoding="utf-8")) == []


def test_small_print_that_is_indented_is_found() -> None:
    assert indented('x = f"- a\\n  -# {b}"') == ["- a\n  -# "]
