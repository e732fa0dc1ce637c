"""Every use case of the bot, built once by the composition root."""

from dataclasses import dataclass

from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.conversations import Conversations
from bot.services.knowledge.library import Library
from bot.services.knowledge.running import RunningAnswers
from bot.services.ports import Clock
from bot.services.privacy import Privacy
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Services:
    """What cogs are built with. Buttons and modals reach it as `interaction.client.services`."""

    clock: Clock
    units: UnitsOfWork
    library: Library
    answering: RunningAnswers
    conversations: Conversations
    guild_settings: GuildSettings
    privacy: Privacy
