import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.settings import Mistake, Settings, SettingsError, load, unknown_variables, variable_of

WRONG = {
    "DISCORD_TOKEN": "a token\nwith lines",
    "BREED_DATABASE_URL": "mysql://host/breed",
    "BREED_LOG_LEVEL": "loud",
    "BREED_LOG_FORMAT": "xml",
    "BREED_WEB_PORT": "70000",
    "BREED_PUBLIC_URL": "breed.example",
    "BREED_FORUM_URL": "ftp://breednetwerk.nl",
    "BREED_TIMEZONE": "Mars/Olympus",
    "BREED_SANDBOX": "misschien",
    "BREED_SHARD_COUNT": "0",
    "BREED_SHARD_IDS": "een,twee",
    "BREED_RATE_LIMIT_PER_MINUTE": "0",
    "BREED_RATE_LIMIT_BURST": "1.5",
    "BREED_ANSWER_THRESHOLD": "1.1",
    "BREED_SUGGEST_THRESHOLD": "half",
    "BREED_FEED_CONTACT": "beheer",
    "BREED_FEED_PRIVATE_HOSTS": "https://forum.example/",
    "BREED_FEED_CA_BUNDLES": "forum.example=/nowhere/chain.pem",
}


def _load(environ: Mapping[str, str] | None = None, **variables: str) -> Settings:
    return load(environ={**(environ or {}), **variables}, env_file=None)


def _mistakes(environ: Mapping[str, str], *, env_file: Path | None = None) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        load(environ=environ, env_file=env_file)
    return {mistake.variable: mistake.message for mistake in caught.value.mistakes}


def test_without_any_variable_the_defaults_hold() -> None:
    settings = _load()

    assert settings.token is None
    assert settings.data_dir == Path("data")
    assert settings.effective_database_url == "sqlite:///data/breed.sqlite3"
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert settings.timezone == "Europe/Amsterdam"
    assert settings.sandbox is None


def test_settings_do_not_change_while_running() -> None:
    settings = _load()

    with pytest.raises(ValidationError):
        settings.web_port = 1


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("BREED_WEB_PORT", "0", 0),
        ("BREED_LOG_LEVEL", "debug", "DEBUG"),
        ("BREED_LOG_FORMAT", "JSON", "json"),
        ("BREED_SANDBOX", "0", False),
        ("BREED_SANDBOX", "1", True),
        ("BREED_PUBLIC_URL", "https://breed.example/", "https://breed.example"),
        ("BREED_DATA_DIR", "/srv/breed", Path("/srv/breed")),
        ("BREED_RATE_LIMIT_PER_MINUTE", "2.5", 2.5),
        ("BREED_WEB_HOST", "", "127.0.0.1"),
    ],
)
def test_a_variable_is_read(variable: str, text: str, value: object) -> None:
    field = variable.removeprefix("BREED_").lower()

    assert getattr(_load({variable: text}), field) == value


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "BREED_DISCORD_TOKEN", "discord_token"])
def test_the_token_is_read_with_or_without_the_prefix(name: str) -> None:
    assert _load({name: "a.b.c"}).token == "a.b.c"


def test_the_prefixed_token_goes_first() -> None:
    assert _load(DISCORD_TOKEN="plain", BREED_DISCORD_TOKEN="prefixed").token == "prefixed"


def test_shards_are_read_as_numbers() -> None:
    settings = _load(BREED_SHARD_COUNT="4", BREED_SHARD_IDS="0, 3")

    assert settings.shard_ids == (0, 3)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"BREED_SHARD_IDS": "0"}, "BREED_SHARD_IDS"),
        ({"BREED_SHARD_IDS": "0,4", "BREED_SHARD_COUNT": "4"}, "BREED_SHARD_IDS"),
        ({"BREED_SUGGEST_THRESHOLD": "0.6"}, "BREED_SUGGEST_THRESHOLD"),
    ],
)
def test_settings_that_do_not_fit_together_are_refused(
    variables: dict[str, str], named: str
) -> None:
    assert list(_mistakes(variables)) == [named]


def test_every_mistake_is_named_at_once_with_a_dutch_sentence() -> None:
    mistakes = _mistakes(WRONG)

    assert list(mistakes) == list(WRONG)
    assert not any("Input" in message or "Value error" in message for message in mistakes.values())


@pytest.mark.parametrize("variable", WRONG)
def test_each_mistake_is_found_alone_too(variable: str) -> None:
    assert list(_mistakes({variable: WRONG[variable]})) == [variable]


def test_a_mistake_never_repeats_a_secret() -> None:
    url = "mysql://breed:geheim@host/breed"

    mistakes = _mistakes({"DISCORD_TOKEN": "geheim token", "BREED_DATABASE_URL": url})

    assert "geheim" not in " ".join(mistakes.values())


@pytest.mark.parametrize(
    "variable", ["DISCORD_TOKEN", "BREED_DISCORD_TOKEN", "BREED_DATABASE_URL", "BREED_WEB_HOST"]
)
def test_a_setting_may_stand_in_a_secret_file(tmp_path: Path, variable: str) -> None:
    path = tmp_path / "secret"
    path.write_text("sqlite:///from-the-file\n")

    settings = _load({f"{variable}_FILE": str(path)})

    value = {
        "BREED_DATABASE_URL": settings.effective_database_url,
        "BREED_WEB_HOST": settings.web_host,
    }.get(variable, settings.token)
    assert value == "sqlite:///from-the-file"


def test_a_secret_file_that_cannot_be_read_is_a_mistake_beside_the_others(tmp_path: Path) -> None:
    absent, binary = tmp_path / "absent", tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")

    mistakes = _mistakes(
        {
            "DISCORD_TOKEN_FILE": str(absent),
            "BREED_DATABASE_URL_FILE": str(binary),
            "BREED_WEB_PORT": "x",
        }
    )

    assert set(mistakes) == {"DISCORD_TOKEN_FILE", "BREED_DATABASE_URL_FILE", "BREED_WEB_PORT"}
    assert str(absent) in mistakes["DISCORD_TOKEN_FILE"]


def test_a_value_and_its_secret_file_at_once_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("from-the-file")

    mistakes = _mistakes({"DISCORD_TOKEN": "a.b.c", "DISCORD_TOKEN_FILE": str(path)})

    assert list(mistakes) == ["DISCORD_TOKEN_FILE"]


def test_the_environment_overrules_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        "BREED_WEB_PORT=81\nBREED_WEB_HOST='127.0.0.2'  # chosen\nBREED_LOG_LEVEL=\n"
    )

    settings = load(environ={"BREED_WEB_PORT": "82"}, env_file=env_file)

    assert (settings.web_port, settings.web_host) == (82, "127.0.0.2")
    assert settings.log_level == "INFO", "an empty line is not a choice"


def test_an_empty_variable_leaves_the_file_in_force(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("BREED_WEB_PORT=81\n")

    assert load(environ={"BREED_WEB_PORT": ""}, env_file=env_file).web_port == 81


def test_a_file_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    assert load(environ={}, env_file=tmp_path / ".env").web_port == 8080


def test_variables_that_no_setting_reads_are_found() -> None:
    environ = dict.fromkeys(
        [
            *(variable_of(field) for field in Settings.model_fields),
            "BREED_DISCORD_TOKEN",
            "BREED_DATABASE_URL_FILE",
            "DISCORD_TOKEN_FILE",
            "BREED_TEST_SEEDS",
            "PATH",
            "BREED_WEBPORT",
            "breed_colour",
        ],
        "x",
    )

    assert unknown_variables(environ=environ) == ("BREED_WEBPORT", "breed_colour")


def test_a_printed_settings_object_shows_no_secret() -> None:
    settings = _load(DISCORD_TOKEN="geheim1", BREED_DATABASE_URL="postgresql://u:geheim2@h/b")

    assert "geheim" not in repr(settings)


@given(
    st.dictionaries(
        st.sampled_from([variable_of(field) for field in Settings.model_fields]),
        st.text(alphabet=string.printable + "é€", max_size=20),
        max_size=6,
    )
)
def test_whatever_is_written_gives_settings_or_mistakes_by_name(environ: dict[str, str]) -> None:
    found = _settings_or_mistakes(environ)

    if isinstance(found, Settings):
        assert found.suggest_threshold <= found.answer_threshold
    else:
        assert {mistake.variable for mistake in found} <= set(environ)
        assert all(mistake.message for mistake in found)


def _settings_or_mistakes(environ: dict[str, str]) -> Settings | tuple[Mistake, ...]:
    try:
        return load(environ=environ, env_file=None)
    except SettingsError as error:
        return error.mistakes
