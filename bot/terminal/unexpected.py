"""The last word on an error that nothing expected: a trace in the log, a sentence, exit code 1."""

import sys
from types import TracebackType

import click

from bot.logs import configure, unexpected
from bot.texts import operator as texts


def take_the_last_word() -> None:
    """Replace Python's own report, which shows a trace to whoever typed the command."""
    configure(level="INFO", form="auto")  # until the settings say otherwise
    sys.excepthook = _say


def _say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    click.echo(texts.unexpected(unexpected("unexpected_error", error=error)), err=True)
