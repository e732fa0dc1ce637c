"""What the buttons of moderators about comments and blocks do. They outlive a restart."""

from abc import abstractmethod
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.comments.errors import SameModeratorError
from bot.services.places import Standing
from bot.texts.errors import sentence
from bot.ui.acknowledging import Screen, StoredButtons, in_time
from bot.ui.comments import deciding, ids
from bot.ui.comments.moderating import ModeratorButton
from bot.ui.comments.moderation_forms import (
    decided_screen,
    duplicate_form,
    look_of,
    redact_form,
    reject_form,
)
from bot.ui.comments.pressing import CommentButton
from bot.ui.custom_ids import custom_id, template
from bot.ui.form_buttons import ModeratorFormButton
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.payloads import chosen_in
from bot.ui.replacing import replace_with
from storage.comment_records import CommentEvent

_Select = discord.ui.Select[StoredButtons]
_DIGITS: Final = 18


class PlaceButton(ModeratorButton, template=ids.PLACE_TEMPLATE):
    """**Plaatsen**, and **Laten staan**."""

    kind = ids.PLACE
    is_marked = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        comment_id, version = self.numbers
        return await _placed(interaction, comment_id, version)


class AlonePlaceButton(
    ModeratorButton, template=template(deciding.ALONE_PLACE, "comment", "version")
):
    """Places after an appeal, for a moderator who is the only one."""

    kind = deciding.ALONE_PLACE

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        comment_id, version = self.numbers
        return await _placed(interaction, comment_id, version, alone=True)


class RejectButton(ModeratorFormButton, template=ids.REJECT_TEMPLATE):
    """**Afwijzen**."""

    kind = ids.REJECT
    is_marked = True

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> discord.ui.Modal:
        return reject_form(*self.numbers)


class AloneRejectButton(
    ModeratorFormButton, template=template(deciding.ALONE_REJECT, "comment", "version")
):
    """Refuses after an appeal, for a moderator who is the only one."""

    kind = deciding.ALONE_REJECT

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> discord.ui.Modal:
        return reject_form(*self.numbers, alone=True)


class RedactButton(ModeratorFormButton, template=ids.REDACT_TEMPLATE):
    """**Aanpassen**."""

    kind = ids.REDACT
    is_marked = True

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> discord.ui.Modal:
        comment_id, version = self.numbers
        comment = await host_of(interaction).services.comments.reading.get(
            comment_id, guild_id=interaction.guild_id or 0
        )
        return redact_form(comment, version)


class DuplicateButton(CommentButton, template=ids.DUPLICATE_TEMPLATE):
    """**Dubbel van …**: asks which one."""

    kind = ids.DUPLICATE
    is_marked = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        case = await services.comments.reading.case(self.numbers[0], guild_id=guild_id)
        return await deciding.duplicate_screen(services, case)


class DuplicateNumberButton(
    ModeratorFormButton, template=template(deciding.DUPLICATE_NUMBER, "comment", "version")
):
    """**Ander nummer**."""

    kind = deciding.DUPLICATE_NUMBER

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> discord.ui.Modal:
        return duplicate_form(*self.numbers)


class QueueButton(CommentButton, template=template(deciding.QUEUE_PAGE, "round", "place")):
    """Turns the queue."""

    kind = deciding.QUEUE_PAGE
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        round_id, place = self.numbers
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        return await deciding.queue_screen(services, guild_id, round_id=round_id, place=place)


class _ModeratorMenu(StoredItem[_Select], template="(?!)"):
    """A menu of moderators that replaces what it stands below."""

    kind = ""

    def __init__(self, *numbers: int) -> None:
        """Offer nothing: what was chosen stands in the press."""
        super().__init__(discord.ui.Select(custom_id=custom_id(self.kind, *numbers)))
        self.numbers = numbers

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(*numbers.values())

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._chosen(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _chosen(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        value = chosen_in(interaction)
        is_number = value.isascii() and value.isdecimal() and len(value) <= _DIGITS
        return await self.answered(interaction, int(value) if is_number else 0)

    @abstractmethod
    async def answered(self, interaction: discord.Interaction[Any], chosen: int) -> Screen:
        """Return what is shown after a choice; 0 for what is no number."""


class QueueRoundMenu(_ModeratorMenu, template=template(deciding.QUEUE_ROUND)):
    """Which round's queue is shown."""

    kind = deciding.QUEUE_ROUND

    @override
    async def answered(self, interaction: discord.Interaction[Any], chosen: int) -> Screen:
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        return await deciding.queue_screen(services, guild_id, round_id=chosen)


class DuplicateMenu(_ModeratorMenu, template=template(deciding.DUPLICATE_OF, "comment", "version")):
    """Which comment this one repeats."""

    kind = deciding.DUPLICATE_OF

    @override
    async def answered(self, interaction: discord.Interaction[Any], chosen: int) -> Screen:
        look = look_of(interaction, *self.numbers)
        service = host_of(interaction).services.comments.deciding
        return await decided_screen(interaction, await service.mark_duplicate(look, chosen))


MODERATION_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    PlaceButton,
    AlonePlaceButton,
    RejectButton,
    AloneRejectButton,
    RedactButton,
    DuplicateButton,
    DuplicateNumberButton,
    QueueButton,
    QueueRoundMenu,
    DuplicateMenu,
)


async def _placed(
    interaction: discord.Interaction[Any], comment_id: int, version: int, *, alone: bool = False
) -> Screen:
    service = host_of(interaction).services.comments
    look = look_of(interaction, comment_id, version, alone=alone)
    try:
        comment = await service.deciding.place(look)
    except SameModeratorError as error:
        if not error.may_be_alone:
            raise
        return deciding.alone_screen(sentence(error), comment_id, version)
    last = (await service.authoring.history_of(comment))[-1]
    hears = last.event is not CommentEvent.CHECKED
    return await decided_screen(interaction, comment, hears=hears)
