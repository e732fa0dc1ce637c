"""Dutch stands where it can be read as one whole: `bot/texts`, `config` and page templates.

A text counts as Dutch when it holds two different words of a list of function words that English
does not have. In comments and docstrings, which may quote Dutch, the quotations are left out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.policy.source import Finding, comments_of, python_files, tree_of

FOLDERS: Final = ("bot", "cogs", "storage", "scripts")
HOME: Final = ("bot/texts/",)
# Word lists stand beside their algorithm: constants of these modules, not what functions say.
WORD_LISTS: Final = ("bot/search/", "bot/dates/")

_FUNCTION_WORDS: Final = frozenset(
    Path(__file__).with_name("function_words.txt").read_text(encoding="utf-8").split()
)
_ENOUGH_WORDS: Final = 2
# A docstring that names two Dutch words is English; one of which a fifth is function words is not.
_ENOUGH_SHARE: Final = 0.2
# A regular expression recognises Dutch, it does not say it.
_PATTERN: Final = re.compile(r"\(\?|\\[bdswBDSW]")
_WORD: Final = re.compile(r"[a-zà-ÿ]+")
_QUOTED: Final = re.compile(r"``[^`]*``|`[^`]*`|\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'")


def check(root: Path) -> Iterator[Finding]:
    """Find Dutch sentences outside their home, in literals, docstrings and comments."""
    for path, text in python_files(root, FOLDERS):
        if path.startswith(HOME):
            continue
        tree = tree_of(text)
        docstrings = {id(node) for node in _docstrings(tree)}
        lists = _constants(tree) if path.startswith(WORD_LISTS) else frozenset[int]()
        for line, literal in _literals(tree, skipped=docstrings | lists):
            if is_dutch(literal) and not _PATTERN.search(literal):
                yield Finding(path, line, f"Dutch outside bot/texts: {literal[:60]!r}")
        for node in _docstrings(tree):
            if is_dutch(str(node.value), quoting=True):
                yield Finding(path, node.lineno, "a Dutch docstring; code speaks English")
        for comment in comments_of(text):
            if is_dutch(comment.text, quoting=True):
                yield Finding(path, comment.line, "a Dutch comment; code speaks English")


def is_dutch(text: str, *, quoting: bool = False) -> bool:
    """Return whether a text reads as Dutch; `quoting`: it may quote Dutch within English."""
    words = _WORD.findall((_QUOTED.sub(" ", text) if quoting else text).lower())
    found = [word for word in words if word in _FUNCTION_WORDS]
    if len(set(found)) < _ENOUGH_WORDS:
        return False
    return not quoting or len(found) >= _ENOUGH_SHARE * len(words)


def _literals(tree: ast.AST, *, skipped: set[int] | frozenset[int]) -> Iterator[tuple[int, str]]:
    """Yield the string literals; the fixed parts of an f-string as one."""
    if id(tree) in skipped:
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree.lineno, tree.value
    elif isinstance(tree, ast.JoinedStr):
        fixed = [part.value for part in tree.values if isinstance(part, ast.Constant)]
        yield tree.lineno, " … ".join(str(part) for part in fixed)
        for part in tree.values:
            if isinstance(part, ast.FormattedValue):
                yield from _literals(part.value, skipped=skipped)
    else:
        for child in ast.iter_child_nodes(tree):
            yield from _literals(child, skipped=skipped)


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield every string that stands as a statement: docstrings, also those of attributes."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node.value


def _constants(tree: ast.Module) -> frozenset[int]:
    """Return the module's own assignments: what is bound once, by a name."""
    bound = (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))
    return frozenset(id(node) for node in bound)
