"""How feeds do, on the screen: all of them, one with its items, and polling by hand."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.admin.sections import Section
from bot.services.container import Services
from bot.services.forum.overview import FeedPart, Health, Refreshed
from bot.services.forum.refusals import ForumError
from bot.services.places import Standing
from bot.texts import forum as texts
from bot.texts import forum_problems
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forum.moderating import HideButton, ShowButton
from bot.ui.forum.pressing import Button, channel_mention, say_first
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.markdown import escaped, link, shortened, split
from bot.ui.payloads import chosen_in
from storage.forum_records import Feed, FeedState, Findable, Item, ItemState

_MOST: Final = 25  # options of a select
_LABEL: Final = 100
_TITLE: Final = 120

_Select = discord.ui.Select[StoredButtons]


async def show_status(interaction: discord.Interaction[Any], typed: str | None) -> None:
    """Show how all feeds do, or one with its items.

    Raises:
        UnknownFeedError: when it is not known which.

    """
    finding = _status(interaction, typed)
    await show(interaction, await in_time(interaction, finding, ephemeral=True), ephemeral=True)


async def refresh(interaction: discord.Interaction[Any], typed: str | None) -> None:
    """Poll one feed now, or all of a guild, and say what came of it.

    Raises:
        UnknownFeedError: when it is not known which.
        TooSoonError: when the one that was named was polled just before.

    """
    host, guild_id = host_of(interaction), interaction.guild_id or 0
    overview = host.services.forum.overview
    if typed is not None:
        feeds: Sequence[Feed] = (await overview.chosen(typed, guild_id=guild_id),)
    else:
        feeds = await overview.feeds_of(guild_id)
    if not feeds:
        text = texts.not_linked_yet(host.command_mentions["forum koppelen"])
        await show(interaction, Screen((text,)), ephemeral=True)
        return
    await say_first(interaction, texts.POLLING)
    lines: list[str] = []
    for feed in feeds:
        try:
            lines.append(_refreshed(await overview.refresh(feed)))
        except ForumError as error:
            why = forum_problems.refusal(error)
            lines.append(texts.not_refreshed(escaped(feed.title), why))
    await show(interaction, Screen(tuple(split(texts.joined(lines)))), ephemeral=True)


async def feeds_section(services: Services, guild_id: int) -> Section | None:
    """Return how the feeds of a guild do, for `/beheer controle`; None when it has none."""
    attention: list[str] = []
    lines: list[str] = []
    for health in await services.forum.overview.health_of(guild_id):
        title, channel = escaped(health.feed.title), channel_mention(health.feed.channel_id)
        if health.is_well:
            last = _moment(health.last_success_at)
            lines.append(texts.section_well(title, channel=channel, last=last))
        else:
            problem = _why(health) or _state(health)
            attention.append(texts.section_trouble(title, channel=channel, problem=problem))
    if not attention and not lines:
        return None
    return Section(texts.SECTION, tuple(attention), tuple(lines))


def overview_screen(healths: Sequence[Health]) -> Screen:
    """Return how all feeds of a guild do, with a menu to look at one."""
    text = "\n\n".join(_health_text(one) for one in healths)
    return Screen(tuple(split(text)), StoredButtons(FeedMenu(healths)))


def part_screen(part: FeedPart) -> Screen:
    """Return how one feed does, a page of its items, and buttons for each that may be found."""
    lines = [_item_line(number, item) for number, item in enumerate(part.items, start=1)] or [
        texts.no_items_yet()
    ]
    buttons: list[discord.ui.Item[Any]] = []
    for number, item in enumerate(part.items, start=1):
        if item.content is None or item.placing.state is ItemState.GONE:
            continue
        if item.placing.findable in {Findable.SHOWN, Findable.WAITING}:
            buttons.append(HideButton(item.id, label=texts.hide_label(number)))
        elif item.placing.findable is Findable.HIDDEN:
            buttons.append(ShowButton(item.id, label=texts.show_label(number)))
    feed = part.health.feed.id
    if part.number:
        buttons.append(PageButton(feed, part.number - 1, label=texts.NEWER_LABEL))
    if part.has_more:
        buttons.append(PageButton(feed, part.number + 1, label=texts.OLDER_LABEL))
    text = f"{_health_text(part.health)}\n\n{texts.joined(lines)}"
    return Screen(tuple(split(text)), StoredButtons(*buttons) if buttons else None)


class FeedMenu(StoredItem[_Select], template=template("ffeed")):
    """Opens one feed with its items."""

    def __init__(self, healths: Sequence[Health] = ()) -> None:
        """Offer these feeds."""
        super().__init__(
            discord.ui.Select(
                custom_id=custom_id("ffeed"),
                placeholder=texts.FEED_PLACEHOLDER,
                options=[
                    discord.SelectOption(
                        label=shortened(one.feed.title, _LABEL), value=str(one.feed.id)
                    )
                    for one in healths[:_MOST]
                ],
            )
        )

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._opened(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _opened(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        return await _status(interaction, chosen_in(interaction))


class PageButton(StoredItem[Button], template=template("fpage", "feed", "number")):
    """Another page of a feed's items."""

    def __init__(self, feed: int, number: int, *, label: str = "…") -> None:
        """Belong to page `number`, from 0."""
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id("fpage", feed, number)))
        self._feed = feed
        self._number = number

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["feed"], numbers["number"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._opened(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _opened(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        return part_screen(
            await host_of(interaction).services.forum.overview.part(
                self._feed, guild_id=interaction.guild_id or 0, number=self._number
            )
        )


ITEMS: Final = (FeedMenu, PageButton)


async def _status(interaction: discord.Interaction[Any], typed: str | None) -> Screen:
    host, guild_id = host_of(interaction), interaction.guild_id or 0
    overview = host.services.forum.overview
    if typed is not None:
        feed = await overview.chosen(typed, guild_id=guild_id)
        return part_screen(await overview.part(feed.id, guild_id=guild_id, number=0))
    healths = await overview.health_of(guild_id)
    if not healths:
        return Screen((texts.not_linked_yet(host.command_mentions["forum koppelen"]),))
    if len(healths) == 1:
        feed = healths[0].feed
        return part_screen(await overview.part(feed.id, guild_id=guild_id, number=0))
    return overview_screen(healths)


def _refreshed(refreshed: Refreshed) -> str:
    title, polled = escaped(refreshed.feed.title), refreshed.polled
    if polled is None:
        return texts.just_polled(title)
    if polled.failure is not None:
        return texts.not_refreshed(title, forum_problems.FEED_PROBLEMS[polled.failure.problem])
    taken = polled.taken_in.get(refreshed.feed.id)
    if taken is None:
        return texts.refreshed(title, posted=0, changed=0)
    return texts.refreshed(title, posted=taken.posted, changed=taken.changed)


def _health_text(health: Health) -> str:
    last = _moment(health.last_success_at)
    is_active = health.feed.state is FeedState.ACTIVE
    following = _moment(health.next_poll_at)
    return texts.joined(
        (
            texts.heading(
                escaped(health.feed.title), channel=channel_mention(health.feed.channel_id)
            ),
            _state(health),
            _why(health),
            texts.polled(last=last, following=following if is_active else None),
            texts.counted(health.counts),
        )
    )


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else texts.moment(at)


def _state(health: Health) -> str:
    if health.feed.state is FeedState.PAUSED:
        return texts.PAUSED
    return texts.troubled(health.failures) if health.failures else texts.WELL


def _why(health: Health) -> str:
    if health.problem is None or health.problem_at is None:
        return ""
    sentence = forum_problems.FEED_PROBLEMS[health.problem]
    return texts.last_problem(sentence, at=texts.moment(health.problem_at))


def _item_line(number: int, item: Item) -> str:
    title = item.content.title if item.content else ""
    title = title or (item.topic.title if item.topic else "") or texts.NO_TITLE
    named = link(shortened(" ".join(title.split()), _TITLE), item.link)
    published = item.content.published_at if item.content else None
    date = texts.day((published or item.first_seen_at).date())
    return texts.item_line(number, named, date=date, became=forum_problems.became(item))
