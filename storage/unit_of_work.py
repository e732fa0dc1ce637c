"""The only commit and the only rollback.

    async with units() as work:
        question = await work.questions.add(...)

commits when the block ends normally and rolls back on any exception, also when the task is
cancelled. Nothing slow belongs inside: on SQLite every other writer waits for it, and a second
unit opened inside the first would wait for itself.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from typing_extensions import override

from storage.engine import Database
from storage.errors import StorageError
from storage.repositories.answers import AnswerRepository
from storage.repositories.calendar_secrets import CalendarSecretRepository
from storage.repositories.command_sync import CommandSyncRepository
from storage.repositories.comment_lists import CommentListRepository
from storage.repositories.comment_rounds import CommentRoundRepository
from storage.repositories.comments import CommentRepository
from storage.repositories.deliveries import DeliveryRepository
from storage.repositories.digests import DigestRepository
from storage.repositories.dm_guilds import DmGuildRepository
from storage.repositories.document_drafts import DocumentDraftRepository
from storage.repositories.documents import DocumentRepository
from storage.repositories.feedback import FeedbackRepository
from storage.repositories.feeds import FeedRepository
from storage.repositories.forum import ForumRepository
from storage.repositories.forum_lists import ForumListRepository
from storage.repositories.guilds import GuildRepository
from storage.repositories.imports import ImportRepository
from storage.repositories.knowledge_notices import KnowledgeNoticeRepository
from storage.repositories.leases import LeaseRepository
from storage.repositories.meetings import MeetingRepository
from storage.repositories.meetings_drafts import MeetingDraftRepository
from storage.repositories.meetings_events import MeetingEventRepository
from storage.repositories.meetings_papers import MeetingPaperRepository
from storage.repositories.meetings_people import AttendanceRepository
from storage.repositories.meetings_reminders import ReminderRepository
from storage.repositories.milestones import MilestoneRepository
from storage.repositories.moderation import ModerationRepository
from storage.repositories.notices import NoticeRepository
from storage.repositories.open_questions import OpenQuestionRepository
from storage.repositories.privacy import PrivacyRepository
from storage.repositories.question_drafts import QuestionDraftRepository
from storage.repositories.question_groups import QuestionGroupRepository
from storage.repositories.questions import QuestionRepository
from storage.repositories.settings import SettingRepository
from storage.repositories.shown_votes import ShownVoteRepository
from storage.repositories.subscriptions import SubscriptionRepository
from storage.repositories.updates import UpdateRepository
from storage.repositories.votes import VoteRepository
from storage.translation import translated

_Result = TypeVar("_Result")


class UnitOfWork:
    """Everything that can be asked of the database within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self.settings = SettingRepository(session)
        self.leases = LeaseRepository(session)
        self.documents = DocumentRepository(session)
        self.document_drafts = DocumentDraftRepository(session)
        self.imports = ImportRepository(session)
        self.guilds = GuildRepository(session)
        self.knowledge_notices = KnowledgeNoticeRepository(session)
        self.questions = QuestionRepository(session)
        self.answers = AnswerRepository(session)
        self.feedback = FeedbackRepository(session)
        self.open_questions = OpenQuestionRepository(session)
        self.question_groups = QuestionGroupRepository(session)
        self.question_drafts = QuestionDraftRepository(session)
        self.deliveries = DeliveryRepository(session)
        self.milestones = MilestoneRepository(session)
        self.notices = NoticeRepository(session)
        self.dm_guilds = DmGuildRepository(session)
        self.updates = UpdateRepository(session)
        self.command_sync = CommandSyncRepository(session)
        self.privacy = PrivacyRepository(session)
        self.meetings = MeetingRepository(session)
        self.meeting_drafts = MeetingDraftRepository(session)
        self.meeting_events = MeetingEventRepository(session)
        self.meeting_papers = MeetingPaperRepository(session)
        self.calendar_secrets = CalendarSecretRepository(session)
        self.attendance = AttendanceRepository(session)
        self.meeting_reminders = ReminderRepository(session)
        self.feeds = FeedRepository(session)
        self.forum = ForumRepository(session)
        self.forum_lists = ForumListRepository(session)
        self.subscriptions = SubscriptionRepository(session)
        self.digests = DigestRepository(session)
        self.comments = CommentRepository(session)
        self.comment_lists = CommentListRepository(session)
        self.rounds = CommentRoundRepository(session)
        self.votes = VoteRepository(session)
        self.shown_votes = ShownVoteRepository(session)
        self.moderation = ModerationRepository(session)


class UnitsOfWork:
    """Begins units of work on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Begin a unit that may write; entering waits for other writers.

        Raises (on entering, inside, or on leaving):
            StorageError: DatabaseLockedError after the busy timeout, DiskFullError,
                DatabaseUnavailableError, ConflictError and the others of `storage.errors`.

        """
        return _writing(self._database.writing)

    def in_background(self, *, most: int = 2) -> "UnitsOfWork":
        """Return units on the same database of which few are open at once."""
        return FewUnitsOfWork(self._database, most=most)

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Begin a unit that sees one moment of the database and cannot change it.

        Raises:
            StorageError: as above, and DatabaseReadOnlyError for an attempt to write.

        """
        return _reading(self._database.reading)


class FewUnitsOfWork(UnitsOfWork):
    """Units of which few are open at once, for work in the background.

    Connections are given in order of asking: whoever else asks then waits for a few, not for all
    that the background would like to do.
    """

    def __init__(self, database: Database, *, most: int) -> None:
        """Let `most` write and as many read; the others wait here."""
        super().__init__(database)
        self._writers = asyncio.Semaphore(most)
        self._readers = asyncio.Semaphore(most)

    @override
    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return _in_turn(self._writers, super().__call__())

    @override
    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return _in_turn(self._readers, super().reading())


@asynccontextmanager
async def _in_turn(
    turns: asyncio.Semaphore, unit: AbstractAsyncContextManager[UnitOfWork]
) -> AsyncGenerator[UnitOfWork]:
    async with turns, unit as work:
        yield work


@asynccontextmanager
async def _writing(engine: AsyncEngine) -> AsyncGenerator[UnitOfWork]:
    async with _begun(engine) as session:
        yield UnitOfWork(session)
        await _translating(session.commit())


@asynccontextmanager
async def _reading(engine: AsyncEngine) -> AsyncGenerator[UnitOfWork]:
    async with _begun(engine) as session:
        yield UnitOfWork(session)


@asynccontextmanager
async def _begun(engine: AsyncEngine) -> AsyncGenerator[AsyncSession]:
    """Begin a transaction; closing the session rolls back what was not committed."""
    session = AsyncSession(
        engine,
        autoflush=False,
        expire_on_commit=False,
        # Statements change rows without telling the session: never answer from its memory.
        execution_options={"populate_existing": True},
    )
    async with session:
        await _translating(session.connection())
        try:
            yield session
        except (StorageError, SQLAlchemyError) as error:
            # The driver's own error is left behind: its text may quote what a member wrote.
            raise (translated(error) or error) from None


async def _translating(step: Awaitable[_Result]) -> _Result:
    try:
        return await step
    except Exception as error:
        found = translated(error)
        if found is None:
            raise
        raise found from None
