"""What buttons and forms find behind `interaction.client`, and where an interaction stands."""

from collections.abc import Mapping
from typing import Any, Protocol, cast

import discord

from bot.adapters.membership import Membership
from bot.errors import NotInGuildError
from bot.services.container import Services
from bot.services.knowledge.conversations import Thread
from storage.records import ChannelPlace, DirectPlace, ShownAnswer


class Host(Protocol):
    """The client, as far as screens use it."""

    @property
    def services(self) -> Services:
        """Every use case."""
        ...

    @property
    def membership(self) -> Membership:
        """Who is in which guild."""
        ...

    @property
    def command_mentions(self) -> Mapping[str, str]:
        """How to show a command, by its name, so that one can click it."""
        ...

    def takes_up(self, interaction_id: int) -> bool:
        """Whether this press or submit is new, and not one that Discord told before."""
        ...

    def get_guild(self, id: int, /) -> discord.Guild | None:  # noqa: A002 # discord.py's name
        """Return a guild that the bot is in, or None."""
        ...


def host_of(interaction: discord.Interaction[Any]) -> Host:
    """Return the client that received an interaction."""
    return cast("Host", interaction.client)


def channel_place(interaction: discord.Interaction[Any]) -> ChannelPlace | None:
    """Return the channel or thread of a guild; None in private messages."""
    if interaction.guild_id is None or interaction.channel_id is None:
        return None
    return ChannelPlace(interaction.guild_id, interaction.channel_id)


def thread_of(interaction: discord.Interaction[Any], *, is_private: bool) -> Thread:
    """Return the line of conversation; private messages have one, whichever way one asks."""
    return Thread(
        person=interaction.user.id,
        place=interaction.channel_id or 0,
        is_private=is_private and interaction.guild_id is not None,
    )


async def answer_behind(interaction: discord.Interaction[Any], answer_id: int) -> ShownAnswer:
    """Return the answer that a button or form belongs to, for the person who used it.

    Raises:
        AnswerGoneError: when it is not kept any more.
        ElsewhereError: when the button was pressed in another place.
        NotInGuildError: when a private message is about a guild that the person left.

    """
    host = host_of(interaction)
    answer = await host.services.shown.find(
        answer_id, guild_id=interaction.guild_id, channel_id=interaction.channel_id or 0
    )
    home = answer.place.guild_id
    if not isinstance(answer.place, DirectPlace) or home is None:
        return answer
    if not await host.membership.is_member(home, interaction.user.id):
        raise NotInGuildError
    return answer


def may_write(interaction: discord.Interaction[Any]) -> bool:
    """Whether whoever uses this may write in this channel or thread themselves."""
    if isinstance(interaction.channel, discord.Thread):
        return interaction.permissions.send_messages_in_threads
    return interaction.permissions.send_messages
