"""Milestones and subscriptions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _create_subscriptions()
    _create_milestones()
    _create_milestone_changes()
    _create_milestone_drafts()


def downgrade() -> None:
    op.drop_table("milestone_drafts")
    op.drop_table("milestone_changes")
    op.drop_table("milestones")
    op.drop_table("digests")
    op.drop_table("subscriptions")


def _create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("guild_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "topic", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_guild_id_topic", "subscriptions", ["guild_id", "topic"])
    op.create_index("ix_subscriptions_user_id", "subscriptions", ["user_id"])
    op.create_table(
        "digests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("covers_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("covers_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.CheckConstraint("state IN ('queued', 'empty', 'missed')", name=op.f("ck_digests_state")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digests_guild_id_day", "digests", ["guild_id", "day"], unique=True)


_MILESTONE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATES = "state IN ('planned', 'under_way', 'done', 'dropped', 'unknown')"
_STANDINGS = "standing IN ('shown', 'removed', 'shipped')"
_ACTIONS = "action IN ('added', 'changed', 'removed', 'restored', 'reset')"


def _create_milestones() -> None:
    op.create_table(
        "milestones",
        _milestone_id(),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("shipped_key", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        *_milestone_content(),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        sa.CheckConstraint(_STATES, name=op.f("ck_milestones_state")),
        sa.CheckConstraint(_STANDINGS, name=op.f("ck_milestones_standing")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_milestones_days")),
        sa.CheckConstraint(
            "standing != 'shipped' OR shipped_key IS NOT NULL", name=op.f("ck_milestones_shipped")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_milestones_guild_id_shipped_key",
        "milestones",
        ["guild_id", "shipped_key"],
        unique=True,
    )


def _create_milestone_changes() -> None:
    op.create_table(
        "milestone_changes",
        _milestone_id(),
        sa.Column("milestone_id", _MILESTONE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        *_milestone_content(),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestone_changes"),
        _of_a_milestone("milestone_changes"),
        sa.CheckConstraint(_STATES, name=op.f("ck_milestone_changes_state")),
        sa.CheckConstraint(_STANDINGS, name=op.f("ck_milestone_changes_standing")),
        sa.CheckConstraint(_ACTIONS, name=op.f("ck_milestone_changes_action")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_milestone_changes_milestone_id_version",
        "milestone_changes",
        ["milestone_id", "version"],
        unique=True,
    )
    op.create_index("ix_milestone_changes_actor_id", "milestone_changes", ["actor_id"])


def _create_milestone_drafts() -> None:
    op.create_table(
        "milestone_drafts",
        _milestone_id(),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("milestone_id", _MILESTONE, nullable=True),
        sa.Column("shipped_key", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestone_drafts"),
        _of_a_milestone("milestone_drafts"),
        sa.CheckConstraint(_STATES, name=op.f("ck_milestone_drafts_state")),
        sa.CheckConstraint(
            "milestone_id IS NULL OR shipped_key IS NULL", name=op.f("ck_milestone_drafts_subject")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_milestone_drafts_author_id", "milestone_drafts", ["author_id"])
    op.create_index("ix_milestone_drafts_written_at", "milestone_drafts", ["written_at"])


def _milestone_id() -> sa.Column[int]:
    return sa.Column("id", _MILESTONE, nullable=False)


def _milestone_content() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
    )


def _of_a_milestone(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["milestone_id"],
        ["milestones.id"],
        name=op.f(f"fk_{table}_milestone_id_milestones"),
        ondelete="CASCADE",
    )
