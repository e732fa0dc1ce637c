"""What commands do with a document that is named: by its id, as the list gives it, or its title."""

from typing import Any, Final

import discord

from bot.services.container import Services
from bot.services.knowledge.documents_errors import DocumentUnknownError
from bot.ui.acknowledging import Screen
from bot.ui.knowledge.documents import document_screen, history_screen
from bot.ui.knowledge.documents_buttons import removed_screen
from bot.ui.knowledge.uploading import upload_screen
from storage.document_records import DocumentVersion

_VALUE: Final = 100  # characters of what an autocomplete gives
_OFFERED: Final = 25


async def edit_named(
    services: Services,
    interaction: discord.Interaction[Any],
    typed: str,
    file: discord.Attachment | None,
) -> Screen:
    """Return a document with its parts, or what became of the text in a file."""
    version = await _named(services, interaction.guild_id or 0, typed)
    if file is None:
        return await document_screen(services, version)
    return await upload_screen(services, version, file, by=interaction.user.id)


async def remove_named(
    services: Services, interaction: discord.Interaction[Any], typed: str
) -> Screen:
    """Take a document out of the answers."""
    version = await _named(services, interaction.guild_id or 0, typed)
    return await removed_screen(services, version, version.version, by=interaction.user.id)


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
