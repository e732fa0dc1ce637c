"""One item: cleaned, with its kind, its topic and its pictures."""

import dataclasses
import html as entities
import re
from collections.abc import Iterable
from typing import Final

from yarl import URL

from bot.adapters.feeds import html, links, ning
from bot.adapters.feeds.escaping import one_line
from bot.adapters.feeds.html import Body
from bot.adapters.feeds.identity import body_hash, identity_of
from bot.adapters.feeds.raw import RawItem
from bot.adapters.feeds.site import Site
from bot.services.forum.feeds import FeedItem, FeedKind, ItemImage, ItemKind, Topic

_LONGEST_TITLE: Final = 300
_LONGEST_NAME: Final = 100
_LONGEST_TAG: Final = 50
_MOST_TAGS: Final = 20
_MOST_IMAGES: Final = 20
_SHORT_TITLE: Final = 80  # characters of a title that is made of the text

_BELOW: Final = frozenset({ItemKind.REPLY, ItemKind.COMMENT})
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DISCOURSE_POST: Final = re.compile(r"-post-\d+-\d+$")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_URL: Final = re.compile(r"(?i)https?://\S+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was made of an item's parts."""

    identity: str
    kind: ItemKind
    title: str
    body: Body
    author: str
    topic: Topic | None = None


def item_of(item: RawItem, site: Site) -> FeedItem | None:
    """Return an item, or None when nothing tells it from others."""
    found = _told(item, site) if site.kind is FeedKind.ACTIVITY else _published(item, site)
    if found is None:
        return None
    images = _images(found.body.images, item.images, site)
    return FeedItem(
        identity=found.identity,
        kind=found.kind,
        title=found.title,
        link=links.cleaned(item.link, base=site.address, secure=site.secure) or "",
        markdown=found.body.markdown,
        text=found.body.text,
        body_hash=body_hash(
            # The title above a reply is its topic's, and every feed makes another one of it.
            "" if found.kind in _BELOW else found.title,
            found.body.markdown,
            images,
        ),
        author=_name(found.author),
        published_at=item.published_at,
        images=images,
        tags=_tags(item.tags),
        topic=found.topic,
    )


def _published(item: RawItem, site: Site) -> _Read | None:
    identity = identity_of(item, site)
    if identity is None:
        return None
    body = _body(item, site)
    kind = _kind(identity, item, site)
    topic = site.topic if kind in _BELOW else None
    given = topic.title if topic is not None and topic.title else _title(item.title)
    return _Read(
        identity=identity,
        kind=kind,
        title=given or _made_title(body.text, item.link),
        body=body,
        author=item.author,
        topic=topic,
    )


def _kind(identity: str, item: RawItem, site: Site) -> ItemKind:
    if links.content_ids(identity):
        parent = site.topic.identity if site.topic else None
        return ning.kind_of_item(identity, parent=parent, feed=site.kind)
    if site.kind is FeedKind.TOPIC:
        return ItemKind.REPLY
    if site.kind is FeedKind.FORUM:
        return ItemKind.REPLY if _DISCOURSE_POST.search(identity) else ItemKind.TOPIC
    is_comment = "comment" in site.address.path or "#comment-" in item.link
    return ItemKind.COMMENT if is_comment else ItemKind.POST


def _told(item: RawItem, site: Site) -> _Read | None:
    """Return what an item of the activity tells of: a hint of content that is elsewhere."""
    story = ning.story_of(item.body, link=item.link)
    title = _title(item.title)
    body = html.body_of(story.excerpt, base=site.address, secure=site.secure)
    if story.id is None:
        guid = item.id or links.key_of(item.link)
        told = _Read(
            identity=guid[:300],
            kind=ItemKind.ACTIVITY,
            title=title,
            body=body,
            author=story.author,
        )
        return told if guid else None
    topic = None if story.parent is None else _parent(story.parent, site)
    return _Read(
        identity=story.id,
        kind=ning.kind_of_item(
            story.id, parent=None if topic is None else topic.identity, feed=site.kind
        ),
        title=_title(story.title) or title,
        body=body,
        author=story.author,
        topic=topic,
    )


def _parent(parent: ning.Parent, site: Site) -> Topic:
    page = parent.link.partition("?")[0]
    return Topic(
        parent.id or links.key_of(page)[:300],
        _title(parent.title),
        links.cleaned(page, base=site.address, secure=site.secure) or "",
    )


def _body(item: RawItem, site: Site) -> Body:
    if item.is_html and "<" in item.body:
        base = links.cleaned(item.base, base=site.address)
        return html.body_of(item.body, base=URL(base) if base else site.address, secure=site.secure)
    return html.text_body_of(entities.unescape(item.body) if item.is_html else item.body)


def _title(text: str) -> str:
    """Return a title as plain text: some hold HTML, some entities that were escaped twice."""
    if _TAG.search(text):
        text = html.line_of(text)
    elif _ENTITY.search(text):
        text = entities.unescape(text)
    return _cut(one_line(text), _LONGEST_TITLE)


def _made_title(text: str, link: str) -> str:
    first = one_line(text.partition("\n")[0])
    return _cut(first, _SHORT_TITLE) or _cut(links.key_of(link), _SHORT_TITLE)


def _name(text: str) -> str | None:
    """Return an author's name, without the address of a profile that sticks to it."""
    return one_line(_URL.sub("", entities.unescape(text)))[:_LONGEST_NAME].strip() or None


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    clean = (one_line(entities.unescape(tag))[:_LONGEST_TAG] for tag in tags)
    return tuple(dict.fromkeys(tag for tag in clean if tag))[:_MOST_TAGS]


def _images(found: Iterable[ItemImage], more: Iterable[str], site: Site) -> tuple[ItemImage, ...]:
    images = {image.url: image for image in found}
    for address in more:
        url = links.cleaned(address, base=site.address, secure=site.secure)
        if url is not None:
            images.setdefault(url, ItemImage(url))
    return tuple(images.values())[:_MOST_IMAGES]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
