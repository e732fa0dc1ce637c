"""How an item is known again: by what stays when it is edited, and when its site moves."""

import hashlib
import re
from typing import Final

from bot.adapters.feeds import links, ning
from bot.adapters.feeds.raw import RawItem
from bot.adapters.feeds.site import Site
from bot.services.forum.feeds import ItemImage

_LONGEST: Final = 300
_ADDRESS: Final = re.compile(r"<https?://[^/>\s]+(?P<path>[^>\s]*)>")


def identity_of(item: RawItem, site: Site) -> str | None:
    """Return the content id, else the guid, else the link's key; None when there is nothing."""
    content = ning.content_id(item.id, item.link)
    if content is not None:
        return content
    if item.id and item.id not in site.doubtful_guids:
        return _short(links.key_of(item.id))
    if item.link:
        return _short(links.key_of(item.link))
    return None


def body_hash(title: str, markdown: str, images: tuple[ItemImage, ...]) -> str:
    """Return what changes when a reader would see a change.

    The hosts of links are left out: a site that moves changes them all, and nobody sees it.
    """
    shown = (markdown, *(f"<{image.url}> {image.alt}" for image in images))
    seen = (title, *(_ADDRESS.sub(r"<\g<path>>", one) for one in shown))
    return hashlib.sha256("\0".join(seen).encode()).hexdigest()


def _short(identity: str) -> str | None:
    if len(identity) <= _LONGEST:
        return identity or None
    return f"sha256:{hashlib.sha256(identity.encode()).hexdigest()}"
