"""The texts that people read: every one used, none too long for where it is shown."""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.policy.source import Finding, dotted, python_files, tree_of

TEXTS: Final = "bot.texts"
SCREENS: Final = ("bot", "cogs")

# Discord's limits on what a view, an embed or a modal shows, in characters.
LABEL: Final = 80
PLACEHOLDER: Final = 150
CUSTOM_ID: Final = 100
MODAL_TITLE: Final = 45
DESCRIPTION: Final = 100
MESSAGE: Final = 2000
_KEYWORDS: Final = {"label": LABEL, "placeholder": PLACEHOLDER, "custom_id": CUSTOM_ID}
# Elsewhere `title` and `description` are those of an embed, which allow more.
_ELEMENTS: Final = {
    "SelectOption": {"label": 100, "description": DESCRIPTION, "value": 100},
    "TextInput": {"label": 45, "placeholder": 100},
    "Label": {"text": 45, "description": DESCRIPTION},
    "Choice": {"name": 100},
    "option": {"label": 100, "description": DESCRIPTION, "value": 100},
    "Embed": {"title": 256, "description": 4096},
    "command": {"name": 32, "description": DESCRIPTION},
    "Group": {"name": 32, "description": DESCRIPTION},
    "ContextMenu": {"name": 32},
}


@dataclass(frozen=True, slots=True)
class _Definition:
    path: str
    line: int
    module: str
    name: str


def unused(root: Path) -> Iterator[Finding]:
    """Find public functions and constants of bot/texts that no screen and no text uses."""
    used = {name for path, text in python_files(root) for name in _uses(path, text)}
    for text in _definitions(root):
        if f"{text.module}.{text.name}" not in used:
            yield Finding(text.path, text.line, f"{text.name} is used nowhere")


def too_long_where_shown(root: Path, *, text_of: Callable[[str], str | None]) -> Iterator[Finding]:
    """Find literals and argumentless texts that are longer than their place on a screen allows.

    `text_of` gives the text behind a dotted name such as `bot.texts.knowledge.sources_label`, or
    None when it takes arguments.
    """
    for path, text in python_files(root, SCREENS):
        tree, names = tree_of(text), _imported(path, tree_of(text))
        for element, keyword in _shown(tree):
            limit = _limit(element, keyword.arg or "")
            shown = _literal(keyword.value) or text_of(_target(keyword.value, names))
            if limit is not None and shown is not None and not 1 <= len(shown) <= limit:
                message = f"{keyword.arg}={shown[:30]!r}… has {len(shown)} of {limit} characters"
                yield Finding(path, keyword.value.lineno, message)


def text_behind(name: str, *, module_named: Callable[[str], ModuleType | None]) -> str | None:
    """Return what a constant of bot/texts holds or what a function without arguments returns."""
    if not name.startswith(f"{TEXTS}."):
        return None
    module_name, _, attribute = name.rpartition(".")
    module = module_named(module_name)
    value: object = getattr(module, attribute, None)
    if inspect.isfunction(value) and not inspect.signature(value).parameters:
        value = value()
    return value if isinstance(value, str) else None


def too_long_for_a_message(module: ModuleType) -> Iterator[str]:
    """Yield the texts without arguments that no message can hold, or that are empty."""
    for name in vars(module):
        text = (
            None
            if name.startswith("_")
            else text_behind(f"{module.__name__}.{name}", module_named=lambda _: module)
        )
        if text is not None and not 1 <= len(text.strip()) <= MESSAGE:
            yield f"{module.__name__}.{name}: {len(text)} characters"


def _definitions(root: Path) -> Iterator[_Definition]:
    for path, text in python_files(root, ("bot/texts",)):
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in tree_of(text).body:
            names: list[str] = []
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [node.name]
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            for name in names:
                if not name.startswith("_"):
                    yield _Definition(path, node.lineno, module, name)


def _uses(path: str, text: str) -> Iterator[str]:
    tree = tree_of(text)
    names = _imported(path, tree)
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            name = dotted(node)
            first, _, rest = name.partition(".")
            yield f"{names.get(first, first)}.{rest}" if rest else names.get(first, first)
            yield f"{module}.{name}"


def _imported(path: str, tree: ast.Module) -> dict[str, str]:
    """Return what each name stands for, as far as `import` and `from … import` say."""
    del path
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    names[alias.asname] = alias.name
    return names


def _shown(tree: ast.AST) -> Iterator[tuple[str, ast.keyword]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            element = dotted(node.func).rpartition(".")[2]
            yield from ((element, keyword) for keyword in node.keywords)
        elif isinstance(node, ast.ClassDef) and any("Modal" in dotted(one) for one in node.bases):
            yield from (("Modal", keyword) for keyword in node.keywords)


def _limit(element: str, keyword: str) -> int | None:
    if element.endswith("Modal") and keyword == "title":
        return MODAL_TITLE
    return _ELEMENTS.get(element, _KEYWORDS).get(keyword)


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _target(node: ast.expr, names: dict[str, str]) -> str:
    """Return the dotted name of a text, called without arguments or not."""
    if isinstance(node, ast.Call):
        node = node.func if not node.args and not node.keywords else ast.Constant(None)
    first, _, rest = dotted(node).partition(".")
    whole = names.get(first, first)
    return f"{whole}.{rest}" if rest else whole
