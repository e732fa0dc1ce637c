"""What moderators are told of their guild's documents, and the button to what it is about."""

from typing import Final

from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Rendered, Showing
from bot.texts import admin as admin_texts
from bot.texts import guild_knowledge as texts
from bot.ui.admin.notices import CONTROL
from bot.ui.custom_ids import OPTIONAL_MARK, custom_id, template
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.document_ids import number_of
from bot.ui.knowledge.documents_buttons import OpenMenu
from bot.ui.markdown import escaped, shortened
from storage.document_records import KnowledgeNoticeKind

_TITLE: Final = 200


class OpenButton(OpenMenu, template=template(ids.SHOW, "document") + OPTIONAL_MARK):
    """**Bekijk en kies**: opens the document that a notice is about."""

    kind = ids.SHOW
    is_menu = False


KNOWLEDGE_NOTICE_BUTTONS: Final = (OpenButton,)


async def render_knowledge_notice(services: Services, showing: Showing) -> Rendered | None:
    """Render a notice about documents, as it is known now."""
    async with services.units.reading() as work:
        notice = await work.knowledge_notices.get(showing.subject_id)
    if notice is None:
        return None
    text = texts.notice(notice, title=shortened(escaped(notice.title), _TITLE))
    mark = showing.mark
    buttons = [ActionButton(admin_texts.CONTROL_LABEL, mark.on_custom_id(custom_id(CONTROL, 1)))]
    if notice.kind is KnowledgeNoticeKind.SHIPPED_CHANGED:
        identity = mark.on_custom_id(custom_id(ids.SHOW, number_of(notice.document_id)))
        buttons.insert(0, ActionButton(texts.CHOOSE, identity))
    return Rendered(content=text, buttons=tuple(buttons))
