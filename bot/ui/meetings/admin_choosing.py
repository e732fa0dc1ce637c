"""Agenda items and deadlines that moderators choose by number, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord import app_commands

from bot.dates.reading import NotUnderstood, Problem
from bot.services.container import Services
from bot.services.meetings.errors import NoDeadlineError, NoItemError
from bot.services.meetings.proposals import DeadlineProposal, ItemProposal
from bot.texts import meetings as texts
from bot.texts import meetings_admin as admin
from bot.ui.acknowledging import Screen, show
from bot.ui.markdown import shortened
from bot.ui.meetings.admin_asking import not_understood, propose_deadline
from bot.ui.meetings.admin_forms import item_form
from bot.ui.meetings.admin_screens import preview_screen
from storage.meeting_records import Deadline, DeadlineKind, Meeting, MeetingPage

_CHOICE: Final = 100  # characters of a name in autocomplete
_CHOICES: Final = 25

KIND_NAMES: Final = admin.KIND_NAMES
KIND_CHOICES: Final = [app_commands.Choice(name=name, value=name) for name in KIND_NAMES]
DEADLINE_CHOICES: Final = [
    app_commands.Choice(name=name, value=name) for name in admin.DEADLINE_NAMES.values()
]
DEADLINE_KINDS: Final = {name: kind for kind, name in admin.DEADLINE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which one of a list, from 1, or None for a new one; and whether it has to go.

    `position` is where an agenda item is to stand, 0 where it stands; `file` comes along with it.
    """

    number: int | None
    removed: bool = False
    position: int = 0
    file: discord.Attachment | None = None


@dataclass(frozen=True, slots=True)
class TypedDeadline:
    """What was typed of a deadline; the rest stays as it is."""

    kind: DeadlineKind | None
    when: str
    label: str


async def put(interaction: discord.Interaction[Any], asked: Screen | discord.ui.Modal) -> None:
    """Answer with a screen or a form; a form has to be the first answer."""
    if isinstance(asked, Screen):
        await show(interaction, asked, ephemeral=True)
    else:
        await interaction.response.send_modal(asked)


async def ask_item(
    services: Services, page: MeetingPage, chosen: Chosen, *, by: int
) -> Screen | discord.ui.Modal:
    """Return the form for an agenda item, or the question whether it has to go.

    Raises:
        NoItemError: when the agenda has no such item.
        PapersFullError: when the file that is sent along is too large.

    """
    found = next((one for one in page.agenda if one.position == chosen.number), None)
    if found is None and (chosen.number is not None or chosen.removed):
        raise NoItemError
    if found is None or not chosen.removed:
        paper_id = await _noted(services, page.meeting, chosen.file)
        return item_form(page.meeting, found, position=chosen.position, paper_id=paper_id)
    gone = ItemProposal(found.title, found.text, found.papers, found.id, removed=True)
    planning, guild_id = services.meetings.planning, page.meeting.guild_id
    return preview_screen(await planning.propose(guild_id, gone, meeting=page.meeting, by=by))


async def ask_deadline(
    services: Services, page: MeetingPage, chosen: Chosen, typed: TypedDeadline, *, by: int
) -> Screen:
    """Show what a deadline would be, or ask whether it has to go.

    Raises:
        NoDeadlineError: when the meeting has no such deadline.

    """
    known = _numbered(page, chosen)
    if known is not None and chosen.removed:
        gone = DeadlineProposal(known.kind, known.label, known.rule, known.id, removed=True)
        planning, guild_id = services.meetings.planning, page.meeting.guild_id
        return preview_screen(await planning.propose(guild_id, gone, meeting=page.meeting, by=by))
    if not typed.when.strip():
        return not_understood(NotUnderstood(Problem.EMPTY))
    return await propose_deadline(
        services,
        page.meeting,
        kind=typed.kind or (known.kind if known else DeadlineKind.OTHER),
        typed=typed.when,
        label=typed.label or (known.label if known else ""),
        changed=known,
        by=by,
    )


def deadline_names(page: MeetingPage) -> list[str]:
    """Return how the deadlines of a meeting are called, in their order."""
    return [one.label or texts.DEADLINES[one.kind] for one in page.deadlines]


def choices(typed: str, names: Sequence[str]) -> list[app_commands.Choice[int]]:
    """Offer names by their number, from 1, as far as they fit what is typed."""
    wanted = typed.strip().casefold()
    return [
        app_commands.Choice(name=shortened(f"{number}. {name}", _CHOICE), value=number)
        for number, name in enumerate(names, start=1)
        if wanted in f"{number}. {name}".casefold()
    ][:_CHOICES]


def offered(meetings: Sequence[Meeting]) -> list[app_commands.Choice[str]]:
    """Offer meetings by number and title."""
    return [
        app_commands.Choice(
            name=shortened(f"#{one.number} {one.details.title}", _CHOICE), value=str(one.number)
        )
        for one in meetings
    ]


def chosen_meeting(interaction: discord.Interaction[Any]) -> str | None:
    """Return the meeting that was chosen so far in a command that is being typed."""
    chosen = getattr(interaction.namespace, "bijeenkomst", None)
    return chosen if isinstance(chosen, str) and chosen else None


def _numbered(page: MeetingPage, chosen: Chosen) -> Deadline | None:
    if chosen.number is None and not chosen.removed:
        return None
    if chosen.number is None or not 1 <= chosen.number <= len(page.deadlines):
        raise NoDeadlineError
    return page.deadlines[chosen.number - 1]


async def _noted(services: Services, meeting: Meeting, file: discord.Attachment | None) -> int:
    """Note a file that comes along, for when its form is sent in; 0 without one."""
    if file is None:
        return 0
    noted = await services.meetings.papers.note(
        meeting.id, name=file.filename, size=file.size, address=file.url
    )
    return noted.id
