"""What the policies read: the files of a tree, parsed, and what they find wrong in them."""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("bot", "cogs", "config", "storage")
EVERYTHING: Final = (*PRODUCT, "tests", "scripts")

_NOT_OURS: Final = frozenset({"__pycache__", "node_modules", "data", "build", "dist", "htmlcov"})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place that breaks a policy."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, or several on lines of their own that follow each other; `line` is the first."""

    line: int
    text: str


def files(root: Path, *suffixes: str, folders: tuple[str, ...] = ("",)) -> Iterator[Path]:
    """Yield the files below `folders`, without caches and what was built; all without suffixes."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root).parts
            hidden = any(part.startswith(".") for part in inside[:-1]) and inside[0] != ".ci"
            generated = any(part in _NOT_OURS or part.endswith(".egg-info") for part in inside)
            wanted = not suffixes or path.suffix in suffixes
            if wanted and not hidden and not generated and path.is_file():
                yield path


def python_files(root: Path, folders: tuple[str, ...] = PRODUCT) -> Iterator[tuple[str, str]]:
    """Yield path (relative, with forward slashes) and text of every Python file."""
    for path in files(root, ".py", folders=folders):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


@cache
def tree_of(text: str) -> ast.Module:
    """Parse a file; the same text is parsed once for all policies (some 200 MB for all files)."""
    return ast.parse(text)


def comments_of(text: str) -> Iterator[Comment]:
    """Yield the comments of a file; lines that belong together are joined by a space."""
    first, last, words = 0, 0, list[str]()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, own_line = token.start[0], token.line.lstrip().startswith("#")
        if words and not (own_line and line == last + 1):
            yield Comment(first, " ".join(words))
            words = []
        if not words:
            first = line
        last = line if own_line else -1
        words.append(token.string.lstrip("# "))
    if words:
        yield Comment(first, " ".join(words))


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything imported: `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of names and attributes, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def is_within(dotted_name: str, package: str) -> bool:
    """Return whether a dotted name is the package or stands below it."""
    return dotted_name == package or dotted_name.startswith(f"{package}.")
