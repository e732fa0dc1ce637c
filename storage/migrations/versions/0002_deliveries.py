"""Deliveries: what the bot says by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)

_CHECKS = {
    "target": "target IN ('channel', 'thread', 'post', 'dm')",
    "state": (
        "state IN ('waiting', 'attempting', 'sent', 'failed', 'held', 'cancelled', 'missed')"
    ),
    "place": "(user_id IS NOT NULL) = (target = 'dm') AND (channel_id IS NULL) = (target = 'dm')",
    "title": "(title IS NOT NULL) = (target = 'post')",
    "copy": (
        "(message_id IS NULL) = (place_id IS NULL) "
        "AND (message_id IS NULL) = (sent_version IS NULL)"
    ),
    "attempt": "state != 'attempting' OR attempted_at IS NOT NULL",
    "private": "(private_since IS NOT NULL) = (target = 'dm')",
}
_INDEXES = (
    ("is_open", "due_at"),
    ("kind", "subject_id"),
    ("guild_id", "state"),
    ("user_id",),
    ("private_since",),
)


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _ROW_ID, nullable=False),
        *_wanted(),
        *_known(),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_deliveries_{name}"))
            for name, rule in _CHECKS.items()
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_key", "deliveries", ["key"], unique=True)
    for columns in _INDEXES:
        op.create_index(f"ix_deliveries_{'_'.join(columns)}", "deliveries", list(columns))


def downgrade() -> None:
    op.drop_table("deliveries")


def _wanted() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("channel_id", _SNOWFLAKE, nullable=True),
        sa.Column("user_id", _SNOWFLAKE, nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("useful_until", _MOMENT, nullable=True),
        sa.Column("private_since", _MOMENT, nullable=True),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
    )


def _known() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("place_id", _SNOWFLAKE, nullable=True),
        sa.Column("message_id", _SNOWFLAKE, nullable=True),
        sa.Column("sent_version", sa.Integer(), nullable=True),
        sa.Column("withdrawal_shown", sa.Boolean(), nullable=False),
        sa.Column("attempted_version", sa.Integer(), nullable=True),
        sa.Column("attempted_at", _MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _MOMENT, nullable=True),
        sa.Column("problem", sa.String(32), nullable=True),
        sa.Column("problem_code", sa.Integer(), nullable=True),
        sa.Column("sent_again", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
    )
