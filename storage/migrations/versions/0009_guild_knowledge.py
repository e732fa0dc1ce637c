"""Documents of guilds with every version, and what moderators are told about them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_ACTIONS = (
    "action IN ('added', 'edited', 'removed', 'restored', 'reverted', 'answered', 'imported', "
    "'overridden', 'reset', 'kept')"
)


def upgrade() -> None:
    """Make the tables."""
    _create_document_versions()
    op.create_table(
        "knowledge_revisions",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_knowledge_revisions"),
    )
    op.create_table(
        "knowledge_notices",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.String(length=200), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("noticed_at", _MOMENT, nullable=False),
        sa.Column("solved_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('rebuild_failed', 'shipped_changed')", name=op.f("ck_knowledge_notices_kind")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_notices"),
        sa.UniqueConstraint(
            "guild_id",
            "kind",
            "document_id",
            "mark",
            name="uq_knowledge_notices_guild_id_kind_document_id_mark",
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("knowledge_notices")
    op.drop_table("knowledge_revisions")
    op.drop_table("document_versions")


def _create_document_versions() -> None:
    op.create_table(
        "document_versions",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("document_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("actor_id", _SNOWFLAKE, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("shipped_hash", sa.String(length=64), nullable=True),
        sa.CheckConstraint(_ACTIONS, name=op.f("ck_document_versions_action")),
        sa.CheckConstraint(
            "(text IS NULL) = (action IN ('removed', 'reset'))",
            name=op.f("ck_document_versions_text"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_document_versions_version")),
        sa.PrimaryKeyConstraint("id", name="pk_document_versions"),
        sa.UniqueConstraint(
            "guild_id",
            "document_id",
            "version",
            name="uq_document_versions_guild_id_document_id_version",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_document_versions_actor_id", "document_versions", ["actor_id"])
    op.create_index(
        "ix_document_versions_guild_id_batch_id", "document_versions", ["guild_id", "batch_id"]
    )
    op.create_index("ix_document_versions_guild_id_id", "document_versions", ["guild_id", "id"])
