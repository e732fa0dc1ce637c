"""The forum: linked feeds, how their addresses do, and the items that came in."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_FEED_STATES = "state IN ('draft', 'active', 'paused', 'unlinked')"
_LINKED = text("state IN ('active', 'paused')")
_DRAFT = "draft IS NULL OR state = 'draft'"
_ITEM_STATES = "state IN ('backlog', 'posted', 'waiting', 'held', 'gone')"
_REASON = "(reason IS NOT NULL) = (state = 'held')"
_FINDABLE = "findable IN ('no', 'waiting', 'shown', 'hidden')"
_NOTICES = "kind IN ('gap', 'paused', 'failing')"

# Buttons and deliveries carry these ids; they must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class FeedRow(Base):
    """See `storage.forum_records.Feed`; `draft` is the items of one that waits for a yes."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint(_FEED_STATES, name="state"),
        CheckConstraint(_DRAFT, name="draft"),
        Index(
            "uq_feeds_linked",
            "guild_id",
            "address",
            unique=True,
            sqlite_where=_LINKED,
            postgresql_where=_LINKED,
        ),
        Index(None, "guild_id"),
        Index(None, "address", "state"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    address: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(CleanText)
    link: Mapped[str] = mapped_column(CleanText)
    channel_id: Mapped[int] = mapped_column(Snowflake)
    is_forum: Mapped[bool] = mapped_column(Boolean)
    last: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    created_by: Mapped[int | None] = mapped_column(Snowflake)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    slot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    slot_used: Mapped[int] = mapped_column(Integer)
    draft: Mapped[str | None] = mapped_column(CleanText)


class FeedAddressRow(Base):
    """See `storage.forum_records.FeedAddress`."""

    __tablename__ = "feed_addresses"
    __table_args__ = (Index(None, "next_poll_at"),)

    address: Mapped[str] = mapped_column(String(1000), primary_key=True)
    etag: Mapped[str | None] = mapped_column(CleanText)
    last_modified: Mapped[str | None] = mapped_column(CleanText)
    next_poll_at: Mapped[datetime] = mapped_column(UtcDateTime)
    polled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(Integer)
    refusals: Mapped[int] = mapped_column(Integer)
    last_success_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str | None] = mapped_column(String(32))
    problem_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ForumItemRow(Base):
    """What is known of an item for good: forgotten items would be posted again."""

    __tablename__ = "forum_items"
    __table_args__ = (
        CheckConstraint(_ITEM_STATES, name="state"),
        CheckConstraint(_REASON, name="reason"),
        CheckConstraint(_FINDABLE, name="findable"),
        Index(None, "guild_id", "identity", unique=True),
        Index(None, "feed_id", "state"),
        Index(None, "guild_id", "findable"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    identity: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(16))
    link: Mapped[str] = mapped_column(CleanText)
    body_hash: Mapped[str] = mapped_column(String(128))
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    findable: Mapped[str] = mapped_column(String(16))
    is_hint: Mapped[bool] = mapped_column(Boolean)
    in_page: Mapped[bool] = mapped_column(Boolean)
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    topic_identity: Mapped[str | None] = mapped_column(String(300))
    topic_title: Mapped[str | None] = mapped_column(CleanText)
    topic_link: Mapped[str | None] = mapped_column(CleanText)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gone_answers: Mapped[int] = mapped_column(Integer)


class ForumTextRow(Base):
    """What an item says, by whom: expires, and goes when the item is taken away."""

    __tablename__ = "forum_texts"
    __table_args__ = (Index(None, "kept_since"),)

    item_id: Mapped[int] = mapped_column(
        ForeignKey("forum_items.id", ondelete="CASCADE"), primary_key=True
    )
    title: Mapped[str] = mapped_column(CleanText)
    author: Mapped[str | None] = mapped_column(CleanText)
    markdown: Mapped[str] = mapped_column(CleanText)
    text: Mapped[str] = mapped_column(CleanText)
    images: Mapped[str] = mapped_column(CleanText)
    tags: Mapped[str] = mapped_column(CleanText)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept_since: Mapped[datetime] = mapped_column(UtcDateTime)


class ForumNoticeRow(Base):
    """See `storage.forum_records.Notice`."""

    __tablename__ = "forum_notices"
    __table_args__ = (
        CheckConstraint(_NOTICES, name="kind"),
        Index(None, "feed_id"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    detail: Mapped[str] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(Integer)
