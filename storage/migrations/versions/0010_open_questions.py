"""Open questions in groups, what moderators wrote about them, and how the answers arrived."""

from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)

_MESSAGE_IN_CHANNEL: Final = "message_id IS NULL OR channel_id IS NOT NULL"
_KEPT: Final = (
    "id",
    "guild_id",
    "channel_id",
    "message_id",
    "asker_id",
    "text",
    "question_hash",
    "asked_at",
)


def upgrade() -> None:
    """Make a group of the questions of a guild that are the same, and keep every question."""
    _create_groups()
    _create_drafts()
    rows = _taken_out()
    _create_questions()
    _put_back(rows, {"group_id": _groups_of(rows)})


def downgrade() -> None:
    """Keep the questions, without their groups."""
    rows = _taken_out()
    op.drop_table("question_drafts")
    op.drop_table("question_groups")
    _create_former_questions()
    _put_back(rows, {"state": ["open"] * len(rows)})


def _create_groups() -> None:
    op.create_table(
        "question_groups",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_by", _SNOWFLAKE, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(200), nullable=True),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("keeping", sa.String(16), nullable=False),
        sa.Column("posted_in", _SNOWFLAKE, nullable=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'linked', 'declined')",
            name=op.f("ck_question_groups_state"),
        ),
        sa.CheckConstraint(
            "keeping IN ('no', 'wanted', 'done', 'failed')",
            name=op.f("ck_question_groups_keeping"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state = 'open')", name=op.f("ck_question_groups_closed")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_groups"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_question_groups_guild_id_state_asked_at",
        "question_groups",
        ["guild_id", "state", "asked_at"],
    )
    op.create_index("ix_question_groups_state_settled", "question_groups", ["state", "settled"])
    op.create_index("ix_question_groups_closed_by", "question_groups", ["closed_by"])


def _create_drafts() -> None:
    op.create_table(
        "question_drafts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("group_id", _ROW_ID, nullable=False),
        sa.Column("author_id", _SNOWFLAKE, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(200), nullable=True),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('answered', 'linked', 'declined')", name=op.f("ck_question_drafts_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["question_groups.id"],
            name="fk_question_drafts_group_id_question_groups",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_drafts"),
        sa.UniqueConstraint(
            "group_id",
            "author_id",
            "state",
            name="uq_question_drafts_group_id_author_id_state",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_drafts_author_id", "question_drafts", ["author_id"])
    op.create_index("ix_question_drafts_written_at", "question_drafts", ["written_at"])


def _create_questions() -> None:
    op.create_table(
        "open_questions",
        *_kept_columns(),
        sa.Column("group_id", _ROW_ID, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('replied', 'messaged', 'failed')", name=op.f("ck_open_questions_outcome")
        ),
        sa.CheckConstraint(_MESSAGE_IN_CHANNEL, name=op.f("ck_open_questions_message_in_channel")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["question_groups.id"],
            name="fk_open_questions_group_id_question_groups",
            ondelete="CASCADE",
        ),
        *_keys(),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_open_questions_group_id", "open_questions", ["group_id"])
    _create_question_indexes()


def _create_former_questions() -> None:
    op.create_table(
        "open_questions",
        *_kept_columns(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.CheckConstraint("state IN ('open')", name=op.f("ck_open_questions_state")),
        sa.CheckConstraint(_MESSAGE_IN_CHANNEL, name=op.f("ck_open_questions_message_in_channel")),
        *_keys(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_open_questions_guild_id_state_asked_at",
        "open_questions",
        ["guild_id", "state", "asked_at"],
    )
    _create_question_indexes()


def _create_question_indexes() -> None:
    op.create_index("ix_open_questions_asker_id", "open_questions", ["asker_id"])
    op.create_index("ix_open_questions_asked_at", "open_questions", ["asked_at"])


def _kept_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("channel_id", _SNOWFLAKE, nullable=True),
        sa.Column("message_id", _SNOWFLAKE, nullable=True),
        sa.Column("asker_id", _SNOWFLAKE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("question_hash", sa.String(64), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
    ]


def _keys() -> tuple[sa.PrimaryKeyConstraint, sa.UniqueConstraint]:
    return (
        sa.PrimaryKeyConstraint("id", name="pk_open_questions"),
        sa.UniqueConstraint(
            "guild_id",
            "asker_id",
            "question_hash",
            name="uq_open_questions_guild_id_asker_id_question_hash",
        ),
    )


def _taken_out() -> list[dict[str, object]]:
    """Return every question and drop their table: there are few, and nothing refers to them."""
    former = sa.table("open_questions", *_kept_columns())
    found = op.get_bind().execute(sa.select(former).order_by(former.c.id))
    rows = [dict(one) for one in found.mappings()]
    op.drop_table("open_questions")
    return rows


def _groups_of(rows: list[dict[str, object]]) -> list[int]:
    """Make the groups; return that of every row."""
    groups = sa.table(
        "question_groups",
        sa.column("id", _ROW_ID),
        sa.column("guild_id", _SNOWFLAKE),
        sa.column("state", sa.String),
        sa.column("version", sa.Integer),
        sa.column("asked_at", _MOMENT),
        sa.column("answer", sa.Text),
        sa.column("source_title", sa.Text),
        sa.column("source_url", sa.Text),
        sa.column("keeping", sa.String),
        sa.column("posts", sa.Integer),
        sa.column("settled", sa.Boolean),
    )
    made: dict[tuple[object, object], int] = {}
    for row in rows:
        same = (row["guild_id"], row["question_hash"])
        if same in made:
            continue
        added = groups.insert().values(
            guild_id=row["guild_id"],
            state="open",
            version=1,
            asked_at=row["asked_at"],
            answer="",
            source_title="",
            source_url="",
            keeping="no",
            posts=0,
            settled=False,
        )
        made[same] = op.get_bind().execute(added.returning(groups.c.id)).scalar_one()
    return [made[row["guild_id"], row["question_hash"]] for row in rows]


def _put_back(rows: list[dict[str, object]], more: Mapping[str, Sequence[object]]) -> None:
    if not rows:
        return
    added: list[sa.ColumnClause[object]] = [sa.column(name) for name in more]
    table = sa.table("open_questions", *_kept_columns(), *added)
    for number, row in enumerate(rows):
        values = row | {name: column[number] for name, column in more.items()}
        op.get_bind().execute(table.insert().values(**values))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('open_questions', 'id'), "
            "(SELECT max(id) FROM open_questions))"
        )
