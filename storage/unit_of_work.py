"""The only commit and the only rollback.

    async with units() as work:
        question = await work.questions.add(...)

commits when the block ends normally and rolls back on any exception, also when the task is
cancelled. Nothing slow belongs inside: on SQLite every other writer waits for it, and a second
unit opened inside the first would wait for itself.
"""

from collections.abc import AsyncGenerator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from storage.engine import Database
from storage.errors import StorageError
from storage.repositories.answers import AnswerRepository
from storage.repositories.command_sync import CommandSyncRepository
from storage.repositories.deliveries import DeliveryRepository
from storage.repositories.dm_guilds import DmGuildRepository
from storage.repositories.feedback import FeedbackRepository
from storage.repositories.leases import LeaseRepository
from storage.repositories.open_questions import OpenQuestionRepository
from storage.repositories.privacy import PrivacyRepository
from storage.repositories.questions import QuestionRepository
from storage.repositories.settings import SettingRepository
from storage.translation import translated

_Result = TypeVar("_Result")


class UnitOfWork:
    """Everything that can be asked of the database within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self.settings = SettingRepository(session)
        self.leases = LeaseRepository(session)
        self.questions = QuestionRepository(session)
        self.answers = AnswerRepository(session)
        self.feedback = FeedbackRepository(session)
        self.open_questions = OpenQuestionRepository(session)
        self.deliveries = DeliveryRepository(session)
        self.dm_guilds = DmGuildRepository(session)
        self.command_sync = CommandSyncRepository(session)
        self.privacy = PrivacyRepository(session)


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

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Begin a unit that sees one moment of the database and cannot change it.

        Raises:
            StorageError: as above, and DatabaseReadOnlyError for an attempt to write.

        """
        return _reading(self._database.reading)


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
