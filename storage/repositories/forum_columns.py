"""Between the rows of the forum and its records."""

import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.forum_records import (
    Feed,
    FeedAddress,
    FeedState,
    Findable,
    Item,
    ItemContent,
    ItemState,
    KnownItem,
    NewItem,
    Notice,
    NoticeKind,
    Placing,
    Reason,
    TopicReference,
)
from storage.models.forum import (
    FeedAddressRow,
    FeedRow,
    ForumItemRow,
    ForumNoticeRow,
    ForumTextRow,
)


def feed_of(row: FeedRow) -> Feed:
    """Return the record of a feed."""
    return Feed(
        id=row.id,
        guild_id=row.guild_id,
        address=row.address,
        kind=row.kind,
        title=row.title,
        link=row.link,
        channel_id=row.channel_id,
        is_forum=row.is_forum,
        last=row.last,
        state=FeedState(row.state),
        created_by=row.created_by,
        created_at=row.created_at,
        slot_at=row.slot_at,
        slot_used=row.slot_used,
    )


def address_of(row: FeedAddressRow) -> FeedAddress:
    """Return the record of an address."""
    return FeedAddress(
        address=row.address,
        etag=row.etag,
        last_modified=row.last_modified,
        next_poll_at=row.next_poll_at,
        polled_at=row.polled_at,
        failures=row.failures,
        refusals=row.refusals,
        last_success_at=row.last_success_at,
        problem=row.problem,
        problem_at=row.problem_at,
    )


def notice_of(row: ForumNoticeRow) -> Notice:
    """Return the record of a notice."""
    return Notice(
        id=row.id,
        guild_id=row.guild_id,
        feed_id=row.feed_id,
        kind=NoticeKind(row.kind),
        at=row.at,
        detail=row.detail,
        number=row.number,
    )


def with_text() -> Select[ForumItemRow, ForumTextRow]:
    """Return the query for items with what they say, which may be nothing."""
    return select(ForumItemRow, ForumTextRow).outerjoin(
        ForumTextRow, ForumTextRow.item_id == ForumItemRow.id
    )


async def items_of(
    session: AsyncSession, query: Select[ForumItemRow, ForumTextRow]
) -> tuple[Item, ...]:
    """Return the items that a query gives."""
    rows = await session.execute(query)
    return tuple(item_of(row, text) for row, text in rows.all())


def known_of(row: ForumItemRow) -> KnownItem:
    """Return what deciding needs of an item."""
    return KnownItem(
        id=row.id,
        feed_id=row.feed_id,
        identity=row.identity,
        body_hash=row.body_hash,
        state=ItemState(row.state),
        reason=None if row.reason is None else Reason(row.reason),
        findable=Findable(row.findable),
        is_hint=row.is_hint,
        in_page=row.in_page,
    )


def item_of(row: ForumItemRow, text: ForumTextRow | None) -> Item:
    """Return an item with what it says, as far as that is kept."""
    return Item(
        id=row.id,
        guild_id=row.guild_id,
        feed_id=row.feed_id,
        identity=row.identity,
        kind=row.kind,
        link=row.link,
        body_hash=row.body_hash,
        version=row.version,
        placing=Placing(
            state=ItemState(row.state),
            reason=None if row.reason is None else Reason(row.reason),
            findable=Findable(row.findable),
            is_hint=row.is_hint,
        ),
        first_seen_at=row.first_seen_at,
        topic=topic_of(row),
        gone_answers=row.gone_answers,
        content=None if text is None else content_of(text),
    )


def topic_of(row: ForumItemRow) -> TopicReference | None:
    """Return the topic that an item belongs to."""
    if row.topic_identity is None:
        return None
    return TopicReference(row.topic_identity, row.topic_title or "", row.topic_link or "")


def content_of(row: ForumTextRow) -> ItemContent:
    """Return what an item says."""
    return ItemContent(
        title=row.title,
        author=row.author,
        markdown=row.markdown,
        text=row.text,
        images=_images(json.loads(row.images)),
        tags=tuple(json.loads(row.tags)),
        published_at=row.published_at,
    )


def text_columns(content: ItemContent) -> dict[str, object]:
    """Return the columns of what an item says."""
    return {
        "title": content.title,
        "author": content.author,
        "markdown": content.markdown,
        "text": content.text,
        "images": json.dumps(content.images),
        "tags": json.dumps(content.tags),
        "published_at": content.published_at,
    }


def topic_columns(topic: TopicReference | None) -> dict[str, object]:
    """Return the columns of the topic that an item belongs to."""
    return {
        "topic_identity": topic.identity if topic else None,
        "topic_title": topic.title if topic else None,
        "topic_link": topic.link if topic else None,
    }


def draft_to_json(items: tuple[NewItem, ...]) -> str:
    """Return items as they wait in the row of a draft."""
    return json.dumps([_draft_item(one) for one in items])


def draft_from_json(text: str) -> tuple[NewItem, ...]:
    """Return the items of a draft."""
    return tuple(_new_item(one) for one in cast("list[dict[str, Any]]", json.loads(text)))


def _draft_item(item: NewItem) -> dict[str, object]:
    published = item.content.published_at
    return {
        "identity": item.identity,
        "kind": item.kind,
        "link": item.link,
        "body_hash": item.body_hash,
        **text_columns(item.content),
        **topic_columns(item.topic),
        "published_at": published.isoformat() if published else None,
    }


def _new_item(stored: dict[str, Any]) -> NewItem:
    published = stored["published_at"]
    topic = stored["topic_identity"]
    return NewItem(
        identity=stored["identity"],
        kind=stored["kind"],
        link=stored["link"],
        body_hash=stored["body_hash"],
        content=ItemContent(
            title=stored["title"],
            author=stored["author"],
            markdown=stored["markdown"],
            text=stored["text"],
            images=_images(json.loads(stored["images"])),
            tags=tuple(json.loads(stored["tags"])),
            published_at=datetime.fromisoformat(published) if published else None,
        ),
        topic=TopicReference(topic, stored["topic_title"], stored["topic_link"]) if topic else None,
    )


def _images(stored: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((url, alt) for url, alt in stored)
