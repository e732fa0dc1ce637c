"""Runs Python programs by forking a process that has imported the bot: importing takes seconds.

What is forked is a process like any other: with an environment, a folder, streams and an exit code
of its own. Only the imports were done before.
"""

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_STREAMS: Final = (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)  # of descriptors 0, 1 and 2
_NAMES: Final = ("in", "out", "err")

_context: Final = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.terminal.imported"])


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left behind."""

    code: int
    out: str
    err: str


def run_forked(
    module: str, arguments: Sequence[str], *, folder: Path, environ: Mapping[str, str], said: str
) -> Ended:
    """Run `python -m module` in a folder, say something to it, and wait until it ended."""
    with TemporaryDirectory() as kept:
        streams = [Path(kept) / name for name in _NAMES]
        for path in streams:
            path.write_text(said if path.name == "in" else "", encoding="utf-8")
        process = _context.Process(
            target=_program, args=(module, tuple(arguments), folder, dict(environ), streams)
        )
        process.start()
        process.join()
        code = process.exitcode
        process.close()
        assert code is not None
        return Ended(code, streams[1].read_text("utf-8"), streams[2].read_text("utf-8"))


def _program(
    module: str,
    arguments: tuple[str, ...],
    folder: Path,
    environ: dict[str, str],
    streams: Sequence[Path],
) -> None:
    """Become the program. Python's own report of what nobody caught is that of the program."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    for descriptor, (path, flags) in enumerate(zip(streams, _STREAMS, strict=True)):
        opened = os.open(path, flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 # multiprocessing closed it
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except Exception as error:  # noqa: BLE001 # as Python itself does with what nobody caught
        sys.excepthook(type(error), error, error.__traceback__)
        sys.exit(1)
