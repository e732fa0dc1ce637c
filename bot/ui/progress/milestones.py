"""Milestones on the screen of a moderator: preview, confirmation, what became of it, history."""

from collections.abc import Iterator, Sequence

import discord

from bot.dates.periods import NotAPeriod
from bot.services.progress.milestones_writing import Review, Saved
from bot.services.progress.timeline import Entry
from bot.texts import milestones as texts
from bot.texts.periods import period
from bot.texts.progress import SHAPES, STATES
from bot.ui.markdown import MESSAGE, escaped, link, quoted, shortened
from storage.milestone_records import MilestoneChange, MilestoneContent, MilestoneStanding

_VALUE = 150  # characters of a field before or after a change
_STEP = 280  # characters of one step in a history


def preview_text(review: Review) -> str:
    """Return a draft as it would look, what it changes, and what others did meanwhile."""
    parts: list[str] = []
    if review.content is None:
        parts += [texts.NOT_YET, "\n".join(_problems(review))]
    else:
        parts.append(texts.PREVIEW_CHANGE if review.before else texts.PREVIEW_NEW)
        parts.append(content_text(review.content))
    if review.theirs is not None:
        parts.append(_meanwhile(review, review.theirs))
    if review.changes_nothing:
        parts.append(texts.NO_CHANGES)
    elif review.content is not None and review.before is not None:
        parts.append(
            "\n".join((texts.CHANGES, *differences(review.before.content, review.content)))
        )
    return shortened("\n\n".join(parts), MESSAGE)


def saved_text(saved: Saved) -> str:
    """Say what became of a draft."""
    said = texts.CHANGED if saved.before else texts.ADDED
    return shortened(f"{said}\n{content_text(saved.entry.content)}", MESSAGE)


def entry_text(entry: Entry, above: str) -> str:
    """Return a milestone with a line above it, and where it comes from."""
    lines = [above, content_text(entry.content)]
    if entry.source:
        lines.append(texts.source(escaped(entry.source)))
    if entry.shipped is not None:
        as_shipped = entry.is_as_shipped or entry.standing is MilestoneStanding.SHIPPED
        lines.append(texts.SHIPPED if as_shipped else texts.OVERRIDDEN)
    if not entry.is_shown:
        lines.append(texts.NOT_SHOWN)
    return shortened("\n".join(lines), MESSAGE)


def content_text(content: MilestoneContent) -> str:
    """Return what a milestone says; a period with its days, so that nothing is understood twice."""
    when = period(content.first, content.last)
    days = texts.whole_days(content.first, content.last)
    if content.first != content.last and when != days:
        when = texts.with_days(when, days)
    lines = [
        texts.heading(SHAPES[content.state], link(content.title, content.link)),
        texts.facts(when, content.part.value, STATES[content.state]),
    ]
    if content.note:
        lines.append(quoted(escaped(content.note)))
    return "\n".join(lines)


def differences(before: MilestoneContent, after: MilestoneContent) -> Iterator[str]:
    """Yield every field that differs, before and after."""
    fields = (
        (texts.FIELD_TITLE, before.title, after.title),
        (
            texts.FIELD_WHEN,
            period(before.first, before.last),
            period(after.first, after.last),
        ),
        (texts.FIELD_PART, before.part.value, after.part.value),
        (texts.FIELD_STATE, STATES[before.state], STATES[after.state]),
        (texts.FIELD_NOTE, before.note, after.note),
        (texts.FIELD_LINK, before.link, after.link),
    )
    for name, old, new in fields:
        if old != new:
            yield texts.changed_field(name, _value(old), _value(new))


def meanwhile_text(change: MilestoneChange) -> str:
    """Say who changed it and when."""
    stamp = discord.utils.format_dt(change.changed_at, "R")
    return texts.meanwhile(change.actor_id, change.action, stamp=stamp)


def history_text(entry: Entry, changes: Sequence[MilestoneChange]) -> str:
    """Return who did what to a milestone and when, the newest first."""
    lines = [texts.history(escaped(entry.content.title))]
    shipped = entry.shipped.content if entry.shipped else None
    for index, change in enumerate(changes):
        earlier = changes[index + 1].content if index + 1 < len(changes) else shipped
        lines.append(shortened("\n".join(_step(change, earlier)), _STEP))
    if not changes:
        lines.append(texts.NO_HISTORY)
    return "\n".join(lines)


def latest_text(changes: Sequence[MilestoneChange]) -> str:
    """Return the last steps in a guild, each with its milestone."""
    if not changes:
        return texts.NO_CHANGES_YET
    lines = [
        texts.step_of(escaped(change.content.title), next(_step(change, None)))
        for change in changes
    ]
    return "\n".join((texts.LATEST_CHANGES, *lines))


def _problems(review: Review) -> Iterator[str]:
    for found in review.problems:
        yield texts.problem(found)
        if isinstance(found, NotAPeriod) and review.draft.period.strip():
            yield texts.typed_period(_value(review.draft.period))


def _meanwhile(review: Review, theirs: MilestoneChange) -> str:
    lines = [meanwhile_text(theirs)]
    if review.opened is not None:
        lines += differences(review.opened, theirs.content)
    return "\n".join(lines)


def _step(change: MilestoneChange, earlier: MilestoneContent | None) -> Iterator[str]:
    stamp = discord.utils.format_dt(change.changed_at, "f")
    yield texts.step(change.actor_id, change.action, stamp=stamp)
    if earlier is not None:
        for one in differences(earlier, change.content):
            yield f"  {one}"


def _value(text: str) -> str:
    return shortened(escaped(" ".join(text.split())), _VALUE)
