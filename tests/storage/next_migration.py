"""A migration after the last one, and data for it to keep."""

import shutil
from collections.abc import Callable
from pathlib import Path

from storage.engine import open_database
from storage.migrate import SCRIPTS, head_revision
from storage.records import FeedbackValue, NewAnswer
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import ANSWERED, CHANNEL, MEMBER

NEXT = "9999"
_REVISION = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{head_revision()}"
"""
BROKEN = """
def upgrade():
    op.add_column("dm_guilds", sa.Column("colour", sa.Text(), nullable=True))
    op.execute("DELETE FROM answers")
    raise ZeroDivisionError("halfway")
"""
COPYING = """
def upgrade():
    with op.batch_alter_table("answers", recreate="auto") as batch:
        batch.alter_column("citations", existing_type=sa.Text(), nullable=True)
"""

WithNext = Callable[[str], Path]


def write_scripts(folder: Path, *, body: str) -> Path:
    """Copy the migrations to a folder and add one whose `upgrade` is in `body`."""
    shutil.copytree(SCRIPTS, folder)
    (folder / "versions" / f"{NEXT}_next.py").write_text(_REVISION + body)
    return folder


async def fill(url: str) -> int:
    """Give the database an answer with an opinion on it; returns the answer's id."""
    database = open_database(url)
    async with UnitsOfWork(database)() as work:
        answer = await work.answers.add(
            NewAnswer(place=CHANNEL, content=ANSWERED, private=False, created_at=NOW)
        )
        await work.feedback.give(
            answer_id=answer.id, user_id=MEMBER, value=FeedbackValue.UP, at=NOW
        )
    await database.close()
    return answer.id


async def has_opinion(url: str, answer_id: int) -> bool:
    database = open_database(url)
    async with UnitsOfWork(database).reading() as work:
        found = await work.feedback.of(answer_id=answer_id, user_id=MEMBER)
    await database.close()
    return found is not None
