"""What moderators see before and after they confirm something about a meeting."""

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.dates.rules import moment_by, parse_rule
from bot.dates.writing import write_moment
from bot.services.meetings.announcing import Announcement
from bot.services.meetings.planning import Confirmed, Proposed, quiet_allowed
from bot.services.meetings.proposals import (
    CancelProposal,
    ChangeProposal,
    DeadlineProposal,
    ItemProposal,
    PlanProposal,
)
from bot.texts import meetings as texts
from bot.texts import meetings_admin as admin
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.markdown import escaped, link, split
from bot.ui.meetings.shown import item_text, name_of
from storage.meeting_records import AgendaItem, Details, MeetingPage

YES: Final = "mt-yes"
QUIET: Final = "mt-quiet"
NO: Final = "mt-no"

_Button = discord.ui.Button[StoredButtons]


def preview_screen(proposed: Proposed) -> Screen:
    """Return what a draft would do and who would hear of it, with the buttons to decide."""
    draft = proposed.draft.id
    text = f"{_preview(proposed)}\n{_tells(proposed)}"
    green = discord.ButtonStyle.success
    yes = _Button(label=admin.YES_LABEL, style=green, custom_id=custom_id(YES, draft))
    no = _Button(label=admin.NO_LABEL, custom_id=custom_id(NO, draft))
    quiet = _Button(label=admin.QUIET_LABEL, custom_id=custom_id(QUIET, draft))
    buttons = (yes, quiet, no) if quiet_allowed(proposed.proposal) else (yes, no)
    return Screen(tuple(split(text)), StoredButtons(*buttons))


def done_screen(done: Confirmed) -> Screen:
    """Say what was done, and who hears of it."""
    channel = _mention(done.where)
    name, number = name_of(done.meeting), done.meeting.number
    return Screen((admin.done(name, number, channel=channel, followers=done.followers),))


def _preview(proposed: Proposed) -> str:
    match proposed.proposal, proposed.page:
        case PlanProposal(_, details), _:
            zone = ZoneInfo(details.zone)
            written = write_moment(details.starts_at, zone)
            head = admin.planned_preview(written, texts.stamp(details.starts_at, "R"))
            return "\n".join((head, *_details(details)))
        case ChangeProposal() as change, MeetingPage(meeting=meeting):
            changed = [*_changed(meeting.details, change)]
            return admin.change_preview(changed or [admin.NOTHING_CHANGED])
        case CancelProposal(reason), MeetingPage(meeting=meeting):
            return admin.cancel_preview(name_of(meeting), escaped(reason))
        case ItemProposal() as item, _:
            return _item(item)
        case DeadlineProposal() as deadline, MeetingPage() as page:
            return _deadline(deadline, page)
        case _:
            return ""


def _details(details: Details) -> Iterator[str]:
    yield f"**{escaped(texts.name(details.kind, details.title))}**"
    yield texts.when(details.starts_at, details.ends_at)
    yield texts.where(escaped(details.place), link(details.link, details.link))


def _changed(before: Details, change: ChangeProposal) -> Iterator[str]:
    after = change.details
    zone = ZoneInfo(after.zone)
    if before.starts_at != after.starts_at:
        written = [write_moment(one.starts_at, zone) for one in (before, after)]
        yield admin.moves(written[0], written[1])
    for label, old, new in (
        (admin.TITLE_LABEL, before.title, after.title),
        (admin.PLACE_LABEL, before.place, after.place),
        (admin.LINK_LABEL, before.link, after.link),
    ):
        if old != new:
            yield admin.becomes(label, escaped(new))
    if before.minutes != after.minutes:
        yield admin.becomes(admin.LENGTH_LABEL, admin.length(after.minutes))
    if change.reminders is not None:
        yield admin.new_reminders(", ".join(map(rule_text, change.reminders)))


def rule_text(rule: str) -> str:
    """Return a rule of the channel's reminders as it is typed."""
    parsed = parse_rule(rule)
    if parsed.back.minutes:
        return admin.hours_before(parsed.back.minutes // 60)
    return admin.days_before(parsed.back.days, parsed.time)


def _item(item: ItemProposal) -> str:
    head = admin.item_preview(
        escaped(item.title),
        removed=item.removed,
        is_new=item.item_id is None,
        position=item.position,
    )
    if item.removed:
        return head
    shown = AgendaItem(0, 0, item.position or 1, item.title, item.text, item.papers)
    return f"{head}\n{item_text(shown)}"


def _deadline(proposal: DeadlineProposal, page: MeetingPage) -> str:
    details = page.meeting.details
    zone = ZoneInfo(details.zone)
    due = moment_by(parse_rule(proposal.rule), details.local_start, zone)
    what = escaped(proposal.label) or texts.DEADLINES[proposal.kind]
    return admin.deadline_preview(
        what, write_moment(due, zone), texts.stamp(due, "R"), removed=proposal.removed
    )


def _tells(proposed: Proposed) -> str:
    is_instead = proposed.where is not None and proposed.where.is_instead
    return admin.tells(_mention(proposed.where), proposed.followers, instead=is_instead)


def _mention(where: Announcement | None) -> str:
    return "" if where is None else f"<#{where.channel_id}>"
