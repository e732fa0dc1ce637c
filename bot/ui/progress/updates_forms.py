"""The forms in which moderators type updates, moments and reasons; all outlive a restart."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import discord

from bot.checks import require
from bot.logs import unexpected
from bot.services.container import Services
from bot.services.places import Standing
from bot.services.progress.updates_content import (
    MAX_LINK,
    MAX_REASON,
    MAX_TEXT,
    MAX_TITLE,
    content_of,
)
from bot.services.progress.updates_errors import (
    ContentProblem,
    UpdateChangedError,
    UpdateContentError,
    UpdateDoneError,
)
from bot.services.progress.updates_planning import MAX_REPEAT, MAX_WHEN
from bot.services.progress.updates_states import UNPUBLISHED, edited
from bot.texts import errors as error_texts
from bot.texts import updates as texts
from bot.texts.errors import sentence
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.giving_back import given_back
from bot.ui.host import host_of
from bot.ui.payloads import picked_in, typed_in
from bot.ui.progress.updates_screens import (
    edit_question,
    planning_screen,
    update_screen,
    withdrawal_question,
)
from storage.errors import StorageError
from storage.progress_records import Part, Update, UpdateContent

_NO_PART: Final = "-"
_FIELDS: Final = ("title", "text", "link", "when", "repeat", "reason")

_Work = Callable[
    [Services, discord.Interaction[Any], Mapping[str, int], Mapping[str, str]], Awaitable[Screen]
]


def new_update_form(opened_by: int) -> StoredForm:
    """Return the form for a new update; `opened_by` is the interaction, once for each form."""
    return _content_form(texts.NEW_TITLE, custom_id("upd-new", opened_by), None)


def edit_update_form(update: Update) -> StoredForm:
    """Return the form to change an update, with what it says now."""
    identity = custom_id("upd-text", update.id, update.version)
    return _content_form(texts.edit_title(update.number), identity, update.content)


def plan_form(update: Update) -> StoredForm:
    """Return the form that asks when an update is to be published."""
    form = StoredForm(
        title=texts.WHEN_TITLE, identity=custom_id("upd-when", update.id, update.version)
    )
    form.add_item(
        discord.ui.Label(
            text=texts.WHEN_LABEL,
            component=discord.ui.TextInput(
                custom_id="when", placeholder=texts.WHEN_PLACEHOLDER, max_length=MAX_WHEN
            ),
        )
    )
    form.add_item(
        discord.ui.Label(
            text=texts.REPEAT_LABEL,
            component=discord.ui.TextInput(
                custom_id="repeat",
                placeholder=texts.REPEAT_PLACEHOLDER,
                max_length=MAX_REPEAT,
                required=False,
            ),
        )
    )
    return form


def withdrawal_form(update: Update) -> StoredForm:
    """Return the form that asks why an update is taken back."""
    form = StoredForm(
        title=texts.withdraw_title(update.number), identity=custom_id("upd-why", update.id)
    )
    form.add_item(
        discord.ui.Label(
            text=texts.REASON_LABEL,
            component=discord.ui.TextInput(
                custom_id="reason",
                style=discord.TextStyle.paragraph,
                placeholder=texts.REASON_PLACEHOLDER,
                max_length=MAX_REASON,
            ),
        )
    )
    return form


def _content_form(title: str, identity: str, content: UpdateContent | None) -> StoredForm:
    form = StoredForm(title=title, identity=identity)
    title_input: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="title", max_length=MAX_TITLE, default=content.title if content else None
    )
    text_input: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="text",
        style=discord.TextStyle.paragraph,
        placeholder=texts.TEXT_PLACEHOLDER,
        max_length=MAX_TEXT,
        default=content.text if content else None,
    )
    part = content.part if content else None
    part_input: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="part",
        required=False,
        options=[
            discord.SelectOption(label=texts.NO_PART, value=_NO_PART, default=part is None),
            *(
                discord.SelectOption(label=one.value, value=one.value, default=one is part)
                for one in Part
            ),
        ],
    )
    link_input: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="link",
        placeholder=texts.LINK_PLACEHOLDER,
        max_length=MAX_LINK,
        required=False,
        default=content.link if content else None,
    )
    form.add_item(discord.ui.Label(text=texts.TITLE_LABEL, component=title_input))
    form.add_item(discord.ui.Label(text=texts.TEXT_LABEL, component=text_input))
    form.add_item(discord.ui.Label(text=texts.PART_LABEL, component=part_input))
    form.add_item(discord.ui.Label(text=texts.LINK_LABEL, component=link_input))
    return form


async def _written(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    """Keep a new update as a draft and show it; only a bad link is left out of it."""
    guild_id, above = interaction.guild_id or 0, ""
    try:
        try:
            content = _content(interaction, typed)
        except UpdateContentError as error:
            if error.problem is not ContentProblem.BAD_LINK:
                raise
            content = _content(interaction, {**typed, "link": ""})
            above = texts.kept_without_link(sentence(error))
        form_id, by = numbers["form"], interaction.user.id
        made = await services.updates.write(guild_id, content, by=by, form_id=form_id)
    except (UpdateContentError, UpdateDoneError) as error:
        return _given_back(sentence(error), typed)
    return await update_screen(services, made, above=above)


async def _rewritten(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    """Change a draft at once; ask before what others read is changed, or what others wrote."""
    by, version = interaction.user.id, numbers["version"]
    update = await services.updates.get(numbers["update"], guild_id=interaction.guild_id or 0)
    try:
        content = replace(_content(interaction, typed), mentions_role=update.mentions_role)
        above = texts.overwrites(None) if update.version != version else ""
        if update.state in UNPUBLISHED:
            try:
                seen = replace(update, version=version)
                changed = await services.updates.edit(seen, content, by=by)
            except UpdateChangedError as error:
                update, above = error.current, texts.overwrites(error.by)
            else:
                return await update_screen(services, changed)
        change = await services.updates.propose_edit(update, content, by=by)
        after = edited(update, content, now=services.clock.now())
    except (UpdateContentError, UpdateDoneError) as error:
        return _given_back(sentence(error), typed)
    return await edit_question(services, update, change, after, above=above)


async def _timed(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    """Read when an update is to be published, and ask whether that is meant."""
    update = await services.updates.get(numbers["update"], guild_id=interaction.guild_id or 0)
    return await planning_screen(
        services,
        update,
        when=typed.get("when", ""),
        repeat=typed.get("repeat", ""),
        by=interaction.user.id,
    )


async def _reasoned(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: Mapping[str, str],
) -> Screen:
    """Keep the reason to take an update back, and ask whether that is meant."""
    update = await services.updates.get(numbers["update"], guild_id=interaction.guild_id or 0)
    change = await services.updates.propose_withdrawal(
        update, typed.get("reason", ""), by=interaction.user.id
    )
    return await withdrawal_question(services, update, change)


def _content(interaction: discord.Interaction[Any], typed: Mapping[str, str]) -> UpdateContent:
    return content_of(
        title=typed.get("title", ""),
        text=typed.get("text", ""),
        part=next(iter(picked_in(interaction).get("part", ())), _NO_PART),
        link=typed.get("link", ""),
    )


def _given_back(reason: str, typed: Mapping[str, str]) -> Screen:
    return given_back(reason, (typed.get(name, "") for name in _FIELDS))


def _answering(work: _Work) -> Submit:
    """Return what answers a form: rights are checked afresh, and there is an answer in time."""

    async def submit(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
        async def checked() -> Screen:
            await require(interaction, Standing.MODERATOR)
            try:
                return await work(host_of(interaction).services, interaction, numbers, typed)
            except StorageError as error:
                code = unexpected("update_form_failed", error=error)
                return _given_back(error_texts.unexpected(code), typed)

        typed = typed_in(interaction)
        screen = await in_time(interaction, checked(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    return submit


UPDATE_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template("upd-new", "form")): _answering(_written),
    re.compile(template("upd-text", "update", "version")): _answering(_rewritten),
    re.compile(template("upd-when", "update", "version")): _answering(_timed),
    re.compile(template("upd-why", "update")): _answering(_reasoned),
}
