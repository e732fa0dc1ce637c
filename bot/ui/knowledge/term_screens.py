"""Terms on the screen of a moderator."""

from bot.services.container import Services
from bot.texts import knowledge_documents as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.documents import button
from bot.ui.markdown import escaped


async def term_removed_screen(services: Services, guild_id: int, name: str, *, by: int) -> Screen:
    """Take a term out, and offer the way back."""
    kept = await services.terms.get(guild_id, name)
    if kept is None:
        return Screen((texts.unknown_term(escaped(name)),))
    term, version = kept
    after = await services.terms.remove(
        guild_id, term.term.name, based_on=version.version, actor_id=by
    )
    view = StoredButtons(button(texts.UNDO, ids.RESTORE, after))
    return Screen((texts.term_removed(escaped(term.term.name)),), view)
