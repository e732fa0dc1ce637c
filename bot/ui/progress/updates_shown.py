"""What an update looks like: one function for the copies that are sent and for the preview."""

import re
from collections.abc import Iterator
from typing import Final

from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, LinkButton, Mark, Rendered, Showing
from bot.services.progress.updates_sending import Venue
from bot.services.progress.updates_states import is_late
from bot.texts import updates as texts
from bot.ui.comments.items import part_number, react_below
from bot.ui.markdown import escaped, shortened, size, unmentioned
from bot.ui.progress.subscriptions import unsubscribe_button
from storage.delivery_records import DmTarget, PostTarget, Target
from storage.progress_records import Update, UpdateState

_POST_TITLE: Final = 100  # characters of the name of a thread
_TITLE: Final = 250  # of 256 characters of an embed's title
_DESCRIPTION: Final = 3_900  # of 4,096, so that all of the embed stays below 6,000
_BLUE: Final = 0x1F5FA8
_GREY: Final = 0x80848E
_PREFIX: Final = re.compile(r"\s*(?:(?:[-*+]|\d+[.)]|#{1,3}|-#|>{1,3})\s+)*")
_FENCE: Final = re.compile(r"\s*```")
_PREVIEW: Final = Mark(0)


async def render_update(services: Services, showing: Showing) -> Rendered | None:
    """Return a copy of an update as it is now; what was withdrawn is struck through."""
    async with services.units.reading() as work:
        update = await work.updates.get(showing.subject_id)
    if update is None:
        return None
    venue = await services.update_venues.of(update.guild_id)
    # An edit comes long after the moment that the copy was due.
    comes_late = showing.is_late and update.edited_at is None
    return update_message(update, venue, showing.mark, target=showing.target, comes_late=comes_late)


def preview_of(update: Update, venue: Venue) -> Rendered:
    """Return the copy for the channel as it would be sent now."""
    return update_message(update, venue, _PREVIEW)


def update_message(
    update: Update,
    venue: Venue,
    mark: Mark,
    *,
    target: Target | None = None,
    comes_late: bool = False,
) -> Rendered:
    """Return the message of an update; only the role that it asks for is mentioned, in channels."""
    is_private = isinstance(target, DmTarget)
    is_withdrawn = update.state is UpdateState.WITHDRAWN
    place = None if target is None or isinstance(target, DmTarget) else target.channel_id
    role_id = venue.role_id if update.mentions_role and not (is_private or is_withdrawn) else None
    # What strikes through goes first: between "<@" and "1>" it hides a mention.
    typed = update.title.replace("~~", "") if is_withdrawn else update.title
    title = shortened(unmentioned(typed), _TITLE)
    embed: dict[str, object] = {
        "title": f"~~{title}~~" if is_withdrawn and title else title,
        "description": _withdrawn(update) if is_withdrawn else _text(update, comes_late=comes_late),
        "url": mark.on_url(_address(update.guild_id, place)),
        "color": _GREY if is_withdrawn else _BLUE,
    }
    if update.part is not None:
        embed["footer"] = {"text": texts.part_line(update.part.value)}
    has_link = update.link is not None and not is_withdrawn
    buttons: list[LinkButton | ActionButton] = []
    if has_link:
        buttons.append(LinkButton(texts.READ_MORE, update.link or ""))
    if target is not None and not (is_private or is_withdrawn):
        buttons.append(react_below(part_number(update.part), mark))
    if isinstance(target, DmTarget):
        person = target.user_id
        buttons.append(unsubscribe_button(guild_id=update.guild_id, person=person, mark=mark))
    return Rendered(
        content=f"<@&{role_id}>" if role_id is not None else "",
        embeds=(embed,),
        buttons=tuple(buttons),
        role_id=role_id,
        crosspost=venue.crossposts and not is_private and not is_withdrawn,
        title=_post_title(update) if isinstance(target, PostTarget) else None,
    )


def _post_title(update: Update) -> str:
    is_withdrawn = update.state is UpdateState.WITHDRAWN
    return texts.withdrawn_title(update.title)[:_POST_TITLE] if is_withdrawn else update.title


def _text(update: Update, *, comes_late: bool) -> str:
    marks: list[str] = []
    if is_late(update) or comes_late:
        marks.append(texts.late(update.due_at))
    if update.edited_at is not None:
        marks.append(texts.edited_on(update.edited_at))
    text = shortened(unmentioned(update.text), _DESCRIPTION)
    return "\n".join([_closed(text), *marks])


def _withdrawn(update: Update) -> str:
    reason = escaped(update.withdrawal_reason or "")
    moment = update.withdrawn_at or update.created_at
    lines = [texts.withdrawn_on(moment, shortened(reason, _DESCRIPTION // 2))]
    room = _DESCRIPTION - size(lines[0])
    for line in _struck(update.text):
        room -= size(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join(lines)


def _struck(text: str) -> Iterator[str]:
    """Yield the lines of a text, each struck through; what a list or heading begins with stays."""
    for line in unmentioned(text.replace("~~", "")).splitlines():
        found = _PREFIX.match(line)
        start = found.end() if found else 0
        rest = line[start:].rstrip()
        if _FENCE.match(line):
            continue
        for begin in range(0, max(len(rest), 1), _DESCRIPTION // 4):
            piece = rest[begin : begin + _DESCRIPTION // 4]
            yield f"{line[:start]}~~{piece}~~" if piece else line[:start]


def _closed(text: str) -> str:
    """Return a text whose code, begun and never ended, does not swallow what stands below it."""
    is_open = sum(_FENCE.match(line) is not None for line in text.splitlines()) % 2
    return f"{text}\n```" if is_open else text


def _address(guild_id: int, channel_id: int | None) -> str:
    """Return the page on Discord that an update's title leads to."""
    place = "" if channel_id is None else f"/{channel_id}"
    return f"https://discord.com/channels/{guild_id}{place}"
