"""Every policy that judges a tree of files, by name."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.policy import banned, documented, language, reasons, shipping, size, texts
from tests.policy.source import Finding

Rule = Callable[[Path], Iterator[Finding]]


def shown_texts(root: Path) -> Iterator[Finding]:
    """Find what is too long for its place on a screen, with the texts that this house has."""
    return texts.too_long_where_shown(root, text_of=_text_of)


def _text_of(name: str) -> str | None:
    return texts.text_behind(name, module_named=_module)


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


RULES: Final[dict[str, Rule]] = {
    "files, cogs and functions stay within their budget": size.check,
    "Dutch stands in bot/texts, config and page templates": language.check,
    "no mocks, no discord.ext.tasks, apscheduler in its adapter": banned.imports,
    "nothing catches more than it can name": banned.broad_excepts,
    "time comes from the Clock port": banned.clocks,
    "only the unit of work commits": banned.commits,
    "every ignore has its reason": reasons.check,
    "every setting is documented": documented.settings,
    "every text is used": texts.unused,
    "every text fits where it is shown": shown_texts,
    "requirements are pinned with hashes": shipping.requirements,
    "no address of a machine or a registry": shipping.addresses,
    "data files are part of their package": shipping.package_data,
}
