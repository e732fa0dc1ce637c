"""Notices to moderators, and what is known of publishing to servers that follow."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)
_UNSOLVED = sa.text("solved_at IS NULL")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("notice_id", sa.BigInteger(), nullable=True))
    op.add_column("deliveries", sa.Column("crosspost", sa.String(16), nullable=True))
    op.add_column("deliveries", sa.Column("crosspost_at", _MOMENT, nullable=True))
    op.create_index("ix_deliveries_notice_id", "deliveries", ["notice_id"])
    # What a lane has to do is found without reading all that is open, or all that it ever sent.
    op.drop_index("ix_deliveries_user_id", "deliveries")
    for place in ("channel_id", "user_id"):
        columns = [place, "is_open", "due_at"]
        op.create_index(f"ix_deliveries_{'_'.join(columns)}", "deliveries", columns)
    op.create_index(
        "ix_deliveries_channel_id_crosspost_at", "deliveries", ["channel_id", "crosspost_at"]
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.String(32), nullable=False),
        sa.Column("lane_id", sa.BigInteger(), nullable=False),
        sa.Column("troubled", sa.Integer(), nullable=False),
        sa.Column("retried", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.String(400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("posted_in", sa.BigInteger(), nullable=True),
        sa.Column("noticed_at", _MOMENT, nullable=False),
        sa.Column("solved_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notices_unsolved",
        "notices",
        ["guild_id", "problem", "lane_id"],
        unique=True,
        sqlite_where=_UNSOLVED,
        postgresql_where=_UNSOLVED,
    )


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_index("ix_deliveries_channel_id_crosspost_at", "deliveries")
    op.drop_index("ix_deliveries_user_id_is_open_due_at", "deliveries")
    op.drop_index("ix_deliveries_channel_id_is_open_due_at", "deliveries")
    op.create_index("ix_deliveries_user_id", "deliveries", ["user_id"])
    op.drop_index("ix_deliveries_notice_id", "deliveries")
    op.drop_column("deliveries", "crosspost_at")
    op.drop_column("deliveries", "crosspost")
    op.drop_column("deliveries", "notice_id")
