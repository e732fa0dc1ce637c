"""One document from the web: redirects by hand, every hop checked, counted and within its time."""

import asyncio
import datetime as dt
import email.utils
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final

import aiohttp
from yarl import URL

from bot.adapters.feeds import unpacking
from bot.adapters.feeds.certificates import Certificates
from bot.adapters.feeds.guarding import PrivateAddressError, checked
from bot.adapters.feeds.rules import MOST_REDIRECTS, WebRules, user_agent
from bot.adapters.feeds.turns import Turns
from bot.services.forum.feeds import FeedError, FeedProblem
from bot.services.ports import Clock

Sessions = Callable[[], AbstractAsyncContextManager[aiohttp.ClientSession]]
# Says for a hop how long its host wants to rest afterwards, or raises FeedError.
Permission = Callable[[URL], Awaitable[float]]

SIGN_IN: Final = "/main/authorization/"  # where Ning sends who is no member
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NOT_CHANGED: Final = 304
_CHUNK: Final = 64 * 1024
_LONGEST_WAIT: Final = 7 * 24 * 3600.0

_PROBLEMS: Final = {
    401: FeedProblem.SIGN_IN,
    404: FeedProblem.NOT_FOUND,
    410: FeedProblem.NOT_FOUND,
    429: FeedProblem.BUSY,
    503: FeedProblem.BUSY,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a website answered in the end: with success, or "not changed" (then without a body)."""

    address: URL
    is_changed: bool
    headers: Mapping[str, str]
    content: bytes


class Fetcher:
    """Asks websites, each in its turn."""

    def __init__(
        self,
        *,
        clock: Clock,
        rules: WebRules,
        sessions: Sessions,
        turns: Turns,
        certificates: Certificates,
    ) -> None:
        self._clock = clock
        self._rules = rules
        self._sessions = sessions
        self._turns = turns
        self._certificates = certificates

    async def get(
        self,
        address: str | URL,
        *,
        headers: Mapping[str, str],
        permission: Permission | None = None,
    ) -> Answer:
        """Return the document at an address.

        Raises:
            FeedError: when there is none, or it may not or cannot be had.

        """
        url = self._checked(address)
        left = self._rules.seconds
        async with self._sessions() as session:
            for _ in range(MOST_REDIRECTS + 1):
                rest = 0.0 if permission is None else await permission(url)
                certificates = await self._certificates.of(url.host or "")
                async with self._turns.of(url.host or "", rest=rest):
                    begun = asyncio.get_running_loop().time()
                    request = _Request(url, self._headers(headers), certificates)
                    answer = await self._hop(session, request, seconds=left)
                    left -= asyncio.get_running_loop().time() - begun
                if isinstance(answer, Answer):
                    return answer
                url = self._checked(answer)
                if SIGN_IN in url.path:
                    raise FeedError(FeedProblem.SIGN_IN)
        raise FeedError(FeedProblem.REDIRECTS)

    def _checked(self, address: str | URL) -> URL:
        return checked(address, private_hosts=self._rules.private_hosts)

    def _headers(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        return {
            "User-Agent": user_agent(self._rules.contact),
            "Accept-Encoding": unpacking.ACCEPTED,
            **headers,
        }

    async def _hop(
        self, session: aiohttp.ClientSession, request: "_Request", *, seconds: float
    ) -> Answer | URL:
        """Ask once; return the answer, or where it sends us."""
        try:
            async with (
                asyncio.timeout(max(seconds, 0)),
                session.get(
                    request.url,
                    headers=request.headers,
                    ssl=request.certificates,
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=None),
                ) as response,
            ):
                return await self._read(response)
        except TimeoutError as error:
            raise FeedError(FeedProblem.TOO_SLOW) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FeedError(_unreachable(error)) from error

    async def _read(self, response: aiohttp.ClientResponse) -> Answer | URL:
        if response.status in _REDIRECTS:
            return _target(response)
        if response.status == _NOT_CHANGED:
            return Answer(response.url, is_changed=False, headers=response.headers, content=b"")
        problem = _problem(response.status)
        if problem is not None:
            raise FeedError(
                problem,
                status=response.status,
                retry_after=_wait(response.headers.get("Retry-After", ""), self._clock.now()),
            )
        content = await unpacking.body_of(
            response.content.iter_chunked(_CHUNK),
            encoding=response.headers.get("Content-Encoding", ""),
            most=self._rules.most_bytes,
        )
        return Answer(response.url, is_changed=True, headers=response.headers, content=content)


@dataclass(frozen=True, slots=True)
class _Request:
    url: URL
    headers: Mapping[str, str]
    certificates: ssl.SSLContext


def _target(response: aiohttp.ClientResponse) -> URL:
    location = response.headers.get("Location", "").strip()
    if not location:
        raise FeedError(FeedProblem.REDIRECTS, status=response.status)
    try:
        return response.url.join(URL(location)).with_fragment(None)
    except ValueError as error:
        raise FeedError(FeedProblem.REDIRECTS, status=response.status) from error


def _problem(status: int) -> FeedProblem | None:
    if status in _PROBLEMS:
        return _PROBLEMS[status]
    match status // 100:
        case 2:
            return None
        case 4:
            return FeedProblem.FORBIDDEN
        case _:
            return FeedProblem.SERVER


def _unreachable(error: Exception) -> FeedProblem:
    match error:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return FeedProblem.CERTIFICATE
        case aiohttp.ClientConnectorDNSError() if isinstance(error.os_error, PrivateAddressError):
            return FeedProblem.PRIVATE_ADDRESS
        case aiohttp.InvalidURL():
            return FeedProblem.NO_ADDRESS
        case _:
            return FeedProblem.UNREACHABLE


def _wait(text: str, now: dt.datetime) -> float | None:
    """Return the seconds of a Retry-After, a number or a date; at most a week."""
    if text.strip().isascii() and text.strip().isdigit():
        return min(float(text[:20]), _LONGEST_WAIT)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return min(max((until - now).total_seconds(), 0), _LONGEST_WAIT)
