"""What of open questions outlives a restart, and what the bot says of them by itself."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Showing
from bot.services.knowledge import question_sending
from bot.ui.knowledge.questions_shown import render_answer, render_card, render_reminder

RENDERINGS: Final[Mapping[str, Callable[[Services, Showing], Awaitable[Rendered | None]]]] = {
    question_sending.CARD: render_card,
    question_sending.REPLY: render_answer,
    question_sending.MESSAGE: render_answer,
    question_sending.REMINDER: render_reminder,
}
"""By the kind of their deliveries."""
