"""Settings, leases, questions and answers, open questions, and what is known of Discord."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)

_STATUS = "status IN ('answered', 'suggested', 'unknown')"
_CHANNEL_IN_GUILD = "channel_id IS NULL OR guild_id IS NOT NULL"
_MESSAGE_IN_CHANNEL = "message_id IS NULL OR channel_id IS NOT NULL"


def upgrade() -> None:
    """Create the tables."""
    _create_settings_and_leases()
    _create_questions()
    _create_answers()
    _create_feedback()
    _create_open_questions()
    _create_discord_state()


def downgrade() -> None:
    """Drop the tables, those that refer to others first."""
    for table in (
        "command_sync",
        "dm_guilds",
        "open_questions",
        "feedback",
        "answers",
        "questions",
        "leases",
        "guild_settings",
    ):
        op.drop_table(table)


def _create_settings_and_leases() -> None:
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", _SNOWFLAKE, nullable=False, autoincrement=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_by", _SNOWFLAKE, nullable=True),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "name", name="pk_guild_settings"),
    )
    op.create_index("ix_guild_settings_changed_by", "guild_settings", ["changed_by"])

    op.create_table(
        "leases",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _create_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=True),
        sa.Column("channel_id", _SNOWFLAKE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("document", sa.String(200), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.CheckConstraint(_STATUS, name=op.f("ck_questions_status")),
        sa.CheckConstraint(_CHANNEL_IN_GUILD, name=op.f("ck_questions_channel_in_guild")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_guild_id_asked_at", "questions", ["guild_id", "asked_at"])
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])


def _create_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("question_id", _ROW_ID, nullable=True),
        sa.Column("guild_id", _SNOWFLAKE, nullable=True),
        sa.Column("channel_id", _SNOWFLAKE, nullable=True),
        sa.Column("message_id", _SNOWFLAKE, nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("question_text", sa.Text(), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("citations", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name="fk_answers_question_id_questions",
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint("message_id", name="uq_answers_message_id"),
        sa.CheckConstraint(_STATUS, name=op.f("ck_answers_status")),
        sa.CheckConstraint(_CHANNEL_IN_GUILD, name=op.f("ck_answers_channel_in_guild")),
        sa.CheckConstraint(_MESSAGE_IN_CHANNEL, name=op.f("ck_answers_message_in_channel")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_question_id", "answers", ["question_id"])
    op.create_index("ix_answers_created_at", "answers", ["created_at"])


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("answer_id", _ROW_ID, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False, autoincrement=False),
        sa.Column("value", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "user_id", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_feedback_answer_id_answers", ondelete="CASCADE"
        ),
        sa.CheckConstraint("value IN ('up', 'down')", name=op.f("ck_feedback_value")),
    )
    op.create_index("ix_feedback_user_id", "feedback", ["user_id"])
    op.create_index("ix_feedback_created_at", "feedback", ["created_at"])


def _create_open_questions() -> None:
    op.create_table(
        "open_questions",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("channel_id", _SNOWFLAKE, nullable=True),
        sa.Column("message_id", _SNOWFLAKE, nullable=True),
        sa.Column("asker_id", _SNOWFLAKE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("question_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_open_questions"),
        sa.UniqueConstraint(
            "guild_id",
            "asker_id",
            "question_hash",
            name="uq_open_questions_guild_id_asker_id_question_hash",
        ),
        sa.CheckConstraint("state IN ('open')", name=op.f("ck_open_questions_state")),
        sa.CheckConstraint(_MESSAGE_IN_CHANNEL, name=op.f("ck_open_questions_message_in_channel")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_open_questions_guild_id_state_asked_at",
        "open_questions",
        ["guild_id", "state", "asked_at"],
    )
    op.create_index("ix_open_questions_asker_id", "open_questions", ["asker_id"])
    op.create_index("ix_open_questions_asked_at", "open_questions", ["asked_at"])


def _create_discord_state() -> None:
    op.create_table(
        "dm_guilds",
        sa.Column("user_id", _SNOWFLAKE, nullable=False, autoincrement=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_dm_guilds"),
    )
    op.create_index("ix_dm_guilds_guild_id", "dm_guilds", ["guild_id"])
    op.create_index("ix_dm_guilds_used_at", "dm_guilds", ["used_at"])

    op.create_table(
        "command_sync",
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("definitions_hash", sa.String(64), nullable=False),
        sa.Column("synced_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_command_sync"),
    )
