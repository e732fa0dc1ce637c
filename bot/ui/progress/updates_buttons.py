"""What hangs below updates, for moderators: every press checks rights and version afresh."""

import asyncio
from abc import abstractmethod
from dataclasses import replace
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.dates.writing import write_moment
from bot.errors import StaleComponentError
from bot.services.container import Services
from bot.services.places import Standing
from bot.services.progress.updates_errors import PlanPassedError, UpdateChangedError
from bot.services.progress.updates_planning import ZONE
from bot.texts import updates as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.form_buttons import FORM_WITHIN
from bot.ui.forms import StoredForm
from bot.ui.host import host_of
from bot.ui.items import NumberedButton, StoredItem
from bot.ui.payloads import chosen_in
from bot.ui.progress import updates_screens as screens
from bot.ui.progress.updates_forms import edit_update_form, plan_form, withdrawal_form
from bot.ui.progress.updates_list import list_screen
from bot.ui.replacing import replace_with
from storage.progress_records import Update, UpdateState

_DIGITS: Final = 19

_Button = discord.ui.Button[StoredButtons]
_Select = discord.ui.Select[StoredButtons]


class UpdateButton(NumberedButton, template="(?!)"):
    """A button of moderators; what it is about stands in its numbers."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._checked(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _checked(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services = host_of(interaction).services
        try:
            return await self.decided(services, interaction)
        except UpdateChangedError as error:
            above = texts.changed_meanwhile(error.current.number, by=error.by)
            return await screens.update_screen(services, error.current, above=above)

    @abstractmethod
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        """Do what the button says, and return what is shown instead of what it hung below."""

    async def seen(self, services: Services, interaction: discord.Interaction[Any]) -> Update:
        """Return the update that this is about, as of the version that was looked at."""
        update_id, version, *_others = self.numbers
        found = await services.updates.get(update_id, guild_id=interaction.guild_id or 0)
        return replace(found, version=version)


class PublishButton(UpdateButton, template=template(screens.PUBLISH, "update", "version")):
    """**Publiceren**: now, to the channel and all subscribers."""

    kind = screens.PUBLISH

    @override
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        seen = await self.seen(services, interaction)
        channel = await services.update_venues.channel_of(seen.guild_id)
        after, people = await services.updates.publish(seen, by=interaction.user.id)
        return Screen((texts.published(after.number, channel.id, people),))


class CancelButton(UpdateButton, template=template(screens.CANCEL, "update", "version")):
    """**Annuleren**: nothing is published; a plan goes, the text stays."""

    kind = screens.CANCEL

    @override
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        seen = await self.seen(services, interaction)
        was_planned = seen.state is UpdateState.PLANNED
        after = await services.updates.unplan(seen, by=interaction.user.id)
        say = texts.unplanned if was_planned else texts.kept_as_draft
        return Screen((say(after.number),))


class MentionButton(
    UpdateButton, template=template(screens.MENTION, "update", "version", "wanted")
):
    """**Rol noemen**: the guild's role is mentioned, or not."""

    kind = screens.MENTION

    @override
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        seen, wanted = await self.seen(services, interaction), bool(self.numbers[2])
        after = await services.updates.mention_role(seen, mentioned=wanted, by=interaction.user.id)
        return await screens.update_screen(services, after)


class YesButton(UpdateButton, template=template(screens.YES, "change")):
    """**Ja, plannen**, **Overal bijwerken**, **Ja, intrekken**: does what was proposed."""

    kind = screens.YES

    @override
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        after = await services.updates.confirm(
            self.numbers[0], guild_id=interaction.guild_id or 0, by=interaction.user.id
        )
        if after.state is UpdateState.WITHDRAWN:
            return Screen((texts.withdrawn(after.number),))
        if after.state is UpdateState.PUBLISHED:
            copies = await services.update_list.copies_of(after)
            return Screen((texts.edited(after.number, copies.standing + copies.unsent),))
        if after.plan is None:
            return await screens.update_screen(services, after)
        written = write_moment(after.plan.moment, ZONE)
        return Screen((texts.planned(after.number, written=written, repeat=after.plan.repeat),))


class PageButton(UpdateButton, template=template(screens.PAGE, "number")):
    """**Nieuwer**, **Ouder**: another page of the list."""

    kind = screens.PAGE

    @override
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        return await list_screen(services, interaction.guild_id or 0, number=self.numbers[0])


class FormButton(UpdateButton, template="(?!)"):
    """A button that opens a form about the update as it is now."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        async with asyncio.timeout(FORM_WITHIN):
            await require(interaction, Standing.MODERATOR)
            update = await self.seen(host_of(interaction).services, interaction)
        await interaction.response.send_modal(self.form(update))

    @override
    async def seen(self, services: Services, interaction: discord.Interaction[Any]) -> Update:
        update_id = self.numbers[0]
        return await services.updates.get(update_id, guild_id=interaction.guild_id or 0)

    @abstractmethod
    def form(self, update: Update) -> StoredForm:
        """Return the form."""


class EditButton(FormButton, template=template(screens.EDIT, "update", "version")):
    """**Bewerken**."""

    kind = screens.EDIT

    @override
    def form(self, update: Update) -> StoredForm:
        return edit_update_form(update)


class PlanButton(FormButton, template=template(screens.PLAN, "update", "version")):
    """**Plannen**, **Andere tijd**."""

    kind = screens.PLAN

    @override
    def form(self, update: Update) -> StoredForm:
        return plan_form(update)


class WithdrawButton(FormButton, template=template(screens.WITHDRAW, "update")):
    """**Intrekken**."""

    kind = screens.WITHDRAW

    @override
    def form(self, update: Update) -> StoredForm:
        return withdrawal_form(update)


class MomentMenu(StoredItem[_Select], template=template(screens.PICK, "update", "change")):
    """Which of several moments was meant."""

    def __init__(self, update: int, change: int) -> None:
        """Belong to an update, and to the proposal that holds the rule to repeat by."""
        super().__init__(discord.ui.Select(custom_id=custom_id(screens.PICK, update, change)))
        self._update = update
        self._change = change

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["update"], numbers["change"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._asked(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _asked(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services = host_of(interaction).services
        update = await services.updates.get(self._update, guild_id=interaction.guild_id or 0)
        rule = await services.updates.proposed_rule(update, self._change)
        plan = services.update_planning.chosen(_number(chosen_in(interaction)), rule)
        if plan is None:
            raise PlanPassedError
        return await screens.plan_question(services, update, plan, by=interaction.user.id)


class OpenMenu(StoredItem[_Select], template=template(screens.OPEN)):
    """Opens one update of the list in full, with its history."""

    def __init__(self) -> None:
        """Offer nothing: what was chosen stands in the press."""
        super().__init__(discord.ui.Select(custom_id=custom_id(screens.OPEN)))

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._opened(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _opened(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        update = await services.updates.get(_number(chosen_in(interaction)), guild_id=guild_id)
        return await screens.opened_screen(services, update)


UPDATE_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    PublishButton,
    CancelButton,
    MentionButton,
    YesButton,
    PageButton,
    EditButton,
    PlanButton,
    WithdrawButton,
    MomentMenu,
    OpenMenu,
)


def _number(value: str) -> int:
    """Return the number that a menu's value is. Raises StaleComponentError when it is none."""
    if not (value.isascii() and value.isdecimal() and len(value) <= _DIGITS):
        raise StaleComponentError
    return int(value)
