"""Runs the bot's commands as an operator does: real processes, in a folder of their own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.terminal.forking import Ended, run_forked

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = ("-m", "bot")
SERVING: Final = ("-m", "tests.terminal.serving_program")
ON_DISCORD: Final = ("-m", "tests.terminal.discord_program")
# It has the shape of a token, and no bot has it.
TOKEN: Final = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"


async def started(
    *arguments: str,
    folder: Path,
    program: tuple[str, ...] = COMMAND,
    environ: Mapping[str, str] | None = None,
    **variables: str,
) -> Process:
    """Start a program in `folder`, with a data folder there and only these `BREED_` variables."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *program,
        *arguments,
        cwd=folder,
        env=_environment(folder, {**(environ or {}), **variables}),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )


async def ended(process: Process, *, said: str = "") -> Ended:
    """Say something on standard input, close that, and wait for the end."""
    out, err = await process.communicate(said.encode())
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


async def ran(
    *arguments: str,
    folder: Path,
    program: tuple[str, ...] = COMMAND,
    said: str = "",
    environ: Mapping[str, str] | None = None,
    **variables: str,
) -> Ended:
    """Run a program until it ends by itself; its variables may come as one mapping too."""
    if _code_in(folder) != ROOT:  # other code than what was imported
        process = await started(
            *arguments, folder=folder, program=program, environ=environ, **variables
        )
        return await ended(process, said=said)
    chosen = _environment(folder, {**(environ or {}), **variables})
    return await asyncio.to_thread(
        run_forked, program[1], arguments, folder=folder, environ=chosen, said=said
    )


async def line_with(stream: asyncio.StreamReader | None, text: str) -> str:
    """Read lines until one holds `text`; an end before that is a failure that shows them all."""
    assert stream is not None
    seen: list[str] = []
    while line := (await stream.readline()).decode():
        seen.append(line)
        if text in line:
            return line
    raise AssertionError(f"{text!r} never came; this did:\n" + "".join(seen))


def _environment(folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BREED_") and name != "DISCORD_TOKEN"
    }
    data = {"BREED_DATA_DIR": str(folder / "data"), "BREED_WEB_PORT": "0"}
    return {**kept, "PYTHONPATH": os.fspath(_code_in(folder)), **data, **variables}


def _code_in(folder: Path) -> Path:
    """Return where the code is: where a test copied it to its folder, that copy runs."""
    return folder if (folder / "bot").is_dir() else ROOT
