"""What commands do with a document that is named: by its id, as the list gives it, or its title."""

from dataclasses import replace
from typing import Any, Final

import discord

from bot.services.container import Services
from bot.services.knowledge.documents_errors import DocumentUnknownError
from bot.texts import knowledge_conflicts as conflict_texts
from bot.ui.acknowledging import Screen
from bot.ui.knowledge.conflict_screens import look_button
from bot.ui.knowledge.documents import document_screen, history_screen
from bot.ui.knowledge.documents_buttons import removed_screen
from bot.ui.knowledge.forum_texts import (
    chosen_forum_text,
    forum_text_called,
    forum_text_removed,
    offered_forum_texts,
)
from bot.ui.knowledge.uploading import upload_screen
from bot.ui.markdown import shortened
from storage.document_records import DocumentVersion

_VALUE: Final = 100  # characters of what an autocomplete gives
_OFFERED: Final = 25
_FORUM_TEXTS: Final = 10  # of these, when there are as many
_MESSAGE: Final = 1_900


async def edit_named(
    services: Services,
    interaction: discord.Interaction[Any],
    typed: str,
    file: discord.Attachment | None,
) -> Screen:
    """Return a document with its parts, or what became of the text in a file."""
    version = await _named(services, interaction.guild_id or 0, typed)
    if file is None:
        return await _with_waiting(services, version, by=interaction.user.id)
    return await upload_screen(services, version, file, by=interaction.user.id)


async def _with_waiting(services: Services, version: DocumentVersion, *, by: int) -> Screen:
    """Return a document; who has a text of theirs waiting finds the way back to it."""
    screen = await document_screen(services, version)
    waiting = await services.document_conflicts.waiting(
        version.guild_id, version.document_id, by=by
    )
    if waiting is None or screen.view is None:
        return screen
    screen.view.add_item(look_button(waiting.id))
    (said,) = screen.parts
    return replace(screen, parts=(shortened(f"{conflict_texts.WAITS}\n{said}", _MESSAGE),))


async def remove_named(
    services: Services, interaction: discord.Interaction[Any], typed: str
) -> Screen:
    """Take a document out of the answers, or what a forum member wrote."""
    guild_id = interaction.guild_id or 0
    by, item_id = interaction.user.id, chosen_forum_text(typed)
    if item_id is None:
        try:
            version = await _named(services, guild_id, typed)
        except DocumentUnknownError:
            item_id = await forum_text_called(services, guild_id, typed)
            if item_id is None:
                raise
        else:
            return await removed_screen(services, version, version.version, by=by)
    return await forum_text_removed(services, guild_id, item_id, by=by)


async def history_of_named(
    services: Services, interaction: discord.Interaction[Any], typed: str
) -> Screen:
    """Return every version of a document."""
    return await history_screen(services, await _named(services, interaction.guild_id or 0, typed))


async def offered_documents(services: Services, guild_id: int, typed: str) -> list[tuple[str, str]]:
    """Return ids and titles that fit what is typed; those that the guild changed come first."""
    listed = await services.guild_documents.listed(guild_id)
    own_first = sorted(listed, key=lambda one: one.version == 0)
    found = [(one.document_id, one.title) for one in own_first if _fits(one.title, typed)]
    return found[:_OFFERED]


async def offered_for_removal(
    services: Services, guild_id: int, typed: str
) -> list[tuple[str, str]]:
    """Return the same, and what forum members wrote by title and author; each has its room."""
    forum_texts = await offered_forum_texts(services, guild_id, typed, most=_OFFERED)
    documents = await offered_documents(services, guild_id, typed)
    room = _OFFERED - min(len(forum_texts), _FORUM_TEXTS)
    return [*documents[:room], *forum_texts][:_OFFERED]


async def offered_terms(services: Services, guild_id: int, typed: str) -> list[str]:
    """Return the terms of a guild that fit what is typed."""
    listed = await services.terms.listed(guild_id)
    return [one.term.name for one in listed if _fits(one.term.name, typed)][:_OFFERED]


def _fits(title: str, typed: str) -> bool:
    return all(word in title.casefold() for word in typed.casefold().split())


async def _named(services: Services, guild_id: int, typed: str) -> DocumentVersion:
    documents, wanted = services.guild_documents, typed.strip().casefold()
    for one in await documents.listed(guild_id):
        if one.document_id[:_VALUE] == typed or one.title.casefold() == wanted:
            found = await documents.newest(guild_id, one.document_id)
            if found is not None:
                return found
    raise DocumentUnknownError(typed)
