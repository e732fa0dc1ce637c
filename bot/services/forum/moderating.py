"""What moderators decide about single items: whether questions may find them."""

import enum

import structlog

from bot.services.forum.refusals import ItemGoneError
from storage.forum_records import REVIEW_KIND, Findable, Item, ItemState, Placing
from storage.unit_of_work import UnitsOfWork

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Verdict(enum.Enum):
    """What came of a decision: it holds from now on, or it held before."""

    DONE = "done"
    WAS_SO = "was so"


class Moderating:
    """Shows items to questions, or hides them."""

    def __init__(self, units: UnitsOfWork) -> None:
        """Decide in `units`."""
        self._units = units

    async def show(self, item_id: int, *, guild_id: int, by: int) -> Verdict:
        """Let questions find an item.

        Raises:
            ItemGoneError: when it says nothing any more, or its feed is not linked any more.

        """
        return await self._set(item_id, Findable.SHOWN, guild_id=guild_id, by=by)

    async def hide(self, item_id: int, *, guild_id: int, by: int) -> Verdict:
        """Let no question find an item; what was posted stays.

        Raises:
            ItemGoneError: as `show` does.

        """
        return await self._set(item_id, Findable.HIDDEN, guild_id=guild_id, by=by)

    async def _set(self, item_id: int, findable: Findable, *, guild_id: int, by: int) -> Verdict:
        async with self._units() as work:
            item = await work.forum.lock(item_id)
            if item is None or item.guild_id != guild_id or not _may_be_found(item):
                raise ItemGoneError
            if item.placing.findable is findable:
                return Verdict.WAS_SO
            placing = item.placing
            await work.forum.place(
                item_id, Placing(placing.state, placing.reason, findable, is_hint=placing.is_hint)
            )
            version = item.version + 1
            await work.deliveries.revise(REVIEW_KIND, item_id, version=version)
        _log.info("forum_item_decided", item=item_id, findable=findable.value, by=by)
        return Verdict.DONE


def _may_be_found(item: Item) -> bool:
    is_there = item.content is not None and item.placing.state is not ItemState.GONE
    return is_there and item.placing.findable is not Findable.NO
