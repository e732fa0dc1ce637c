"""Expected failures: a Dutch sentence on standard error, and what the command exits with."""

from typing import Final

import click

from bot.errors import (
    BreedError,
    CannotListenError,
    DataFolderUnusableError,
    ShardsRefusedError,
    TokenRefusedError,
)
from bot.terminal.options import EXIT_SETTINGS
from bot.texts import failures as texts
from storage.errors import DataFolderInUseError, StorageError, UnsupportedDatabaseError

EXPECTED: Final = (StorageError, BreedError)
EXIT_FAILED: Final = 1
# What another try cannot mend: the operator has to change a setting or stop another process.
_TO_BE_CHANGED: Final = (
    CannotListenError,
    DataFolderInUseError,
    DataFolderUnusableError,
    ShardsRefusedError,
    TokenRefusedError,
    UnsupportedDatabaseError,
)


def tell(error: StorageError | BreedError) -> int:
    """Say what went wrong; return the exit code: 2 when the operator has to change something."""
    if isinstance(error, StorageError):
        click.echo(texts.storage_problem(error), err=True)
    else:
        click.echo(texts.start_problem(error), err=True)
    return EXIT_SETTINGS if isinstance(error, _TO_BE_CHANGED) else EXIT_FAILED
