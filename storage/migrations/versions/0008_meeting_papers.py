"""Papers of agenda items as files, and what Discord's scheduled events show of meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _create_meeting_papers()
    _create_meeting_events()
    _create_meeting_event_asks()
    _create_meeting_event_troubles()


def downgrade() -> None:
    """Remove them."""
    op.drop_table("meeting_event_troubles")
    op.drop_table("meeting_event_asks")
    op.drop_table("meeting_events")
    op.drop_table("meeting_papers")


def _create_meeting_papers() -> None:
    op.create_table(
        "meeting_papers",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", _MOMENT, nullable=False),
        _of_meeting("meeting_papers"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_papers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_papers_meeting_id", "meeting_papers", ["meeting_id"])


def _create_meeting_events() -> None:
    op.create_table(
        "meeting_events",
        sa.Column("meeting_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("put", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("attempted_at", _MOMENT, nullable=True),
        _of_meeting("meeting_events"),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_meeting_events"),
    )


def _create_meeting_event_asks() -> None:
    op.create_table(
        "meeting_event_asks",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", _SNOWFLAKE, nullable=True),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'taken', 'restored', 'left', 'overtaken')",
            name=op.f("ck_meeting_event_asks_state"),
        ),
        _of_meeting("meeting_event_asks"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_event_asks"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_meeting_event_asks_meeting_id_state", "meeting_event_asks", ["meeting_id", "state"]
    )
    op.create_index("ix_meeting_event_asks_decided_by", "meeting_event_asks", ["decided_by"])


def _create_meeting_event_troubles() -> None:
    op.create_table(
        "meeting_event_troubles",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("problem", sa.String(length=16), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.Column("solved_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "problem IN ('rights', 'full', 'refused')",
            name=op.f("ck_meeting_event_troubles_problem"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_event_troubles"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_meeting_event_troubles_guild_id_solved_at",
        "meeting_event_troubles",
        ["guild_id", "solved_at"],
    )


def _of_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting_id"],
        ["meetings.id"],
        name=f"fk_{table}_meeting_id_meetings",
        ondelete="CASCADE",
    )
