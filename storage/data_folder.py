"""One serving process a data folder: the operating system holds the lock and drops it at a crash.

Terminal commands do not take it: SQLite lets them write beside the process that serves.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storage.errors import DataFolderInUseError

LOCK_FILE: Final = "serving.lock"


@contextmanager
def serving_from(folder: Path) -> Generator[None]:
    """Hold the folder while serving from it; makes the folder when it is not there.

    Raises:
        DataFolderInUseError: when another process (or this one) holds it.
        OSError: when the folder cannot be made or written to.

    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataFolderInUseError(folder=folder, pid=_pid_in(descriptor)) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        # The file stays: removing it would let two processes lock two files of one name.
        os.close(descriptor)


def _pid_in(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0)
    return int(text) if text.isdigit() else None
