"""What moderators wrote for a document that somebody else changed first."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "document_drafts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("document_id", sa.String(length=200), nullable=False),
        sa.Column("author_id", _SNOWFLAKE, nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document_drafts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_document_drafts_author_id", "document_drafts", ["author_id"])
    op.create_index("ix_document_drafts_written_at", "document_drafts", ["written_at"])


def downgrade() -> None:
    op.drop_table("document_drafts")
