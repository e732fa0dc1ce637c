"""`/kennis bewerken` with a file: the whole text of a document, sent back."""

import re
from typing import Final

import discord

from bot.adapters.attachments import fetched
from bot.services.container import Services
from bot.services.knowledge.documents_errors import DocumentChangedError, UnsoundDocumentError
from bot.texts import knowledge_documents as texts
from bot.ui.acknowledging import Screen
from bot.ui.knowledge.conflict_screens import conflict_screen
from bot.ui.knowledge.documents import problems_screen, saved_screen
from storage.document_records import DocumentDraft, DocumentVersion

MAX_BYTES: Final = 1_048_576
_VERSION: Final = re.compile(r"\.v([0-9]{1,9})\.")


async def upload_screen(
    services: Services, version: DocumentVersion, attachment: discord.Attachment, *, by: int
) -> Screen:
    """Give a document the text of a file; its name says which version that was made from.

    When somebody changed the document since, the text is kept and whoever sent it chooses.
    """
    if attachment.size > MAX_BYTES:
        return Screen((texts.TOO_LARGE,))
    content = await fetched(attachment.url, most=MAX_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Screen((texts.NOT_TEXT,))
    named = _VERSION.search(attachment.filename)
    based_on = int(named[1]) if named else version.version
    guild_id, document_id = version.guild_id, version.document_id
    try:
        after = await services.guild_documents.edit(
            guild_id, document_id, text, based_on=based_on, actor_id=by
        )
    except DocumentChangedError:
        late = DocumentDraft(
            guild_id, document_id, by, based_on, None,
            body=text, questions="", written_at=services.clock.now(),
        )  # fmt: skip
        return await _late_screen(services, late)
    except UnsoundDocumentError as error:
        return problems_screen(error)
    return saved_screen(version, after)


async def _late_screen(services: Services, late: DocumentDraft) -> Screen:
    try:
        return conflict_screen(await services.document_conflicts.keep(late))
    except UnsoundDocumentError as error:
        return problems_screen(error)
