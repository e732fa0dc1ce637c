"""From an item as it was read to one as it is kept: bounded, since all of it comes from outside."""

from typing import Final

from bot.services.forum.feeds import FeedItem
from storage.forum_records import ItemContent, NewItem, TopicReference

MOST_TEXT: Final = 20_000
MOST_LINK: Final = 1_900
_TITLE: Final = 300
_NAME: Final = 100
_IMAGES: Final = 4
_ALT: Final = 1_024
_TAGS: Final = 20
_IDENTITY: Final = 300
_HASH: Final = 128


def kept(item: FeedItem) -> NewItem:
    """Return what is kept of an item. Its Markdown is cut only where no reader gets that far."""
    topic = item.topic
    return NewItem(
        identity=item.identity[:_IDENTITY],
        kind=item.kind.value,
        link=_link(item.link),
        body_hash=item.body_hash[:_HASH],
        content=ItemContent(
            title=item.title[:_TITLE],
            author=item.author[:_NAME] if item.author else None,
            markdown=item.markdown[:MOST_TEXT],
            text=item.text[:MOST_TEXT],
            images=tuple((one.url, one.alt[:_ALT]) for one in item.images if _link(one.url))[
                :_IMAGES
            ],
            tags=tuple(one[:_NAME] for one in item.tags[:_TAGS]),
            published_at=item.published_at,
        ),
        topic=None
        if topic is None
        else TopicReference(topic.identity[:_IDENTITY], topic.title[:_TITLE], _link(topic.link)),
    )


def _link(link: str) -> str:
    """Return a link that a message can hold; empty for any other."""
    return link if link.startswith(("https://", "http://")) and len(link) <= MOST_LINK else ""
