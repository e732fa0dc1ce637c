"""The gateway with real discord.py: sessions, intents, resumes and shards."""

import asyncio
from collections.abc import Callable

import discord
import pytest

from bot.sandbox import building
from bot.sandbox.enums import Intent
from bot.sandbox.gateway.connection import Close
from bot.sandbox.permissions import Permission
from bot.sandbox.server import Server
from tests.discord.clock import HandClock
from tests.discord.faults import (
    ask_to_reconnect,
    close_gateway,
    cut_gateway,
    invalidate,
)
from tests.discord.stage import Stage, running
from tests.sandbox.client import INTENTS, TestBot


def _at_once(_backoff: object) -> float:
    return 0.01


@pytest.fixture(autouse=True)
def _quick_reconnect(monkeypatch: pytest.MonkeyPatch) -> None:
    # discord.py waits at random up to a few seconds before it connects again
    monkeypatch.setattr("discord.backoff.ExponentialBackoff.delay", _at_once)


@pytest.mark.parametrize("cut", [cut_gateway, ask_to_reconnect])
async def test_what_was_missed_is_told_at_the_resume(
    stage: Stage, server: Server, client: TestBot, cut: Callable[[Server], object]
) -> None:
    first = stage.anna.say(stage.algemeen, f"{stage.world.bot_mention} voor")
    assert (await client.hear()).id == first.id
    cut(server)
    second = stage.anna.say(stage.algemeen, f"{stage.world.bot_mention} tijdens")

    heard = await client.hear()
    assert (heard.id, heard.content) == (second.id, second.content)
    assert client.resumes == 1
    assert len(server.gateway.sessions) == 1


async def test_a_refused_resume_begins_a_fresh_session(
    stage: Stage, server: Server, client: TestBot
) -> None:
    with stage.world.events.observe() as seen:
        cut_gateway(server, resumable=False)
        while (await asyncio.wait_for(seen.next(), 10)).name != "SESSION_READY":
            pass
    said = stage.anna.say(stage.algemeen, stage.world.bot_mention)

    assert (await client.hear()).id == said.id
    assert client.resumes == 0


async def test_an_invalid_session_is_resumed_or_begun_again(
    stage: Stage, server: Server, client: TestBot
) -> None:
    invalidate(server, resumable=True)
    said = stage.anna.say(stage.algemeen, stage.world.bot_mention)

    assert (await client.hear()).id == said.id
    assert client.resumes == 1


async def test_a_revoked_token_ends_the_bot(server: Server) -> None:
    client = TestBot()
    task = asyncio.create_task(client.start(server.token))
    await server.bot_ready()
    await close_gateway(server, Close.AUTHENTICATION_FAILED)

    with pytest.raises(discord.ConnectionClosed):
        await asyncio.wait_for(task, 10)
    await client.close()


async def test_a_bot_with_an_intent_that_was_not_granted_is_refused(server: Server) -> None:
    wanted = discord.Intents(guilds=True, message_content=True)
    client = TestBot(intents=wanted)

    with pytest.raises(discord.PrivilegedIntentsRequired):
        await asyncio.wait_for(client.start(server.token), 10)
    await client.close()


async def test_the_granted_intent_brings_all_text(stage: Stage, server: Server) -> None:
    stage.world.state.application.intents = Intent.MESSAGE_CONTENT
    wanted = discord.Intents(INTENTS.value, message_content=True)
    client = TestBot(intents=wanted)
    async with running(server, client):
        stage.anna.say(stage.algemeen, "gewoon praat")

        assert (await client.hear()).content == "gewoon praat"


async def test_events_reach_only_who_asked_and_may_look(
    stage: Stage, server: Server, client: TestBot
) -> None:
    role = building.bot_role(stage.world, stage.guild)
    building.set_overwrite(stage.world, stage.reacties, role, deny=Permission.VIEW_CHANNEL)
    stage.anna.say(stage.reacties, "onzichtbaar")
    stage.bram.start_typing(stage.algemeen)
    seen = stage.anna.say(stage.algemeen, "zichtbaar")

    assert (await client.hear()).id == seen.id
    texts = [text for one in server.gateway.sessions.values() for _, text in one.kept]
    assert not any("onzichtbaar" in text for text in texts)
    assert any("TYPING_START" in text for text in texts)


async def test_shards_hear_of_their_own_guilds_and_the_first_of_dms(
    stage: Stage, server: Server, clock: HandClock
) -> None:
    clock.forward(seconds=0.001)  # the millisecond in a guild's id decides about its shard
    other = building.add_guild(stage.world, "Andere")
    guilds = {(one.id >> 22) % 2: one for one in (stage.guild, other)}
    clients = [
        discord.Client(intents=INTENTS, shard_id=number, shard_count=2, guild_ready_timeout=0.05)
        for number in range(2)
    ]
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for one in clients:
            group.create_task(one.start(server.token))
        await server.bot_ready()
        for one in clients:
            await one.wait_until_ready()
        said = [stage.anna.dm("hallo"), stage.anna.say(stage.algemeen, "hoi")]
        told = {
            one.shard[0]: [text for _, text in one.kept if "MESSAGE_CREATE" in text]
            for one in server.gateway.sessions.values()
        }
        for one in clients:
            await one.close()

    assert [one.guilds[0].id for one in clients] == [guilds[0].id, guilds[1].id]
    assert str(said[0].id) in told[0][0]
    assert str(said[1].id) in told[(stage.guild.id >> 22) % 2][-1]
    assert len(told[0]) + len(told[1]) == 2


async def test_discord_py_keeps_up_with_changes(stage: Stage, client: TestBot) -> None:
    guild = client.get_guild(stage.guild.id)
    assert guild is not None
    made = building.add_channel(stage.world, stage.guild, "nieuw")
    role = building.add_role(stage.world, stage.guild, "gast")
    building.set_roles(stage.world, stage.guild, stage.world.bot, [role])
    building.remove_channel(stage.world, stage.reacties)
    said = stage.anna.say(made, "klaar")

    assert (await client.hear()).id == said.id
    assert {one.name for one in guild.text_channels} == {"moderators", "algemeen", "nieuw"}
    assert [one.name for one in guild.me.roles] == ["@everyone", "gast"]
    building.leave(stage.world, stage.guild, stage.world.bot)
    other = building.add_guild(stage.world, "Andere")
    await asyncio.wait_for(client.wait_for("guild_join"), 5)
    assert [one.id for one in client.guilds] == [other.id]
