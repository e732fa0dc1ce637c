"""The list of updates on the screen: what they are, and what became of their copies."""

from collections.abc import Iterator
from typing import Any, Final

import discord

from bot.dates.writing import write_moment
from bot.services.container import Services
from bot.services.progress.updates_again import can_be_sent_again
from bot.services.progress.updates_listing import Copies, Page
from bot.services.progress.updates_planning import ZONE
from bot.texts import updates as update_texts
from bot.texts import updates_list as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.markdown import escaped, shortened, split
from bot.ui.progress.updates_screens import OPEN, PAGE, button
from storage.delivery_records import Delivery, DeliveryState, DmTarget
from storage.progress_records import Update

_LABEL: Final = 100  # characters of a select's option
_TITLE: Final = 120


async def list_screen(services: Services, guild_id: int, *, number: int = 1) -> Screen:
    """Return a page of a guild's updates, with a menu to open one."""
    page = await services.update_list.page(guild_id, number=number)
    if not page.items:
        return Screen((texts.EMPTY_LIST,))
    now = services.clock.now()
    lines = [texts.list_heading(page.number, page.count)]
    for update, copies in page.items:
        details = list(_details(update, copies))
        if update.planned_for is not None and update.planned_for <= now:
            details.append(texts.overdue(update.planned_for))
        title = shortened(escaped(update.title), _TITLE)
        lines.append(texts.list_item(update.number, title, update.state, details))
    return Screen(tuple(split("\n".join(lines))), StoredButtons(*_items(page)))


def _details(update: Update, copies: Copies) -> Iterator[str]:
    if update.plan is not None:
        written = write_moment(update.plan.moment, ZONE)
        yield update_texts.plan_line(update.plan.moment, written=written, repeat=update.plan.repeat)
    elif update.published_at is not None:
        yield texts.published_on(update.published_at, series=update.series_id is not None)
    else:
        yield texts.written_on(update.created_at)
    if update.withdrawn_at is not None:
        reason = escaped(update.withdrawal_reason or "")
        yield texts.withdrawn_because(update.withdrawn_at, shortened(reason, _TITLE))
    states = [_channel_state(one) for one in copies.channels]
    if copies.people:
        refused, left = [one.problem for one in copies.people_refused], copies.people_left
        count = len(copies.people) - left
        states.append(texts.people_state(copies.people_reached, count, refused, left=left))
    if states:
        yield ", ".join(states)
    if can_be_sent_again(update, copies):
        yield texts.HOW_TO_SEND_AGAIN


def _channel_state(copy: Delivery) -> str:
    state = texts.copy_state(
        is_sent=copy.state is DeliveryState.SENT,
        is_cancelled=copy.state in {DeliveryState.CANCELLED, DeliveryState.MISSED},
        problem=copy.problem if copy.state is not DeliveryState.SENT else None,
    )
    place = 0 if isinstance(copy.target, DmTarget) else copy.target.channel_id
    return texts.channel_state(place, state)


def _items(page: Page) -> Iterator[discord.ui.Item[Any]]:
    yield discord.ui.Select(
        custom_id=custom_id(OPEN),
        placeholder=update_texts.OPEN_PLACEHOLDER,
        options=[
            discord.SelectOption(
                label=shortened(texts.choice(one.number, one.title, one.state), _LABEL),
                value=str(one.id),
            )
            for one, _copies in page.items
        ],
    )
    if page.number > 1:
        yield button(update_texts.NEWER, PAGE, page.number - 1)
    if page.number < page.count:
        yield button(update_texts.OLDER, PAGE, page.number + 1)
