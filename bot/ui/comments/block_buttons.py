"""What the buttons of moderators about blocked members do. They outlive a restart."""

from typing import Any, Final

import discord
from typing_extensions import override

from bot.services.comments.errors import (
    BlockChangedError,
    SameModeratorError,
    UnknownBlockError,
)
from bot.texts import moderation as texts
from bot.texts.errors import sentence
from bot.ui.acknowledging import Screen
from bot.ui.comments import deciding, ids
from bot.ui.comments.block_forms import change_block_form
from bot.ui.comments.moderating import ModeratorButton
from bot.ui.custom_ids import template
from bot.ui.form_buttons import ModeratorFormButton
from bot.ui.host import host_of
from bot.ui.items import StoredItem


class LiftButton(ModeratorButton, template=ids.LIFT_TEMPLATE):
    """**Opheffen**, of a block."""

    kind = ids.LIFT
    is_marked = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        block_id, version = self.numbers
        block = await host_of(interaction).services.comments.blocking.lift(
            block_id, guild_id=interaction.guild_id or 0, version=version, by=interaction.user.id
        )
        return Screen((texts.lifted(block.user_id),))


class UpholdButton(ModeratorButton, template=ids.UPHOLD_TEMPLATE):
    """**Blokkade houden**."""

    kind = ids.UPHOLD
    is_marked = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        block_id, version = self.numbers
        return await _upheld(interaction, block_id, version)


class AloneUpholdButton(
    ModeratorButton, template=template(deciding.ALONE_UPHOLD, "block", "version")
):
    """Upholds a block, for a moderator who is the only one."""

    kind = deciding.ALONE_UPHOLD

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        block_id, version = self.numbers
        return await _upheld(interaction, block_id, version, alone=True)


class BlockAgainButton(
    ModeratorFormButton, template=template(deciding.BLOCK_AGAIN, "block", "version")
):
    """**Andere duur of reden**."""

    kind = deciding.BLOCK_AGAIN

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> discord.ui.Modal:
        block_id, version = self.numbers
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        block, log = await services.comments.blocking.get(block_id)
        if block.guild_id != guild_id or not block.holds_at(services.clock.now()):
            raise UnknownBlockError
        if block.version != version:
            raise BlockChangedError(block, by=log[-1].actor_id if log else None)
        return change_block_form(block)


BLOCK_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    LiftButton,
    UpholdButton,
    AloneUpholdButton,
    BlockAgainButton,
)


async def _upheld(
    interaction: discord.Interaction[Any], block_id: int, version: int, *, alone: bool = False
) -> Screen:
    try:
        block = await host_of(interaction).services.comments.blocking.uphold(
            block_id,
            guild_id=interaction.guild_id or 0,
            version=version,
            by=interaction.user.id,
            alone=alone,
        )
    except SameModeratorError as error:
        if not error.may_be_alone:
            raise
        return deciding.alone_block_screen(sentence(error), block_id, version)
    return Screen((texts.upheld(block.user_id),))
