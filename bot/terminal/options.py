"""What every command needs before it starts: sound settings and logging."""

import os
import sys
from urllib.parse import unquote, urlsplit

import click
from dotenv import dotenv_values

from bot.logs import configure
from bot.texts import terminal as texts
from config.settings import ENV_FILE, Settings, SettingsError, load, unknown_variables

EXIT_SETTINGS = 2


def settings_or_exit() -> Settings:
    """Return the settings with logging set up, and name the variables that are no setting.

    With mistakes: name them all and exit with 2.
    """
    settings = sound_settings_or_exit()
    for name in unknown():
        click.echo(texts.unknown_setting(name), err=True)
    return settings


def sound_settings_or_exit() -> Settings:
    """Return the settings with logging set up; with mistakes, name them all and exit with 2."""
    try:
        settings = load()
    except SettingsError as error:
        click.echo(texts.settings_mistakes(len(error.mistakes)), err=True)
        for mistake in error.mistakes:
            click.echo(f"  {mistake.variable}: {mistake.message}", err=True)
        sys.exit(EXIT_SETTINGS)
    configure(level=settings.log_level, form=settings.log_format, hidden=_secrets(settings))
    return settings


def unknown() -> tuple[str, ...]:
    """Return the `BREED_…` variables, of the environment and of `.env`, that no setting reads."""
    in_file = dotenv_values(ENV_FILE) if ENV_FILE.is_file() else {}
    names = dict.fromkeys((*in_file, *os.environ), "")
    return unknown_variables(environ=names)


def _secrets(settings: Settings) -> list[str]:
    found = [settings.token] if settings.token else []
    try:
        password = urlsplit(settings.effective_database_url).password
    except ValueError:
        return found
    return [*found, password, unquote(password)] if password else found
