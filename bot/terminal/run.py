"""`python -m bot run`: on Discord with a token, without one on the sandbox."""

import sys

import click

from bot.terminal.options import EXIT_SETTINGS, settings_or_exit
from bot.texts import operator as texts


@click.command(help=texts.HELP_RUN)
def run() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = settings_or_exit()
    if settings.token is not None and not settings.sandbox:
        # Discord, the web and the database take half a second to import; `ask` needs none of them.
        from bot.terminal.serving import serve_on_discord  # noqa: PLC0415 # see above

        sys.exit(serve_on_discord(settings))
    if settings.sandbox and settings.database_url is not None:
        click.echo(texts.sandbox_with_database(), err=True)
        sys.exit(EXIT_SETTINGS)
    if settings.database_url is not None or settings.sandbox is False:
        click.echo(texts.token_missing(), err=True)
        sys.exit(EXIT_SETTINGS)
    from bot.terminal.sandbox import serve_in_sandbox  # noqa: PLC0415 # see above

    sys.exit(serve_in_sandbox(settings))
