"""Private messages: choosing which guild they are about, and passing a question on to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.adapters.membership import KnownGuild
from bot.errors import NotInGuildError, StaleComponentError
from bot.texts import answers as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import Host, answer_behind, host_of, thread_of
from bot.ui.items import StoredItem
from bot.ui.knowledge.questions_shown import passed_on_screen
from bot.ui.markdown import escaped, shortened
from bot.ui.payloads import chosen_in
from storage.records import ShownAnswer

_LABEL: Final = 100  # characters of an option in a select
_MOST: Final = 25  # options
_ID_DIGITS: Final = 19

_Select = discord.ui.Select[StoredButtons]


@dataclass(frozen=True, slots=True)
class Home:
    """Which guild a private message is about; when unknown, those to choose from."""

    guild_id: int | None = None
    choices: tuple[KnownGuild, ...] = ()


async def home_of(host: Host, person: int) -> Home:
    """Return the guild that somebody used last, or the only one that they share with the bot."""
    remembered = await host.services.places.guild_of(person)
    try:
        if remembered is not None and await host.membership.was_member(remembered, person):
            return Home(remembered)
        guilds = await host.membership.guilds_of(person)
    except discord.HTTPException:
        # The knowledge that ships answers without a guild; the next message tries again.
        return Home()
    return Home(guilds[0].id) if len(guilds) == 1 else Home(None, guilds)


async def pass_on(interaction: discord.Interaction[Any], answer: ShownAnswer) -> Screen:
    """Pass the question of `answer` on to the moderators, or ask of which guild."""
    home = Home(answer.place.guild_id)
    if home.guild_id is None:
        home = await home_of(host_of(interaction), interaction.user.id)
    if home.guild_id is not None:
        return await _passed_on(interaction, answer, home.guild_id)
    if not home.choices:
        raise NotInGuildError
    menu = OpenQuestionMenu(answer.id, home.choices)
    return Screen((texts.CHOOSE_GUILD_FIRST,), StoredButtons(menu))


class DmGuildMenu(StoredItem[_Select], template=template("home")):
    """Below an answer in private messages: which guild they are about."""

    def __init__(self, guilds: Sequence[KnownGuild] = ()) -> None:
        """Offer `guilds`."""
        super().__init__(_select(custom_id("home"), guilds))

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        name = await in_time(interaction, _choose(interaction), ephemeral=True)
        await show(interaction, Screen((texts.guild_chosen(escaped(name)),)), ephemeral=True)


class OpenQuestionMenu(StoredItem[_Select], template=template("to", "answer")):
    """To the moderators of which guild a question goes."""

    def __init__(self, answer: int, guilds: Sequence[KnownGuild] = ()) -> None:
        """Offer `guilds` for the question of an answer."""
        super().__init__(_select(custom_id("to", answer), guilds))
        self._answer = answer

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["answer"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._passed_on(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _passed_on(self, interaction: discord.Interaction[Any]) -> Screen:
        answer = await answer_behind(interaction, self._answer)
        await _choose(interaction)
        return await _passed_on(interaction, answer, _chosen(interaction))


MENUS: Final = (DmGuildMenu, OpenQuestionMenu)


def _select(identity: str, guilds: Sequence[KnownGuild]) -> _Select:
    options = [
        discord.SelectOption(label=shortened(one.name, _LABEL), value=str(one.id))
        for one in guilds[:_MOST]
    ]
    return discord.ui.Select(
        custom_id=identity, placeholder=texts.GUILD_PLACEHOLDER, options=options
    )


async def _choose(interaction: discord.Interaction[Any]) -> str:
    """Remember the guild that was chosen, if the person is in it; return its name."""
    host, guild_id = host_of(interaction), _chosen(interaction)
    guild = host.get_guild(guild_id)
    if guild is None or not await host.membership.is_member(guild_id, interaction.user.id):
        raise NotInGuildError
    await host.services.places.choose_guild(interaction.user.id, guild_id)
    return guild.name


def _chosen(interaction: discord.Interaction[Any]) -> int:
    """Return what was chosen; it comes from outside, like everything in an interaction."""
    value = chosen_in(interaction)
    if not (value.isascii() and value.isdecimal() and len(value) <= _ID_DIGITS):
        raise StaleComponentError
    return int(value)


async def _passed_on(
    interaction: discord.Interaction[Any], answer: ShownAnswer, guild_id: int
) -> Screen:
    passed = await host_of(interaction).services.open_questions.pass_on(
        answer,
        thread=thread_of(interaction, is_private=answer.private),
        guild_id=guild_id,
        message_id=interaction.message.id if interaction.message and not answer.private else None,
    )
    return passed_on_screen(passed)
