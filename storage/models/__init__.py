"""The tables. Private to storage: what leaves it is in `storage.records`."""

from storage.models.base import Base
from storage.models.deliveries import DeliveryRow
from storage.models.discord_state import CommandSyncRow, DmGuildRow
from storage.models.knowledge import AnswerRow, FeedbackRow, OpenQuestionRow, QuestionRow
from storage.models.leases import LeaseRow
from storage.models.settings import GuildSettingRow

__all__ = [
    "AnswerRow",
    "Base",
    "CommandSyncRow",
    "DeliveryRow",
    "DmGuildRow",
    "FeedbackRow",
    "GuildSettingRow",
    "LeaseRow",
    "OpenQuestionRow",
    "QuestionRow",
]
