"""Updates and their history."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)

_CHECKS = {
    "state": "state IN ('draft', 'planned', 'published', 'withdrawn')",
    "plan": (
        "(planned_for IS NOT NULL) = (state = 'planned') "
        "AND (planned_local IS NULL) = (planned_for IS NULL) "
        "AND (planned_zone IS NULL) = (planned_for IS NULL) "
        "AND (repeat IS NULL OR planned_for IS NOT NULL)"
    ),
    "published": (
        "(state NOT IN ('draft', 'planned') OR published_at IS NULL) "
        "AND (state != 'published' OR published_at IS NOT NULL)"
    ),
    "withdrawn": "(withdrawn_at IS NOT NULL) = (state = 'withdrawn')",
}
_UNIQUE = (("guild_id", "number"), ("form_id",), ("series_id", "due_at"))
_INDEXES = (("guild_id", "state"), ("guild_id", "published_at"), ("planned_for",))


def upgrade() -> None:
    op.create_table(
        "updates",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author_id", _SNOWFLAKE, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("edited_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("form_id", _SNOWFLAKE, nullable=True),
        *_content_and_plan(),
        sa.PrimaryKeyConstraint("id", name="pk_updates"),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_updates_{name}"))
            for name, rule in _CHECKS.items()
        ),
        *(
            sa.UniqueConstraint(*columns, name=f"uq_updates_{'_'.join(columns)}")
            for columns in _UNIQUE
        ),
        sqlite_autoincrement=True,
    )
    for columns in _INDEXES:
        op.create_index(f"ix_updates_{'_'.join(columns)}", "updates", list(columns))
    _create_changes()


def downgrade() -> None:
    op.drop_table("update_changes")
    op.drop_table("updates")


def _create_changes() -> None:
    op.create_table(
        "update_changes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("update_id", _ROW_ID, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("actor_id", _SNOWFLAKE, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        *_content_and_plan(),
        sa.PrimaryKeyConstraint("id", name="pk_update_changes"),
        sa.ForeignKeyConstraint(
            ["update_id"],
            ["updates.id"],
            name="fk_update_changes_update_id_updates",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_update_changes_update_id", "update_changes", ["update_id"])
    op.create_index("ix_update_changes_actor_id", "update_changes", ["actor_id"])


def _content_and_plan() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("part", sa.String(32), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("mentions_role", sa.Boolean(), nullable=False),
        sa.Column("planned_for", _MOMENT, nullable=True),
        sa.Column("planned_local", sa.DateTime(), nullable=True),
        sa.Column("planned_zone", sa.String(64), nullable=True),
        sa.Column("repeat", sa.String(100), nullable=True),
    )
