import pytest
from sqlalchemy import text

from storage.engine import Database, open_database
from storage.errors import DatabaseUnavailableError
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import GUILD, MEMBER, OTHER_MEMBER

pytestmark = pytest.mark.postgres


async def _remember(units: UnitsOfWork, *, user_id: int = MEMBER) -> None:
    async with units() as work:
        await work.dm_guilds.remember(user_id=user_id, guild_id=GUILD, at=NOW)


async def test_a_connection_that_the_server_closed_is_an_error_once(postgres_url: str) -> None:
    database = open_database(postgres_url)
    units = UnitsOfWork(database)

    async def lose_the_connection() -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
            await _close_all_other_connections(database)
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)

    with pytest.raises(DatabaseUnavailableError):
        await lose_the_connection()
    await _remember(units, user_id=OTHER_MEMBER)
    async with units.reading() as work:
        assert await work.dm_guilds.of(MEMBER) is None
        assert await work.dm_guilds.of(OTHER_MEMBER) == GUILD
    await database.close()


async def test_connections_closed_while_nobody_used_them_are_not_noticed(postgres_url: str) -> None:
    database, other = open_database(postgres_url), open_database(postgres_url)
    await _remember(UnitsOfWork(database))
    await _close_all_other_connections(other)

    await _remember(UnitsOfWork(database))
    await database.close()
    await other.close()


async def test_a_connection_closed_before_the_commit_commits_nothing(postgres_url: str) -> None:
    database = open_database(postgres_url)
    units = UnitsOfWork(database)

    async def lose_the_connection() -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
            await _close_all_other_connections(database)

    with pytest.raises(DatabaseUnavailableError):
        await lose_the_connection()
    async with units.reading() as work:
        assert await work.dm_guilds.of(MEMBER) is None
    await database.close()


async def test_a_statement_that_the_server_cuts_off_is_an_error_of_ours(postgres_url: str) -> None:
    database = open_database(postgres_url)

    async def wait_too_long() -> None:
        async with UnitsOfWork(database)() as work:
            await work.settings._session.execute(text("SET LOCAL statement_timeout = 1"))
            await work.settings._session.execute(text("SELECT pg_sleep(60)"))

    with pytest.raises(DatabaseUnavailableError):
        await wait_too_long()
    await _remember(UnitsOfWork(database))
    await database.close()


async def test_a_server_that_is_not_there_or_knows_no_such_database_is_unavailable(
    postgres_url: str, unused_tcp_port: int
) -> None:
    for url in (f"postgresql://breed@127.0.0.1:{unused_tcp_port}/breed", f"{postgres_url}_absent"):
        database = open_database(url, busy_timeout=1)
        with pytest.raises(DatabaseUnavailableError):
            await _remember(UnitsOfWork(database))
        await database.close()


async def _close_all_other_connections(database: Database) -> None:
    async with database.reading.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
