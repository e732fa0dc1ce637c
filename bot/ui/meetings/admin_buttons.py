"""The buttons and menus with which moderators decide about meetings."""

from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.errors import StaleComponentError
from bot.services.places import Standing
from bot.texts import meetings_admin as admin
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.meetings import admin_screens, items
from bot.ui.meetings.admin_forms import change_form, plan_form
from bot.ui.meetings.buttons import MeetingButton
from bot.ui.meetings.menus import MeetingMenu, chosen_number

PICK: Final = "mt-pick"
PLAN_WHEN: Final = "mt-pwhen"
CHANGE_WHEN: Final = "mt-cwhen"

_Select = discord.ui.Select[StoredButtons]


class ConfirmButton(MeetingButton, template=template(admin_screens.YES, "draft")):
    """**Opslaan en vertellen**."""

    kind = admin_screens.YES
    quietly: ClassVar[bool] = False

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        done = await host_of(interaction).services.meetings.planning.confirm(
            self.numbers[0],
            guild_id=interaction.guild_id or 0,
            by=interaction.user.id,
            quietly=self.quietly,
        )
        return admin_screens.done_screen(done)


class QuietButton(ConfirmButton, template=template(admin_screens.QUIET, "draft")):
    """**Stil opslaan**: of agenda and deadlines only."""

    kind = admin_screens.QUIET
    quietly = True


class DropButton(MeetingButton, template=template(admin_screens.NO, "draft")):
    """**Niet doen**."""

    kind = admin_screens.NO

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        planning = host_of(interaction).services.meetings.planning
        await planning.drop(self.numbers[0], guild_id=interaction.guild_id or 0)
        return Screen((admin.DROPPED,))


class DraftMenu(MeetingMenu, template=template(PICK)):
    """Which of several drafts was meant: one for each moment that was typed."""

    def __init__(self) -> None:
        """Listen; what it offers was shown before."""
        super().__init__(items.rule_menu(custom_id(PICK), ()))

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        planning = host_of(interaction).services.meetings.planning
        draft = chosen_number(interaction)
        return admin_screens.preview_screen(
            await planning.look(draft, guild_id=interaction.guild_id or 0)
        )


class PlanMomentMenu(StoredItem[_Select], template=template(PLAN_WHEN, "kind", "minutes")):
    """Which moment was meant for a new meeting; then comes its form."""

    def __init__(self, kind: int, minutes: int) -> None:
        """Carry on with what was typed."""
        super().__init__(items.rule_menu(custom_id(PLAN_WHEN, kind, minutes), ()))
        self._kind = kind
        self._minutes = minutes

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["kind"], numbers["minutes"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        form = plan_form(
            interaction.id,
            kind=self._kind,
            moment=chosen_number(interaction),
            minutes=self._minutes,
        )
        await interaction.response.send_modal(form)


class ChangeMomentMenu(StoredItem[_Select], template=template(CHANGE_WHEN, "meeting", "minutes")):
    """Where a meeting moves to; then comes its form."""

    def __init__(self, meeting: int, minutes: int) -> None:
        """Carry on with what was typed."""
        super().__init__(items.rule_menu(custom_id(CHANGE_WHEN, meeting, minutes), ()))
        self._meeting = meeting
        self._minutes = minutes

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["meeting"], numbers["minutes"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        if interaction.guild_id is None:
            raise StaleComponentError
        shelf = host_of(interaction).services.meetings.shelf
        meeting = await shelf.get(self._meeting, guild_id=interaction.guild_id)
        form = change_form(meeting, moment=chosen_number(interaction), minutes=self._minutes)
        await interaction.response.send_modal(form)


ADMIN_ITEMS: Final = (
    ConfirmButton,
    QuietButton,
    DropButton,
    DraftMenu,
    PlanMomentMenu,
    ChangeMomentMenu,
)
