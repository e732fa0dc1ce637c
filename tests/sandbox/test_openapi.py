"""Everything that the stand-in answers fits Discord's description of its API.

Collected only with BREED_TEST_DISCORD_OPENAPI: the path of Discord's `openapi.json`.
"""

import asyncio
import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.sandbox import building
from bot.sandbox.enums import ChannelKind, Intent
from bot.sandbox.permissions import EVERYTHING
from bot.sandbox.server import Server
from tests.discord.clock import HandClock
from tests.discord.stage import Stage, running, serving
from tests.sandbox.api import Api
from tests.sandbox.client import TestBot
from tests.sandbox.openapi import Judge
from tests.sandbox.test_events import ALV


@pytest.fixture
def judge() -> Judge:
    return Judge(Path(os.environ["BREED_TEST_DISCORD_OPENAPI"]))


@pytest.fixture
async def server(stage: Stage, judge: Judge) -> AsyncGenerator[Server]:
    role = building.bot_role(stage.world, stage.guild)
    building.set_permissions(stage.world, stage.guild, role, EVERYTHING)
    async with serving(stage, judge.middleware) as server:
        yield server


async def test_conversations_fit(stage: Stage, server: Server, judge: Judge) -> None:
    async with running(server, TestBot()):
        await stage.anna.slash(stage.algemeen, "vraag", {"vraag": "x"}).followup()
        shown = await stage.anna.slash(stage.algemeen, "opties").reply()
        await stage.anna.slash(stage.algemeen, "paneel").reply()
        await stage.anna.click(shown, "Eens").reply()
        opened = stage.anna.click(shown, "Formulier")
        await opened.modal()
        await stage.anna.submit(opened, {"Uitleg": "x"}).reply()
        await stage.anna.click(shown, "Bewerk").reply()
        said = stage.anna.say(stage.algemeen, stage.world.bot_mention)
        await stage.anna.menu(stage.algemeen, "Vraag beantwoorden", said).reply()
        with stage.world.events.observe() as seen:
            stage.anna.dm("hoi")
            async with asyncio.timeout(5):
                for _ in range(2):
                    await seen.next()

    assert judge.faults == []


async def test_places_fit(api: Api, stage: Stage, judge: Judge) -> None:
    guild, algemeen = f"/guilds/{stage.guild.id}", f"/channels/{stage.algemeen.id}"
    stage.world.state.application.intents = Intent.MEMBERS
    said = stage.anna.say(stage.algemeen, "hoi")
    stage.anna.react(said, "👍")
    for path in ("", "/channels", "/roles", "/members?limit=9", "/members/search?query=a&limit=2"):
        await api.get(guild + path)
    await api.get(f"{guild}/members/{stage.anna.id}")
    reply = {"content": "x", "embeds": [{"title": "t", "color": 5}], "nonce": "n"}
    await api.post(f"{algemeen}/messages", {**reply, "message_reference": {"message_id": said.id}})
    await api.upload(f"{algemeen}/messages", {}, {"a.txt": b"x"})
    await api.put(f"{algemeen}/messages/pins/{said.id}")
    await api.get(f"{algemeen}/messages/pins")
    await api.get(f"{algemeen}/messages/{said.id}/reactions/👍")
    await api.post(f"{algemeen}/messages/{said.id}/threads", {"name": "Draad"})
    await api.get(f"{algemeen}/messages")
    thread = await api.post(f"{algemeen}/threads", {"name": "Stil", "type": 12})
    await api.get(f"/channels/{thread.id}/thread-members")
    await api.patch(f"/channels/{thread.id}", {"archived": True})
    await api.get(f"{algemeen}/threads/archived/public")
    await api.get(f"{guild}/threads/active")
    post = {"name": "P", "message": {"content": "x"}, "applied_tags": [stage.forum.tags[0].id]}
    await api.post(f"/channels/{stage.forum.id}/threads", post)
    for kind in (ChannelKind.TEXT, ChannelKind.VOICE, ChannelKind.FORUM, ChannelKind.CATEGORY):
        made = await api.post(f"{guild}/channels", {"name": "n", "type": kind})
        await api.patch(f"/channels/{made.id}", {"name": "m"})
        await api.get(f"/channels/{made.id}")
        await api.delete(f"/channels/{made.id}")

    assert judge.faults == []
    assert len(judge.judged) == 19


async def test_the_rest_fits(api: Api, stage: Stage, judge: Judge, clock: HandClock) -> None:
    events = f"/guilds/{stage.guild.id}/scheduled-events"
    made = await api.post(events, ALV)
    stage.anna.follow(stage.guild.events[int(made.id)])
    await api.get(f"{events}/{made.id}")
    await api.get(f"{events}/{made.id}/users?with_member=true")
    await api.patch(f"{events}/{made.id}", {"name": "BALV"})
    await api.get(events)
    for path in ("/users/@me", "/users/@me/guilds", "/applications/@me", "/gateway/bot"):
        await api.get(path)
    await api.get(f"/users/{stage.anna.id}")
    await api.post("/users/@me/channels", {"recipient_id": str(stage.anna.id)})
    commands = f"/applications/{stage.world.bot.id}/commands"
    option = {"type": 4, "name": "n", "description": "d", "min_value": 1, "required": True}
    body = {"name": "vraag", "description": "d", "options": [option]}
    added = await api.post(commands, body)
    await api.put(commands, [body, {"type": 3, "name": "Menu"}])
    await api.get(commands)
    await api.get(f"{commands}/{added.id}")
    clock.forward(minutes=1)

    assert judge.faults == []
