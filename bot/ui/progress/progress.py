"""Where the verkenning stands, in words: what is done, under way and planned, and what comes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import discord

from bot.services.progress.timeline import (
    Entry,
    Window,
    begin_of,
    is_overdue,
    next_milestone,
    window_of,
)
from bot.services.progress.timeline_overview import Progress
from bot.services.progress.timeline_picture import TimelinePicture
from bot.texts import progress as texts
from bot.texts.periods import period
from bot.ui.markdown import MESSAGE, escaped, link, shortened, size
from bot.ui.progress.progress_picture import picture_of
from storage.milestone_records import MilestoneState
from storage.progress_records import Update

_NOTE: Final = 160  # characters of an explanation
_ROOM: Final = MESSAGE - 150  # for a line below the text
_ORDER: Final = (
    MilestoneState.UNDER_WAY,
    MilestoneState.PLANNED,
    MilestoneState.DONE,
    MilestoneState.DROPPED,
    MilestoneState.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is told of each milestone; less where it would not fit in one message."""

    title: int
    has_links: bool = True
    has_notes: bool = False


_DETAILS: Final = (
    _Detail(100, has_notes=True),
    _Detail(100),
    _Detail(100, has_links=False),
    _Detail(50, has_links=False),
    _Detail(25, has_links=False),
)


@dataclass(frozen=True, slots=True)
class ProgressScreen:
    """What is shown: a text of one message, a picture that says the same, and where one is."""

    text: str
    picture: TimelinePicture
    progress: Progress
    window: Window


def progress_screen(
    progress: Progress, mentions: Mapping[str, str], *, start: int | None = None
) -> ProgressScreen:
    """Return where things stand, with the milestones from place `start` on or those around now."""
    window = window_of(progress.entries, progress.today, start=start)
    tried = (_text(progress, window, mentions, detail) for detail in _DETAILS)
    text = next((one for one in tried if size(one) <= _ROOM), None)
    if text is None:
        text = shortened(_text(progress, window, mentions, _DETAILS[-1]), _ROOM)
    return ProgressScreen(text, picture_of(progress, window), progress, window)


def _text(progress: Progress, window: Window, mentions: Mapping[str, str], detail: _Detail) -> str:
    part = progress.part.value if progress.part else None
    head = [texts.heading(part)]
    if progress.entries:
        head.append(texts.counts(Counter(one.content.state for one in progress.entries)))
    parts = ["\n".join(head)]
    if progress.entries:
        parts += [_next(progress, detail), *_sections(progress, window, detail)]
        if window.earlier or window.later:
            parts.append(texts.left_out(earlier=window.earlier, later=window.later))
    else:
        parts.append(texts.no_milestones(part))
    if progress.updates:
        parts.append(
            texts.updates(_update(one, address, detail) for one, address in progress.updates)
        )
    if progress.has_guild:
        parts.append(_hints(progress, mentions))
    return "\n\n".join(parts)


def _hints(progress: Progress, mentions: Mapping[str, str]) -> str:
    lines = [texts.how_to_follow(mentions["abonnement aan"])]
    if next_milestone(progress.entries, progress.today) is None:
        lines.insert(0, texts.how_to_add(mentions["mijlpaal toevoegen"]))
    return "\n".join(lines)


def _next(progress: Progress, detail: _Detail) -> str:
    found = next_milestone(progress.entries, progress.today)
    if found is None:
        return texts.NO_NEXT
    content, today = found.content, progress.today
    title, when = _title(found, detail), period(content.first, content.last)
    if content.first > today:
        stamp = discord.utils.format_dt(begin_of(content.first), "R")
        countdown = texts.days_left((content.first - today).days)
        return texts.upcoming(title, when, countdown=countdown, stamp=stamp)
    stamp = discord.utils.format_dt(begin_of(content.last), "D")
    if content.first == content.last:
        return texts.upcoming(title, when, countdown=texts.days_left(0), stamp=stamp)
    countdown = texts.days_to_end((content.last - today).days)
    return texts.running(title, when, countdown=countdown, stamp=stamp)


def _sections(progress: Progress, window: Window, detail: _Detail) -> list[str]:
    """Return the milestones of the stretch by state; what is planned first, then what was."""
    sections: list[str] = []
    for state in _ORDER:
        lines = [
            _line(one, progress, detail) for one in window.entries if one.content.state is state
        ]
        if lines:
            sections.append(texts.section(state, lines))
    return sections


def _line(entry: Entry, progress: Progress, detail: _Detail) -> str:
    content = entry.content
    remark = texts.OVERDUE if is_overdue(content, progress.today) else ""
    when = period(content.first, content.last)
    said = texts.line(_title(entry, detail), when, remark=remark)
    if not (detail.has_notes and content.note):
        return said
    note = shortened(escaped(" ".join(content.note.split())), _NOTE)
    return f"{said}\n{texts.note(note)}"


def _title(entry: Entry, detail: _Detail) -> str:
    title = shortened(entry.content.title, detail.title)
    return link(title, entry.content.link if detail.has_links else "")


def _update(update: Update, address: str, detail: _Detail) -> str:
    stamp = discord.utils.format_dt(update.published_at or update.created_at, "d")
    title = shortened(update.title, detail.title)
    return texts.update(
        update.number, link(title, address if detail.has_links else ""), stamp=stamp
    )
