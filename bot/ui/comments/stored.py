"""What deliveries about comments show, by their kind."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.services.comments.sending import (
    BLOCK_CARD_KIND,
    BLOCK_NOTE_KIND,
    CARD_KIND,
    COMMENT_KIND,
    NOTE_KIND,
    ROUND_KIND,
)
from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Showing
from bot.ui.comments.cards import render_block_card, render_card
from bot.ui.comments.notes import render_block_note, render_note
from bot.ui.comments.published import render_comment, render_round

RENDERINGS: Final[Mapping[str, Callable[[Services, Showing], Awaitable[Rendered | None]]]] = {
    COMMENT_KIND: render_comment,
    ROUND_KIND: render_round,
    CARD_KIND: render_card,
    NOTE_KIND: render_note,
    BLOCK_CARD_KIND: render_block_card,
    BLOCK_NOTE_KIND: render_block_note,
}
