import json
from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest
from discord.ext import commands
from discord.http import Route

from bot.client import EXTENSIONS, BreedBot
from bot.discord_chat import DiscordChat
from bot.logs import configure
from bot.services.container import Services
from storage.unit_of_work import UnitsOfWork
from tests.bare_services import bare_services
from tests.terminal.discord_double import DiscordDouble, discord
from tests.terminal.processes import TOKEN

EXAMPLE = "tests.terminal.example_extension"


@pytest.fixture
def services(units: UnitsOfWork) -> Services:
    """Return services over a database, without any knowledge."""
    return bare_services(units)


@pytest.fixture
async def own_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[DiscordDouble]:
    """Have discord.py talk with a double."""
    async with discord() as double:
        monkeypatch.setattr(Route, "BASE", double.base)
        yield double


async def test_cogs_are_loaded_by_their_dotted_name(
    services: Services, own_discord: DiscordDouble
) -> None:
    bot = BreedBot(services, extensions=[EXAMPLE])
    chat = DiscordChat(bot, token=TOKEN)

    await chat.start()

    assert "Example" in bot.cogs
    assert bot.services is services
    await chat.stop()
    assert own_discord.base


async def test_a_cog_that_cannot_be_loaded_stops_the_start(
    services: Services, own_discord: DiscordDouble
) -> None:
    chat = DiscordChat(
        BreedBot(services, extensions=["tests.terminal.absent_extension"]), token=TOKEN
    )

    with pytest.raises(commands.ExtensionNotFound):
        await chat.start()

    await chat.stop()
    assert own_discord.identified == []


async def test_every_shipped_cog_can_be_loaded(
    services: Services, own_discord: DiscordDouble
) -> None:
    bot = BreedBot(services)
    chat = DiscordChat(bot, token=TOKEN)

    await chat.start()

    assert set(bot.extensions) == set(EXTENSIONS)
    await chat.stop()
    assert own_discord.base


async def test_the_bot_serves_the_shards_it_was_given(services: Services) -> None:
    bot = BreedBot(services, shard_count=4, shard_ids=(1, 3))

    assert (bot.shard_count, bot.shard_ids) == (4, [1, 3])


async def test_the_bot_hears_when_its_requests_leave(services: Services) -> None:
    trace = BreedBot(services).http.http_trace

    assert trace is not None
    assert len(trace.on_request_chunk_sent) == len(trace.on_request_headers_sent) == 1


async def test_nobody_is_mentioned_and_nothing_is_kept_by_default(services: Services) -> None:
    bot = BreedBot(services)

    assert bot.allowed_mentions is not None
    assert not any((bot.allowed_mentions.everyone, bot.allowed_mentions.users))
    assert not bot.allowed_mentions.roles
    assert not bot.intents.message_content
    assert not bot.intents.members
    assert not bot.intents.presences
    assert list(bot.cached_messages) == []


async def test_an_error_in_a_listener_is_logged_under_a_code(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(level="INFO", form="json")
    bot = BreedBot(services)

    with suppress(ZeroDivisionError):
        try:
            _ = 1 / 0
        finally:
            await bot.on_error("on_message", "words of a member")

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["discord_event"]) == ("discord_event_failed", "on_message")
    assert len(line["code"]) == 4
    assert "words of a member" not in str(line)
