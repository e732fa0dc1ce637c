"""What the bot says by itself about meetings: reminders, news and proxies."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Showing
from bot.services.guild_settings import MEETINGS_CHANNEL
from bot.services.meetings import announcing
from bot.services.meetings.errors import NoMeetingError
from bot.services.meetings.proposals import details_from
from bot.texts import meetings as texts
from bot.texts import meetings_news as news
from bot.ui.markdown import escaped, shortened
from bot.ui.meetings import items, shown
from storage.delivery_records import DmTarget
from storage.meeting_records import Change, ChangeKind, MeetingPage, MeetingState, ProxyState

_DESCRIPTION: Final = 3_900  # of the 4,096 of an embed's description
_BLUE: Final = 0x1F5FA8
_GREY: Final = 0x80848E


async def render_reminder(services: Services, showing: Showing) -> Rendered | None:
    """Return a reminder in a channel, as the meeting is now."""
    page = await _page(services, showing.subject_id)
    if page is None or showing.withdrawn:
        return None
    is_over = page.meeting.state is MeetingState.CANCELLED
    if is_over and not showing.is_sent:
        return None
    late = showing.due_at if showing.is_late and not showing.is_sent else None
    lines = [texts.reminder(shown.name_of(page.meeting), late=late)]
    if showing.version > 1 and showing.is_sent:
        lines.append(texts.MOVED_SINCE)
    if await _is_instead(services, showing):
        lines.append(texts.INSTEAD)
    text = "\n".join((*lines, _body(page, services.clock.now())))
    return _message(text, page, showing, is_open=not is_over)


async def render_personal(services: Services, showing: Showing) -> Rendered | None:
    """Return somebody's own reminder; one that was stopped, or moved, shows nothing."""
    try:
        page = await services.meetings.shelf.page_of_reminder(showing.subject_id)
    except NoMeetingError:
        return None
    if showing.withdrawn or page.meeting.state is MeetingState.CANCELLED:
        return None
    late = showing.due_at if showing.is_late else None
    head = texts.reminder(shown.name_of(page.meeting), late=late)
    text = f"{head}\n{_body(page, services.clock.now())}"
    return Rendered(
        embeds=({"description": shortened(text, _DESCRIPTION), "color": _BLUE},),
        buttons=(
            *items.sent_answers(page.meeting.id, showing.mark),
            items.sent_snooze(showing.subject_id, showing.mark),
        ),
    )


async def render_notice(services: Services, showing: Showing) -> Rendered | None:
    """Return the news that a meeting was planned, changed or called off."""
    async with services.units.reading() as work:
        change = await work.meetings.change(showing.subject_id)
    page = await _page(services, change.meeting_id) if change else None
    if change is None or page is None:
        return None
    lines = [news.title(change.kind, shown.name_of(page.meeting)), *_changes(change)]
    if await _is_instead(services, showing):
        lines.append(texts.INSTEAD)
    is_off = page.meeting.state is MeetingState.CANCELLED
    text = "\n".join((*lines, shown.facts(page, services.clock.now())))
    return _message(text, page, showing, is_open=not is_off)


async def render_proxy(services: Services, showing: Showing) -> Rendered | None:
    """Return the question whether somebody votes for another, and what came of it."""
    async with services.units.reading() as work:
        proxy = await work.attendance.proxy(showing.subject_id)
    page = await _page(services, proxy.meeting_id) if proxy else None
    if proxy is None or page is None:
        return None
    name, giver = shown.name_of(page.meeting), f"<@{proxy.giver_id}>"
    buttons = items.sent_proxy(proxy.id, showing.mark)
    match proxy.state:
        case ProxyState.OFFERED:
            text = texts.proxy_asked(giver, name, page.meeting.details.starts_at)
        case ProxyState.ACCEPTED:
            text, buttons = texts.proxy_accepted(giver, name), buttons[1:]
        case ProxyState.DECLINED:
            text, buttons = texts.proxy_declined(giver), buttons[:1]
        case ProxyState.WITHDRAWN:
            text = texts.proxy_withdrawn(giver, name)
            return Rendered(embeds=({**_titled(page, showing), "description": text},))
    return Rendered(content=text, buttons=buttons)


async def render_proxy_answer(services: Services, showing: Showing) -> Rendered | None:
    """Return what came of a proxy, for whoever gave it."""
    async with services.units.reading() as work:
        proxy = await work.attendance.proxy(showing.subject_id)
    page = await _page(services, proxy.meeting_id) if proxy else None
    if proxy is None or page is None or proxy.state is ProxyState.WITHDRAWN:
        return None
    accepted = proxy.state is ProxyState.ACCEPTED
    name = shown.name_of(page.meeting)
    text = texts.proxy_answered(f"<@{proxy.holder_id}>", name, accepted=accepted)
    return Rendered(content=text, buttons=items.sent_answers(page.meeting.id, showing.mark))


RENDERINGS: Final = {
    announcing.REMINDER: render_reminder,
    announcing.PERSONAL: render_personal,
    announcing.NOTICE: render_notice,
    announcing.PROXY: render_proxy,
    announcing.PROXY_ANSWER: render_proxy_answer,
}


def _body(page: MeetingPage, now: dt.datetime) -> str:
    parts = (shown.facts(page, now), shown.short_agenda(page), texts.counts(page.counts))
    return "\n\n".join(one for one in parts if one)


def _message(text: str, page: MeetingPage, showing: Showing, *, is_open: bool) -> Rendered:
    """Return a message that can be found again: by its buttons, else by its embed's address."""
    embed: dict[str, object] = {
        "description": shortened(text, _DESCRIPTION),
        "color": _BLUE if is_open else _GREY,
    }
    if is_open:
        return Rendered(embeds=(embed,), buttons=items.sent_answers(page.meeting.id, showing.mark))
    return Rendered(embeds=({**embed, **_titled(page, showing)},))


def _titled(page: MeetingPage, showing: Showing) -> dict[str, object]:
    """Return the title of an embed; its address carries the mark where there are no buttons."""
    place = f"https://discord.com/channels/{page.meeting.guild_id}"
    return {"title": shown.name_of(page.meeting), "url": showing.mark.on_url(place)}


def _changes(change: Change) -> Iterator[str]:
    """Yield what changed, line by line."""
    told = cast("dict[str, Any]", json.loads(change.told))
    match change.kind:
        case ChangeKind.CHANGED:
            yield from _differences(told)
        case ChangeKind.AGENDA:
            yield news.item(told["item"], escaped(told["title"]))
        case ChangeKind.DEADLINE:
            due = dt.datetime.fromisoformat(told["due_at"])
            yield news.deadline(told["deadline"], told["kind"], escaped(told["label"]), due)
        case ChangeKind.PLANNED | ChangeKind.CANCELLED:
            return


def _differences(told: Mapping[str, Any]) -> Iterator[str]:
    before, after = details_from(told["before"]), details_from(told["after"])
    if before.starts_at != after.starts_at:
        yield news.moved(before.starts_at, after.starts_at)
    if before.place != after.place:
        yield news.other_place(escaped(after.place))
    if before.title != after.title:
        yield news.other_title(escaped(before.title))
    if before.minutes != after.minutes:
        yield news.OTHER_LENGTH
    if before.link != after.link:
        yield news.OTHER_LINK


async def _page(services: Services, meeting_id: int) -> MeetingPage | None:
    try:
        return await services.meetings.shelf.page(meeting_id)
    except NoMeetingError:
        return None


async def _is_instead(services: Services, showing: Showing) -> bool:
    """Whether a message stands in another channel than the one for meetings."""
    if isinstance(showing.target, DmTarget):
        return False
    channel = await services.places.channel_for(showing.guild_id, MEETINGS_CHANNEL)
    return channel is None or channel.id != showing.target.channel_id
