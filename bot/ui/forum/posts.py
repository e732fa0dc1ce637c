"""Items of the forum as messages: one function for what is sent, edited and previewed."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.container import Services
from bot.services.deliveries.rendered import Mark, Rendered, Showing
from bot.services.forum.feeds import ItemKind
from bot.services.forum.posting import post_title
from bot.texts import forum as texts
from bot.ui.forum.excerpts import excerpt
from bot.ui.markdown import escaped, shortened
from storage.delivery_records import PostTarget
from storage.forum_records import Feed, Item, ItemContent, NewItem, TopicReference

_TITLE: Final = 250  # characters, of the 256 of an embed
_TEXT: Final = 900
_FOOTER: Final = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What an embed of an item is made of."""

    kind: str
    link: str
    content: ItemContent
    topic: TopicReference | None
    feed_title: str


def embed_of(shown: Shown, *, mark: Mark | None = None) -> dict[str, object]:
    """Return an item as an embed; the mark stands in its address."""
    content, kind = shown.content, ItemKind(shown.kind)
    embed: dict[str, object] = {
        "title": shortened(escaped(_title(shown)), _TITLE),
        "footer": {"text": shortened(texts.footer(kind, _line(shown.feed_title)), _FOOTER)},
    }
    if shown.link:
        embed["url"] = shown.link if mark is None else mark.on_url(shown.link)
    if description := excerpt(content.markdown, _TEXT):
        embed["description"] = description
    if content.author:
        embed["author"] = {"name": _line(content.author)[:_TITLE]}
    if content.published_at is not None:
        embed["timestamp"] = content.published_at.astimezone(dt.UTC).isoformat()
    if content.images:
        url, alt = content.images[0]
        embed["image"] = {"url": url, "description": alt} if alt else {"url": url}
    return embed


def shown_item(item: Item, content: ItemContent, feed: Feed) -> Shown:
    """Return what is shown of an item that is kept; without a link of its own the feed's serves."""
    link = item.link or feed.link or feed.address
    return Shown(item.kind, link, content, item.topic, feed.title)


def shown_example(item: NewItem, feed: Feed) -> Shown:
    """Return what is shown of an item of a feed that is not started yet."""
    link = item.link or feed.link or feed.address
    return Shown(item.kind, link, item.content, item.topic, feed.title)


async def render_item(services: Services, showing: Showing) -> Rendered | None:
    """Return an item as its copy shows it; a post in a forum keeps a line once it is gone."""
    async with services.units.reading() as work:
        item = await work.forum.get(showing.subject_id)
        feed = await work.feeds.get(item.feed_id) if item else None
    if item is None or feed is None:
        return None
    if showing.withdrawn or item.content is None:
        return _gone(item, feed, showing) if isinstance(showing.target, PostTarget) else None
    embed = embed_of(shown_item(item, item.content, feed), mark=showing.mark)
    is_post = isinstance(showing.target, PostTarget)
    return Rendered(embeds=(embed,), title=post_title(item.content, feed) if is_post else None)


async def render_gap(services: Services, showing: Showing) -> Rendered | None:
    """Return the notice that items may have come and gone unseen."""
    async with services.units.reading() as work:
        notice = await work.feeds.notice(showing.subject_id)
        feed = await work.feeds.get(notice.feed_id) if notice else None
    if notice is None or feed is None:
        return None
    return Rendered(
        embeds=(
            {
                "title": texts.GAP_TITLE,
                "url": showing.mark.on_url(feed.link or feed.address),
                "description": texts.gap(notice.number),
                "footer": {"text": shortened(_line(feed.title), _FOOTER)},
            },
        )
    )


def _gone(item: Item, feed: Feed, showing: Showing) -> Rendered:
    """Say in the first message of a thread, which others may have answered, that it was there."""
    url = showing.mark.on_url(item.link or feed.link or feed.address)
    embed = {"description": texts.WITHDRAWN, "url": url}
    return Rendered(embeds=(embed,), title=texts.WITHDRAWN_TITLE)


def _title(shown: Shown) -> str:
    is_below = shown.kind in {ItemKind.REPLY, ItemKind.COMMENT}
    topic = shown.topic.title.strip() if shown.topic else ""
    if is_below and topic:
        return texts.about_topic(topic)
    return _line(shown.content.title) or topic or texts.NO_TITLE


def _line(text: str) -> str:
    return " ".join(text.split())
