"""An answer with the buttons below it. All they know is the answer's id; the rest is kept."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.adapters.membership import KnownGuild
from bot.errors import NoSharingError
from bot.services.knowledge.asking import Given, own_words
from bot.texts import answers as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.answer_text import answer_parts, shared_parts, sources_parts
from bot.ui.custom_ids import custom_id, template
from bot.ui.form_buttons import FORM_WITHIN
from bot.ui.forms import reason_form
from bot.ui.forum.hits import hits_text
from bot.ui.guild_menus import DmGuildMenu, pass_on
from bot.ui.host import answer_behind, host_of, may_write, thread_of
from bot.ui.items import StoredItem
from bot.ui.markdown import shortened
from storage.records import AnswerStatus, DirectPlace, FeedbackValue, ShownAnswer

_LABEL: Final = 80  # characters of a button's label

_Button = discord.ui.Button[StoredButtons]


def answer_screen(given: Given, *, above: str = "", guilds: Sequence[KnownGuild] = ()) -> Screen:
    """Return the answer to a question, with a line `above` it, and its buttons.

    `guilds` are those to choose from when it is not known which one a private message is about.
    """
    return Screen(
        answer_parts(given.reply, given.answer.content, above=above, forum=hits_text(given.forum)),
        _buttons(given.answer, guilds),
    )


class AnswerButton(StoredItem[_Button], template="(?!)"):
    """A button that belongs to one answer."""

    kind: ClassVar[str]
    label: ClassVar[str]

    def __init__(self, answer: int) -> None:
        """Belong to the answer with this id."""
        super().__init__(
            discord.ui.Button(label=self.label, custom_id=custom_id(self.kind, answer))
        )
        self._answer = answer

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["answer"])


class SourcesButton(AnswerButton, template=template("src", "answer")):
    """**Bronnen**: every passage that the answer used."""

    kind = "src"
    label = texts.SOURCES_LABEL

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        finding = answer_behind(interaction, self._answer)
        answer = await in_time(interaction, finding, ephemeral=True)
        await show(interaction, Screen(sources_parts(answer.content)), ephemeral=True)


class UpButton(AnswerButton, template=template("up", "answer")):
    """The answer helped."""

    kind = "up"
    label = texts.UP_LABEL

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        giving = _give(interaction, self._answer, FeedbackValue.UP)
        await in_time(interaction, giving, ephemeral=True)
        await show(interaction, Screen((texts.THANKS_UP,)), ephemeral=True)


class DownButton(AnswerButton, template=template("down", "answer")):
    """The answer did not help; a form asks why."""

    kind = "down"
    label = texts.DOWN_LABEL

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        async with asyncio.timeout(FORM_WITHIN):
            await _give(interaction, self._answer, FeedbackValue.DOWN)
        await interaction.response.send_modal(reason_form(self._answer))


class ModeratorButton(AnswerButton, template=template("mod", "answer")):
    """**Vraag een moderator**: the question waits for an answer by a person."""

    kind = "mod"
    label = texts.MODERATOR_LABEL

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._pass_on(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _pass_on(self, interaction: discord.Interaction[Any]) -> Screen:
        return await pass_on(interaction, await answer_behind(interaction, self._answer))


class ShareButton(AnswerButton, template=template("share", "answer")):
    """**Deel in kanaal**: a private answer becomes a message that everybody sees."""

    kind = "share"
    label = texts.SHARE_LABEL

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        if not may_write(interaction):
            raise NoSharingError
        services = host_of(interaction).services
        answer = await in_time(interaction, self._claimed(interaction), ephemeral=False)
        thread = thread_of(interaction, is_private=True)
        question = own_words(answer, thread=thread, conversations=services.conversations)
        message_id: int | None = None
        try:
            parts = shared_parts(answer, question=question, by=interaction.user.display_name)
            screen = Screen(parts, StoredButtons(*_opinions(answer)))
            message_id = await show(interaction, screen, ephemeral=False)
        finally:
            await services.shown.end_sharing(answer, message_id=message_id)

    async def _claimed(self, interaction: discord.Interaction[Any]) -> ShownAnswer:
        answer = await answer_behind(interaction, self._answer)
        await host_of(interaction).services.shown.begin_sharing(answer)
        return answer


class TopicButton(StoredItem[_Button], template=template("topic", "answer", "number")):
    """One of the near topics: the passage that it is about, for whoever presses it."""

    def __init__(self, answer: int, number: int, *, label: str = "…") -> None:
        """Belong to the topic with this number, from 0, of an answer."""
        super().__init__(
            discord.ui.Button(
                label=shortened(label, _LABEL),
                style=discord.ButtonStyle.primary,
                custom_id=custom_id("topic", answer, number),
            )
        )
        self._answer = answer
        self._number = number

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["answer"], numbers["number"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        given = await in_time(interaction, self._answered(interaction), ephemeral=True)
        await show(interaction, answer_screen(given), ephemeral=interaction.guild_id is not None)

    async def _answered(self, interaction: discord.Interaction[Any]) -> Given:
        answer = await answer_behind(interaction, self._answer)
        thread = thread_of(interaction, is_private=answer.private)
        asking = host_of(interaction).services.asking
        return await asking.answer_topic(answer, self._number, thread=thread)


BUTTONS: Final = (
    SourcesButton,
    UpButton,
    DownButton,
    ModeratorButton,
    ShareButton,
    TopicButton,
)


def _buttons(answer: ShownAnswer, guilds: Sequence[KnownGuild]) -> StoredButtons:
    items: list[discord.ui.Item[Any]] = [
        TopicButton(answer.id, number, label=topic.title)
        for number, topic in enumerate(answer.content.topics)
    ]
    items += _opinions(answer)
    if answer.content.status is not AnswerStatus.ANSWERED:
        items.append(ModeratorButton(answer.id))
    elif answer.private and not isinstance(answer.place, DirectPlace):
        items.append(ShareButton(answer.id))
    if guilds:
        items.append(DmGuildMenu(guilds))
    return StoredButtons(*items)


def _opinions(answer: ShownAnswer) -> list[discord.ui.Item[Any]]:
    sources = [SourcesButton(answer.id)] if answer.content.citations else []
    return [*sources, UpButton(answer.id), DownButton(answer.id)]


async def _give(
    interaction: discord.Interaction[Any], answer_id: int, value: FeedbackValue
) -> None:
    answer = await answer_behind(interaction, answer_id)
    feedback = host_of(interaction).services.feedback
    await feedback.give(value, answer_id=answer.id, person=interaction.user.id)
