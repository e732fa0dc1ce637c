"""Everything of the forum that outlives a restart, and what its deliveries show."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Showing
from bot.ui.forum import linking, moderating, status
from bot.ui.forum.moderating import render_card, render_notice
from bot.ui.forum.posts import render_gap, render_item
from bot.ui.items import StoredItem
from storage.forum_records import GAP_KIND, ITEM_KIND, NOTICE_KIND, REVIEW_KIND

BUTTONS: Final[tuple[type[StoredItem[Any]], ...]] = (
    *linking.BUTTONS,
    *moderating.BUTTONS,
    *status.ITEMS,
)
RENDERINGS: Final[Mapping[str, Callable[[Services, Showing], Awaitable[Rendered | None]]]] = {
    ITEM_KIND: render_item,
    REVIEW_KIND: render_card,
    GAP_KIND: render_gap,
    NOTICE_KIND: render_notice,
}
