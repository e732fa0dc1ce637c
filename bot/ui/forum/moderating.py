"""What moderators decide about items: the cards that ask, the buttons, and notices about feeds."""

from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.container import Services
from bot.services.deliveries import rendered
from bot.services.deliveries.rendered import ActionButton, Mark, Rendered, Showing
from bot.services.forum.feeds import FeedProblem
from bot.services.forum.moderating import Verdict
from bot.services.places import Standing
from bot.texts import forum as texts
from bot.texts import forum_problems
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.forum.posts import embed_of, shown_item
from bot.ui.forum.pressing import Button, channel_mention
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.markdown import escaped, shortened
from storage.forum_records import Feed, Findable, Item, ItemState, Notice, NoticeKind

_LABEL: Final = 80
_TITLE: Final = 250
_STYLE_PRIMARY: Final = 1


class DecisionButton(StoredItem[Button], template="(?!)"):
    """A button below a card or in a list: whether questions may find an item."""

    kind: ClassVar[str]

    def __init__(self, item: int, *, label: str = "…") -> None:
        """Belong to the item with this id. What stands below cards carries their mark."""
        super().__init__(
            discord.ui.Button(
                label=shortened(label, _LABEL),
                custom_id=Mark(0).on_custom_id(custom_id(self.kind, item)),
            )
        )
        self.target = item

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["item"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        said = await in_time(interaction, self._decided(interaction), ephemeral=True)
        await show(interaction, Screen((said,)), ephemeral=True)

    async def _decided(self, interaction: discord.Interaction[Any]) -> str:
        await require(interaction, Standing.MODERATOR)
        moderating = host_of(interaction).services.forum.moderating
        guild_id, by = interaction.guild_id or 0, interaction.user.id
        if self.kind == "fshow":
            verdict = await moderating.show(self.target, guild_id=guild_id, by=by)
            return texts.NOW_SHOWN if verdict is Verdict.DONE else texts.WAS_SHOWN
        verdict = await moderating.hide(self.target, guild_id=guild_id, by=by)
        return texts.NOW_HIDDEN if verdict is Verdict.DONE else texts.WAS_HIDDEN


class ShowButton(DecisionButton, template=f"{template('fshow', 'item')}:{rendered.MARK}"):
    """**Tonen**: questions may find it."""

    kind = "fshow"


class HideButton(DecisionButton, template=f"{template('fhide', 'item')}:{rendered.MARK}"):
    """The opposite: no question finds it."""

    kind = "fhide"


BUTTONS: Final = (ShowButton, HideButton)


async def render_card(services: Services, showing: Showing) -> Rendered | None:
    """Return the card that asks moderators about an item, or says what they decided."""
    async with services.units.reading() as work:
        item = await work.forum.get(showing.subject_id)
        feed = await work.feeds.get(item.feed_id) if item else None
    if item is None or feed is None:
        return None
    embeds = [_question(item, feed, showing)]
    if item.content is not None:
        embeds.append(embed_of(shown_item(item, item.content, feed)))
    return Rendered(embeds=tuple(embeds), buttons=_choices(item, showing))


async def render_notice(services: Services, showing: Showing) -> Rendered | None:
    """Return what moderators are told of a feed that paused or keeps failing."""
    async with services.units.reading() as work:
        notice = await work.feeds.notice(showing.subject_id)
        feed = await work.feeds.get(notice.feed_id) if notice else None
    if notice is None or feed is None:
        return None
    return Rendered(
        embeds=(
            {
                "title": shortened(escaped(feed.title), _TITLE),
                "url": showing.mark.on_url(feed.address),
                "description": _told(notice, feed),
            },
        )
    )


def _question(item: Item, feed: Feed, showing: Showing) -> dict[str, object]:
    return {
        "title": shortened(texts.card_title(escaped(feed.title)), _TITLE),
        "url": showing.mark.on_url(item.link or feed.link or feed.address),
        "description": _decision(item),
    }


def _decision(item: Item) -> str:
    if item.content is None or item.placing.state is ItemState.GONE:
        return texts.CARD_GONE
    match item.placing.findable:
        case Findable.WAITING:
            return texts.CARD_WAITING
        case Findable.SHOWN:
            return texts.CARD_SHOWN
        case Findable.HIDDEN:
            return texts.CARD_HIDDEN
        case _:
            return texts.CARD_GONE


def _choices(item: Item, showing: Showing) -> tuple[ActionButton, ...]:
    findable = item.placing.findable
    if item.content is None or findable is Findable.NO:
        return ()
    buttons: list[ActionButton] = []
    if findable is not Findable.SHOWN:
        identity = showing.mark.on_custom_id(custom_id("fshow", item.id))
        buttons.append(ActionButton(texts.SHOW_LABEL, identity, _STYLE_PRIMARY))
    if findable is not Findable.HIDDEN:
        identity = showing.mark.on_custom_id(custom_id("fhide", item.id))
        buttons.append(ActionButton(texts.HIDE_LABEL, identity))
    return tuple(buttons)


def _told(notice: Notice, feed: Feed) -> str:
    tell = texts.paused_notice if notice.kind is NoticeKind.PAUSED else texts.failing_notice
    problem = forum_problems.FEED_PROBLEMS[FeedProblem(notice.detail)]
    channel = channel_mention(feed.channel_id)
    return tell(escaped(feed.title), channel=channel, problem=problem)
