"""What every kind of delivery shows: one function a kind, asked at the moment of sending."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.services.admin import notices
from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Renderer, Showing
from bot.services.progress import digest, updates_sending
from bot.ui.admin.notices import render_notice
from bot.ui.comments import stored as comments
from bot.ui.forum import stored as forum
from bot.ui.knowledge import questions_stored as questions
from bot.ui.knowledge.notices import render_knowledge_notice
from bot.ui.meetings import event_screens as meeting_events
from bot.ui.meetings import sent as meetings
from bot.ui.progress.digest import render_digest
from bot.ui.progress.updates_shown import render_update
from storage.document_records import KNOWLEDGE_NOTICE_KIND

Rendering = Callable[[Services, Showing], Awaitable[Rendered | None]]

RENDERINGS: Final[Mapping[str, Rendering]] = {
    updates_sending.KIND: render_update,
    notices.KIND: render_notice,
    digest.KIND: render_digest,
    **forum.RENDERINGS,
    **questions.RENDERINGS,
    KNOWLEDGE_NOTICE_KIND: render_knowledge_notice,
    **meetings.RENDERINGS,
    **comments.RENDERINGS,
    **meeting_events.RENDERINGS,
}
"""By the `kind` of a delivery, which stands in the database: a name once used keeps its meaning."""


def renderer_of(services: Services) -> Renderer:
    """Return the renderer of all kinds.

    It raises KeyError for a kind that this version does not know: that delivery is then kept as
    failed, for moderators to try again once the version that made it is back.
    """

    async def render(showing: Showing) -> Rendered | None:
        return await RENDERINGS[showing.kind](services, showing)

    return render
