"""The feed behind a typed address: itself, a network's known one, or one that a page links."""

import re
from collections.abc import Iterator
from typing import Final

from yarl import URL

from bot.adapters.feeds import html, links, ning, xml
from bot.services.forum.feeds import FeedError, FeedProblem, Fetched

MOST_TRIED: Final = 3

_SCHEME: Final = re.compile(r"(?i)^(?:feed:(?://)?(?=https?://)|feed://)")
_TYPES: Final = ("application/atom+xml", "application/rss+xml", "application/feed+json")
_OTHER_TYPES: Final = ("application/xml", "text/xml", "application/rdf+xml", "application/json")
_COMMENTS: Final = re.compile(r"(?i)comment|reacti|respons|antwoord")


def addresses(typed: str) -> tuple[str, ...]:
    """Return what somebody may mean by what was typed, the likeliest first.

    Raises:
        FeedError: NO_ADDRESS, when it cannot be the address of a website.

    """
    text = typed.strip().strip("<>").strip()
    text = _SCHEME.sub(
        lambda found: "" if "http" in found.string[: found.end() + 8] else "//", text
    )
    if not text or any(one.isspace() or not one.isprintable() for one in text):
        raise FeedError(FeedProblem.NO_ADDRESS)
    if "://" in text:
        return (text,)
    bare = text.removeprefix("//")
    host = re.split(r"[/?#]", bare, maxsplit=1)[0]
    if "." not in host and ":" not in host and host != "localhost":
        raise FeedError(FeedProblem.NO_ADDRESS)
    return (f"https://{bare}", f"http://{bare}")


def candidates(page: Fetched) -> tuple[str, ...]:
    """Return the addresses of feeds that belong to a page, the likeliest first."""
    text = xml.text_of(page.content, content_type=page.content_type)
    here = URL(page.address)
    known = (str(ning.feed_for(here)),) if ning.is_page_of_ning(here, text) else ()
    linked = sorted(_linked(text, here), key=lambda one: (one[1], one[2]))
    return tuple(dict.fromkeys((*known, *(address for address, *_ in linked))))[:MOST_TRIED]


def _linked(text: str, here: URL) -> Iterator[tuple[str, bool, int]]:
    """Yield the feeds that a page links: address, whether of comments, and how it is typed."""
    tree = html.parsed(text)
    base = here
    for node in tree.css("base[href]"):
        base = here.join(URL(links.cleaned(node.attributes.get("href") or "", base=here) or ""))
    for node in tree.css("link[rel][href]"):
        names = (node.attributes.get("rel") or "").lower().split()
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        title = node.attributes.get("title") or ""
        href = links.cleaned(node.attributes.get("href") or "", base=base)
        if "alternate" in names and kind in _TYPES + _OTHER_TYPES and href is not None:
            is_comments = _COMMENTS.search(f"{title} {URL(href).path}") is not None
            yield href, is_comments, kind in _OTHER_TYPES
