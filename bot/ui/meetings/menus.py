"""The menus of meetings: to whom a proxy goes, which reminder stops, which moment is meant."""

from abc import abstractmethod
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.dates.rules import parse_rule
from bot.errors import StaleComponentError
from bot.services.places import Standing
from bot.texts import meetings as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.meetings import items, screens
from bot.ui.meetings.pressing import meeting_behind, voter_in
from bot.ui.meetings.shown import name_of
from bot.ui.payloads import chosen_in

_ID_DIGITS: Final = 19

_Select = discord.ui.Select[StoredButtons]
_UserSelect = discord.ui.UserSelect[StoredButtons]


class MeetingMenu(StoredItem[_Select], template="(?!)"):
    """A menu that answers whoever chooses alone."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self.answered(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @abstractmethod
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        """Do what was asked, and return what is shown."""


class ProxyMenu(StoredItem[_UserSelect], template=template(items.GIVE, "meeting")):
    """**Volmacht geven**: to a person of the guild, by whoever is a member."""

    def __init__(self, meeting: int) -> None:
        """Belong to a meeting."""
        super().__init__(items.proxy_menu(meeting))
        self._meeting = meeting

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["meeting"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._given(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _given(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MEMBER)
        meeting = await meeting_behind(interaction, self._meeting)
        attending = host_of(interaction).services.meetings.attending
        holder = await voter_in(interaction, meeting.guild_id, chosen_number(interaction))
        await attending.offer(self._meeting, giver=interaction.user.id, holder=holder)
        return screens.place_screen(await attending.place_of(self._meeting, interaction.user.id))


class StopMenu(MeetingMenu, template=template(items.STOP)):
    """Stops one of one's own reminders."""

    def __init__(self) -> None:
        """Listen; what it offers was shown before."""
        super().__init__(items.stop_menu(()))

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        reminding = host_of(interaction).services.meetings.reminding
        person = interaction.user.id
        await reminding.stop(chosen_number(interaction), person=person)
        kept = await reminding.of_person(interaction.guild_id or 0, person)
        return screens.reminders_screen(kept, above=texts.REMINDER_STOPPED)


class RuleMenu(MeetingMenu, template=template(items.WHEN, "meeting")):
    """Which of several moments was meant; a value is the rule itself."""

    def __init__(self, meeting: int) -> None:
        """Belong to a meeting."""
        super().__init__(items.rule_menu(custom_id(items.WHEN, meeting), ()))
        self._meeting = meeting

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["meeting"])

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await meeting_behind(interaction, self._meeting)
        try:
            rule = parse_rule(chosen_in(interaction))
        except ValueError as error:
            raise StaleComponentError from error
        reminding = host_of(interaction).services.meetings.reminding
        kept = await reminding.keep(self._meeting, rule, person=interaction.user.id)
        said = texts.reminder_set(
            kept.due, name_of(kept.meeting), is_new=kept.is_new, moves=not rule.is_fixed
        )
        return Screen((said,))


MEETING_MENUS: Final = (ProxyMenu, StopMenu, RuleMenu)


def chosen_number(interaction: discord.Interaction[Any]) -> int:
    """Return the id that was chosen; it comes from outside, like everything in an interaction.

    Raises:
        StaleComponentError: when it is none.

    """
    value = chosen_in(interaction)
    if not (value.isascii() and value.isdecimal() and len(value) <= _ID_DIGITS):
        raise StaleComponentError
    return int(value)
