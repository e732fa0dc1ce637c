"""What leaves the house: pinned requirements, whole packages, and no address of one machine."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.policy.source import PRODUCT, Finding, files

_PINNED: Final = re.compile(r"^[A-Za-z0-9._-]+(?:\[[^]]*\])?==\S+")
_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# A letter in brackets, so that this file does not find itself.
_MACHINE: Final = re.compile(
    r"(?<![\w.])/(?:wor[k]/(?:main|shared)|roo[t]/|hom[e]/\w+/|User[s]/\w+/)|\.pyen[v]/"
)
_REGISTRY: Final = re.compile(
    r"pyp[i]\.org|pythonhoste[d]\.org|npmj[s]\.(?:org|com)|--(?:extra-)?inde[x]-url"
    r"|--fin[d]-links|--truste[d]-host"
)
_BINARY: Final = frozenset({".png", ".ico", ".gif", ".jpg", ".pdf", ".docx", ".sqlite3", ".gz"})
_ROOT_DOT_FILES: Final = (
    ".env.example",
    ".dockerignore",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".yamllint.yaml",
)


def requirements(root: Path) -> Iterator[Finding]:
    """Find requirements without a version or a hash; everything else in such a file is refused."""
    for path in files(root, ".txt", folders=("requirements",)):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            if not _PINNED.match(line):
                yield Finding(name, number, f"not a pinned requirement: {line.strip()[:60]}")
            elif not _HASH.search(line):
                yield Finding(name, number, f"no hash: {line.strip()[:60]}")


def addresses(root: Path) -> Iterator[Finding]:
    """Find folders of one machine and addresses of package registries."""
    dot_files = (root / name for name in _ROOT_DOT_FILES if (root / name).is_file())
    for path in (*files(root), *dot_files):
        if path.suffix in _BINARY or path.name.startswith(".coverage"):
            continue
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for pattern, what in ((_MACHINE, "a folder of one machine"), (_REGISTRY, "a registry")):
                found = pattern.search(line)
                if found:
                    yield Finding(name, number, f"{what}: {found[0]}")


def package_data(root: Path) -> Iterator[Finding]:
    """Find files beside the code that `pip install .` would leave out."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    patterns: dict[str, list[str]] = project["tool"]["setuptools"]["package-data"]
    shipped = {
        path
        for package, globs in patterns.items()
        for pattern in globs
        for path in (root / package).glob(pattern)
    }
    for path in files(root, folders=PRODUCT):
        if path.suffix != ".py" and path not in shipped:
            name = path.relative_to(root).as_posix()
            yield Finding(name, 1, "stands in no package-data pattern of pyproject.toml")
    for path in files(root, ".py", folders=PRODUCT):
        if not (path.parent / "__init__.py").is_file():
            name = path.relative_to(root).as_posix()
            yield Finding(name, 1, "its folder has no __init__.py, so it is in no package")
