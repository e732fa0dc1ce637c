"""Meetings, their agenda, deadlines, attendance and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_calendar_secrets()
    _create_meetings()
    _create_meeting_agenda()
    _create_meeting_attendance()
    _create_meeting_changes()
    _create_meeting_deadlines()
    _create_meeting_drafts()
    _create_meeting_proxies()
    _create_meeting_proxy_holders()
    _create_meeting_reminders()


def downgrade() -> None:
    op.drop_table("meeting_reminders")
    op.drop_table("meeting_proxy_holders")
    op.drop_table("meeting_proxies")
    op.drop_table("meeting_drafts")
    op.drop_table("meeting_deadlines")
    op.drop_table("meeting_changes")
    op.drop_table("meeting_attendance")
    op.drop_table("meeting_agenda")
    op.drop_table("meetings")
    op.drop_table("calendar_secrets")


def _create_calendar_secrets() -> None:
    op.create_table(
        "calendar_secrets",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("renewed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_calendar_secrets"),
        sa.UniqueConstraint("secret", name="uq_calendar_secrets_secret"),
    )


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("event_id", _SNOWFLAKE, nullable=True),
        sa.Column("event_version", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('alv', 'balv', 'other')", name=op.f("ck_meetings_kind")),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_meetings_state")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_meetings_minutes")),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.UniqueConstraint("guild_id", "number", name="uq_meetings_guild_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meetings_guild_id_starts_at", "meetings", ["guild_id", "starts_at"])
    op.create_index("ix_meetings_state_starts_at", "meetings", ["state", "starts_at"])


def _create_meeting_agenda() -> None:
    op.create_table(
        "meeting_agenda",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_agenda_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_agenda"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_meeting_agenda_meeting_id_position", "meeting_agenda", ["meeting_id", "position"]
    )


def _create_meeting_attendance() -> None:
    op.create_table(
        "meeting_attendance",
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "answer IN ('yes', 'no', 'maybe')", name=op.f("ck_meeting_attendance_answer")
        ),
        sa.CheckConstraint(
            "mode IN ('in_person', 'digital')", name=op.f("ck_meeting_attendance_mode")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_attendance_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "user_id", name="pk_meeting_attendance"),
    )
    op.create_index("ix_meeting_attendance_answered_at", "meeting_attendance", ["answered_at"])
    op.create_index("ix_meeting_attendance_user_id", "meeting_attendance", ["user_id"])


def _create_meeting_changes() -> None:
    op.create_table(
        "meeting_changes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("changed_by", _SNOWFLAKE, nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_changes_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_changes_changed_by", "meeting_changes", ["changed_by"])
    op.create_index("ix_meeting_changes_meeting_id", "meeting_changes", ["meeting_id"])


def _create_meeting_deadlines() -> None:
    op.create_table(
        "meeting_deadlines",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("local", sa.DateTime(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('registration', 'motions', 'amendments', 'other')",
            name=op.f("ck_meeting_deadlines_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_deadlines_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_deadlines"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_meeting_deadlines_meeting_id_due_at", "meeting_deadlines", ["meeting_id", "due_at"]
    )


def _create_meeting_drafts() -> None:
    op.create_table(
        "meeting_drafts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("changed_by", _SNOWFLAKE, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_drafts_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_drafts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_drafts_changed_by", "meeting_drafts", ["changed_by"])
    op.create_index("ix_meeting_drafts_created_at", "meeting_drafts", ["created_at"])


def _create_meeting_proxies() -> None:
    op.create_table(
        "meeting_proxies",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_meeting_proxies_state"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_proxies_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_proxies"),
        sa.UniqueConstraint("meeting_id", "user_id", name="uq_meeting_proxies_meeting_id_user_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_proxies_changed_at", "meeting_proxies", ["changed_at"])
    op.create_index("ix_meeting_proxies_user_id", "meeting_proxies", ["user_id"])


def _create_meeting_proxy_holders() -> None:
    op.create_table(
        "meeting_proxy_holders",
        sa.Column("proxy_id", _ROW_ID, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proxy_id"],
            ["meeting_proxies.id"],
            name="fk_meeting_proxy_holders_proxy_id_meeting_proxies",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proxy_id", name="pk_meeting_proxy_holders"),
    )
    op.create_index("ix_meeting_proxy_holders_changed_at", "meeting_proxy_holders", ["changed_at"])
    op.create_index("ix_meeting_proxy_holders_user_id", "meeting_proxy_holders", ["user_id"])


def _create_meeting_reminders() -> None:
    op.create_table(
        "meeting_reminders",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("meeting_id", _ROW_ID, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=True),
        sa.Column("deadline_id", _ROW_ID, nullable=True),
        sa.Column("scope", sa.String(length=48), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("personal_since", _MOMENT, nullable=True),
        sa.Column("done_for", _MOMENT, nullable=True),
        sa.Column("done_due", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "(personal_since IS NULL) = (user_id IS NULL)",
            name=op.f("ck_meeting_reminders_personal"),
        ),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["meeting_deadlines.id"],
            name="fk_meeting_reminders_deadline_id_meeting_deadlines",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name="fk_meeting_reminders_meeting_id_meetings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_reminders"),
        sa.UniqueConstraint(
            "meeting_id", "scope", "rule", name="uq_meeting_reminders_meeting_id_scope_rule"
        ),
        sqlite_autoincrement=True,
    )
    _index_meeting_reminders()


def _index_meeting_reminders() -> None:
    op.create_index(
        "ix_meeting_reminders_meeting_id_rule", "meeting_reminders", ["meeting_id", "rule"]
    )
    op.create_index("ix_meeting_reminders_personal_since", "meeting_reminders", ["personal_since"])
    op.create_index("ix_meeting_reminders_user_id", "meeting_reminders", ["user_id"])
