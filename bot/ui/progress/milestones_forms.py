"""The form in which moderators type a milestone."""

from typing import Any, Final

import discord

from bot.services.progress.milestones_typed import MAX_NOTE, MAX_PERIOD, MAX_TITLE, Typed, joined
from bot.services.progress.timeline import Entry
from bot.texts import milestones as texts
from bot.texts.periods import period
from bot.texts.progress import STATES
from bot.ui.custom_ids import custom_id
from bot.ui.forms import StoredForm
from storage.milestone_records import MilestoneDraft, MilestoneState
from storage.progress_records import Part

_CHOOSABLE: Final = (
    MilestoneState.PLANNED,
    MilestoneState.UNDER_WAY,
    MilestoneState.DONE,
    MilestoneState.DROPPED,
)
_EMPTY: Final = Typed("", "", Part.VERVOLG, MilestoneState.PLANNED, "")
NEW: Final = "ms-new"
CHANGE: Final = "ms-form"
AGAIN: Final = "ms-again"


def new_form() -> StoredForm:
    """Return the form for a new milestone."""
    return _form(texts.FORM_ADD, custom_id(NEW), _EMPTY)


def change_form(entry: Entry) -> StoredForm:
    """Return the form to change a milestone, with what it says now."""
    content, target = entry.content, entry.target
    identity = custom_id(CHANGE, int(target.is_shipped), target.number, entry.version)
    typed = Typed(
        title=content.title,
        period=period(content.first, content.last),
        part=content.part,
        state=content.state,
        note=joined(content.note, content.link),
    )
    return _form(texts.FORM_CHANGE, identity, typed)


def again_form(draft: MilestoneDraft) -> StoredForm:
    """Return the form with what was typed before, word for word."""
    is_new = draft.milestone_id is None and draft.shipped_key is None
    typed = Typed(draft.title, draft.period, draft.part, draft.state, draft.note)
    title = texts.FORM_ADD if is_new else texts.FORM_CHANGE
    return _form(title, custom_id(AGAIN, draft.id), typed)


def _form(title: str, identity: str, typed: Typed) -> StoredForm:
    form = StoredForm(title=title, identity=identity)
    name: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="title",
        placeholder=texts.TITLE_PLACEHOLDER,
        max_length=MAX_TITLE,
        default=typed.title[:MAX_TITLE] or None,
    )
    when: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="period",
        placeholder=texts.WHEN_PLACEHOLDER,
        max_length=MAX_PERIOD,
        default=typed.period[:MAX_PERIOD] or None,
    )
    note: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="note",
        style=discord.TextStyle.paragraph,
        placeholder=texts.NOTE_PLACEHOLDER,
        max_length=MAX_NOTE,
        required=False,
        default=typed.note[:MAX_NOTE] or None,
    )
    form.add_item(discord.ui.Label(text=texts.TITLE_LABEL, component=name))
    form.add_item(
        discord.ui.Label(text=texts.WHEN_LABEL, description=texts.WHEN_DETAIL, component=when)
    )
    form.add_item(discord.ui.Label(text=texts.PART_LABEL, component=_parts(typed.part)))
    form.add_item(discord.ui.Label(text=texts.STATE_LABEL, component=_states(typed.state)))
    form.add_item(discord.ui.Label(text=texts.NOTE_LABEL, component=note))
    return form


def _parts(chosen: Part) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=one.value, value=one.value, default=one is chosen)
        for one in Part
    ]
    return discord.ui.Select(custom_id="part", options=options)


def _states(chosen: MilestoneState) -> discord.ui.Select[Any]:
    """Offer the states; the one that only ships, where it is that one already."""
    offered = (*_CHOOSABLE, *(() if chosen in _CHOOSABLE else (chosen,)))
    options = [
        discord.SelectOption(label=STATES[one], value=one.value, default=one is chosen)
        for one in offered
    ]
    return discord.ui.Select(custom_id="state", options=options)
