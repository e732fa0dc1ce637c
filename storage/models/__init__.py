"""The tables. Private to storage: what leaves it is in `storage.records`."""

from storage.models.base import Base
from storage.models.comments import (
    CommentChangeRow,
    CommentCounterRow,
    CommentRoundRow,
    CommentRow,
    CommentTextRow,
)
from storage.models.deliveries import DeliveryRow
from storage.models.digests import DigestRow
from storage.models.discord_state import CommandSyncRow, DmGuildRow
from storage.models.documents import (
    DocumentDraftRow,
    DocumentVersionRow,
    KnowledgeNoticeRow,
    KnowledgeRevisionRow,
)
from storage.models.forum import (
    FeedAddressRow,
    FeedRow,
    ForumItemRow,
    ForumNoticeRow,
    ForumTextRow,
)
from storage.models.imports import ImportRow
from storage.models.knowledge import AnswerRow, FeedbackRow, QuestionRow
from storage.models.leases import LeaseRow
from storage.models.meetings import (
    AgendaItemRow,
    CalendarSecretRow,
    DeadlineRow,
    MeetingChangeRow,
    MeetingDraftRow,
    MeetingRow,
)
from storage.models.meetings_events import (
    MeetingEventAskRow,
    MeetingEventRow,
    MeetingEventTroubleRow,
    MeetingPaperRow,
)
from storage.models.meetings_people import (
    AttendanceRow,
    ProxyHolderRow,
    ProxyRow,
    ReminderRow,
)
from storage.models.milestones import MilestoneChangeRow, MilestoneDraftRow, MilestoneRow
from storage.models.moderation import BlockRow, ModerationRow
from storage.models.notices import NoticeRow
from storage.models.open_questions import OpenQuestionRow, QuestionDraftRow, QuestionGroupRow
from storage.models.settings import GuildSettingRow
from storage.models.subscriptions import SubscriptionRow
from storage.models.updates import UpdateChangeRow, UpdateRow
from storage.models.votes import ShownVoterRow, ShownVotesRow, VoteRow

__all__ = [
    "AgendaItemRow",
    "AnswerRow",
    "AttendanceRow",
    "Base",
    "BlockRow",
    "CalendarSecretRow",
    "CommandSyncRow",
    "CommentChangeRow",
    "CommentCounterRow",
    "CommentRoundRow",
    "CommentRow",
    "CommentTextRow",
    "DeadlineRow",
    "DeliveryRow",
    "DigestRow",
    "DmGuildRow",
    "DocumentDraftRow",
    "DocumentVersionRow",
    "FeedAddressRow",
    "FeedRow",
    "FeedbackRow",
    "ForumItemRow",
    "ForumNoticeRow",
    "ForumTextRow",
    "GuildSettingRow",
    "ImportRow",
    "KnowledgeNoticeRow",
    "KnowledgeRevisionRow",
    "LeaseRow",
    "MeetingChangeRow",
    "MeetingDraftRow",
    "MeetingEventAskRow",
    "MeetingEventRow",
    "MeetingEventTroubleRow",
    "MeetingPaperRow",
    "MeetingRow",
    "MilestoneChangeRow",
    "MilestoneDraftRow",
    "MilestoneRow",
    "ModerationRow",
    "NoticeRow",
    "OpenQuestionRow",
    "ProxyHolderRow",
    "ProxyRow",
    "QuestionDraftRow",
    "QuestionGroupRow",
    "QuestionRow",
    "ReminderRow",
    "ShownVoterRow",
    "ShownVotesRow",
    "SubscriptionRow",
    "UpdateChangeRow",
    "UpdateRow",
    "VoteRow",
]
