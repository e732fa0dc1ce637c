"""The process that reads files from outside: `python -m bot.adapters.documents.child`.

It takes files on its standard input and gives what they say on its standard output. It knows no
secrets, writes no files, and ends when it needs more time or memory than a file may cost.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import BinaryIO, Final, TypeAlias

from bot.adapters.documents import wire
from bot.adapters.documents.kinds import read_document
from bot.services.knowledge.importing.reading import (
    MAX_MEGABYTES,
    MAX_SECONDS,
    Progress,
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)

Reader: TypeAlias = Callable[[str, bytes, Progress], ReadDocument]
_STEP: Final = 5  # pages between two reports
_MOST_FILES: Final = 64  # open at once


def main(read: Reader = read_document) -> None:
    """Read files with `read` until there are no more."""
    _limit()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints is no answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    asked = sys.stdin.buffer
    while line := asked.readline():
        name, size = wire.read_asked(line)
        _one_more()
        ended = _answer(answers, partial(read, name, asked.read(size), _telling(answers)))
        answers.flush()
        if ended:
            break


def _answer(answers: BinaryIO, read: Callable[[], ReadDocument]) -> bool:
    """Read one file; True when this process is of no more use."""
    try:
        found = wire.document(read())
    except UnreadableFileError as error:
        found = wire.problem(error.problem)
    except MemoryError:
        answers.write(wire.problem(ReadProblem.TOO_MUCH_MEMORY))
        return True
    except Exception:  # noqa: BLE001 # whatever a library raises over a file, the file is broken
        found = wire.problem(ReadProblem.BROKEN)
    answers.write(found)
    return False


def _telling(answers: BinaryIO) -> Progress:
    def tell(page: int, count: int) -> None:
        if page % _STEP == 0:
            answers.write(wire.page(page, count))
            answers.flush()

    return tell


def _nothing() -> None:
    """Leave the limits as they are."""


def _limits() -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what sets the limits at the start, and what gives time for one more file."""
    if sys.platform == "win32":
        return _nothing, _nothing  # it has no such limits; the time is watched from outside
    import resource  # noqa: PLC0415 # not on every system

    def limit() -> None:
        memory = MAX_MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_FILES, _MOST_FILES))

    def one_more() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + MAX_SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))

    return limit, one_more


_limit, _one_more = _limits()

if __name__ == "__main__":
    main()
