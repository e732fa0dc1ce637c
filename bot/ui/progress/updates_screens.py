"""The screens on which moderators look at one update and decide about it."""

from collections.abc import Iterable
from typing import Any, Final

import discord

from bot.dates.reading import NotUnderstood
from bot.dates.wall import wall
from bot.dates.writing import write_moment
from bot.services.container import Services
from bot.services.deliveries.rendered import LinkButton
from bot.services.progress.updates_again import can_be_sent_again
from bot.services.progress.updates_planning import ZONE, BadRepeat, Unclear
from bot.services.progress.updates_sending import Venue
from bot.texts import dates as date_texts
from bot.texts import updates as texts
from bot.texts import updates_list as list_texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.markdown import escaped, shortened, split
from bot.ui.progress.updates_shown import preview_of
from storage.progress_records import Update, UpdateChange, UpdatePlan, UpdateState

# The kinds of custom_ids of what hangs below these screens; see `updates_buttons`.
PUBLISH: Final = "upd-pub"
PLAN: Final = "upd-plan"
EDIT: Final = "upd-edit"
CANCEL: Final = "upd-no"
MENTION: Final = "upd-role"
YES: Final = "upd-yes"
WITHDRAW: Final = "upd-wd"
PICK: Final = "upd-pick"
PAGE: Final = "upd-page"
OPEN: Final = "upd-open"
AGAIN: Final = "upd-again"

_GREEN: Final = discord.ButtonStyle.success
_RED: Final = discord.ButtonStyle.danger
_MOST: Final = 25  # options of a select
_LABEL: Final = 100
_HISTORY: Final = 12  # lines

_Item = discord.ui.Item[Any]


def button(
    label: str,
    kind: str,
    *numbers: int,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> discord.ui.Button[StoredButtons]:
    """Return a button that `updates_buttons` answers."""
    return discord.ui.Button(label=label, style=style, custom_id=custom_id(kind, *numbers))


async def update_screen(services: Services, update: Update, *, above: str = "") -> Screen:
    """Return an update as it looks, with what can be done with it, below a line `above`."""
    venue = await services.update_venues.of(update.guild_id)
    lines = [above] if above else []
    if update.state in {UpdateState.DRAFT, UpdateState.PLANNED}:
        lines.append(texts.preview_heading(update.number))
        lines += await _outlook(services, update, venue)
    else:
        lines.append(texts.heading(update.number, update.state))
    return _screen(lines, update, venue, _actions(update, venue))


async def opened_screen(services: Services, update: Update) -> Screen:
    """Return the same with the update's history: who did what, and when.

    While a copy in a channel did not arrive there is a button to try again.
    """
    history = await services.update_list.history_of(update)
    told = [one for one in history if list_texts.is_told(one.event)]
    screen = await update_screen(services, update)
    lines = [
        list_texts.history_line(one.event, at=one.at, by=one.actor_id, version=one.version)
        for one in told[-_HISTORY:]
    ]
    text = "\n".join([*screen.parts, *lines])
    copies = await services.update_list.copies_of(update)
    if screen.view is not None and can_be_sent_again(update, copies):
        screen.view.add_item(button(texts.AGAIN, AGAIN, update.id))
    return Screen(tuple(split(text)), screen.view, screen.embed)


async def edit_question(
    services: Services, update: Update, change: UpdateChange, after: Update, *, above: str = ""
) -> Screen:
    """Ask whether a correction may reach every copy, with a preview of it."""
    venue = await services.update_venues.of(update.guild_id)
    copies = await services.update_list.copies_of(update)
    question = texts.edit_question(update.number, copies.standing + copies.unsent)
    yes = button(texts.YES_EDIT, YES, change.id, style=_GREEN)
    return _screen([above, question] if above else [question], after, venue, [yes])


async def withdrawal_question(services: Services, update: Update, change: UpdateChange) -> Screen:
    """Ask whether an update is really to be taken back."""
    venue = await services.update_venues.of(update.guild_id)
    copies = await services.update_list.copies_of(update)
    question = texts.withdraw_question(
        update.number,
        reason=escaped(change.reason or ""),
        standing=copies.standing,
        unsent=copies.unsent,
    )
    yes = button(texts.YES_WITHDRAW, YES, change.id, style=_RED)
    return _screen([question], update, venue, [yes])


async def planning_screen(
    services: Services, update: Update, *, when: str, repeat: str, by: int
) -> Screen:
    """Return what was understood of a moment: a question, a choice, or what is wrong with it."""
    other = button(texts.OTHER_TIME, PLAN, update.id, update.version)
    match services.update_planning.read(when, repeat):
        case NotUnderstood() as reading:
            words = escaped(shortened(" ".join(reading.words), _LABEL))
            sentence = date_texts.not_understood(reading, words=words)
            return Screen((sentence,), StoredButtons(other))
        case BadRepeat(reading=reading):
            sentence = date_texts.repeat_not_understood(reading)
            return Screen((sentence,), StoredButtons(other))
        case UpdatePlan() as plan:
            return await plan_question(services, update, plan, by=by)
        case Unclear() as unclear:
            return await _which_moment(services, update, unclear, by=by)


async def plan_question(services: Services, update: Update, plan: UpdatePlan, *, by: int) -> Screen:
    """Ask whether a plan is what was meant: the date with its weekday, and the rule."""
    change = await services.updates.propose_plan(update, plan, by=by)
    venue = await services.update_venues.of(update.guild_id)
    question = texts.plan_question(
        update.number, plan.moment, written=write_moment(plan.moment, ZONE), repeat=plan.repeat
    )
    buttons = [
        button(texts.YES_PLAN, YES, change.id, style=_GREEN),
        button(texts.OTHER_TIME, PLAN, update.id, update.version),
    ]
    return _screen([question], update, venue, buttons)


async def _which_moment(services: Services, update: Update, unclear: Unclear, *, by: int) -> Screen:
    to_come = unclear.reading.to_come
    plans = [
        services.update_planning.chosen(int(one.moment.timestamp()), unclear.repeat)
        for one in to_come
    ]
    first = next(one for one in plans if one is not None)
    if len(to_come) == 1:
        return await plan_question(services, update, first, by=by)
    # The proposal keeps the rule; the moment is what is chosen in the menu.
    change = await services.updates.propose_plan(update, first, by=by)
    today = services.update_planning.today()
    menu: discord.ui.Select[StoredButtons] = discord.ui.Select(
        custom_id=custom_id(PICK, update.id, change.id),
        placeholder=texts.MOMENT_PLACEHOLDER,
        options=[
            discord.SelectOption(
                label=write_moment(one.moment, ZONE)[:_LABEL],
                value=str(int(one.moment.timestamp())),
                description=date_texts.choice(wall(one.moment, ZONE), today=today)[:_LABEL],
            )
            for one in to_come[:_MOST]
        ],
    )
    question = date_texts.which_moment(unclear.reading.doubts)
    other = button(texts.OTHER_TIME, PLAN, update.id, update.version)
    return Screen((question,), StoredButtons(menu, other))


async def _outlook(services: Services, update: Update, venue: Venue) -> list[str]:
    """Say where it would go, and to whom."""
    people = await services.update_list.subscribers_of(update)
    lines = [
        texts.channel_line(venue.channel.id, crossposts=venue.crossposts)
        if venue.channel is not None
        else texts.NO_CHANNEL,
        texts.people_line(people),
    ]
    if venue.role_name is not None:
        name = escaped(venue.role_name)
        lines.append(texts.role_line(name, mentioned=update.mentions_role))
    if update.plan is not None:
        moment = update.plan.moment
        written = write_moment(moment, ZONE)
        lines.append(texts.plan_line(moment, written=written, repeat=update.plan.repeat))
    return lines


def _actions(update: Update, venue: Venue) -> list[_Item]:
    """Return the buttons for what can be done with an update in its state."""
    identity = (update.id, update.version)
    edit = button(texts.EDIT, EDIT, update.id, update.version)
    withdraw = button(texts.WITHDRAW, WITHDRAW, update.id, style=_RED)
    if update.state is UpdateState.WITHDRAWN:
        return []
    if update.state is UpdateState.PUBLISHED:
        return [edit, withdraw]
    items: list[_Item] = []
    if venue.channel is not None:
        items.append(button(texts.PUBLISH, PUBLISH, *identity, style=_GREEN))
    items += [button(texts.PLAN, PLAN, *identity), edit, button(texts.CANCEL, CANCEL, *identity)]
    if venue.role_name is not None:
        label = texts.DO_NOT_MENTION if update.mentions_role else texts.MENTION
        items.append(button(label, MENTION, *identity, int(not update.mentions_role)))
    return items


def _screen(lines: Iterable[str], update: Update, venue: Venue, items: Iterable[_Item]) -> Screen:
    """Return lines above the update as it will look: its embed, and the link below it."""
    shown = preview_of(update, venue)
    links: list[_Item] = [
        discord.ui.Button(label=one.label, url=one.url)
        for one in shown.buttons
        if isinstance(one, LinkButton)
    ]
    return Screen(
        tuple(split("\n".join(lines))),
        StoredButtons(*items, *links),
        discord.Embed.from_dict(dict(shown.embeds[0])),
    )
