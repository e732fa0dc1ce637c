"""Pictures of votes change by three people a comment: that takes whose votes were shown."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # What was shown until now says not whose it was: the next picture begins anew.
    op.drop_table("vote_snapshots")
    op.create_table(
        "shown_votes",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_shown_votes")),
    )
    op.create_table(
        "shown_voters",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["shown_votes.guild_id"],
            name=op.f("fk_shown_voters_guild_id_shown_votes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "place", name=op.f("pk_shown_voters")),
    )
    op.create_index(op.f("ix_shown_voters_user_id"), "shown_voters", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("shown_voters")
    op.drop_table("shown_votes")
    op.create_table(
        "vote_snapshots",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("round_id", _ROW_ID, nullable=True),
        sa.Column("taken_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["comment_rounds.id"],
            name=op.f("fk_vote_snapshots_round_id_comment_rounds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_snapshots")),
    )
    op.create_index(
        op.f("ix_vote_snapshots_guild_id_round_id_id"),
        "vote_snapshots",
        ["guild_id", "round_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_vote_snapshots_taken_at"), "vote_snapshots", ["taken_at"], unique=False
    )
