"""Do the image's steps by hand in a clean folder: for where no Docker engine is at hand.

Reads Dockerfile and .dockerignore, copies what they name, installs the pinned packages into an
environment of their own, and runs `python -m bot check` with the image's settings on a source tree
that nobody may write. Exits 1 with the reason when a step fails.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).resolve().parents[1]
# Shaped like a token and nobody's: the check must not stop at a missing one.
TOKEN: Final = "MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"  # noqa: S105 -- made up
STEP_TIMEOUT: Final = 300  # seconds


class StepError(Exception):
    """A step of the image failed; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Image:
    """What a Dockerfile says, as far as the steps need it."""

    copied: tuple[str, ...]
    environment: Mapping[str, str]
    command: tuple[str, ...]


def read_dockerfile(text: str) -> Image:
    """Read the copied paths, the environment and the command of the last stage."""
    joined = re.sub(r"\\\n(?:\s*#.*\n)*", " ", text)
    copied: list[str] = []
    environment: dict[str, str] = {}
    command: tuple[str, ...] = ()
    for line in joined.splitlines():
        instruction, _, rest = line.strip().partition(" ")
        if instruction == "COPY" and "--from" not in rest:
            copied += shlex.split(rest)[:-1]
        elif instruction == "ENV":
            environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif instruction == "CMD":
            command = tuple(re.findall(r'"([^"]*)"', rest))
    return Image(tuple(copied), environment, command)


def reaches_the_build(path: str, patterns: list[str]) -> bool:
    """Return whether .dockerignore lets a path through: the last pattern that matches decides."""
    kept = True
    for pattern in patterns:
        regex = _regex(pattern.removeprefix("!").strip("/"))
        parts = path.split("/")
        parents = ("/".join(parts[: depth + 1]) for depth in range(len(parts)))
        if any(regex.fullmatch(parent) for parent in parents):
            kept = pattern.startswith("!")
    return kept


def build_context(root: Path, image: Image) -> Iterator[str]:
    """Yield the files that COPY takes, relative to the repository.

    Raises:
        StepError: when COPY names something that .dockerignore keeps out or that is not there.

    """
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    for name in image.copied:
        below = [root / name] if (root / name).is_file() else sorted((root / name).rglob("*"))
        found = [path.relative_to(root).as_posix() for path in below if path.is_file()]
        reached = [path for path in found if reaches_the_build(path, patterns)]
        if not reached:
            message = f"COPY {name}: nothing of that name reaches the build"
            raise StepError(message)
        yield from reached


def main() -> int:
    """Run every step; say which failed."""
    image = read_dockerfile((REPOSITORY / "Dockerfile").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="breed-image-") as folder:
        try:
            _run_steps(Path(folder), image)
        except StepError as error:
            print(error, file=sys.stderr)
            return 1
    print("The image's steps work.")
    return 0


def _run_steps(folder: Path, image: Image) -> None:
    app, data = folder / "app", folder / "data"
    data.mkdir()
    for name in build_context(REPOSITORY, image):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPOSITORY / name, app / name)
    python = folder / "opt" / "bin" / "python"
    _step([sys.executable, "-m", "venv", str(folder / "opt")], cwd=folder)
    requirements = str(app / "requirements" / "runtime.txt")
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    _step([str(python), *install, "--requirement", requirements], cwd=folder)
    shutil.rmtree(app / "requirements")
    _step([str(python), "-m", "compileall", "-q", str(app)], cwd=folder)
    for path in (app, *app.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
    values = {name: value.replace("/data", str(data)) for name, value in image.environment.items()}
    values["PATH"] = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    environment = kept | values | {"DISCORD_TOKEN": TOKEN}
    before = _listing(app)
    try:
        for arguments in (["check"], ["knowledge", "check"]):
            command = [*_without_rights(), str(python), *image.command[1:-1], *arguments]
            print(_step(command, cwd=app, environment=environment))
    finally:
        for path in (app, *app.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
    if _listing(app) != before:
        message = "the bot wrote into its source tree, which is read-only in the image"
        raise StepError(message)


def _step(command: list[str], *, cwd: Path, environment: Mapping[str, str] | None = None) -> str:
    finished = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=STEP_TIMEOUT,
    )
    output = (finished.stdout + finished.stderr).strip()
    if finished.returncode:
        message = (
            f"Step failed with exit code {finished.returncode}: {shlex.join(command)}\n{output}"
        )
        raise StepError(message)
    return output


def _without_rights() -> list[str]:
    """Return what takes root's right to write where the permissions say no."""
    if os.geteuid() == 0 and shutil.which("setpriv"):
        return ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]
    return []


def _listing(folder: Path) -> set[tuple[str, int, int]]:
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {(str(path), status.st_size, status.st_mtime_ns) for path, status in found}


def _regex(pattern: str) -> re.Pattern[str]:
    """Translate a pattern of .dockerignore: `**/` any folders, `*` within one name."""
    escaped = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.compile(escaped.replace(r"\[", "[").replace(r"\]", "]"))


if __name__ == "__main__":
    raise SystemExit(main())
