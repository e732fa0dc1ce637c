"""Feeds of the forum and what came in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_SNOWFLAKE = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_LINKED = sa.text("state IN ('active', 'paused')")


def upgrade() -> None:
    _feeds()
    _addresses()
    _items()
    _texts()
    _notices()


def downgrade() -> None:
    for table in ("forum_notices", "forum_texts", "forum_items", "feed_addresses", "feeds"):
        op.drop_table(table)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("address", sa.String(1000), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("channel_id", _SNOWFLAKE, nullable=False),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_by", _SNOWFLAKE, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("slot_at", _MOMENT, nullable=True),
        sa.Column("slot_used", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        _check("feeds", "state", "state IN ('draft', 'active', 'paused', 'unlinked')"),
        _check("feeds", "draft", "draft IS NULL OR state = 'draft'"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_feeds_linked",
        "feeds",
        ["guild_id", "address"],
        unique=True,
        sqlite_where=_LINKED,
        postgresql_where=_LINKED,
    )
    op.create_index("ix_feeds_guild_id", "feeds", ["guild_id"])
    op.create_index("ix_feeds_address_state", "feeds", ["address", "state"])


def _addresses() -> None:
    op.create_table(
        "feed_addresses",
        sa.Column("address", sa.String(1000), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("next_poll_at", _MOMENT, nullable=False),
        sa.Column("polled_at", _MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("last_success_at", _MOMENT, nullable=True),
        sa.Column("problem", sa.String(32), nullable=True),
        sa.Column("problem_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("address", name="pk_feed_addresses"),
    )
    op.create_index("ix_feed_addresses_next_poll_at", "feed_addresses", ["next_poll_at"])


def _items() -> None:
    op.create_table(
        "forum_items",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("feed_id", _ROW_ID, nullable=False),
        sa.Column("identity", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.String(128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16), nullable=True),
        sa.Column("findable", sa.String(16), nullable=False),
        sa.Column("is_hint", sa.Boolean(), nullable=False),
        sa.Column("in_page", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", _MOMENT, nullable=False),
        sa.Column("topic_identity", sa.String(300), nullable=True),
        sa.Column("topic_title", sa.Text(), nullable=True),
        sa.Column("topic_link", sa.Text(), nullable=True),
        sa.Column("checked_at", _MOMENT, nullable=True),
        sa.Column("gone_answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forum_items"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_forum_items_feed_id_feeds"),
        *_item_checks(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_forum_items_guild_id_identity", "forum_items", ["guild_id", "identity"], unique=True
    )
    op.create_index("ix_forum_items_feed_id_state", "forum_items", ["feed_id", "state"])
    op.create_index("ix_forum_items_guild_id_findable", "forum_items", ["guild_id", "findable"])


def _item_checks() -> tuple[sa.CheckConstraint, ...]:
    states = "state IN ('backlog', 'posted', 'waiting', 'held', 'gone')"
    return (
        _check("forum_items", "state", states),
        _check("forum_items", "reason", "(reason IS NOT NULL) = (state = 'held')"),
        _check("forum_items", "findable", "findable IN ('no', 'waiting', 'shown', 'hidden')"),
    )


def _texts() -> None:
    op.create_table(
        "forum_texts",
        sa.Column("item_id", _ROW_ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("images", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("kept_since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_forum_texts"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["forum_items.id"],
            name="fk_forum_texts_item_id_forum_items",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_forum_texts_kept_since", "forum_texts", ["kept_since"])


def _notices() -> None:
    op.create_table(
        "forum_notices",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("feed_id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("detail", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forum_notices"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_forum_notices_feed_id_feeds"),
        _check("forum_notices", "kind", "kind IN ('gap', 'paused', 'failing')"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forum_notices_feed_id", "forum_notices", ["feed_id"])
