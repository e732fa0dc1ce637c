"""The choices of a moderator whose document somebody else changed first. They outlive a restart."""

import asyncio
from abc import abstractmethod
from typing import Any, Final

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.container import Services
from bot.services.knowledge.conflicts import BeatenAgainError
from bot.services.places import Standing
from bot.texts import knowledge_conflicts as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import template
from bot.ui.form_buttons import FORM_WITHIN
from bot.ui.host import host_of
from bot.ui.items import NumberedButton, StoredItem
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.conflict_screens import conflict_screen, let_be_screen
from bot.ui.knowledge.documents import history_button, saved_screen
from bot.ui.knowledge.documents_forms import MAX_BODY, MAX_QUESTIONS, together_form
from bot.ui.replacing import replace_with

_Button = discord.ui.Button[StoredButtons]


class ConflictButton(NumberedButton, template="(?!)"):
    """A button about a text that came too late; the first of its numbers is the draft."""


class ChoiceButton(ConflictButton, template="(?!)"):
    """A button that shows what came of it in the place of its message."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._checked(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _checked(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        return await self.chosen(services, guild_id=guild_id, by=interaction.user.id)

    @abstractmethod
    async def chosen(self, services: Services, *, guild_id: int, by: int) -> Screen:
        """Do what was chosen, and return what is shown."""


class TakeButton(ChoiceButton, template=template(ids.TAKE, "draft", "version")):
    """**Mijn tekst opnemen**: as the version after the one that was shown."""

    kind = ids.TAKE

    @override
    async def chosen(self, services: Services, *, guild_id: int, by: int) -> Screen:
        draft, shown = self.numbers
        try:
            before, after = await services.document_conflicts.take(
                draft, shown=shown, guild_id=guild_id, by=by
            )
        except BeatenAgainError as error:
            return conflict_screen(error.conflict)
        return saved_screen(before if before.version != after.version else None, after)


class LetBeButton(ChoiceButton, template=template(ids.LET_BE, "draft")):
    """**Laat staan zoals het is**."""

    kind = ids.LET_BE

    @override
    async def chosen(self, services: Services, *, guild_id: int, by: int) -> Screen:
        stays = await services.document_conflicts.drop(self.numbers[0], guild_id=guild_id, by=by)
        return let_be_screen(stays.title, history_button(stays))


class LookButton(ChoiceButton, template=template(ids.LOOK, "draft")):
    """**Bekijk mijn tekst**: the choice again, against what is there now."""

    kind = ids.LOOK

    @override
    async def chosen(self, services: Services, *, guild_id: int, by: int) -> Screen:
        return conflict_screen(
            await services.document_conflicts.get(self.numbers[0], guild_id=guild_id, by=by)
        )


class TogetherButton(ConflictButton, template=template(ids.TOGETHER, "draft", "version")):
    """**Samen verder bewerken**: a form with what both changed."""

    kind = ids.TOGETHER

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        draft, shown = self.numbers
        async with asyncio.timeout(FORM_WITHIN):
            await require(interaction, Standing.MODERATOR)
            conflict = await services.document_conflicts.get(
                draft, guild_id=guild_id, by=interaction.user.id
            )
        body, questions = conflict.together()
        if conflict.current.version != shown:
            await replace_with(interaction, conflict_screen(conflict))
        elif len(body) > MAX_BODY or len(questions) > MAX_QUESTIONS:
            await show(interaction, Screen((texts.TOO_LONG,)), ephemeral=True)
        else:
            form = together_form(conflict, body=body, questions=questions)
            await interaction.response.send_modal(form)


CONFLICT_BUTTONS: Final[tuple[type[StoredItem[Any]], ...]] = (
    TakeButton,
    LetBeButton,
    LookButton,
    TogetherButton,
)
