"""Meetings on the screen, for everybody."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.dates.wall import wall
from bot.services.meetings.attending import Place
from bot.services.meetings.checking import ZONE
from bot.services.meetings.past import PastMeeting
from bot.services.meetings.reminding import Kept
from bot.texts import meetings as texts
from bot.texts.dates import day
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.markdown import escaped, link, split
from bot.ui.meetings import items, shown
from storage.meeting_records import Answer, MeetingPage, MeetingState, ProxyState

_PAST: Final = 3  # earlier assemblies below an answer
_OPEN: Final = (ProxyState.OFFERED, ProxyState.ACCEPTED)


def info_screen(page: MeetingPage, now: dt.datetime) -> Screen:
    """Return a meeting, with the buttons to sign up while that makes sense."""
    meeting = page.meeting
    is_open = meeting.state is MeetingState.PLANNED and meeting.details.starts_at > now
    buttons = (*items.answer_buttons(meeting.id), items.remind_button(meeting.id))
    view = StoredButtons(*buttons) if is_open else None
    return Screen(tuple(split(shown.whole(page, now))), view)


def agenda_screen(page: MeetingPage) -> Screen:
    """Return the agenda of a meeting with its papers."""
    head = texts.heading(shown.name_of(page.meeting), number=page.meeting.number)
    return Screen(tuple(split(f"{head}\n{shown.full_agenda(page)}")))


def nothing_screen(past: Sequence[PastMeeting], mentions: Mapping[str, str]) -> Screen:
    """Say that nothing is planned, and what was before."""
    text = texts.nothing_planned(moderator=mentions["vergadering plannen"])
    earlier = "\n\n".join(map(_past, past[:_PAST]))
    return Screen(tuple(split(f"{text}\n\n{texts.EARLIER}\n{earlier}" if earlier else text)))


def past_screen(past: PastMeeting) -> Screen:
    """Return an earlier assembly with what was decided."""
    return Screen(tuple(split(_past(past))))


def place_screen(place: Place, *, above: str = "") -> Screen:
    """Return where somebody stands, with what they can change."""
    meeting, said, given = place.meeting, place.said, place.given
    lines = [above, f"**{shown.name_of(meeting)}**, {texts.stamp(meeting.details.starts_at)}"]
    lines.append(texts.your_answer(said.answer, said.mode) if said else texts.no_answer())
    has_proxy = given is not None and given.state in _OPEN and given.holder_id is not None
    if given is not None and has_proxy:
        accepted = given.state is ProxyState.ACCEPTED
        lines.append(texts.proxy_given(f"<@{given.holder_id}>", accepted=accepted))
    if place.held:
        lines.append(texts.proxies_held([f"<@{one.giver_id}>" for one in place.held]))
    lines += [texts.counts(place.counts), texts.follows()]
    comes = said is not None and said.answer is Answer.YES
    below: list[discord.ui.Item[Any]] = [*items.answer_buttons(meeting.id)]
    if has_proxy:
        below.append(items.take_back_button(meeting.id))
    below += items.mode_buttons(meeting.id) if comes else (items.proxy_menu(meeting.id),)
    return Screen(("\n".join(one for one in lines if one),), StoredButtons(*below))


def reminders_screen(kept: Sequence[Kept], *, above: str = "") -> Screen:
    """Return somebody's reminders, with a menu to stop one."""
    if not kept:
        text = "\n".join(one for one in (above, texts.NO_REMINDERS) if one)
        return Screen((text,))
    lines = [texts.own_reminder(one.due, shown.name_of(one.meeting)) for one in kept]
    options = [
        (
            one.reminder.id,
            texts.reminder_option(wall(one.due, ZONE), one.meeting.details.title),
        )
        for one in kept
    ]
    text = "\n".join(one for one in (above, *lines) if one)
    return Screen(tuple(split(text)), StoredButtons(items.stop_menu(options)))


def _past(past: PastMeeting) -> str:
    lines = [texts.past_meeting(past.kind, day(past.date), escaped(past.place))]
    if past.decisions:
        lines.append(texts.DECISIONS_HEADING)
        lines += [f"- {escaped(one)}" for one in past.decisions]
    if past.agenda:
        lines.append(texts.AGENDA_HEADING)
        lines += [f"- {escaped(one)}" for one in past.agenda]
    if past.note:
        lines.append(f"-# {escaped(past.note)}")
    return "\n".join((*lines, texts.source(link(past.source_title, past.source_url))))
