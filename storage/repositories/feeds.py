"""Feeds that guilds linked, and how fetching their addresses goes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.forum_records import (
    NOTICE_KIND,
    Feed,
    FeedAddress,
    FeedState,
    NewFeed,
    NewItem,
    NewNotice,
    Notice,
    NoticeKind,
)
from storage.models.deliveries import DeliveryRow
from storage.models.forum import FeedAddressRow, FeedRow, ForumNoticeRow
from storage.repositories.forum_columns import (
    address_of,
    draft_from_json,
    draft_to_json,
    feed_of,
    notice_of,
)
from storage.repositories.statements import insert_into

_LINKED = (FeedState.ACTIVE.value, FeedState.PAUSED.value)


class FeedRepository:
    """Which feed goes to which channel; who polls what, and when."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_draft(self, feed: NewFeed, items: Sequence[NewItem]) -> Feed:
        """Keep a feed, with the items that it had, until somebody says yes or no."""
        row_id = await self._session.scalar(
            insert(FeedRow)
            .values(
                guild_id=feed.guild_id,
                address=feed.address,
                kind=feed.kind,
                title=feed.title,
                link=feed.link,
                channel_id=feed.channel_id,
                is_forum=feed.is_forum,
                last=feed.last,
                state=FeedState.DRAFT.value,
                created_by=feed.created_by,
                created_at=feed.created_at,
                slot_at=None,
                slot_used=0,
                draft=draft_to_json(tuple(items)),
            )
            .returning(FeedRow.id)
        )
        rows = await self._session.scalars(select(FeedRow).where(FeedRow.id == row_id))
        return feed_of(rows.one())

    async def draft_items(self, feed_id: int) -> tuple[NewItem, ...]:
        """Return the items of a draft; none when it is no draft (any more)."""
        stored = await self._session.scalar(select(FeedRow.draft).where(FeedRow.id == feed_id))
        return draft_from_json(stored) if stored else ()

    async def get(self, feed_id: int) -> Feed | None:
        """Return a feed, or None."""
        row = await self._session.get(FeedRow, feed_id)
        return feed_of(row) if row else None

    async def lock(self, feed_id: int) -> Feed | None:
        """Do the same, and let nobody else work on the feed before this unit ends."""
        row = await self._session.scalar(
            select(FeedRow).where(FeedRow.id == feed_id).with_for_update()
        )
        return feed_of(row) if row else None

    async def lock_guild(self, guild_id: int) -> tuple[Feed, ...]:
        """Return the feeds linked in a guild; nobody takes in items there before this unit ends."""
        rows = await self._session.scalars(
            select(FeedRow)
            .where(FeedRow.guild_id == guild_id)
            .order_by(FeedRow.id)
            .with_for_update()
        )
        return tuple(feed_of(row) for row in rows if row.state in _LINKED)

    async def linked_in(self, guild_id: int) -> tuple[Feed, ...]:
        """Return the feeds that are linked in a guild, in the order of linking."""
        rows = await self._session.scalars(
            select(FeedRow)
            .where(FeedRow.guild_id == guild_id, FeedRow.state.in_(_LINKED))
            .order_by(FeedRow.id)
        )
        return tuple(map(feed_of, rows))

    async def linked_to(self, address: str) -> tuple[Feed, ...]:
        """Return the feeds of all guilds that are linked to an address."""
        rows = await self._session.scalars(
            select(FeedRow)
            .where(FeedRow.address == address, FeedRow.state.in_(_LINKED))
            .order_by(FeedRow.id)
        )
        return tuple(map(feed_of, rows))

    async def set_state(self, feed_id: int, state: FeedState) -> None:
        """Change the state; what waited for a yes is forgotten.

        Raises:
            ConflictError: when the guild has that address linked already.

        """
        await self._session.execute(
            update(FeedRow).where(FeedRow.id == feed_id).values(state=state.value, draft=None)
        )

    async def set_slot(self, feed_id: int, *, at: datetime | None, used: int) -> None:
        """Remember how far ahead the posts of a feed are spread out."""
        await self._session.execute(
            update(FeedRow).where(FeedRow.id == feed_id).values(slot_at=at, slot_used=used)
        )

    async def delete_draft(self, feed_id: int) -> bool:
        """Forget a draft; tells whether it was one."""
        found = await self._session.scalar(
            delete(FeedRow)
            .where(FeedRow.id == feed_id, FeedRow.state == FeedState.DRAFT.value)
            .returning(FeedRow.id)
        )
        return found is not None

    async def delete_drafts(self, *, before: datetime) -> None:
        """Forget the drafts that nobody answered."""
        await self._session.execute(
            delete(FeedRow).where(
                FeedRow.state == FeedState.DRAFT.value, FeedRow.created_at < before
            )
        )

    async def expect(self, address: str, *, next_poll_at: datetime) -> None:
        """Have an address polled; one that is there is fetched whole at its next poll."""
        statement = insert_into(self._session, FeedAddressRow).values(
            address=address,
            etag=None,
            last_modified=None,
            next_poll_at=next_poll_at,
            polled_at=None,
            failures=0,
            refusals=0,
            last_success_at=None,
            problem=None,
            problem_at=None,
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["address"], set_={"etag": None, "last_modified": None}
            )
        )

    async def address(self, address: str) -> FeedAddress | None:
        """Return how an address does, or None when nobody polls it."""
        row = await self._session.get(FeedAddressRow, address)
        return address_of(row) if row else None

    async def due(self, now: datetime) -> tuple[FeedAddress, ...]:
        """Return the addresses to poll that an active feed needs, the longest due first."""
        is_needed = exists().where(
            FeedRow.address == FeedAddressRow.address, FeedRow.state == FeedState.ACTIVE.value
        )
        rows = await self._session.scalars(
            select(FeedAddressRow)
            .where(FeedAddressRow.next_poll_at <= now, is_needed)
            .order_by(FeedAddressRow.next_poll_at, FeedAddressRow.address)
        )
        return tuple(map(address_of, rows))

    async def claim(self, address: str, *, now: datetime, until: datetime) -> FeedAddress | None:
        """Take the poll that is due, so that nobody else polls before `until`; None when taken."""
        row = await self._session.scalar(
            update(FeedAddressRow)
            .where(FeedAddressRow.address == address, FeedAddressRow.next_poll_at <= now)
            .values(next_poll_at=until, polled_at=now)
            .returning(FeedAddressRow)
        )
        return address_of(row) if row else None

    async def put(self, address: FeedAddress) -> None:
        """Write down how a poll went."""
        await self._session.execute(
            update(FeedAddressRow)
            .where(FeedAddressRow.address == address.address)
            .values(
                etag=address.etag,
                last_modified=address.last_modified,
                next_poll_at=address.next_poll_at,
                failures=address.failures,
                refusals=address.refusals,
                last_success_at=address.last_success_at,
                problem=address.problem,
                problem_at=address.problem_at,
            )
        )

    async def poll_at(self, address: str, *, at: datetime) -> None:
        """Have an address polled from a moment on."""
        await self._session.execute(
            update(FeedAddressRow).where(FeedAddressRow.address == address).values(next_poll_at=at)
        )

    async def forgive(self, address: str) -> None:
        """Count the failures of an address from nought again."""
        await self._session.execute(
            update(FeedAddressRow)
            .where(FeedAddressRow.address == address)
            .values(failures=0, refusals=0)
        )

    async def add_notice(self, notice: NewNotice) -> int:
        """Keep something to tell about a feed; return its id."""
        row_id = await self._session.scalar(
            insert(ForumNoticeRow)
            .values(
                guild_id=notice.guild_id,
                feed_id=notice.feed_id,
                kind=notice.kind.value,
                at=notice.at,
                detail=notice.detail,
                number=notice.number,
            )
            .returning(ForumNoticeRow.id)
        )
        return row_id or 0

    async def untold(self, *, limit: int) -> tuple[Notice, ...]:
        """Return the notices for moderators that have no delivery yet."""
        is_told = exists().where(
            DeliveryRow.kind == NOTICE_KIND, DeliveryRow.subject_id == ForumNoticeRow.id
        )
        rows = await self._session.scalars(
            select(ForumNoticeRow)
            .where(ForumNoticeRow.kind != NoticeKind.GAP.value, ~is_told)
            .order_by(ForumNoticeRow.id)
            .limit(limit)
        )
        return tuple(map(notice_of, rows))

    async def notice(self, notice_id: int) -> Notice | None:
        """Return something that was told, or None."""
        row = await self._session.get(ForumNoticeRow, notice_id)
        return notice_of(row) if row else None
