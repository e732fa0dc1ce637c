"""Budgets of size: what does not fit on a few screens is two things."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.policy.source import EVERYTHING, Finding, python_files, tree_of

FILE_LINES: Final = 300
COG_LINES: Final = 200
FUNCTION_LINES: Final = 40

# "path" or "path:function" → why it may be longer.
EXEMPT: Final[dict[str, str]] = {
    "bot/services/container.py:build_services": "the composition root: a line for each use case",
}


def check(root: Path, *, exempt: Mapping[str, str] = EXEMPT) -> Iterator[Finding]:
    """Find the files and functions over their budget. A function counts without its docstring."""
    for path, text in python_files(root, EVERYTHING):
        budget = COG_LINES if path.startswith("cogs/") else FILE_LINES
        lines = text.count("\n")
        if lines > budget and path not in exempt:
            yield Finding(path, 1, f"{lines} lines, the budget is {budget}")
        for function in ast.walk(tree_of(text)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            length = _length(function)
            if length > FUNCTION_LINES and f"{path}:{function.name}" not in exempt:
                message = f"{function.name} has {length} lines, the budget is {FUNCTION_LINES}"
                yield Finding(path, function.lineno, message)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    last = function.end_lineno or function.lineno
    length = last - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        length -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return length
