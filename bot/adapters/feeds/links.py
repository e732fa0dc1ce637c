"""Links as people get them, and as they are compared: without what says nothing of the page."""

import re
import urllib.parse
from collections.abc import Collection
from typing import Final

from yarl import URL

LONGEST: Final = 1_000  # characters; what is longer is no link that anybody reads

# Parameters that tell where a reader came from: Google, Facebook, Mailchimp, Matomo, HubSpot, Ning.
_TRACKING: Final = re.compile(
    r"utm_\w+|(?:mtm|pk|hsa)_\w+|xg_source|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid"
    r"|mc_[ce]id|_hs(?:enc|mi)|vero_(?:id|conv)|oly_(?:anon|enc)_id|mkt_tok",
    re.IGNORECASE,
)
_SPOILING: Final = {ord(one): f"%{ord(one):02X}" for one in " <>()[]\"'*`|\\^{}\n\r\t"}
_CALLING: Final = re.compile(r"@(?=everyone|here|[!&]?\d)")
_CONTENT_ID: Final = re.compile(r"(?<![\w.-])(\d{1,20}:[A-Z][A-Za-z]{1,40}:\d{1,20})(?!\d)")
_NING_FILES: Final = ("api.ning.com", "storage.ning.com", "static.ning.com")


def cleaned(href: str, *, base: URL | None = None, secure: Collection[str] = ()) -> str | None:
    """Return a link to an http(s) page, absolute and without tracking.

    Hosts in `secure` are known to speak https: their links become https. None when it is no such
    link, or names a user.
    """
    url = _url(href, base)
    if url is None:
        return None
    host = url.host or ""
    if url.scheme == "http" and (_bare(host) in secure or host in _NING_FILES):
        url = url.with_scheme("https").with_port(url.explicit_port if _is_odd(url) else None)
    text = str(_untracked(url))
    if url.raw_fragment:
        text += f"#{url.raw_fragment}"
    return text if len(text) <= LONGEST else None


def enclosed(link: str) -> str:
    """Return a link between `<` and `>`: no preview, and nothing in it ends it or is a marker."""
    safe = _CALLING.sub("%40", link.translate(_SPOILING)).replace("~~", "%7E%7E")
    return f"<{safe}>"


def key_of(link: str) -> str:
    """Return what tells a page from others: no scheme, `www.`, tracking or last slash.

    Text that is no link stays as it is.
    """
    url = _url(link, None)
    if url is None:
        return link.strip()
    clean = _untracked(url)
    host = _bare(clean.host or "")
    port = f":{clean.port}" if _is_odd(clean) else ""
    query = f"?{clean.raw_query_string}" if clean.raw_query_string else ""
    return f"{host}{port}{clean.raw_path.rstrip('/')}{query}"


def host_of(link: str) -> str | None:
    """Return the host of a link, without `www.`."""
    url = _url(link, None)
    return None if url is None else _bare(url.host or "")


def content_ids(text: str) -> tuple[str, ...]:
    """Return Ning's content ids (`12:BlogPost:34`) in a link or id, in their order, each once."""
    plain = urllib.parse.unquote(text)
    return tuple(dict.fromkeys(_CONTENT_ID.findall(plain)))


def looks_like_address(text: str) -> bool:
    """Return whether a link's text is itself an address, so that it may not hide another."""
    return re.match(r"(?i)\s*(?:https?:|www\.|[\w-]+(?:\.[\w-]+)+(?:[/?#]|\s*$))", text) is not None


def _url(href: str, base: URL | None) -> URL | None:
    text = re.sub(r"[\x00-\x20\x7f]+", lambda found: " " if " " in found[0] else "", href).strip()
    if not text or len(text) > 2 * LONGEST:
        return None
    try:
        url = URL(text)
        if base is not None:
            url = base.join(url)
        if url.scheme not in {"http", "https"} or not url.host or url.user or url.password:
            return None
        _ = url.port
    except (ValueError, UnicodeError):
        return None
    return url


def _untracked(url: URL) -> URL:
    kept = [
        part
        for part in url.raw_query_string.split("&")
        if part and not _TRACKING.fullmatch(part.partition("=")[0])
    ]
    raw = str(url.with_query(None).with_fragment(None))
    return URL(f"{raw}?{'&'.join(kept)}" if kept else raw, encoded=True)


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _is_odd(url: URL) -> bool:
    return url.port not in {80, 443}
