"""Who silences a tool says why, on the same line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.policy.source import EVERYTHING, Finding, files

_SILENCED: Final = re.compile(
    r"#\s*(?P<tool>noqa|ruff:\s*noqa|type:\s*ignore|pyright:|mypy:|pragma:|shellcheck\s+disable"
    r"|hadolint\s+ignore|yamllint\s+disable)(?P<rest>.*)",
    re.IGNORECASE,
)
_REASON: Final = re.compile(r"(?:#|\s-{1,2}|\s[–—])\s.*?[^\W\d_]{3}")
_BLANKET: Final = re.compile(r"^(?:ruff:\s*)?noqa\s*(?!\s*:)|^type:\s*ignore(?!\[)", re.IGNORECASE)


def check(root: Path) -> Iterator[Finding]:
    """Find ignores without a reason (a word will do: "likewise"), and those of everything."""
    named = (*files(root, ".py", ".pyi", ".yaml", ".sh", folders=EVERYTHING), *_programs(root))
    for path in named:
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            silenced = _SILENCED.search(line)
            if silenced is None or name == "tests/policy/reasons.py":
                continue
            tool = " ".join(silenced["tool"].split())
            if _BLANKET.match(tool + silenced["rest"]):
                yield Finding(name, number, f"{tool} without naming what it ignores")
            if not _REASON.search(silenced["rest"]):
                yield Finding(name, number, f"{tool} without a reason")


def _programs(root: Path) -> Iterator[Path]:
    for name in ("Dockerfile", ".ci/run", "scripts/setup", "compose.yaml"):
        if (root / name).is_file():
            yield root / name
