"""What only Ning does: its addresses, its kinds of content, its activity told in sentences.

A network's wording can be changed by its owner, so nothing here reads words: only ids, links and
the classes of its pages.
"""

import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode
from yarl import URL

from bot.adapters.feeds import html, links
from bot.adapters.feeds.escaping import one_line
from bot.services.forum.feeds import FeedKind, ItemKind

MARKS: Final = ("static.ning.com/socialnetworkmain", "xg_module", "xg_theme")
# Paths that no other engine has: a page there is a Ning page, whatever it looks like.
PATHS: Final = (
    "/profiles/",
    "/forum/topics/",
    "/forum/topic/",
    "/forum/categories/",
    "/activity/log/",
    "/xn/detail/",
)
_LOG_ITEM: Final = "ActivityLogItem"
_COMMENT: Final = "Comment"
_KINDS: Final = {"BlogPost": ItemKind.POST, "Topic": ItemKind.TOPIC}
_MORE: Final = ".continue-link, .feed-more, script, style"


@dataclass(frozen=True, slots=True)
class Parent:
    """What a comment or reply belongs to, as far as a story tells."""

    id: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Story:
    """What an item of the activity tells: about one piece of content (`id`), or about none."""

    id: str | None = None
    author: str = ""
    title: str = ""
    excerpt: str = ""
    parent: Parent | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    href: str
    text: str
    ids: tuple[str, ...]


def type_of(content_id: str) -> str:
    """Return `BlogPost` of `12:BlogPost:34`."""
    return content_id.split(":")[1]


def content_id(guid: str, link: str) -> str | None:
    """Return the content id of an item: in its guid, else in its link, a comment's first."""
    for place in (guid, link):
        ids = [one for one in links.content_ids(place) if type_of(one) != _LOG_ITEM]
        comments = [one for one in ids if type_of(one) == _COMMENT]
        if ids:
            return (comments or ids)[-1]
    return None


def is_log_item(guid: str) -> bool:
    """Return whether a guid is one of the activity's."""
    return any(type_of(one) == _LOG_ITEM for one in links.content_ids(guid))


def kind_of_item(content: str, *, parent: str | None, feed: FeedKind) -> ItemKind:
    """Return what a piece of content is; a comment is a reply when it belongs to a topic."""
    if type_of(content) != _COMMENT:
        return _KINDS.get(type_of(content), ItemKind.POST)
    if parent is not None and links.content_ids(parent):
        return ItemKind.REPLY if type_of(parent) == "Topic" else ItemKind.COMMENT
    if parent is not None and "/forum/topics/" in parent:
        return ItemKind.REPLY
    return ItemKind.REPLY if feed in {FeedKind.FORUM, FeedKind.TOPIC} else ItemKind.COMMENT


def kind_of_feed(address: str) -> FeedKind | None:
    """Return what a feed at one of Ning's addresses tells about."""
    path = urllib.parse.urlsplit(address).path
    if path.startswith("/profiles/blog/feed"):
        return FeedKind.BLOG
    if path.startswith("/profiles/comment/feed"):
        return FeedKind.OTHER
    if path.startswith("/activity/log"):
        return FeedKind.ACTIVITY
    if path.startswith("/forum/topics/"):
        return FeedKind.TOPIC
    if path.startswith(("/forum/topic/list", "/forum/categories/")):
        return FeedKind.FORUM
    return None


def kind_by_content(guids: Sequence[str]) -> FeedKind | None:
    """Return what a feed of Ning tells about, by what is in it."""
    if any(is_log_item(guid) for guid in guids):
        return FeedKind.ACTIVITY
    types = {type_of(one) for guid in guids for one in links.content_ids(guid)}
    if "Topic" in types:
        return FeedKind.FORUM
    if "BlogPost" in types:
        return FeedKind.BLOG
    return FeedKind.TOPIC if types == {_COMMENT} else None


def feed_for(page: URL) -> URL:
    """Return the address of the feed that belongs to a page of a network."""
    parts = [part for part in page.path.split("/") if part]
    root = page.origin()
    match parts:
        case ["forum", "topics", slug, *_]:
            return (root / "forum" / "topics" / slug).with_query(feed="yes", xn_auth="no")
        case ["forum", "categories", slug, *_]:
            path = root / "forum" / "categories" / slug / "listForCategory"
            return path.with_query(feed="yes", xn_auth="no")
        case ["forum", *_]:
            # Sorted by what is most recent it holds the replies too; otherwise topics only.
            path = root / "forum" / "topic" / "list"
            return path.with_query(feed="yes", sort="mostRecent", xn_auth="no")
        case ["activity", *_]:
            return (root / "activity" / "log" / "list").with_query(fmt="rss")
        case _:
            return (root / "profiles" / "blog" / "feed").with_query(xn_auth="no")


def activity_page(feed: str) -> URL:
    """Return the page of the activity: who may see it may see its feed."""
    return URL(feed).origin() / "activity"


def page_of(feed: URL, kind: FeedKind) -> URL:
    """Return the page for people behind a feed that names none."""
    if kind is FeedKind.BLOG and feed.path.startswith("/profiles/blog/feed"):
        return feed.origin() / "profiles" / "blog" / "list"
    return feed.with_query(None)


def is_page_of_ning(page: URL, text: str) -> bool:
    """Return whether a page belongs to a classic network."""
    return page.path.startswith(PATHS) or any(mark in text for mark in MARKS)


def story_of(description: str, *, link: str) -> Story:
    """Return what an item of the activity tells.

    Several things told as one ("20 more…"), somebody who joined: a story without an id.
    """
    tree = html.parsed(description)
    root = tree.body
    if root is None:
        return Story()
    anchors = [_anchor(node) for node in root.css("a[href]")]
    author = next((one.text for one in anchors if _is_profile(one.href) and one.text), "")
    told = {one for node in root.css(".feed-story-title a[href]") for one in _anchor(node).ids}
    id_ = content_id("", link)
    if id_ is None:
        others = {one for anchor in anchors for one in anchor.ids}
        id_ = next(iter(others)) if len(others) == 1 else None
    if id_ is None or len(told) > 1:
        return Story(author=author)
    parent = _parent(anchors, link=link) if type_of(id_) == _COMMENT else None
    names = (one.text for one in anchors if id_ in one.ids and one.text != "")
    title = parent.title if parent else "" if type_of(id_) == _COMMENT else next(names, "")
    return Story(id_, author=author, title=title, excerpt=_excerpt(root), parent=parent)


def _anchor(node: LexborNode) -> _Anchor:
    href = node.attributes.get("href") or ""
    ids = tuple(one for one in links.content_ids(href) if type_of(one) != _LOG_ITEM)
    return _Anchor(href, one_line(html.text_within(node)), ids)


def _is_profile(href: str) -> bool:
    path = urllib.parse.urlsplit(href).path if href.isprintable() and "[" not in href else ""
    return path.startswith(("/profile/", "/members/", "/xn/detail/u_"))


def _parent(anchors: Sequence[_Anchor], *, link: str) -> Parent | None:
    for anchor in anchors:
        ids = [one for one in anchor.ids if type_of(one) != _COMMENT]
        if ids:
            return Parent(ids[-1], anchor.text, anchor.href)
    pages = [one for one in anchors if _is_page(one.href) and one.text]
    if pages:
        return Parent("", pages[0].text, pages[0].href)
    return Parent("", "", link) if _is_page(link) else None


def _is_page(href: str) -> bool:
    return "/profiles/blogs/" in href or "/forum/topics/" in href


def _excerpt(root: LexborNode) -> str:
    """Return the HTML of the snippet that a story shows of its content, or nothing."""
    found = root.css_first(".rich-excerpt")
    if found is None:
        return ""
    for node in found.css(_MORE):
        node.decompose()
    return found.html or ""
