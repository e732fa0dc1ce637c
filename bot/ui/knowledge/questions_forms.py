"""The forms in which moderators answer open questions; all outlive a restart, and lose nothing."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord

from bot.checks import require
from bot.logs import unexpected
from bot.services.container import Services
from bot.services.knowledge.open_questions import GroupView
from bot.services.knowledge.question_answers import (
    MAX_ANSWER,
    MAX_LINK,
    MAX_REASON,
    MAX_SOURCE,
)
from bot.services.knowledge.question_errors import OpenQuestionError
from bot.services.places import Standing
from bot.texts import errors as error_texts
from bot.texts import open_questions as texts
from bot.texts.open_questions_errors import sentence
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.host import host_of
from bot.ui.knowledge.questions_screens import link_screen, preview_screen
from bot.ui.markdown import split
from bot.ui.payloads import typed_in
from storage.errors import StorageError
from storage.question_records import ModeratorAnswer, OpenQuestionState

_KEPT: Final = 1_900  # characters of a typed text in one message
_MAX_WORDS: Final = 100

_Work = Callable[[Services, discord.Interaction[Any], int, Mapping[str, str]], Awaitable[Screen]]


def answer_form(group_id: int, typed: ModeratorAnswer | None) -> StoredForm:
    """Return the form for an answer and its source, with what was `typed` before."""
    form = StoredForm(title=texts.ANSWER_TITLE, identity=custom_id("oq-write", group_id))
    _add(
        form, texts.ANSWER_LABEL, "text", placeholder=texts.ANSWER_PLACEHOLDER,
        most=MAX_ANSWER, typed=typed.text if typed else None, is_long=True,
    )  # fmt: skip
    _add(
        form, texts.SOURCE_LABEL, "source", placeholder=texts.SOURCE_PLACEHOLDER,
        most=MAX_SOURCE, typed=typed.source_title if typed else None, is_required=False,
    )  # fmt: skip
    _add(
        form, texts.LINK_LABEL, "link", placeholder=texts.LINK_PLACEHOLDER,
        most=MAX_LINK, typed=typed.source_url if typed else None, is_required=False,
    )  # fmt: skip
    return form


def decline_form(group_id: int, typed: ModeratorAnswer | None) -> StoredForm:
    """Return the form that asks why a question gets no answer."""
    form = StoredForm(title=texts.DECLINE_TITLE, identity=custom_id("oq-why", group_id))
    _add(
        form, texts.REASON_LABEL, "text", placeholder=texts.REASON_PLACEHOLDER,
        most=MAX_REASON, typed=typed.text if typed else None, is_long=True,
    )  # fmt: skip
    return form


def search_form(group_id: int) -> StoredForm:
    """Return the form that asks what to look for in the knowledge base."""
    form = StoredForm(title=texts.SEARCH_TITLE, identity=custom_id("oq-words", group_id))
    placeholder = texts.SEARCH_PLACEHOLDER
    _add(form, texts.SEARCH_LABEL, "words", placeholder=placeholder, most=_MAX_WORDS)
    return form


def form_for(state: OpenQuestionState, group_id: int, typed: ModeratorAnswer | None) -> StoredForm:
    """Return the form for what is to become of a question: an answer, or a reason for none."""
    make = decline_form if state is OpenQuestionState.DECLINED else answer_form
    return make(group_id, typed)


async def keep_and_preview(
    services: Services, view_id: int, answer: ModeratorAnswer, interaction: discord.Interaction[Any]
) -> Screen:
    """Keep a draft and show it as askers will see it."""
    guild_id, by = interaction.guild_id or 0, interaction.user.id
    draft = await services.open_answering.answers.write(view_id, answer, guild_id=guild_id, by=by)
    view: GroupView = await services.open_questions.view(view_id, guild_id=guild_id)
    return preview_screen(services, draft, view)


async def _answered(
    services: Services,
    interaction: discord.Interaction[Any],
    group_id: int,
    typed: Mapping[str, str],
) -> Screen:
    answer = ModeratorAnswer(
        state=OpenQuestionState.ANSWERED,
        text=typed.get("text", ""),
        source_title=typed.get("source", "").strip() or texts.DEFAULT_SOURCE,
        source_url=typed.get("link", ""),
    )
    return await keep_and_preview(services, group_id, answer, interaction)


async def _declined(
    services: Services,
    interaction: discord.Interaction[Any],
    group_id: int,
    typed: Mapping[str, str],
) -> Screen:
    answer = ModeratorAnswer(state=OpenQuestionState.DECLINED, text=typed.get("text", ""))
    return await keep_and_preview(services, group_id, answer, interaction)


async def _searched(
    services: Services,
    interaction: discord.Interaction[Any],
    group_id: int,
    typed: Mapping[str, str],
) -> Screen:
    view = await services.open_questions.view(group_id, guild_id=interaction.guild_id or 0)
    return await link_screen(services, view, words=typed.get("words", "").strip() or None)


def _add(  # noqa: PLR0913 -- a field of a form, all of it
    form: StoredForm,
    label: str,
    name: str,
    *,
    placeholder: str,
    most: int,
    typed: str | None = None,
    is_long: bool = False,
    is_required: bool = True,
) -> None:
    style = discord.TextStyle.paragraph if is_long else discord.TextStyle.short
    # Discord refuses a form whose field begins with more than it may hold.
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=name,
        style=style,
        placeholder=placeholder,
        max_length=most,
        required=is_required,
        default=typed[:most] if typed else None,
    )
    form.add_item(discord.ui.Label(text=label, component=field))


def _given_back(reason: str, typed: Mapping[str, str]) -> Screen:
    """Say what is wrong, and give back what was typed: nobody types it twice."""
    whole = "\n".join(one for one in typed.values() if one)
    # The fence can only be left by another one.
    harmless = whole.replace("```", "'''")
    pieces = split(harmless, limit=_KEPT) if harmless.strip() else []
    return Screen((f"{reason}\n{texts.YOUR_TEXT}", *(f"```\n{one}\n```" for one in pieces)))


def _answering(work: _Work) -> Submit:
    """Return what answers a form: rights are checked afresh, and there is an answer in time."""

    async def submit(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
        async def checked() -> Screen:
            await require(interaction, Standing.MODERATOR)
            try:
                return await work(
                    host_of(interaction).services, interaction, numbers["group"], typed
                )
            except OpenQuestionError as error:
                return _given_back(sentence(error), typed)
            except StorageError as error:
                code = unexpected("question_form_failed", error=error)
                return _given_back(error_texts.unexpected(code), typed)

        typed = typed_in(interaction)
        screen = await in_time(interaction, checked(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    return submit


QUESTION_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template("oq-write", "group")): _answering(_answered),
    re.compile(template("oq-why", "group")): _answering(_declined),
    re.compile(template("oq-words", "group")): _answering(_searched),
}
