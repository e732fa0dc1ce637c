"""A feed's items as its format has them: RSS, RDF and Atom by feedparser, JSON Feed by hand."""

import calendar
import datetime as dt
import io
import json
import re
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import feedparser

from bot.adapters.feeds import xml
from bot.services.forum.feeds import FeedError, FeedProblem, Fetched

_YEARS: Final = range(1990, 2101)
_JSON_FEED: Final = "https://jsonfeed.org/version/"
_TEXTS: Final = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_EMAIL: Final = re.compile(r"\S+@\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One item before anything is cleaned. Texts may be empty."""

    id: str = ""
    link: str = ""
    title: str = ""
    body: str = ""
    base: str = ""
    is_html: bool = True
    author: str = ""
    published_at: dt.datetime | None = None
    tags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed before anything is cleaned."""

    title: str
    link: str
    own_link: str
    generator: str
    items: tuple[RawItem, ...]


def read(fetched: Fetched, *, most: int) -> RawFeed:
    """Read a document, its first `most` items.

    Raises:
        FeedError: NO_FEED when it is something else, BROKEN or UNSAFE when it cannot be read.

    """
    text = xml.text_of(fetched.content, content_type=fetched.content_type)
    if "\0" in text[:1_000] and not text.lstrip().startswith("<"):  # a picture, a PDF
        raise FeedError(FeedProblem.NO_FEED)
    if not text.strip():
        raise FeedError(FeedProblem.BROKEN)
    if text.lstrip().startswith("{"):
        return _json_feed(text, most=most)
    if not xml.is_feed(text):
        raise FeedError(FeedProblem.NO_FEED)
    return _xml_feed(xml.sound(text), address=fetched.address, most=most)


def _xml_feed(document: bytes, *, address: str, most: int) -> RawFeed:
    result = feedparser.parse(
        io.BytesIO(document),
        # No address: feedparser would make links of guids that are none.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if result.bozo and not result.entries:
        raise FeedError(FeedProblem.BROKEN)
    feed: Mapping[str, Any] = result.feed
    return RawFeed(
        title=_text(feed, "title"),
        link=next(_linked(feed, "alternate"), ""),
        own_link=next(_linked(feed, "self"), ""),
        generator=_text(feed, "generator"),
        items=tuple(_xml_item(entry, address) for entry in result.entries[:most]),
    )


def _xml_item(entry: dict[str, Any], address: str) -> RawItem:
    body, is_html, base = _body(entry)
    return RawItem(
        id=_text(entry, "id"),
        link=_absolute(_text(entry, "link"), address),
        base=base,
        title=_text(entry, "title"),
        body=body,
        is_html=is_html,
        author=_author(entry),
        published_at=_moment(entry, "published_parsed") or _moment(entry, "updated_parsed"),
        tags=tuple(_text(tag, "label") or _text(tag, "term") for tag in _maps(entry, "tags")),
        images=tuple(_pictures(entry)),
    )


def _body(entry: Mapping[str, Any]) -> tuple[str, bool, str]:
    """Return the fullest text of an entry, whether it is HTML, and where its links stand on."""
    for one in (*_maps(entry, "content"), *_maps(entry, "summary_detail")):
        kind = _text(one, "type")
        if kind in _TEXTS and _text(one, "value"):
            return _text(one, "value"), kind != "text/plain", _text(one, "base")
    return "", True, ""


def _absolute(link: str, address: str) -> str:
    try:
        return urllib.parse.urljoin(address, link) if link else ""
    except ValueError:
        return ""


def _author(entry: Mapping[str, Any]) -> str:
    for one in _maps(entry, "author_detail"):
        name = _text(one, "name")
        if name and not _EMAIL.fullmatch(name):
            return name
    name = _text(entry, "author")
    return "" if _EMAIL.fullmatch(name) else name


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    for one in _maps(entry, "links"):
        if _text(one, "rel") == "enclosure" and _text(one, "type").startswith("image/"):
            yield _text(one, "href")
    for one in _maps(entry, "media_content"):
        if _text(one, "medium") == "image" or _text(one, "type").startswith("image/"):
            yield _text(one, "url")
    for one in _maps(entry, "media_thumbnail"):
        yield _text(one, "url")


def _linked(entry: Mapping[str, Any], rel: str) -> Iterator[str]:
    return (_text(one, "href") for one in _maps(entry, "links") if _text(one, "rel") == rel)


def _moment(entry: dict[str, Any], key: str) -> dt.datetime | None:
    """Return a date that feedparser understood, which is then in UTC."""
    # feedparser answers for a date that is missing with another one, unless asked this way.
    found: object = dict[str, Any].get(entry, key)
    if not isinstance(found, time.struct_time) or found.tm_year not in _YEARS:
        return None
    return dt.datetime.fromtimestamp(calendar.timegm(found), dt.UTC)


def _text(entry: Mapping[str, Any], key: str) -> str:
    found = entry.get(key)
    return found.strip() if isinstance(found, str) else ""


def _texts(entry: Mapping[str, Any], key: str) -> list[str]:
    found = entry.get(key)
    several = cast("list[object]", found) if isinstance(found, list) else []
    return [one for one in several if isinstance(one, str)]


def _maps(entry: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = entry.get(key)
    several = cast("list[object]", found) if isinstance(found, list) else [found]
    return [cast("Mapping[str, Any]", one) for one in several if isinstance(one, Mapping)]


def _json_feed(text: str, *, most: int) -> RawFeed:
    try:
        decoded: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(FeedProblem.BROKEN) from error
    found: Mapping[str, Any] = {}
    if isinstance(decoded, dict):
        found = cast("Mapping[str, Any]", decoded)
    if not _text(found, "version").startswith(_JSON_FEED):
        raise FeedError(FeedProblem.NO_FEED)
    return RawFeed(
        title=_text(found, "title"),
        link=_text(found, "home_page_url"),
        own_link=_text(found, "feed_url"),
        generator="",
        items=tuple(_json_item(item) for item in _maps(found, "items")[:most]),
    )


def _json_item(item: Mapping[str, Any]) -> RawItem:
    html = _text(item, "content_html")
    people = [*_maps(item, "authors"), *_maps(item, "author")]
    number = item.get("id")
    return RawItem(
        id=str(number) if isinstance(number, int) else _text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        body=html or _text(item, "content_text") or _text(item, "summary"),
        is_html=bool(html),
        author=next((_text(one, "name") for one in people), ""),
        published_at=_json_moment(_text(item, "date_published")),
        tags=tuple(_texts(item, "tags")),
        images=tuple(filter(None, (_text(item, "image"), _text(item, "banner_image")))),
    )


def _json_moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
