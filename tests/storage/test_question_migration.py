"""Questions that were passed on before there were groups keep their askers."""

import shutil
from pathlib import Path

from sqlalchemy import text

from storage.address import parse_address
from storage.engine import open_database
from storage.migrate import SCRIPTS, revision_of, upgrade, upgrading
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW

_INSERT = text(
    "INSERT INTO open_questions (id, guild_id, asker_id, text, question_hash, state, asked_at) "
    "VALUES (:id, :guild, :asker, 'wie betaalt dat', :hash, 'open', '2016-06-08 08:00:00.000000')"
)


async def test_former_questions_are_grouped_and_none_is_lost(
    bare_database_url: str, tmp_path: Path
) -> None:
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts)
    for one in (scripts / "versions").glob("00[1-9][0-9]_*.py"):
        one.unlink()
    await upgrade(bare_database_url, backups=tmp_path, now=NOW, scripts=scripts)
    assert await revision_of(bare_database_url) == "0009"
    async with upgrading(parse_address(bare_database_url)) as connection:
        for number, guild, asker, same in ((3, 1, 7, "a"), (5, 1, 8, "a"), (6, 1, 7, "b")):
            values = {"id": number, "guild": guild, "asker": asker, "hash": same}
            await connection.execute(_INSERT, values)
        await connection.execute(_INSERT, {"id": 9, "guild": 2, "asker": 7, "hash": "a"})
        await connection.commit()

    await upgrade(bare_database_url, backups=tmp_path, now=NOW)

    database = open_database(bare_database_url)
    async with UnitsOfWork(database)() as work:
        groups = await work.question_groups.open_in(1)
        asked = await work.open_questions.in_groups([one.id for one in groups])
        assert [[one.id for one in asked[group.id]] for group in groups] == [[3, 5], [6]]
        assert await work.question_groups.count_open(2) == 1
        assert {one.posts for one in groups} == {0}
    await database.close()
