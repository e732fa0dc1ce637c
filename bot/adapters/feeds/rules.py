"""What holds for every request to a website: who asks, what is allowed, how much, how often."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.version import VERSION

PRODUCT: Final = "BREED-bot"  # the name that robots.txt may speak to

MOST_BYTES: Final = 5 * 1024 * 1024  # of a document, unpacked
MOST_REDIRECTS: Final = 5


def user_agent(contact: str | None) -> str:
    """Return the User-Agent: name, version and where to reach whoever runs this bot."""
    return f"{PRODUCT}/{VERSION}" + (f" (+{contact})" if contact else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRules:
    """The limits of reading the web.

    `private_hosts` may lie on a private network, `ca_bundles` are files with certificates that are
    trusted for one host besides the usual ones. `seconds` is for one document with its redirects,
    not for the wait until the host's turn; `spacing` seconds lie between two requests to a host.
    """

    contact: str | None = None
    private_hosts: frozenset[str] = frozenset()
    ca_bundles: Mapping[str, Path] = field(default_factory=dict[str, Path])
    most_bytes: int = MOST_BYTES
    seconds: float = 20
    spacing: float = 1
    hosts_at_once: int = 8
