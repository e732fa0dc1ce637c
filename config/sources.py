"""Where the text of a setting comes from: the environment, `.env`, or a file that it names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

PREFIX: Final = "BREED_"
FILE_SUFFIX: Final = "_FILE"


class SecretFileError(ValueError):
    """A `*_FILE` variable that cannot be used; the message is the Dutch sentence."""


def variable_of(field: str) -> str:
    """Return the environment variable that sets `field`."""
    return "DISCORD_TOKEN" if field == "discord_token" else PREFIX + field.upper()


def names_of(field: str) -> tuple[str, ...]:
    """Return every variable that sets `field`, the strongest first."""
    if field == "discord_token":
        return (f"{PREFIX}DISCORD_TOKEN", "DISCORD_TOKEN")
    return (PREFIX + field.upper(),)


def key_of(field: str) -> str:
    """Return the name under which `field` is handed to the settings."""
    return "DISCORD_TOKEN" if field == "discord_token" else field


def given_variables(*, environ: Mapping[str, str], env_file: Path | None) -> dict[str, str]:
    """Return what stands in the environment, else in the file; an empty value is none."""
    from_file = dotenv_values(env_file) if env_file is not None and env_file.is_file() else {}
    given = {name.upper(): value for name, value in from_file.items() if value}
    return given | {name.upper(): value for name, value in environ.items() if value}


def text_of(name: str, given: Mapping[str, str]) -> str | None:
    """Return the text of a variable, or of the file that `<NAME>_FILE` names.

    Raises:
        SecretFileError: when both are given, or the file cannot be read.

    """
    text, path = given.get(name), given.get(name + FILE_SUFFIX)
    if path is None:
        return text.strip() if text else None
    if text is not None:
        message = f"zet óf {name} óf {name}{FILE_SUFFIX}, niet allebei"
        raise SecretFileError(message)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"kan het bestand {path} niet lezen"
        raise SecretFileError(message) from error
