"""What moderators' commands begin with: a moment that is read, then a form or a preview."""

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord

from bot.dates.moments import read_moment
from bot.dates.reading import Ambiguous, NotUnderstood
from bot.dates.reading_rules import RuleChoice, read_rule
from bot.dates.wall import wall
from bot.dates.writing import write_moment
from bot.services.container import Services
from bot.services.meetings.checking import LABEL, ZONE, one_line
from bot.services.meetings.proposals import DeadlineProposal
from bot.texts import dates as date_texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.markdown import escaped
from bot.ui.meetings import items
from bot.ui.meetings.admin_buttons import CHANGE_WHEN, PICK, PLAN_WHEN
from bot.ui.meetings.admin_forms import change_form, plan_form
from bot.ui.meetings.admin_screens import preview_screen
from storage.meeting_records import Deadline, DeadlineKind, Meeting

_NOON: Final = dt.time(12)


def not_understood(reading: NotUnderstood) -> Screen:
    """Say why what was typed is no moment."""
    return Screen(
        (date_texts.not_understood(reading, words=", ".join(map(escaped, reading.words))),)
    )


def ask_plan(
    interaction: discord.Interaction[Any], now: dt.datetime, typed: str, *, kind: int, minutes: int
) -> Screen | discord.ui.Modal:
    """Return the form for a new meeting, or a question about when that is."""
    reading = read_moment(typed, now=now, zone=ZONE)
    if isinstance(reading, NotUnderstood):
        return not_understood(reading)
    if isinstance(reading, Ambiguous):
        return _question(reading, custom_id(PLAN_WHEN, kind, minutes), now)
    seconds = int(reading.moment.timestamp())
    return plan_form(interaction.id, kind=kind, moment=seconds, minutes=minutes)


def ask_change(
    meeting: Meeting, now: dt.datetime, typed: str | None, *, minutes: int
) -> Screen | discord.ui.Modal:
    """Return the form for a meeting, or a question about where it moves to.

    A time that is not typed is the one that it has.
    """
    if typed is None:
        return change_form(meeting, moment=0, minutes=minutes)
    local = meeting.details.local_start.time()
    reading = read_moment(
        typed, now=now, zone=ZONE, event=meeting.details.starts_at, default_time=local
    )
    if isinstance(reading, NotUnderstood):
        return not_understood(reading)
    if isinstance(reading, Ambiguous):
        return _question(reading, custom_id(CHANGE_WHEN, meeting.id, minutes), now)
    return change_form(meeting, moment=int(reading.moment.timestamp()), minutes=minutes)


async def propose_deadline(  # noqa: PLR0913 # what was typed, one by one
    services: Services,
    meeting: Meeting,
    *,
    kind: DeadlineKind,
    typed: str,
    label: str,
    changed: Deadline | None,
    by: int,
) -> Screen:
    """Show what a deadline would be; what can mean several moments is a draft for each."""
    zone = ZoneInfo(meeting.details.zone)
    read = read_rule(
        typed,
        now=services.clock.now(),
        zone=zone,
        event=meeting.details.starts_at,
        default_time=_NOON,
        keeps_event_time=False,
    )
    if isinstance(read, NotUnderstood):
        return not_understood(read)

    planning, options = services.meetings.planning, list[tuple[str, str, str]]()
    for one in read.choices:
        proposal = DeadlineProposal(
            kind, one_line(label, LABEL), str(one.rule), changed.id if changed else None
        )
        proposed = await planning.propose(meeting.guild_id, proposal, meeting=meeting, by=by)
        if read.only is not None:
            return preview_screen(proposed)
        options.append(_option(services, one, str(proposed.draft.id), zone))
    menu = items.rule_menu(custom_id(PICK), options)
    return Screen((date_texts.which_moment(read.doubts),), StoredButtons(menu))


def _option(
    services: Services, one: RuleChoice, value: str, zone: ZoneInfo
) -> tuple[str, str, str]:
    today = wall(services.clock.now(), zone).date()
    return value, write_moment(one.moment, zone), date_texts.choice(one.local, today=today)


def _question(reading: Ambiguous, identity: str, now: dt.datetime) -> Screen:
    today = wall(now, ZONE).date()
    options = [
        (
            str(int(one.moment.timestamp())),
            write_moment(one.moment, ZONE),
            date_texts.choice(one.local, today=today),
        )
        for one in reading.to_come
    ]
    text = date_texts.which_moment(reading.doubts)
    return Screen((text,), StoredButtons(items.rule_menu(identity, options)))
