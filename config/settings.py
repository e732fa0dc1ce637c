"""The bot's settings, read once from the environment, `.env` and secret files.

Every mistake is found before anything starts and named with its variable. The sentences are Dutch
because the operator reads them.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config.feed_addresses import bundles, contact, hosts
from config.mistakes import Mistake, SettingsError, mistake_of
from config.sources import (
    FILE_SUFFIX,
    PREFIX,
    SecretFileError,
    given_variables,
    key_of,
    names_of,
    text_of,
    variable_of,
)

ENV_FILE = Path(".env")

_Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
_Format = Literal["auto", "json", "console"]
_Probability = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseSettings):
    """What the operator chose, frozen. Every field is the variable `BREED_<FIELD>`.

    `docs/configuration.md` says what each one means; a policy test holds the two together.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices(f"{PREFIX}DISCORD_TOKEN", "DISCORD_TOKEN"),
    )
    database_url: SecretStr | None = None
    data_dir: Path = Path("data")
    log_level: _Level = "INFO"
    log_format: _Format = "auto"
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    public_url: str | None = None
    forum_url: str = "http://www.breednetwerk.nl"
    timezone: str = "Europe/Amsterdam"
    sandbox: bool | None = None
    shard_count: Annotated[int, Field(ge=1)] | None = None
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode] = None
    rate_limit_per_minute: Annotated[float, Field(gt=0, le=600)] = 6
    rate_limit_burst: Annotated[int, Field(ge=1, le=100)] = 3
    answer_threshold: _Probability = 0.4
    suggest_threshold: _Probability = 0.15
    feed_contact: str | None = None
    feed_private_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    feed_ca_bundles: Annotated[Mapping[str, Path], NoDecode] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read only what `load` gathered: one place decides what overrules what."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("discord_token")
    @classmethod
    def _token_looks_like_one(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and any(character.isspace() for character in value.get_secret_value()):
            message = "er staat een spatie of een nieuwe regel in; kopieer het token opnieuw"
            raise ValueError(message)
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            scheme = value.get_secret_value().partition("://")[0].partition("+")[0]
            if scheme not in {"sqlite", "postgresql", "postgres"}:
                message = "begin met sqlite:/// of postgresql://"
                raise ValueError(message)
        return value

    @field_validator("public_url", "forum_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            message = "begin met http:// of https://"
            raise ValueError(message)
        return value.rstrip("/") if value else value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            message = "deze tijdzone bestaat niet; bijvoorbeeld Europe/Amsterdam"
            raise ValueError(message) from error
        return value

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",")]
        if not all(part.isdecimal() for part in parts):
            message = "geef getallen met komma's ertussen, bijvoorbeeld 0,1"
            raise ValueError(message)
        return tuple(int(part) for part in parts)

    @field_validator("shard_ids")
    @classmethod
    def _within_shard_count(
        cls, value: tuple[int, ...] | None, info: ValidationInfo
    ) -> tuple[int, ...] | None:
        if value is None or "shard_count" not in info.data:
            return value
        count: int | None = info.data["shard_count"]
        if count is None:
            message = f"zet ook {PREFIX}SHARD_COUNT: het aantal shards in totaal"
            raise ValueError(message)
        if any(shard >= count for shard in value):
            message = f"elk nummer moet kleiner zijn dan {PREFIX}SHARD_COUNT ({count})"
            raise ValueError(message)
        return value

    @field_validator("suggest_threshold")
    @classmethod
    def _below_answer_threshold(cls, value: float, info: ValidationInfo) -> float:
        answer: float | None = info.data.get("answer_threshold")
        if answer is not None and value > answer:
            message = f"mag niet hoger zijn dan {PREFIX}ANSWER_THRESHOLD ({answer})"
            raise ValueError(message)
        return value

    @field_validator("feed_contact")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        return contact(value)

    @field_validator("feed_private_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        return hosts(value) if isinstance(value, str) else value

    @field_validator("feed_ca_bundles", mode="before")
    @classmethod
    def _bundles(cls, value: object) -> object:
        return bundles(value) if isinstance(value, str) else value

    @property
    def token(self) -> str | None:
        """The Discord token in plain text, for the client only."""
        return self.discord_token.get_secret_value() if self.discord_token else None

    @property
    def effective_database_url(self) -> str:
        """The chosen database, else SQLite in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'breed.sqlite3'}"


def load(*, environ: Mapping[str, str] | None = None, env_file: Path | None = ENV_FILE) -> Settings:
    """Read the settings: the environment overrules `env_file`; `<NAME>_FILE` names a secret file.

    Raises:
        SettingsError: with every mistake, in the order of the fields.

    """
    given = given_variables(environ=os.environ if environ is None else environ, env_file=env_file)
    values: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for field in Settings.model_fields:
        for name in names_of(field):
            try:
                text = text_of(name, given)
            except SecretFileError as error:
                mistakes.append(Mistake(variable=name + FILE_SUFFIX, message=str(error)))
                continue
            if text:
                values[key_of(field)] = text
                break
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        mistakes += [mistake_of(detail) for detail in error.errors()]
    else:
        if not mistakes:
            return settings
    raise SettingsError(tuple(mistakes))


def unknown_variables(*, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the `BREED_…` variables that no setting reads, sorted: most are a typing error."""
    known = {name for field in Settings.model_fields for name in names_of(field)}
    known |= {name + FILE_SUFFIX for name in known}
    return tuple(
        sorted(
            name
            for name in environ
            if name.upper().startswith(PREFIX)
            and not name.upper().startswith((f"{PREFIX}TEST_", f"{PREFIX}REQUIRE_"))
            and name.upper() not in known
        )
    )


__all__ = [
    "Mistake",
    "Settings",
    "SettingsError",
    "load",
    "unknown_variables",
    "variable_of",
]
