from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from discord.http import Route

from bot.discord_chat import identify
from bot.errors import ChatUnreachableError, TokenRefusedError
from bot.terminal.check import without_password
from config.settings import Settings, variable_of
from tests.terminal.discord_double import DiscordDouble, discord
from tests.terminal.processes import ON_DISCORD, TOKEN, ran


@pytest.fixture
async def own_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[DiscordDouble]:
    """Have discord.py talk with a double."""
    async with discord() as double:
        monkeypatch.setattr(Route, "BASE", double.base)
        yield double


async def test_a_fresh_clone_is_sound(tmp_path: Path) -> None:
    done = await ran("check", folder=tmp_path)

    assert (done.code, done.err) == (0, "")
    assert "database: bestaat nog niet" in done.out
    assert "Alles is in orde." in done.out
    assert not (tmp_path / "data").exists(), "looking changes nothing"


async def test_every_setting_is_shown_with_whether_it_is_the_default(tmp_path: Path) -> None:
    done = await ran("check", folder=tmp_path, BREED_SHARD_COUNT="4", BREED_SHARD_IDS="0,1")

    lines = [line.split() for line in done.out.splitlines()]
    shown = {line[0]: line[1:] for line in lines if line}
    assert set(map(variable_of, Settings.model_fields)) <= set(shown)
    assert shown["BREED_SHARD_IDS"] == ["0,1"]
    assert shown["BREED_TIMEZONE"] == ["Europe/Amsterdam", "(standaard)"]


async def test_no_secret_is_shown(tmp_path: Path) -> None:
    url = "postgresql://breed:heel-geheim@127.0.0.1:1/breed"

    done = await ran("check", folder=tmp_path, DISCORD_TOKEN=TOKEN, BREED_DATABASE_URL=url)

    assert "postgresql://breed:***@127.0.0.1:1/breed" in done.out
    assert "heel-geheim" not in done.out + done.err
    assert TOKEN not in done.out + done.err


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///data/breed.sqlite3", "sqlite:///data/breed.sqlite3"),
        ("postgresql://host/b", "postgresql://host/b"),
        ("postgresql://u@host/b", "postgresql://u@host/b"),
        ("postgresql://u:p@host:5432/b", "postgresql://u:***@host:5432/b"),
        ("postgresql://u:p@:/?x@host/b", "postgresql://u:***@host/b"),
        ("postgresql+asyncpg://u:p@host/b?password=x", "postgresql+asyncpg://u:***@host/b?***"),
        ("postgresql://host/b?user=u&password=p@x", "postgresql://host/b?***"),
        ("nothing like an address", "gezet"),
    ],
)
def test_the_password_of_an_address_is_hidden_wherever_it_stands(url: str, shown: str) -> None:
    found = without_password(url)

    assert found == shown


async def test_variables_that_are_no_setting_are_named_also_those_in_the_file(
    tmp_path: Path,
) -> None:
    (tmp_path / ".env").write_text("BREED_LOGLEVEL=DEBUG\nBREED_WEB_HOST=127.0.0.2\n")

    done = await ran("check", folder=tmp_path, BREED_PORT="80")

    assert "BREED_LOGLEVEL bestaat niet" in done.out
    assert "BREED_PORT bestaat niet" in done.out
    assert "127.0.0.2" in done.out


async def test_all_mistakes_in_the_settings_are_named_at_once(tmp_path: Path) -> None:
    done = await ran(
        "check", folder=tmp_path, BREED_WEB_PORT="x", BREED_TIMEZONE="Mars", BREED_LOG_LEVEL="loud"
    )

    assert (done.code, done.out) == (2, "")
    assert "3 fouten" in done.err
    assert all(name in done.err for name in ("BREED_WEB_PORT", "BREED_TIMEZONE", "BREED_LOG_LEVEL"))


@pytest.mark.parametrize("token", ["abc", "a.b.c", f"{TOKEN}.more", "x" * 20 + TOKEN[20:]])
async def test_what_is_no_token_is_named(tmp_path: Path, token: str) -> None:
    done = await ran("check", folder=tmp_path, DISCORD_TOKEN=token)

    assert done.code == 1
    assert "FOUT    token: dit is geen token" in done.out
    assert "1 fout gevonden." in done.out


async def test_a_token_is_missing_where_the_bot_is_meant_to_serve(tmp_path: Path) -> None:
    done = await ran("check", folder=tmp_path, BREED_SANDBOX="0")

    assert done.code == 1
    assert "FOUT    token:" in done.out


async def test_a_database_is_looked_at(tmp_path: Path, bare_database_url: str) -> None:
    variables = {"BREED_DATABASE_URL": bare_database_url, "DISCORD_TOKEN": TOKEN}
    await ran("db", "upgrade", folder=tmp_path, environ=variables)

    done = await ran("check", folder=tmp_path, environ=variables)

    assert done.code == 0
    assert "goed    database: bereikbaar" in done.out


async def test_an_empty_database_is_no_mistake(tmp_path: Path, bare_database_url: str) -> None:
    done = await ran(
        "check", folder=tmp_path, BREED_DATABASE_URL=bare_database_url, DISCORD_TOKEN=TOKEN
    )

    assert done.code == 0
    assert "let op  database:" in done.out


async def test_a_damaged_database_and_a_data_folder_in_the_way_are_both_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    (tmp_path / "damaged.sqlite3").write_bytes(b"no database at all" * 100)

    done = await ran(
        "check",
        folder=tmp_path,
        BREED_DATABASE_URL="sqlite:///damaged.sqlite3",
        DISCORD_TOKEN=TOKEN,
    )

    assert done.code == 1
    assert "FOUT    database:" in done.out
    assert "FOUT    gegevensmap:" in done.out
    assert "2 fouten gevonden." in done.out


async def test_online_the_token_is_asked_after(tmp_path: Path) -> None:
    variables = {"DISCORD_TOKEN": TOKEN}
    async with discord() as double:
        variables["BREED_TEST_DISCORD"] = double.base
        known = await ran(
            "check", "--online", folder=tmp_path, program=ON_DISCORD, environ=variables
        )
    gone = await ran("check", "--online", folder=tmp_path, program=ON_DISCORD, environ=variables)

    assert known.code == 0
    assert "goed    token: klopt, en is van BREED" in known.out
    assert gone.code == 1
    assert "FOUT    token: Discord is niet bereikbaar" in gone.out


async def test_a_token_that_discord_does_not_know_is_refused(own_discord: DiscordDouble) -> None:
    own_discord.status = 401

    with pytest.raises(TokenRefusedError):
        await identify(TOKEN)


async def test_a_discord_that_refuses_to_serve_is_out_of_reach(own_discord: DiscordDouble) -> None:
    own_discord.status = 403

    with pytest.raises(ChatUnreachableError):
        await identify(TOKEN)
