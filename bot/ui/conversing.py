"""Questions that come in as messages: a mention in a channel or thread, or a private message."""

import asyncio
import datetime as dt
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import discord

from bot.error_handler import guarded_message
from bot.errors import MemberError, RoleNamedError, TooManyQuestionsError
from bot.services.knowledge.asking import Given
from bot.services.knowledge.conversations import Thread
from bot.services.knowledge.question_text import usable
from bot.services.knowledge.rate_limit import RateLimit
from bot.ui.acknowledging import Screen
from bot.ui.answer_buttons import answer_screen
from bot.ui.guild_menus import Home, home_of
from bot.ui.host import Host
from bot.ui.replies import change_replies, reply_to
from storage.records import ChannelPlace, DirectPlace, Place

EDITABLE: Final = dt.timedelta(minutes=1)  # how long after it was sent an edit changes the reply
_REMEMBERED: Final = 2_000  # messages; a gateway repeats only the last ones
# Hints on how to ask cost no token, but a channel is not to be flooded with them either.
_HINTS: Final = 6  # at once, and again every minute


@dataclass(slots=True)
class _Exchange:
    """A message that was taken up, and what it got."""

    text: str
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    replies: list[discord.Message] = field(default_factory=list[discord.Message])
    given: Given | None = None


class Conversing:
    """Answers messages, each once; an edit within a minute changes the answer."""

    def __init__(self, host: Host) -> None:
        """Answer on behalf of the client `host`."""
        self._host = host
        self._exchanges: OrderedDict[int, _Exchange] = OrderedDict()
        self._hints = RateLimit(host.services.clock, burst=_HINTS, per_minute=_HINTS)

    async def answer(self, message: discord.Message, *, me: discord.ClientUser) -> None:
        """Answer a message that is meant for the bot; leave others alone."""
        text = text_for(message, me=me)
        if text is None or message.id in self._exchanges:
            return
        exchange = self._exchanges[message.id] = _Exchange(text)
        if len(self._exchanges) > _REMEMBERED:
            self._exchanges.popitem(last=False)
        async with exchange.lock:
            say = partial(self._say, message, exchange)
            await guarded_message(say, self._answer(message, exchange))

    async def answer_again(self, message: discord.Message, *, me: discord.ClientUser) -> None:
        """Change the answer to a message that was edited within a minute after it was sent."""
        exchange, text = self._exchanges.get(message.id), text_for(message, me=me)
        if exchange is None or text is None or message.edited_at is None:
            return
        if message.edited_at - message.created_at > EDITABLE:
            return
        async with exchange.lock:
            if text != exchange.text:
                exchange.text = text
                say = partial(self._say, message, exchange)
                await guarded_message(say, self._answer(message, exchange))

    async def _answer(self, message: discord.Message, exchange: _Exchange) -> None:
        question = self._admitted(message, exchange)
        if question is None:
            return
        async with self._host.services.answering() as running:
            exchange.given, home = await self._look_up(message, exchange.given, question)
            screen = answer_screen(exchange.given, guilds=home.choices)
            await self._show(message, exchange, screen)
            running.gave(exchange.given.reply)

    def _admitted(self, message: discord.Message, exchange: _Exchange) -> str | None:
        """Return the question; None when nothing is to be said at all.

        Raises:
            MemberError: what is to be said instead of an answer.

        """
        asking, person = self._host.services.asking, message.author.id
        try:
            if _names_only_a_role(message, exchange.text):
                raise RoleNamedError
            if exchange.given is not None:
                return usable(exchange.text)
            return asking.admit(exchange.text, person=person)
        except TooManyQuestionsError:
            if asking.limit.may_tell(person):
                raise
        except MemberError:
            if exchange.replies or self._hints.has_room(person):
                raise
        return None

    async def _look_up(
        self, message: discord.Message, given: Given | None, question: str
    ) -> tuple[Given, Home]:
        asking = self._host.services.asking
        if given is not None:
            return await asking.answer_again(given, question), Home()
        home = Home() if message.guild else await home_of(self._host, message.author.id)
        thread = Thread(message.author.id, message.channel.id, is_private=False)
        asked = asking.in_conversation(question, thread=thread, place=_place_of(message, home))
        return await asking.answer(asked), home

    async def _say(self, message: discord.Message, exchange: _Exchange, sentence: str) -> None:
        await self._show(message, exchange, Screen((sentence,)))

    async def _show(self, message: discord.Message, exchange: _Exchange, screen: Screen) -> None:
        if exchange.replies:
            exchange.replies = await change_replies(message, exchange.replies, screen)
        else:
            exchange.replies = await reply_to(message, screen)


def text_for(message: discord.Message, *, me: discord.ClientUser) -> str | None:
    """Return what a person wrote to the bot, without its name; None when it is not for the bot."""
    if message.author.bot or message.webhook_id is not None:
        return None
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return None
    if message.guild is not None and not _is_named(message, message.guild, me):
        return None
    return re.sub(rf"<@!?{me.id}>", " ", message.content).strip()


def _is_named(message: discord.Message, guild: discord.Guild, me: discord.ClientUser) -> bool:
    if any(one.id == me.id for one in message.mentions):
        return True
    role = guild.self_role
    return role is not None and role in message.role_mentions


def _names_only_a_role(message: discord.Message, text: str) -> bool:
    """Whether the bot's role was mentioned: Discord then gives the message without its text."""
    return not text and bool(message.role_mentions)


def _place_of(message: discord.Message, home: Home) -> Place:
    if message.guild is None:
        return DirectPlace(home.guild_id)
    return ChannelPlace(message.guild.id, message.channel.id)
