"""The forms in which moderators type about meetings; all outlive a restart."""

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import discord

from bot.checks import require
from bot.errors import StaleComponentError
from bot.services.container import Services
from bot.services.meetings.checking import (
    PLACE,
    REASON,
    TEXT,
    TITLE,
    details_of,
    one_line,
    rules_of,
    some_lines,
)
from bot.services.meetings.errors import EmptyTitleError, OutdatedDraftError
from bot.services.meetings.proposals import (
    CancelProposal,
    ChangeProposal,
    ItemProposal,
    PlanProposal,
    Proposal,
)
from bot.services.places import Standing
from bot.texts import meetings_admin as admin
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.host import host_of
from bot.ui.meetings.admin_screens import preview_screen
from bot.ui.meetings.paper_files import fetched, paper_lines, typed_papers, with_file
from bot.ui.payloads import typed_in
from storage.meeting_records import AgendaItem, Meeting, MeetingKind

KINDS: Final = (MeetingKind.ALV, MeetingKind.BALV, MeetingKind.OTHER)
_LAST_MOMENT: Final = 253_402_300_799  # the last second of the year 9999
_PAPERS: Final = 4_000
_LINK: Final = 500

_Typed = Mapping[str, str]
_Work = Callable[
    [Services, discord.Interaction[Any], Mapping[str, int], _Typed],
    Awaitable[tuple[Proposal, Meeting | None]],
]


def plan_form(opened_by: int, *, kind: int, moment: int, minutes: int) -> StoredForm:
    """Return the form for a new meeting; `opened_by` is the interaction, so it is made once."""
    identity = custom_id("mt-plan", opened_by, kind, moment, minutes)
    return _details_form(StoredForm(title=admin.PLAN_TITLE, identity=identity), None)


def change_form(meeting: Meeting, *, moment: int, minutes: int) -> StoredForm:
    """Return the form with a meeting as it is; `moment` and `minutes` are 0 when they stay."""
    identity = custom_id("mt-edit", meeting.id, meeting.version, moment, minutes)
    form = _details_form(StoredForm(title=admin.CHANGE_TITLE, identity=identity), meeting)
    _add(
        form,
        admin.REMINDERS_LABEL,
        "reminders",
        limit=100,
        required=False,
        placeholder=admin.REMINDERS_PLACEHOLDER,
    )
    return form


def cancel_form(meeting: Meeting) -> StoredForm:
    """Return the form that asks why a meeting is called off."""
    form = StoredForm(title=admin.CANCEL_TITLE, identity=custom_id("mt-cancel", meeting.id))
    _add(form, admin.REASON_LABEL, "reason", limit=REASON, is_long=True)
    return form


def item_form(
    meeting: Meeting, item: AgendaItem | None, *, position: int, paper_id: int = 0
) -> StoredForm:
    """Return the form for an agenda item, new or as it is; `paper_id`: a file comes along."""
    numbers = (meeting.id, item.id if item else 0, position)
    identity = custom_id("mt-item", *numbers)
    if paper_id:
        identity = custom_id("mt-file", *numbers, paper_id)
    form = StoredForm(title=admin.ITEM_TITLE, identity=identity)
    papers = paper_lines(item)
    _add(form, admin.TITLE_LABEL, "title", limit=TITLE, default=item.title if item else "")
    text = item.text if item else ""
    _add(form, admin.TEXT_LABEL, "text", limit=TEXT, default=text, is_long=True, required=False)
    _add(
        form,
        admin.PAPERS_LABEL,
        "papers",
        limit=_PAPERS,
        default=papers[:_PAPERS],
        is_long=True,
        required=False,
        placeholder=admin.PAPERS_PLACEHOLDER,
    )
    return form


def _details_form(form: StoredForm, meeting: Meeting | None) -> StoredForm:
    details = meeting.details if meeting else None
    title, place, link = (details.title, details.place, details.link) if details else ("", "", "")
    _add(form, admin.TITLE_LABEL, "title", limit=TITLE, default=title)
    _add(form, admin.PLACE_LABEL, "place", limit=PLACE, default=place, required=False)
    _add(
        form,
        admin.LINK_LABEL,
        "link",
        limit=_LINK,
        default=link,
        required=False,
        placeholder=admin.LINK_PLACEHOLDER,
    )
    return form


def _add(  # noqa: PLR0913 # what a field of a form can have
    form: StoredForm,
    label: str,
    name: str,
    *,
    limit: int,
    default: str = "",
    required: bool = True,
    is_long: bool = False,
    placeholder: str | None = None,
) -> None:
    style = discord.TextStyle.paragraph if is_long else discord.TextStyle.short
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=name,
        style=style,
        max_length=limit,
        default=default or None,
        required=required,
        placeholder=placeholder,
    )
    form.add_item(discord.ui.Label(text=label, component=field))


async def _planned(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: _Typed,
) -> tuple[Proposal, Meeting | None]:
    del services, interaction
    if numbers["kind"] >= len(KINDS):
        raise StaleComponentError
    details = details_of(
        kind=KINDS[numbers["kind"]],
        moment=_moment(numbers["moment"]),
        minutes=numbers["minutes"],
        title=typed.get("title", ""),
        place=typed.get("place", ""),
        link=typed.get("link", ""),
    )
    return PlanProposal(f"{numbers['opened']}@breed", details), None


async def _changed(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: _Typed,
) -> tuple[Proposal, Meeting | None]:
    meeting = await _meeting(services, interaction, numbers)
    if meeting.version != numbers["version"]:
        last = (await services.meetings.shelf.history(meeting.id))[-1]
        raise OutdatedDraftError(meeting, by=last.changed_by)
    moment, minutes = numbers["moment"], numbers["minutes"]
    details = details_of(
        kind=meeting.details.kind,
        moment=_moment(moment) if moment else meeting.details.starts_at,
        minutes=minutes or meeting.details.minutes,
        title=typed.get("title", ""),
        place=typed.get("place", ""),
        link=typed.get("link", ""),
    )
    if not moment:  # the hour that exists twice keeps which of the two it is
        details = replace(details, local_start=meeting.details.local_start)
    rules = typed.get("reminders", "")
    return ChangeProposal(details, rules_of(rules) if rules.strip() else None), meeting


async def _called_off(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: _Typed,
) -> tuple[Proposal, Meeting | None]:
    meeting = await _meeting(services, interaction, numbers)
    return CancelProposal(some_lines(typed.get("reason", ""), REASON)), meeting


async def _item(
    services: Services,
    interaction: discord.Interaction[Any],
    numbers: Mapping[str, int],
    typed: _Typed,
) -> tuple[Proposal, Meeting | None]:
    title = one_line(typed.get("title", ""), TITLE)
    if not any(one.isalnum() for one in title):
        raise EmptyTitleError
    meeting = await _meeting(services, interaction, numbers)
    agenda = (await services.meetings.shelf.page(meeting.id)).agenda
    known = next((one for one in agenda if one.id == numbers["item"]), None)
    papers = typed_papers(typed.get("papers", ""), known)
    if paper_id := numbers.get("paper"):
        papers = with_file(papers, await fetched(services, interaction, meeting, paper_id))
    item = ItemProposal(
        title=title,
        text=some_lines(typed.get("text", ""), TEXT),
        papers=papers,
        item_id=numbers["item"] or None,
        position=numbers["position"] or None,
    )
    return item, meeting


async def _meeting(
    services: Services, interaction: discord.Interaction[Any], numbers: Mapping[str, int]
) -> Meeting:
    guild_id = interaction.guild_id or 0
    return await services.meetings.shelf.get(numbers["meeting"], guild_id=guild_id)


def _moment(seconds: int) -> dt.datetime:
    if seconds > _LAST_MOMENT:
        raise StaleComponentError
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _proposing(work: _Work) -> Submit:
    """Return what answers a form: rights checked afresh, then the preview of what was typed."""

    async def submit(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
        async def proposed() -> Screen:
            await require(interaction, Standing.MODERATOR)
            services = host_of(interaction).services
            proposal, meeting = await work(services, interaction, numbers, typed)
            guild_id, by = interaction.guild_id or 0, interaction.user.id
            return preview_screen(
                await services.meetings.planning.propose(guild_id, proposal, meeting=meeting, by=by)
            )

        typed = typed_in(interaction)
        screen = await in_time(interaction, proposed(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    return submit


MEETING_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template("mt-plan", "opened", "kind", "moment", "minutes")): _proposing(_planned),
    re.compile(template("mt-edit", "meeting", "version", "moment", "minutes")): _proposing(
        _changed
    ),
    re.compile(template("mt-cancel", "meeting")): _proposing(_called_off),
    re.compile(template("mt-item", "meeting", "item", "position")): _proposing(_item),
    re.compile(template("mt-file", "meeting", "item", "position", "paper")): _proposing(_item),
}
