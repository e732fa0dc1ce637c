"""The world that the stand-in keeps: who and what there is, and who may see it.

`World` holds state, finds things and tells what happened. What changes it lives beside it, by
subject: building, posting, threads, reactions, interactions, commands.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bot.sandbox import permissions
from bot.sandbox.bodies.commands import CommandBody
from bot.sandbox.enums import ChannelKind, Intent
from bot.sandbox.errors import Code, Refused
from bot.sandbox.events import Events
from bot.sandbox.interaction_records import Interaction
from bot.sandbox.message_records import Message
from bot.sandbox.records import (
    Application,
    Channel,
    Guild,
    Member,
    Role,
    ScheduledEvent,
    StoredFile,
    User,
)
from bot.sandbox.snowflakes import Now, Snowflakes, system_time

T = TypeVar("T")


@dataclass(slots=True)
class Command:
    """A registered command; `guild_id` None for a global one."""

    id: int
    version: int
    guild_id: int | None
    body: CommandBody


@dataclass(slots=True)
class State:
    """All that is saved. Messages are kept by channel, in the order in which they came."""

    application: Application
    last_id: int = 0
    users: dict[int, User] = field(default_factory=dict[int, User])
    guilds: dict[int, Guild] = field(default_factory=dict[int, Guild])
    channels: dict[int, Channel] = field(default_factory=dict[int, Channel])
    messages: dict[int, dict[int, Message]] = field(default_factory=dict[int, dict[int, Message]])
    commands: dict[int, Command] = field(default_factory=dict[int, Command])
    files: dict[int, StoredFile] = field(default_factory=dict[int, StoredFile])


class World:
    """A Discord with one bot in it.

    `now` gives the time for ids and deadlines; `state` continues a saved world. `events` tells
    everything that happens; `interactions` are the ones since the start, never saved.
    """

    def __init__(
        self, *, name: str = "BREED", now: Now = system_time, state: State | None = None
    ) -> None:
        self.now = now
        self.events = Events()
        self.interactions: dict[int, Interaction] = {}
        self.files_url = "http://127.0.0.1/cdn"
        self.state = state if state is not None else self._new(name)
        self.ids = Snowflakes(now, last=self.state.last_id)

    def _new(self, name: str) -> State:
        ids = Snowflakes(self.now)
        bot = User(id=ids.next(), name=name, display=name, bot=True)
        owner = User(id=ids.next(), name="beheerder", display="Beheerder")
        application = Application(id=bot.id, name=name, owner_id=owner.id)
        users = {bot.id: bot, owner.id: owner}
        return State(application=application, users=users, last_id=ids.last)

    def new_id(self) -> int:
        """Return a new snowflake of this moment."""
        self.state.last_id = self.ids.next()
        return self.state.last_id

    @property
    def bot(self) -> User:
        """The one bot."""
        return self.state.users[self.state.application.id]

    @property
    def bot_mention(self) -> str:
        """What a person types to mention the bot."""
        return f"<@{self.bot.id}>"

    def user(self, user_id: int) -> User:
        """Return a person or the bot. Raises Refused (10013)."""
        return _found(self.state.users.get(user_id), Code.UNKNOWN_USER)

    def guild(self, guild_id: int) -> Guild:
        """Return a guild that the bot is in. Raises Refused (10004)."""
        guild = self.state.guilds.get(guild_id)
        if guild is None or self.bot.id not in guild.members:
            raise Refused(Code.UNKNOWN_GUILD)
        return guild

    def member(self, guild: Guild, user_id: int) -> Member:
        """Return a member of `guild`. Raises Refused (10007, or 10013 for nobody at all)."""
        self.user(user_id)
        return _found(guild.members.get(user_id), Code.UNKNOWN_MEMBER)

    def role(self, guild: Guild, role_id: int) -> Role:
        """Return a role of `guild`. Raises Refused (10011)."""
        return _found(guild.roles.get(role_id), Code.UNKNOWN_ROLE)

    def channel(self, channel_id: int) -> Channel:
        """Return a channel, thread or DM. Raises Refused (10003)."""
        return _found(self.state.channels.get(channel_id), Code.UNKNOWN_CHANNEL)

    def event(self, guild: Guild, event_id: int) -> ScheduledEvent:
        """Return a scheduled event of `guild`. Raises Refused (10070)."""
        return _found(guild.events.get(event_id), Code.UNKNOWN_EVENT)

    def message(self, channel_id: int, message_id: int) -> Message:
        """Return a message. Raises Refused (10008)."""
        found = self.state.messages.get(channel_id, {}).get(message_id)
        return _found(found, Code.UNKNOWN_MESSAGE)

    def messages_in(self, channel: Channel) -> list[Message]:
        """Return the messages of a channel, oldest first, ephemeral ones included."""
        return list(self.state.messages.get(channel.id, {}).values())

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the guild that the channel is in; None for a DM."""
        return None if channel.guild_id is None else self.state.guilds[channel.guild_id]

    def channels_of(self, guild: Guild) -> Iterator[Channel]:
        """Yield the channels and threads of a guild."""
        return (found for found in self.state.channels.values() if found.guild_id == guild.id)

    def permissions(self, user_id: int, channel: Channel) -> int:
        """Return the permission bits of somebody in a channel; 0 for whom it does not exist."""
        guild = self.guild_of(channel)
        if guild is None:
            return permissions.EVERYTHING if self._in_dm(user_id, channel) else 0
        member = guild.members.get(user_id)
        if member is None:
            return 0
        if channel.parent_id is None or not channel.is_thread:
            return permissions.in_channel(guild, member, channel)
        bits = permissions.in_channel(
            guild,
            member,
            self.state.channels[channel.parent_id],
            sending=permissions.Permission.SEND_MESSAGES_IN_THREADS,
        )
        return bits if self._may_see_thread(user_id, channel, bits) else 0

    def _in_dm(self, user_id: int, channel: Channel) -> bool:
        return user_id in {self.bot.id, channel.recipient_id}

    @staticmethod
    def _may_see_thread(user_id: int, channel: Channel, bits: int) -> bool:
        if channel.kind is not ChannelKind.PRIVATE_THREAD or channel.thread is None:
            return True
        return user_id in channel.thread.members or bool(
            bits & permissions.Permission.MANAGE_THREADS
        )

    def can_see(self, user_id: int, message: Message) -> bool:
        """Return whether somebody can read a message; an ephemeral one is for one person."""
        if message.only_for is not None and user_id not in {message.only_for, message.author_id}:
            return False
        channel = self.state.channels[message.channel_id]
        needed = permissions.Permission.VIEW_CHANNEL
        return self.permissions(user_id, channel) & needed == needed

    def hides_content(self, message: Message, *, intents: int | None = None) -> bool:
        """Return whether the bot gets `message` without its text.

        Without the privileged intent (asked for and granted) the bot reads only its own messages,
        DMs and messages that mention it. `intents` None: what was granted counts (REST).
        """
        asked = self.state.application.intents if intents is None else intents
        if asked & Intent.MESSAGE_CONTENT:
            return False
        if message.author_id == self.bot.id or self.bot.id in message.mentions:
            return False
        return not (self.state.channels[message.channel_id].is_dm or message.is_ephemeral)

    async def until(self, check: Callable[[], T | None], *, timeout: float) -> T:  # noqa: ASYNC109 -- the caller's patience is what the function is about
        """Return what `check` returns once it is not None; it is asked after every event.

        Raises TimeoutError after `timeout` seconds.
        """
        with self.events.observe() as observer:
            async with asyncio.timeout(timeout):
                while (found := check()) is None:
                    await observer.next()
        return found


def _found(value: T | None, code: Code) -> T:
    if value is None:
        raise Refused(code)
    return value
