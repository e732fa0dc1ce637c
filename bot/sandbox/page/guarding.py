"""Who may talk with the page: a browser on this machine, at the page that we served it."""

import hashlib
import hmac
import ipaddress
import secrets
from typing import Final
from urllib.parse import quote

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

TOKEN_HEADER: Final = "X-Sandbox-Token"  # noqa: S105 -- the name of a header, not its value
LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost"})
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SIGNATURE_LENGTH: Final = 32


class Guard:
    """Checks requests against the page's token."""

    def __init__(self, token: str) -> None:
        """Accept `token` only."""
        self._token = token

    def knows(self, given: str) -> bool:
        """Return whether `given` is the token; takes as long for every wrong one."""
        return secrets.compare_digest(given.encode(), self._token.encode())

    def wrap(self, handler: Handler) -> Handler:
        """Refuse who is not on this machine, names another host, or comes from another page."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if not (_is_local(request) and _names_us(request) and _is_own_page(request)):
                response: web.StreamResponse = web.Response(status=403)
            else:
                response = await handler(request)
            if not response.prepared:
                for name, value in SECURITY_HEADERS.items():
                    response.headers.setdefault(name, value)
            return response

        return guarded

    def file_path(self, file_id: int, name: str) -> str:
        """Return where a file is served: only who was shown it can know the address."""
        return f"/sandbox/files/{self._signature(file_id)}/{file_id}/{quote(name, safe='')}"

    def signed(self, file_id: int, signature: str) -> bool:
        """Return whether an address of a file was made by `file_path`."""
        return secrets.compare_digest(self._signature(file_id).encode(), signature.encode())

    def _signature(self, file_id: int) -> str:
        key = hmac.new(self._token.encode(), b"file %d" % file_id, hashlib.sha256)
        return key.hexdigest()[:SIGNATURE_LENGTH]


def _is_local(request: web.Request) -> bool:
    transport = request.transport
    peer = None if transport is None else transport.get_extra_info("peername")
    try:
        return peer is not None and ipaddress.ip_address(str(peer[0])).is_loopback
    except ValueError:
        return False


def _names_us(request: web.Request) -> bool:
    name, _, port = request.headers.get(hdrs.HOST, "").partition(":")
    return name in LOCAL_NAMES and (not port or port.isdecimal())


def _is_own_page(request: web.Request) -> bool:
    origin = request.headers.get(hdrs.ORIGIN)
    return origin is None or origin == f"http://{request.headers.get(hdrs.HOST, '')}"
