"""**Opnieuw proberen** below an update in full, while a copy in a channel did not arrive."""

from typing import Any, Final

import discord
from typing_extensions import override

from bot.services.container import Services
from bot.texts import updates as texts
from bot.ui.acknowledging import Screen
from bot.ui.custom_ids import template
from bot.ui.items import StoredItem
from bot.ui.progress import updates_screens as screens
from bot.ui.progress.updates_buttons import UpdateButton


class AgainButton(UpdateButton, template=template(screens.AGAIN, "update")):
    """**Opnieuw proberen**: copies in channels are sent again, to the channel of now if need be."""

    kind = screens.AGAIN

    @override
    async def decided(self, services: Services, interaction: discord.Interaction[Any]) -> Screen:
        (update_id,) = self.numbers
        update = await services.update_retries.again(
            update_id, guild_id=interaction.guild_id or 0, by=interaction.user.id
        )
        return Screen((texts.sent_again(update.number),))


RETRY_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (AgainButton,)
