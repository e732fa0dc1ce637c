"""Items of the forum: what was seen, what became of it, and what it says."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import (
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.forum_records import (
    FeedCounts,
    Findable,
    Item,
    ItemContent,
    ItemState,
    KnownItem,
    NewItem,
    Placing,
)
from storage.models.forum import ForumItemRow, ForumTextRow
from storage.repositories.forum_columns import (
    items_of,
    known_of,
    text_columns,
    topic_columns,
    with_text,
)
from storage.repositories.statements import insert_into

_AT_ONCE: Final = 500  # identities in one statement


class ForumRepository:
    """Items, one a guild and identity."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def known(self, guild_id: int, identities: Collection[str]) -> Mapping[str, KnownItem]:
        """Return which of these identities a guild has seen, whatever the feed."""
        found: dict[str, KnownItem] = {}
        wanted = list(identities)
        for start in range(0, len(wanted), _AT_ONCE):
            rows = await self._session.scalars(
                select(ForumItemRow).where(
                    ForumItemRow.guild_id == guild_id,
                    ForumItemRow.identity.in_(wanted[start : start + _AT_ONCE]),
                )
            )
            found |= {row.identity: known_of(row) for row in rows}
        return found

    async def has_items(self, feed_id: int) -> bool:
        """Whether anything was ever seen in a feed."""
        found = await self._session.scalar(
            select(ForumItemRow.id).where(ForumItemRow.feed_id == feed_id).limit(1)
        )
        return found is not None

    async def add(
        self,
        items: Sequence[tuple[NewItem, Placing]],
        *,
        guild_id: int,
        feed_id: int,
        at: datetime,
        in_page: bool = True,
    ) -> tuple[int, ...]:
        """Keep items that were not seen before; return their ids in the same order.

        Raises:
            ConflictError: when the guild has seen one of them.

        """
        if not items:
            return ()
        rows = [_item_columns(item, placing) for item, placing in items]
        same: dict[str, object] = {
            "guild_id": guild_id,
            "feed_id": feed_id,
            "first_seen_at": at,
            "in_page": in_page,
        }
        found = await self._session.scalars(
            insert(ForumItemRow).returning(ForumItemRow.id, sort_by_parameter_order=True),
            [{**row, **same} for row in rows],
        )
        ids = tuple(found)
        await self._session.execute(
            insert(ForumTextRow),
            [
                {"item_id": row_id, "kept_since": at, **text_columns(item.content)}
                for row_id, (item, _) in zip(ids, items, strict=True)
            ],
        )
        return ids

    async def rewrite(self, item_id: int, item: NewItem, *, at: datetime) -> int:
        """Replace what an item says; return its new version."""
        values: dict[str, object] = {
            "link": item.link,
            "body_hash": item.body_hash,
            "kind": item.kind,
            "version": ForumItemRow.version + 1,
        }
        if item.topic is not None:
            values |= topic_columns(item.topic)
        version = await self._session.scalar(
            update(ForumItemRow)
            .where(ForumItemRow.id == item_id)
            .values(**values)
            .returning(ForumItemRow.version)
        )
        await self._put_text(item_id, item.content, at=at)
        return version or 0

    async def place(self, item_id: int, placing: Placing, *, feed_id: int | None = None) -> None:
        """Change what becomes of an item, and optionally which feed it belongs to."""
        values: dict[str, object] = {**_placing(placing), "version": ForumItemRow.version + 1}
        if feed_id is not None:
            values["feed_id"] = feed_id
        await self._session.execute(
            update(ForumItemRow).where(ForumItemRow.id == item_id).values(**values)
        )

    async def mark_page(self, feed_id: int, item_ids: Collection[int]) -> None:
        """Remember which items of a feed its page holds now."""
        ids = list(item_ids)
        of_feed = ForumItemRow.feed_id == feed_id
        await self._session.execute(
            update(ForumItemRow)
            .where(of_feed, ForumItemRow.in_page.is_(True), ForumItemRow.id.not_in(ids))
            .values(in_page=False)
        )
        await self._session.execute(
            update(ForumItemRow)
            .where(of_feed, ForumItemRow.in_page.is_(False), ForumItemRow.id.in_(ids))
            .values(in_page=True, gone_answers=0)
        )

    async def get(self, item_id: int) -> Item | None:
        """Return an item, or None."""
        found = await items_of(self._session, with_text().where(ForumItemRow.id == item_id))
        return found[0] if found else None

    async def lock(self, item_id: int) -> Item | None:
        """Do the same, and let nobody else change it before this unit ends."""
        await self._session.scalar(
            select(ForumItemRow.id).where(ForumItemRow.id == item_id).with_for_update()
        )
        return await self.get(item_id)

    async def by_identity(self, guild_id: int, identity: str) -> Item | None:
        """Return the item of a guild with this identity, or None."""
        found = await items_of(
            self._session,
            with_text().where(ForumItemRow.guild_id == guild_id, ForumItemRow.identity == identity),
        )
        return found[0] if found else None

    async def of_feed(self, feed_id: int, *, limit: int, offset: int = 0) -> tuple[Item, ...]:
        """Return the items of a feed, the last seen first."""
        return await items_of(
            self._session,
            with_text()
            .where(ForumItemRow.feed_id == feed_id)
            .order_by(ForumItemRow.id.desc())
            .limit(limit)
            .offset(offset),
        )

    async def counts(self, feed_id: int) -> FeedCounts:
        """Count the items of a feed."""
        rows = await self._session.execute(
            select(ForumItemRow.state, func.count())
            .where(ForumItemRow.feed_id == feed_id)
            .group_by(ForumItemRow.state)
        )
        found = dict(rows.all())
        posted = found.get(ItemState.POSTED.value, 0) + found.get(ItemState.GONE.value, 0)
        return FeedCounts(
            seen=sum(found.values()),
            posted=posted,
            waiting=found.get(ItemState.WAITING.value, 0),
            held=found.get(ItemState.HELD.value, 0),
        )

    async def checked(self, item_id: int, *, at: datetime, gone_answers: int) -> None:
        """Remember that an item's page was looked at."""
        await self._session.execute(
            update(ForumItemRow)
            .where(ForumItemRow.id == item_id)
            .values(checked_at=at, gone_answers=gone_answers)
        )

    async def forget_text(self, item_id: int) -> None:
        """Delete what an item says."""
        await self._session.execute(delete(ForumTextRow).where(ForumTextRow.item_id == item_id))

    async def hide_feed(self, feed_id: int) -> None:
        """Let nothing of a feed be found any more, and wait for nothing."""
        of_feed = ForumItemRow.feed_id == feed_id
        await self._session.execute(
            update(ForumItemRow)
            .where(of_feed, ForumItemRow.findable != Findable.NO.value)
            .values(findable=Findable.NO.value, version=ForumItemRow.version + 1)
        )
        await self._session.execute(
            update(ForumItemRow)
            .where(of_feed, ForumItemRow.state == ItemState.WAITING.value)
            .values(state=ItemState.BACKLOG.value)
        )

    async def posted_between(
        self, guild_id: int, since: datetime, until: datetime, *, limit: int = 100
    ) -> tuple[Item, ...]:
        """Return what was posted of the forum from `since` on and before `until`, oldest first."""
        return await items_of(
            self._session,
            with_text()
            .where(
                ForumItemRow.guild_id == guild_id,
                ForumItemRow.state == ItemState.POSTED.value,
                ForumItemRow.first_seen_at >= since,
                ForumItemRow.first_seen_at < until,
            )
            .order_by(ForumItemRow.id)
            .limit(limit),
        )

    async def _put_text(self, item_id: int, content: ItemContent, *, at: datetime) -> None:
        columns = text_columns(content)
        statement = insert_into(self._session, ForumTextRow).values(
            item_id=item_id, kept_since=at, **columns
        )
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["item_id"], set_=columns)
        )


def _placing(placing: Placing) -> dict[str, object]:
    return {
        "state": placing.state.value,
        "reason": None if placing.reason is None else placing.reason.value,
        "findable": placing.findable.value,
        "is_hint": placing.is_hint,
    }


def _item_columns(item: NewItem, placing: Placing) -> dict[str, object]:
    return {
        "identity": item.identity,
        "kind": item.kind,
        "link": item.link,
        "body_hash": item.body_hash,
        "version": 1,
        "checked_at": None,
        "gone_answers": 0,
        **_placing(placing),
        **topic_columns(item.topic),
    }
