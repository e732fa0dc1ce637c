"""The settings about reading feeds, as text. Every mistake is a ValueError with its sentence."""

import re
from pathlib import Path

_HOST = re.compile(r"[a-z0-9._-]{1,253}|\[?[0-9a-f:.]{2,45}\]?")


def contact(value: str | None) -> str | None:
    """Return where the owner of a website can reach us: it goes into the User-Agent."""
    if value is None:
        return None
    if not value.startswith(("http://", "https://", "mailto:")) or not value.isascii():
        message = "geef een webadres of mailto:adres, bijvoorbeeld https://breed.example/bot"
        raise ValueError(message)
    if any(one.isspace() or one in "()" for one in value):
        message = "er mogen geen spaties of haakjes in staan"
        raise ValueError(message)
    return value


def hosts(text: str) -> tuple[str, ...]:
    """Read names of hosts with commas between them."""
    return tuple(_host(part) for part in text.split(",") if part.strip())


def bundles(text: str) -> dict[str, Path]:
    """Read `host=path,host=path`: files with certificates that may be trusted for that host."""
    found: dict[str, Path] = {}
    for part in text.split(","):
        if not part.strip():
            continue
        host, is_pair, path = part.partition("=")
        if not is_pair or not path.strip():
            message = "geef host=bestand, met komma's ertussen"
            raise ValueError(message)
        file = Path(path.strip())
        if "\0" in path or not file.is_file():
            message = f"het bestand {file} is er niet"
            raise ValueError(message)
        found[_host(host)] = file
    return found


def _host(text: str) -> str:
    host = text.strip().lower()
    if not _HOST.fullmatch(host):
        message = "geef alleen namen van hosts, zonder https:// en zonder pad"
        raise ValueError(message)
    return host.strip("[]")
