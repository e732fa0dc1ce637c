"""Files that are taken into a guild's knowledge, and wait for a yes until then."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("actor_id", _SNOWFLAKE, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("waiting_since", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taking', 'taken', 'dropped', 'removed')",
            name=op.f("ck_imports_state"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_actor_id", "imports", ["actor_id"])
    op.create_index("ix_imports_guild_id_digest", "imports", ["guild_id", "digest"])
    op.create_index("ix_imports_waiting_since", "imports", ["waiting_since"])


def downgrade() -> None:
    op.drop_table("imports")
