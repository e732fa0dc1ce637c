import datetime as dt

import pytest
from pydantic import ValidationError

import cogs
from bot.sandbox.bodies.commands import CommandBody
from bot.sandbox.clock import SandboxClock
from bot.sandbox.demo import Demo, demo_world
from bot.sandbox.enums import EventStatus
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel, Guild
from bot.sandbox.saving import Encoding, decoded
from bot.sandbox.slash import usable_commands
from bot.sandbox.world import Command, World
from bot.terminal.sandbox import shipped_demo
from tests.discord.clock import START, HandClock
from tests.policy import discord_limits

NAMES = ["algemeen", "updates", "reacties", "alv", "forum", "moderators"]
MONTH = dt.timedelta(days=31)


@pytest.fixture
def world(clock: HandClock) -> World:
    return demo_world(shipped_demo(), now=clock)


def _guild(world: World) -> Guild:
    return next(iter(world.state.guilds.values()))


def _person(world: World, name: str) -> Person:
    return Person(world, next(one for one in world.state.users.values() if one.display == name))


def _channel(world: World, name: str) -> Channel:
    return next(one for one in world.state.channels.values() if one.name == name)


def test_it_has_the_channels_and_people_that_a_newcomer_needs(world: World) -> None:
    guild = _guild(world)
    channels = [one.name for one in world.channels_of(guild) if not one.is_thread]
    roles = {
        person.display: [guild.roles[one].name for one in guild.members[person.id].roles]
        for person in world.state.users.values()
    }

    assert (guild.name, channels) == ("BREED", NAMES)
    assert roles == {
        "BREED": ["BREED"],
        "Beheerder": [],
        "Bezoeker": [],
        "Anna": ["lid"],
        "Bram": ["lid"],
        "Marja": ["lid", "moderator"],
    }
    assert [tag.name for tag in _channel(world, "forum").tags]


def test_only_the_moderator_manages_messages_and_sees_the_moderators_channel(
    world: World,
) -> None:
    closed, algemeen = _channel(world, "moderators"), _channel(world, "algemeen")
    people = [_person(world, name) for name in ("Bezoeker", "Anna", "Bram", "Marja")]

    assert [one.can(closed, Permission.VIEW_CHANNEL) for one in people] == [False] * 3 + [True]
    assert [one.can(algemeen, Permission.MANAGE_MESSAGES) for one in people] == [False] * 3 + [True]
    assert world.permissions(world.bot.id, closed) & Permission.VIEW_CHANNEL


def test_only_the_moderator_is_offered_every_command_of_moderators(world: World) -> None:
    people = [_person(world, name) for name in ("Bezoeker", "Anna", "Marja")]
    for number, body in enumerate(discord_limits.payloads_of(discord_limits.cogs_in(cogs))):
        made = CommandBody.model_validate(body)
        world.state.commands[number] = Command(number, version=1, guild_id=None, body=made)
    names = {one.body.name for one in world.state.commands.values()}
    of_all = {
        one.body.name
        for one in world.state.commands.values()
        if one.body.default_member_permissions is None
    }
    algemeen = _channel(world, "algemeen")

    offered = [
        {one.body.name for one in usable_commands(world, one.id, algemeen)} for one in people
    ]

    assert offered == [of_all, of_all, names]
    assert {"beheer", "kennis", "moderatie", "update", "vergadering"} <= names - of_all


def test_everything_was_said_before_now_and_in_order(world: World, clock: HandClock) -> None:
    messages = [one for found in world.state.messages.values() for one in found.values()]
    times = [[one.created_at for one in found.values()] for found in world.state.messages.values()]

    assert all(found == sorted(found) for found in times)
    assert all(START - MONTH < one.created_at <= clock() for one in messages)
    assert world.new_id() > max(one.id for one in messages)


def test_there_is_a_thread_a_forum_post_and_a_first_private_message_for_each(
    world: World,
) -> None:
    threads = [one for one in world.state.channels.values() if one.is_thread]
    parents = {world.channel(one.parent_id or 0).name for one in threads}
    firsts = {
        world.user(one.recipient_id or 0).display: world.messages_in(one)[0].author_id
        for one in world.state.channels.values()
        if one.is_dm
    }

    assert parents == {"algemeen", "forum"}
    assert set(firsts) == {"Bezoeker", "Anna", "Bram", "Marja"}
    assert set(firsts.values()) == {world.bot.id}


@pytest.mark.parametrize("days", [0, 240], ids=["summer", "winter"])
def test_the_meeting_is_ahead_at_the_same_hour_in_the_netherlands(
    clock: HandClock, days: int
) -> None:
    clock.forward(days=days)
    world = demo_world(shipped_demo(), now=clock)

    (event,) = _guild(world).events.values()

    assert event.status is EventStatus.SCHEDULED
    assert clock() < event.starts_at < clock() + MONTH
    assert event.starts_at.hour == (13 if days else 12)


def test_it_can_be_saved_and_read_back(world: World, clock: HandClock) -> None:
    again, _clock = decoded(Encoding(world, SandboxClock(clock)).encoded(), system=clock)

    assert again.state == world.state


def test_a_field_that_does_not_exist_is_no_silence() -> None:
    with pytest.raises(ValidationError, match="greetings"):
        Demo.model_validate({**shipped_demo().model_dump(), "greetings": ""})
