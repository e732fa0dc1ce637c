"""The knowledge of a guild, for moderators: `/kennis`."""

from collections.abc import Coroutine, Iterable
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.container import Services
from bot.services.knowledge.terms import MAX_NAME
from bot.texts import importing as import_texts
from bot.texts import knowledge_documents as texts
from bot.texts import open_questions as question_texts
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.knowledge.documents import search_screen
from bot.ui.knowledge.documents_forms import add_form, term_form
from bot.ui.knowledge.importing import import_file
from bot.ui.knowledge.improving import points_screen
from bot.ui.knowledge.named import (
    edit_named,
    history_of_named,
    offered_documents,
    offered_for_removal,
    offered_terms,
    remove_named,
)
from bot.ui.knowledge.questions_screens import list_screen
from bot.ui.knowledge.term_screens import term_removed_screen

_LABEL: Final = 100


class KnowledgeAdmin(commands.Cog):
    """What moderators do with questions and knowledge."""

    group = app_commands.Group(
        name="kennis",
        description=question_texts.GROUP_DESCRIPTION,
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, services: Services) -> None:
        """Use the use cases of `services`."""
        self._services = services

    @group.command(name="openstaand", description=question_texts.OPEN_DESCRIPTION)
    @moderator_only()
    async def waiting(self, interaction: discord.Interaction) -> None:
        """Show what waits for a moderator, the oldest first."""
        await _answer(interaction, list_screen(self._services, interaction.guild_id or 0))

    @group.command(name="importeren", description=import_texts.COMMAND)
    @app_commands.rename(file="bestand", title="titel", source="bron")
    @app_commands.describe(
        file=import_texts.FILE_OPTION,
        title=import_texts.TITLE_OPTION,
        source=import_texts.SOURCE_OPTION,
    )
    @moderator_only()
    async def import_knowledge(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        title: app_commands.Range[str, 1, 150] = "",
        source: app_commands.Range[str, 1, 300] = "",
    ) -> None:
        """Read a file and show what it becomes."""
        await import_file(interaction, file, title=title, source=source)

    @group.command(name="toevoegen", description=texts.ADD_DESCRIPTION)
    @moderator_only()
    async def add(self, interaction: discord.Interaction) -> None:
        """Open the form for a new document."""
        await interaction.response.send_modal(add_form())

    @group.command(name="bewerken", description=texts.EDIT_DESCRIPTION)
    @app_commands.rename(file="bestand")
    @app_commands.describe(document=texts.DOCUMENT_OPTION, file=texts.FILE_OPTION)
    @moderator_only()
    async def edit(
        self,
        interaction: discord.Interaction,
        document: str,
        file: discord.Attachment | None = None,
    ) -> None:
        """Show a document with its parts, or give it the text of a file."""
        await _answer(interaction, edit_named(self._services, interaction, document, file))

    @group.command(name="verwijderen", description=texts.REMOVE_DESCRIPTION)
    @app_commands.describe(document=texts.REMOVABLE_OPTION)
    @moderator_only()
    async def remove(self, interaction: discord.Interaction, document: str) -> None:
        """Take a document, or what a forum member wrote, out of the answers."""
        await _answer(interaction, remove_named(self._services, interaction, document))

    @group.command(name="zoeken", description=texts.SEARCH_DESCRIPTION)
    @app_commands.rename(words="zoekwoorden")
    @app_commands.describe(words=texts.WORDS_OPTION)
    @moderator_only()
    async def find(
        self, interaction: discord.Interaction, words: app_commands.Range[str, 1, 200]
    ) -> None:
        """Show the passages that are about some words."""
        await _answer(interaction, search_screen(self._services, interaction.guild_id or 0, words))

    @group.command(name="historie", description=texts.HISTORY_DESCRIPTION)
    @app_commands.describe(document=texts.DOCUMENT_OPTION)
    @moderator_only()
    async def history(self, interaction: discord.Interaction, document: str) -> None:
        """Show every version of a document."""
        await _answer(interaction, history_of_named(self._services, interaction, document))

    @group.command(name="begrip", description=texts.TERM_DESCRIPTION)
    @app_commands.rename(term="begrip", remove="verwijderen")
    @app_commands.describe(term=texts.TERM_OPTION, remove=texts.REMOVE_OPTION)
    @moderator_only()
    async def term(
        self,
        interaction: discord.Interaction,
        term: app_commands.Range[str, 1, MAX_NAME],
        *,
        remove: bool = False,
    ) -> None:
        """Open the form for a term, or take one out."""
        guild_id, by = interaction.guild_id or 0, interaction.user.id
        if remove:
            await _answer(interaction, term_removed_screen(self._services, guild_id, term, by=by))
            return
        kept = await self._services.terms.get(guild_id, term)
        await interaction.response.send_modal(term_form(term, kept))

    @group.command(name="verbeterpunten", description=texts.POINTS_DESCRIPTION)
    @moderator_only()
    async def points(self, interaction: discord.Interaction) -> None:
        """Show what could be better."""
        await _answer(interaction, points_screen(self._services, interaction.guild_id or 0))

    @edit.autocomplete("document")
    @history.autocomplete("document")
    async def documents(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer documents by title, those of the guild first."""
        return _choices(await offered_documents(self._services, interaction.guild_id or 0, typed))

    @remove.autocomplete("document")
    async def removable(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer documents likewise, and what forum members wrote."""
        return _choices(await offered_for_removal(self._services, interaction.guild_id or 0, typed))

    @term.autocomplete("term")
    async def terms(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the terms of the guild."""
        offered = await offered_terms(self._services, interaction.guild_id or 0, typed)
        return [app_commands.Choice(name=one[:_LABEL], value=one[:_LABEL]) for one in offered]


def _choices(offered: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=title[:_LABEL], value=name[:_LABEL]) for name, title in offered
    ]


async def _answer(interaction: discord.Interaction, work: Coroutine[Any, Any, Screen]) -> None:
    """Show what work gives, to the moderator alone."""
    await show(interaction, await in_time(interaction, work, ephemeral=True), ephemeral=True)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(KnowledgeAdmin(bot.services))
