"""A meeting as text: the same in answers, reminders and news."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from bot.texts import meetings as texts
from bot.ui.markdown import escaped, link, shortened
from storage.meeting_records import AgendaItem, Deadline, Meeting, MeetingPage, MeetingState

_ITEMS: Final = 12  # of an agenda, where it is not the subject
_ITEM: Final = 300  # characters of one item where it is
_REASON: Final = 500


def name_of(meeting: Meeting) -> str:
    """Return how a meeting is called, harmless to show."""
    return escaped(texts.name(meeting.details.kind, meeting.details.title))


def facts(page: MeetingPage, now: dt.datetime) -> str:
    """Return when and where a meeting is, and what has to be in before."""
    meeting = page.meeting
    details = meeting.details
    where = texts.where(escaped(details.place), _online(details.link))
    lines = [texts.when(details.starts_at, details.ends_at), where]
    if meeting.state is MeetingState.CANCELLED:
        reason = shortened(escaped(meeting.cancel_reason), _REASON)
        lines.insert(0, texts.called_off(reason))
    elif details.starts_at <= now:
        lines.insert(0, texts.STARTED)
    if page.deadlines:
        lines += ["", texts.DEADLINES_HEADING, *deadline_lines(page.deadlines, now)]
    return "\n".join(lines)


def deadline_lines(deadlines: Sequence[Deadline], now: dt.datetime) -> list[str]:
    """Return deadlines one by one: those that are open say until when."""
    return [
        texts.deadline(one.kind, escaped(one.label), one.due_at, is_open=one.due_at > now)
        for one in deadlines
    ]


def short_agenda(page: MeetingPage) -> str:
    """Return the titles on the agenda, or nothing when there are none."""
    if not page.agenda:
        return ""
    lines = [f"{one.position}. {escaped(one.title)}" for one in page.agenda[:_ITEMS]]
    more = len(page.agenda) - _ITEMS
    if more > 0:
        lines.append(f"… +{more}")
    return "\n".join((texts.AGENDA_HEADING, *lines))


def full_agenda(page: MeetingPage) -> str:
    """Return the agenda with its papers."""
    if not page.agenda:
        return texts.NO_AGENDA
    return "\n".join((texts.AGENDA_HEADING, *(item_text(one) for one in page.agenda)))


def item_text(item: AgendaItem) -> str:
    """Return one item with its papers."""
    lines = [f"{item.position}. **{escaped(item.title)}**"]
    if item.text:
        told = shortened(escaped(" ".join(item.text.split())), _ITEM)
        lines.append(f"   {told}")
    papers = ", ".join(
        texts.paper_file(escaped(one.title))
        if one.file_id is not None
        else link(one.title, one.url)
        for one in item.papers
    )
    return "\n".join((*lines, f"   {papers}") if papers else lines)


def whole(page: MeetingPage, now: dt.datetime) -> str:
    """Return a meeting with its deadlines, the titles of its agenda and who comes."""
    head = texts.heading(name_of(page.meeting), number=page.meeting.number)
    parts = [f"{head}\n{facts(page, now)}", short_agenda(page)]
    if page.meeting.state is MeetingState.PLANNED:
        parts.append(texts.counts(page.counts))
    return "\n\n".join(one for one in parts if one)


def _online(address: str) -> str:
    return link(address.partition("//")[2].partition("/")[0], address) if address else ""
