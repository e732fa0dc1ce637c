"""What hangs below open questions, for moderators: every press checks rights and state afresh."""

import asyncio
from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.errors import StaleComponentError
from bot.services.container import Services
from bot.services.knowledge.open_questions import GroupView
from bot.services.knowledge.question_cards import Reposting
from bot.services.knowledge.question_errors import DraftChangedError, QuestionDoneError
from bot.services.places import Standing
from bot.texts import open_questions as texts
from bot.texts.open_questions_errors import sentence
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import OPTIONAL_MARK, custom_id, template
from bot.ui.form_buttons import FORM_WITHIN, ModeratorFormButton
from bot.ui.forms import StoredForm
from bot.ui.host import host_of
from bot.ui.items import NumberedButton, StoredItem
from bot.ui.knowledge import questions_screens as screens
from bot.ui.knowledge import questions_shown as shown
from bot.ui.knowledge.questions_forms import form_for, keep_and_preview, search_form
from bot.ui.payloads import chosen_in
from bot.ui.replacing import replace_with
from storage.question_records import OpenQuestionState

_DIGITS: Final = 19
_CAME_OF_POSTING: Final = {
    Reposting.DONE: texts.POSTED_AGAIN,
    Reposting.WAS_DONE: texts.POSTED_BEFORE,
    Reposting.NO_CHANNEL: texts.NO_CHANNEL,
}

_Button = discord.ui.Button[StoredButtons]
_Select = discord.ui.Select[StoredButtons]


class QuestionButton(NumberedButton, template="(?!)"):
    """A button of moderators; what it is about stands in its numbers."""

    async def open_view(self, interaction: discord.Interaction[Any]) -> GroupView:
        """Return the question that this is about.

        Raises:
            UnknownOpenQuestionError: when it is not there (any more).
            QuestionDoneError: when it is closed.

        """
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        view = await services.open_questions.view(self.numbers[0], guild_id=guild_id)
        if view.group.state is not OpenQuestionState.OPEN:
            raise QuestionDoneError(view.group)
        return view


class FormButton(QuestionButton, ModeratorFormButton, template="(?!)"):
    """A button that opens a form about a question that is still open."""


class WriteButton(FormButton, template=template(shown.ANSWER, "group") + OPTIONAL_MARK):
    """**Beantwoorden**: with what this moderator typed before, if anything."""

    kind = shown.ANSWER
    state: ClassVar[OpenQuestionState] = OpenQuestionState.ANSWERED

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> StoredForm:
        view = await self.open_view(interaction)
        answers, by = host_of(interaction).services.open_answering.answers, interaction.user.id
        return form_for(self.state, view.group.id, answers.own_draft(view, self.state, by=by))


class DeclineButton(WriteButton, template=template(shown.DECLINE, "group") + OPTIONAL_MARK):
    """**Niet beantwoorden**."""

    kind = shown.DECLINE
    state = OpenQuestionState.DECLINED


class FindButton(FormButton, template=template(screens.FIND, "group")):
    """**Anders zoeken**."""

    kind = screens.FIND

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> StoredForm:
        return search_form((await self.open_view(interaction)).group.id)


class LinkButton(QuestionButton, template=template(shown.LINK, "group") + OPTIONAL_MARK):
    """**Koppelen aan bestaand antwoord**: the nearest passages, to choose from."""

    kind = shown.LINK

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._offered(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _offered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        view = await self.open_view(interaction)
        return await screens.link_screen(host_of(interaction).services, view)


class SendButton(QuestionButton, template=template(screens.SEND, "draft", "version", "keep")):
    """**Versturen**, with or without keeping: to everybody who asked."""

    kind = screens.SEND

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._sent(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _sent(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        draft_id, version, keep = self.numbers
        by = interaction.user.id
        try:
            sent = await services.open_answering.answers.send(
                draft_id, version=version, keep=bool(keep), guild_id=guild_id, by=by
            )
        except DraftChangedError as error:
            view = await services.open_questions.view(error.draft.group_id, guild_id=guild_id)
            screen = screens.preview_screen(services, error.draft, view)
            above = (sentence(error), *screen.parts)
            return Screen(("\n".join(above),), screen.view, screen.embed)
        return screens.sent_screen(sent)


class BackButton(QuestionButton, template=template(screens.BACK, "draft")):
    """**Terug**, **Verder schrijven**: to the form with what was typed, or to the passages."""

    kind = screens.BACK

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        services = host_of(interaction).services
        async with asyncio.timeout(FORM_WITHIN):
            await require(interaction, Standing.MODERATOR)
            draft, view = await services.open_answering.answers.draft(
                self.numbers[0], guild_id=interaction.guild_id or 0, by=interaction.user.id
            )
        if view.group.state is not OpenQuestionState.OPEN:
            raise QuestionDoneError(view.group)
        if draft.answer.state is not OpenQuestionState.LINKED:
            form = form_for(draft.answer.state, view.group.id, draft.answer)
            await interaction.response.send_modal(form)
            return
        offering = screens.link_screen(services, view)
        screen = await in_time(interaction, offering, ephemeral=True)
        await replace_with(interaction, screen)


class ListButton(QuestionButton, template=template(shown.LIST, "page") + OPTIONAL_MARK):
    """**Volgende**, and what else leads to the list: a page of what waits, the oldest first."""

    kind = shown.LIST

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._listed(interaction), ephemeral=True)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await replace_with(interaction, screen)
        else:  # below the reminder, which stays for the others
            await show(interaction, screen, ephemeral=True)

    async def _listed(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        return await screens.list_screen(services, guild_id, number=self.numbers[0])


class PostAgainButton(QuestionButton, template=template(shown.POST_AGAIN, "group", "posts")):
    """**Kaart opnieuw plaatsen**: of many who press one posts it."""

    kind = shown.POST_AGAIN

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        said = await in_time(interaction, self._posted(interaction), ephemeral=True)
        await show(interaction, Screen((said,)), ephemeral=True)

    async def _posted(self, interaction: discord.Interaction[Any]) -> str:
        await require(interaction, Standing.MODERATOR)
        group, posts = self.numbers
        came = await host_of(interaction).services.open_answering.cards.post_again(
            group, posts=posts, guild_id=interaction.guild_id or 0
        )
        return _CAME_OF_POSTING[came]


class OpenMenu(StoredItem[_Select], template=template(screens.OPEN)):
    """Opens one question of the list, as its card shows it."""

    def __init__(self) -> None:
        """Offer nothing: what was chosen stands in the press."""
        super().__init__(discord.ui.Select(custom_id=custom_id(screens.OPEN)))

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._opened(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _opened(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        group_id = _number(chosen_in(interaction))
        return shown.card_screen(await services.open_questions.view(group_id, guild_id=guild_id))


class PassageMenu(StoredItem[_Select], template=template(screens.PICK, "group")):
    """With which passage a question is answered."""

    def __init__(self, group: int) -> None:
        """Belong to the group with this id."""
        super().__init__(discord.ui.Select(custom_id=custom_id(screens.PICK, group)))
        self._group = group

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["group"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._previewed(interaction), ephemeral=True)
        await replace_with(interaction, screen)

    async def _previewed(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services: Services = host_of(interaction).services
        section, _, document_id = chosen_in(interaction).partition("/")
        passage = await services.open_answering.linking.passage(
            interaction.guild_id or 0, document_id, _number(section)
        )
        return await keep_and_preview(services, self._group, passage, interaction)


QUESTION_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    WriteButton,
    DeclineButton,
    FindButton,
    LinkButton,
    SendButton,
    BackButton,
    ListButton,
    PostAgainButton,
    OpenMenu,
    PassageMenu,
)


def _number(value: str) -> int:
    """Return the number that a menu's value is. Raises StaleComponentError when it is none."""
    if not (value.isascii() and value.isdecimal() and len(value) <= _DIGITS):
        raise StaleComponentError
    return int(value)
