"""Takes ours away once an item is gone from the forum: asked of its page, twice, never assumed."""

import datetime as dt
from typing import Final

import structlog

from bot.services.forum.feeds import FeedError, FeedSource
from bot.services.ports import Clock
from storage.forum_records import ITEM_KIND, Feed, Findable, Item, ItemState, Placing
from storage.unit_of_work import UnitsOfWork

_AT_ONCE: Final = 3
_YOUNG: Final = dt.timedelta(days=30)
_AGAIN: Final = dt.timedelta(days=1)
_SURE: Final = 2
"""Answers in a row, a poll apart, that a page does not exist: one may be a hiccup of the site."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Vanishing:
    """Looks at the pages of recent items that their feed does not show any more, a few a poll."""

    def __init__(self, units: UnitsOfWork, clock: Clock, source: FeedSource) -> None:
        """Ask `source`, write in `units`."""
        self._units = units
        self._clock = clock
        self._source = source

    async def look(self, feed: Feed) -> int:
        """Look at a few items of a feed that answers; return how many were taken away.

        Raises:
            StorageError: when the database cannot be used.

        """
        now = self._clock.now()
        async with self._units.reading() as work:
            items = await work.forum_lists.to_check(
                feed.id, since=now - _YOUNG, checked_before=now - _AGAIN, limit=_AT_ONCE
            )
        taken = 0
        for item in items:
            try:
                is_gone = await self._source.is_gone(item.link)
            except FeedError as error:
                _log.info("forum_item_not_checked", item=item.id, problem=error.problem.value)
                is_gone = None
            taken += await self._note(item, is_gone=is_gone)
        return taken

    async def _note(self, item: Item, *, is_gone: bool | None) -> bool:
        now = self._clock.now()
        async with self._units() as work:
            known = await work.forum.lock(item.id)
            if known is None or known.placing.state is not ItemState.POSTED:
                return False
            answers = known.gone_answers if is_gone is None else is_gone * (known.gone_answers + 1)
            await work.forum.checked(item.id, at=now, gone_answers=answers)
            if answers < _SURE:
                return False
            await work.forum.place(
                item.id,
                Placing(ItemState.GONE, findable=Findable.NO, is_hint=known.placing.is_hint),
            )
            await work.forum.forget_text(item.id)
            await work.deliveries.withdraw(ITEM_KIND, item.id)
        _log.info("forum_item_gone", item=item.id)
        return True
