"""The world as one person sees it: nothing else ever goes to that person's page."""

from collections.abc import Iterator
from typing import cast

from bot.sandbox.enums import WRITABLE, ChannelKind, MessageFlag
from bot.sandbox.message_records import Message
from bot.sandbox.page.guarding import Guard
from bot.sandbox.payloads import channels as channel_payloads
from bot.sandbox.payloads import guilds as guild_payloads
from bot.sandbox.payloads import messages as message_payloads
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel, Guild, Role, User
from bot.sandbox.wire import Payload, snowflake
from bot.sandbox.world import World

PAGE_OF_HISTORY = 50
ADDRESSES = frozenset({"url", "proxy_url", "icon_url"})


class View:
    """Shows `world` to one person; `guard` signs the addresses of files."""

    def __init__(self, world: World, user: User, guard: Guard) -> None:
        self.world = world
        self.person = Person(world, user)
        self._guard = guard

    def may_see(self, channel_id: int | None) -> bool:
        """Return whether the person sees a channel (that there may not be)."""
        channel = self.world.state.channels.get(channel_id or 0)
        return channel is not None and self.person.can(channel, Permission.VIEW_CHANNEL)

    def places(self) -> Payload:
        """Return everything but messages: people, servers, channels, events."""
        world = self.world
        dm = [found for found in world.state.channels.values() if self._is_own_dm(found)]
        return {
            "me": str(self.person.id),
            "bot": str(world.bot.id),
            "ready": bool(world.state.commands),
            "people": [self._user(one) for one in world.state.users.values()],
            "guilds": [self._guild(one) for one in self._guilds()],
            "dm": self.channel(dm[0]) if dm else None,
        }

    def _guilds(self) -> Iterator[Guild]:
        for guild in self.world.state.guilds.values():
            if self.person.id in guild.members and self.world.bot.id in guild.members:
                yield guild

    def _is_own_dm(self, channel: Channel) -> bool:
        return channel.is_dm and channel.recipient_id == self.person.id

    def _user(self, user: User) -> Payload:
        roles: list[str] = []
        for guild in self.world.state.guilds.values():
            roles += [one.name for one in _roles(guild, user.id)]
        return {"id": str(user.id), "name": user.display, "bot": user.bot, "roles": roles}

    def _guild(self, guild: Guild) -> Payload:
        channels = [one for one in self.world.channels_of(guild) if self._shown(one)]
        roles = sorted(guild.roles.values(), key=lambda one: -one.position)
        return {
            "id": str(guild.id),
            "name": guild.name,
            "channels": [self.channel(one) for one in channels],
            "roles": [
                {"id": str(one.id), "name": one.name, "managed": one.bot_id is not None}
                for one in roles
                if one.id != guild.id
            ],
            "members": [str(one) for one in guild.members],
            "events": [
                {
                    **guild_payloads.event(self.world, one),
                    "interested": self.person.id in one.subscribers,
                }
                for one in guild.events.values()
            ],
        }

    def _shown(self, channel: Channel) -> bool:
        if channel.kind is not ChannelKind.CATEGORY:
            return self.may_see(channel.id)
        channels = self.world.state.channels.values()
        return any(self.may_see(one.id) for one in channels if one.parent_id == channel.id)

    def channel(self, channel: Channel) -> Payload:
        """Return a channel with what the person may do there."""
        sending = Permission.SEND_MESSAGES
        if channel.is_thread:
            sending = Permission.SEND_MESSAGES_IN_THREADS
        places = WRITABLE | {ChannelKind.FORUM}
        return {
            **channel_payloads.channel(self.world, channel),
            "last_message_id": snowflake(self._last_seen(channel)),
            "writes": channel.kind in places and self.person.can(channel, sending),
            "manages": not channel.is_dm and self.person.can(channel, Permission.MANAGE_MESSAGES),
            "begins_threads": channel.kind in {ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT}
            and self.person.can(channel, Permission.CREATE_PUBLIC_THREADS),
        }

    def _last_seen(self, channel: Channel) -> int | None:
        messages = self.world.state.messages.get(channel.id, {})
        newest_first = (messages[key] for key in reversed(messages))
        return next((one.id for one in newest_first if self.person.sees(one)), None)

    def history(self, channel: Channel, before: int | None) -> Payload:
        """Return the last messages, or the last older than `before`, oldest first."""
        seen = self.person.messages(channel)
        older = seen if before is None else [one for one in seen if one.id < before]
        page = older[-PAGE_OF_HISTORY:]
        return {
            "messages": [self.message(one) for one in page],
            "more": len(older) > len(page),
        }

    def message(self, found: Message) -> Payload:
        """Return a message as the person sees it."""
        shown = self._addressed(message_payloads.message(self.world, found))
        me = self.person.id
        if found.reactions:
            shown["reactions"] = [
                {"emoji": emoji, "count": len(people), "me": me in people}
                for emoji, people in found.reactions.items()
            ]
        waiting = bool(found.flags & MessageFlag.LOADING)
        return {**shown, "ephemeral": found.is_ephemeral, "waiting": waiting}

    def _addressed(self, part: Payload) -> Payload:
        return {key: self._value(key, value) for key, value in part.items()}

    def _value(self, key: str, value: object) -> object:
        if isinstance(value, dict):
            return self._addressed(cast("Payload", value))
        if isinstance(value, list):
            return [self._value(key, one) for one in cast("list[object]", value)]
        if key in ADDRESSES and isinstance(value, str):
            return self._address(value)
        return value

    def _address(self, url: str) -> str:
        start = f"{self.world.files_url}/attachments/"
        if not url.startswith(start):
            return url
        number = url.removeprefix(start).split("/")[1]
        found = self.world.state.files.get(int(number))
        return url if found is None else self._guard.file_path(found.id, found.name)


def _roles(guild: Guild, user_id: int) -> list[Role]:
    member = guild.members.get(user_id)
    return [] if member is None else [guild.roles[one] for one in member.roles]
