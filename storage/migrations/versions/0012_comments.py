"""Comments of members, decisions, rounds and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_comment_counters()
    _create_comment_rounds()
    _create_comments()
    _index_comments()
    _create_comment_texts()
    _create_comment_changes()
    _create_votes()
    _create_vote_snapshots()
    _create_member_blocks()
    _create_moderation_log()


def downgrade() -> None:
    op.drop_table("moderation_log")
    op.drop_table("member_blocks")
    op.drop_table("vote_snapshots")
    op.drop_table("votes")
    op.drop_table("comment_changes")
    op.drop_table("comment_texts")
    op.drop_table("comments")
    op.drop_table("comment_rounds")
    op.drop_table("comment_counters")


def _create_comment_counters() -> None:
    op.create_table(
        "comment_counters",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_comment_counters")),
    )


def _create_comment_rounds() -> None:
    op.create_table(
        "comment_rounds",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_rounds")),
        sa.UniqueConstraint(
            "guild_id", "title_key", name=op.f("uq_comment_rounds_guild_id_title_key")
        ),
        sqlite_autoincrement=True,
    )


def _create_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round_id", _ROW_ID, nullable=False),
        sa.Column("author_id", _SNOWFLAKE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of", sa.Integer(), nullable=True),
        sa.Column("appealed_at", _MOMENT, nullable=True),
        sa.Column("retired_at", _MOMENT, nullable=True),
        sa.Column("channel_id", _SNOWFLAKE, nullable=True),
        sa.Column("form_id", _SNOWFLAKE, nullable=False),
        sa.Column("is_queued", sa.Boolean(), nullable=False),
        sa.Column("needs_card", sa.Boolean(), nullable=False),
        *_checks_of_comments(),
        sa.ForeignKeyConstraint(
            ["round_id"], ["comment_rounds.id"], name=op.f("fk_comments_round_id_comment_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("form_id", name=op.f("uq_comments_form_id")),
        sa.UniqueConstraint("guild_id", "number", name=op.f("uq_comments_guild_id_number")),
        sqlite_autoincrement=True,
    )


def _checks_of_comments() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "(duplicate_of IS NOT NULL) = (state = 'duplicate')", name=op.f("ck_comments_duplicate")
        ),
        sa.CheckConstraint(
            "(retired_at IS NOT NULL) = (state IN ('rejected', 'duplicate', 'withdrawn'))",
            name=op.f("ck_comments_retired"),
        ),
        sa.CheckConstraint("NOT is_queued OR state = 'placed'", name=op.f("ck_comments_queued")),
        sa.CheckConstraint(
            "state IN ('waiting', 'placed', 'rejected', 'appealed', 'duplicate', 'withdrawn')",
            name=op.f("ck_comments_state"),
        ),
    )


def _index_comments() -> None:
    for columns in (
        ["author_id", "created_at"],
        ["guild_id", "state", "round_id"],
        ["guild_id", "waits", "id"],
        ["needs_card"],
        ["retired_at"],
        ["round_id"],
        ["state", "is_queued"],
    ):
        op.create_index(op.f(f"ix_comments_{'_'.join(columns)}"), "comments", columns)


def _create_comment_texts() -> None:
    op.create_table(
        "comment_texts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("comment_id", _ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("author_id", _SNOWFLAKE, nullable=False),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("redacted", sa.Text(), nullable=True),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("goes_to_vng", sa.Boolean(), nullable=False),
        sa.Column("goes_to_forum", sa.Boolean(), nullable=False),
        sa.Column("shown_agree", sa.Integer(), nullable=False),
        sa.Column("shown_disagree", sa.Integer(), nullable=False),
        sa.Column("shown_passed", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name=op.f("fk_comment_texts_comment_id_comments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_texts")),
        sa.UniqueConstraint(
            "comment_id", "ordinal", name=op.f("uq_comment_texts_comment_id_ordinal")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_comment_texts_author_id"), "comment_texts", ["author_id"], unique=False
    )


def _create_comment_changes() -> None:
    op.create_table(
        "comment_changes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("comment_id", _ROW_ID, nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", _SNOWFLAKE, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name=op.f("fk_comment_changes_comment_id_comments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_comment_changes_actor_id_at"), "comment_changes", ["actor_id", "at"], unique=False
    )
    op.create_index(
        op.f("ix_comment_changes_comment_id"), "comment_changes", ["comment_id"], unique=False
    )


def _create_votes() -> None:
    op.create_table(
        "votes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("text_id", _ROW_ID, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("voted_at", _MOMENT, nullable=False),
        sa.CheckConstraint("value IN (-1, 0, 1)", name=op.f("ck_votes_value")),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["comment_texts.id"],
            name=op.f("fk_votes_text_id_comment_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("text_id", "user_id", name=op.f("uq_votes_text_id_user_id")),
    )
    op.create_index(op.f("ix_votes_user_id"), "votes", ["user_id"], unique=False)


def _create_vote_snapshots() -> None:
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


def _create_member_blocks() -> None:
    op.create_table(
        "member_blocks",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("over_at", _MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lifted_at", _MOMENT, nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appealed_at", _MOMENT, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("needs_card", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_blocks")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_member_blocks_guild_id_user_id"),
        "member_blocks",
        ["guild_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_member_blocks_needs_card"), "member_blocks", ["needs_card"], unique=False
    )
    op.create_index(op.f("ix_member_blocks_over_at"), "member_blocks", ["over_at"], unique=False)
    op.create_index(op.f("ix_member_blocks_user_id"), "member_blocks", ["user_id"], unique=False)


def _create_moderation_log() -> None:
    op.create_table(
        "moderation_log",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor_id", _SNOWFLAKE, nullable=True),
        sa.Column("round_id", _SNOWFLAKE, nullable=True),
        sa.Column("block_id", _SNOWFLAKE, nullable=True),
        sa.Column("detail", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_log")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_moderation_log_actor_id"), "moderation_log", ["actor_id"], unique=False
    )
    op.create_index(op.f("ix_moderation_log_at"), "moderation_log", ["at"], unique=False)
    op.create_index(
        op.f("ix_moderation_log_block_id"), "moderation_log", ["block_id"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_log_guild_id_id"), "moderation_log", ["guild_id", "id"], unique=False
    )
