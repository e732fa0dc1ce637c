"""The tables. Private to storage: what leaves it is in `storage.records`."""

from storage.models.base import Base
from storage.models.deliveries import DeliveryRow
from storage.models.digests import DigestRow
from storage.models.discord_state import CommandSyncRow, DmGuildRow
from storage.models.forum import (
    FeedAddressRow,
    FeedRow,
    ForumItemRow,
    ForumNoticeRow,
    ForumTextRow,
)
from storage.models.knowledge import AnswerRow, FeedbackRow, OpenQuestionRow, QuestionRow
from storage.models.leases import LeaseRow
from storage.models.meetings import (
    AgendaItemRow,
    CalendarSecretRow,
    DeadlineRow,
    MeetingChangeRow,
    MeetingDraftRow,
    MeetingRow,
)
from storage.models.meetings_people import (
    AttendanceRow,
    ProxyHolderRow,
    ProxyRow,
    ReminderRow,
)
from storage.models.milestones import MilestoneChangeRow, MilestoneDraftRow, MilestoneRow
from storage.models.notices import NoticeRow
from storage.models.settings import GuildSettingRow
from storage.models.subscriptions import SubscriptionRow
from storage.models.updates import UpdateChangeRow, UpdateRow

__all__ = [
    "AgendaItemRow",
    "AnswerRow",
    "AttendanceRow",
    "Base",
    "CalendarSecretRow",
    "CommandSyncRow",
    "DeadlineRow",
    "DeliveryRow",
    "DigestRow",
    "DmGuildRow",
    "FeedAddressRow",
    "FeedRow",
    "FeedbackRow",
    "ForumItemRow",
    "ForumNoticeRow",
    "ForumTextRow",
    "GuildSettingRow",
    "LeaseRow",
    "MeetingChangeRow",
    "MeetingDraftRow",
    "MeetingRow",
    "MilestoneChangeRow",
    "MilestoneDraftRow",
    "MilestoneRow",
    "NoticeRow",
    "OpenQuestionRow",
    "ProxyHolderRow",
    "ProxyRow",
    "QuestionRow",
    "ReminderRow",
    "SubscriptionRow",
    "UpdateChangeRow",
    "UpdateRow",
]
