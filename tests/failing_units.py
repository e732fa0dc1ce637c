"""Units of work whose commits fail while a test wants that."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from typing_extensions import override

from storage.engine import Database
from storage.errors import DatabaseLockedError
from storage.unit_of_work import UnitOfWork, UnitsOfWork


class FailingUnits(UnitsOfWork):
    """Rolls back what was done, and says that the database is busy, while `fails`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.fails = False

    @override
    @asynccontextmanager
    async def __call__(self) -> AsyncGenerator[UnitOfWork]:
        async with super().__call__() as work:
            yield work
            if self.fails:
                raise DatabaseLockedError
