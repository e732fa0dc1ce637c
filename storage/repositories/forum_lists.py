"""Items of the forum that something is to be done with: posted, looked at, checked or found."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.forum_records import REVIEW_KIND, Findable, Item, ItemState
from storage.models.deliveries import DeliveryRow
from storage.models.forum import ForumItemRow, ForumTextRow
from storage.repositories.forum_columns import items_of, with_text

_TOPIC: Final = "topic"  # as `ItemKind` of the feeds


class ForumListRepository:
    """Lists of items, each of what one job needs."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def waiting(self, *, after: int = 0, limit: int = 200) -> tuple[Item, ...]:
        """Return the items with an id above `after` that wait for their topic's post."""
        return await items_of(
            self._session,
            with_text()
            .where(ForumItemRow.state == ItemState.WAITING.value, ForumItemRow.id > after)
            .order_by(ForumItemRow.id)
            .limit(limit),
        )

    async def unreviewed(self, *, limit: int) -> tuple[Item, ...]:
        """Return the items that wait for a moderator's look and have no card yet."""
        has_card = exists().where(
            DeliveryRow.kind == REVIEW_KIND, DeliveryRow.subject_id == ForumItemRow.id
        )
        return await items_of(
            self._session,
            with_text()
            .where(ForumItemRow.findable == Findable.WAITING.value, ~has_card)
            .order_by(ForumItemRow.id)
            .limit(limit),
        )

    async def topic_called(self, guild_id: int, title: str) -> Item | None:
        """Return the newest topic of a guild with this title, or None."""
        found = await items_of(
            self._session,
            with_text()
            .where(
                ForumItemRow.guild_id == guild_id,
                ForumItemRow.kind == _TOPIC,
                ForumTextRow.title == title,
            )
            .order_by(ForumItemRow.id.desc())
            .limit(1),
        )
        return found[0] if found else None

    async def to_check(
        self, feed_id: int, *, since: datetime, checked_before: datetime, limit: int
    ) -> tuple[Item, ...]:
        """Return posted items that their feed does not show any more, the longest unchecked first.

        Those that were gone once come before the others.
        """
        return await items_of(
            self._session,
            with_text()
            .where(
                ForumItemRow.feed_id == feed_id,
                ForumItemRow.state == ItemState.POSTED.value,
                ForumItemRow.in_page.is_(False),
                ForumItemRow.link != "",
                ForumItemRow.first_seen_at >= since,
                or_(
                    ForumItemRow.checked_at.is_(None),
                    ForumItemRow.checked_at <= checked_before,
                    ForumItemRow.gone_answers > 0,
                ),
            )
            .order_by(
                ForumItemRow.gone_answers.desc(),
                case((ForumItemRow.checked_at.is_(None), 0), else_=1),
                ForumItemRow.checked_at,
                ForumItemRow.id.desc(),
            )
            .limit(limit),
        )

    async def findable(self, guild_id: int, *, limit: int) -> tuple[Item, ...]:
        """Return what questions may find in a guild, the newest first."""
        return await items_of(
            self._session,
            with_text()
            .where(_is_shown(guild_id), ForumTextRow.item_id.is_not(None))
            .order_by(ForumItemRow.id.desc())
            .limit(limit),
        )

    async def findable_stamp(self, guild_id: int) -> tuple[int, int, int]:
        """Return a value that differs once something else may be found in a guild."""
        row = await self._session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(ForumItemRow.version), 0),
                func.coalesce(func.max(ForumItemRow.id), 0),
            )
            .join(ForumTextRow, ForumTextRow.item_id == ForumItemRow.id)
            .where(_is_shown(guild_id))
        )
        count, versions, newest = row.one()
        return int(count), int(versions), int(newest)


def _is_shown(guild_id: int) -> ColumnElement[bool]:
    return (ForumItemRow.guild_id == guild_id) & (ForumItemRow.findable == Findable.SHOWN.value)
