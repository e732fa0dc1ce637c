"""`python -m bot run`: on Discord with a token, without one a conversation in the terminal."""

import signal
import sys

import click

from bot.terminal.answerer import library_of
from bot.terminal.conversation import converse
from bot.terminal.options import EXIT_SETTINGS, settings_or_exit
from bot.texts import operator as texts
from config.settings import Settings


@click.command(help=texts.HELP_RUN)
def run() -> None:
    """Serve until SIGTERM or SIGINT, or talk until the person stops."""
    settings = settings_or_exit()
    if settings.token is not None and not settings.sandbox:
        # Discord, the web and the database take half a second to import; `ask` needs none of them.
        from bot.terminal.serving import serve_on_discord  # noqa: PLC0415 # see above

        sys.exit(serve_on_discord(settings))
    if settings.database_url is not None or settings.sandbox is False:
        click.echo(texts.token_missing(), err=True)
        sys.exit(EXIT_SETTINGS)
    _talk(settings)


def _talk(settings: Settings) -> None:
    # A person who closes the window, or Docker, stops this as politely as Ctrl+C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        library = library_of(settings)
        converse(library.answerer, options=library.options)
    except KeyboardInterrupt:
        click.echo()
