"""The buttons of meetings. They outlive a restart, and work in private messages too."""

import datetime as dt
from abc import abstractmethod
from typing import Any, Final

import discord
from typing_extensions import override

from bot.checks import require
from bot.errors import NotInGuildError, StaleComponentError
from bot.services.places import Standing
from bot.texts import meetings as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import OPTIONAL_MARK, template
from bot.ui.host import host_of
from bot.ui.items import NumberedButton
from bot.ui.meetings import items, screens
from bot.ui.meetings.calendars import subscription_screen
from bot.ui.meetings.forms import remind_form
from bot.ui.meetings.pressing import meeting_behind, require_member, voter_in
from bot.ui.meetings.shown import name_of
from storage.meeting_records import Answer

_SNOOZE: Final = dt.timedelta(hours=1)

_Button = discord.ui.Button[StoredButtons]


class MeetingButton(NumberedButton, template="(?!)"):
    """A button that answers whoever presses it alone."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self.answered(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @abstractmethod
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        """Do what was asked, and return what is shown."""


class AnswerButton(
    MeetingButton, template=template(items.COME, "meeting", "answer") + OPTIONAL_MARK
):
    """The three answers to whether one comes: the last press counts."""

    kind = items.COME

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        meeting_id, number = self.numbers
        if number >= len(items.ANSWERS):
            raise StaleComponentError
        await meeting_behind(interaction, meeting_id)
        attending = host_of(interaction).services.meetings.attending
        place = await attending.say(meeting_id, interaction.user.id, items.ANSWERS[number])
        return screens.place_screen(place)


class ModeButton(MeetingButton, template=template(items.MODE, "meeting", "mode")):
    """In person or digital."""

    kind = items.MODE

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        meeting_id, number = self.numbers
        if number >= len(items.MODES):
            raise StaleComponentError
        await meeting_behind(interaction, meeting_id)
        attending = host_of(interaction).services.meetings.attending
        place = await attending.say(
            meeting_id, interaction.user.id, Answer.YES, mode=items.MODES[number]
        )
        return screens.place_screen(place)


class TakeBackButton(MeetingButton, template=template(items.UNTAKE, "meeting")):
    """**Volmacht intrekken**."""

    kind = items.UNTAKE

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        (meeting_id,) = self.numbers
        await meeting_behind(interaction, meeting_id)
        attending = host_of(interaction).services.meetings.attending
        await attending.take_back(meeting_id, giver=interaction.user.id)
        place = await attending.place_of(meeting_id, interaction.user.id)
        return screens.place_screen(place, above=texts.PROXY_TAKEN_BACK)


class ProxyAnswerButton(
    MeetingButton, template=template(items.PROXY, "proxy", "yes") + OPTIONAL_MARK
):
    """**Volmacht aannemen**, **Weigeren**: only by whom it was offered to."""

    kind = items.PROXY

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        proxy_id, yes = self.numbers
        attending = host_of(interaction).services.meetings.attending
        person = interaction.user.id
        meeting, proxy = await attending.offered(proxy_id, to=person)
        await require_member(interaction, meeting.guild_id)
        giver = f"<@{proxy.giver_id}>"
        if not yes:
            await attending.decline(proxy_id, by=person)
            return Screen((texts.proxy_declined(giver),))
        holder = await voter_in(interaction, meeting.guild_id, person)
        if holder.standing is None:
            raise NotInGuildError
        gave = await voter_in(interaction, meeting.guild_id, proxy.giver_id)
        await attending.accept(proxy_id, by=holder, giver=gave)
        return Screen((texts.proxy_accepted(giver, name_of(meeting)),))


class RemindButton(MeetingButton, template=template(items.REMIND, "meeting") + OPTIONAL_MARK):
    """**Herinner mij ook**: a form asks when."""

    kind = items.REMIND

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(remind_form(self.numbers[0]))

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        raise StaleComponentError


class SnoozeButton(MeetingButton, template=template(items.SNOOZE, "reminder") + OPTIONAL_MARK):
    """Reminds once more, in an hour."""

    kind = items.SNOOZE

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        reminding = host_of(interaction).services.meetings.reminding
        kept = await reminding.snooze(self.numbers[0], person=interaction.user.id, by=_SNOOZE)
        name = name_of(kept.meeting)
        return Screen((texts.reminder_set(kept.due, name, is_new=kept.is_new, moves=False),))


class RenewButton(MeetingButton, template=template(items.RENEW)):
    """**Nieuw adres maken**: the old address of the calendar ends."""

    kind = items.RENEW

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services = host_of(interaction).services
        await services.meetings.calendar.renew(interaction.guild_id or 0)
        return await subscription_screen(services, interaction, above=texts.RENEWED)


MEETING_BUTTONS: Final = (
    AnswerButton,
    ModeButton,
    TakeBackButton,
    ProxyAnswerButton,
    RemindButton,
    SnoozeButton,
    RenewButton,
)
