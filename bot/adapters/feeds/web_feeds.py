"""The FeedSource over the real web."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver

from bot.adapters.feeds import discovery, ning
from bot.adapters.feeds.certificates import Certificates
from bot.adapters.feeds.fetching import Answer, Fetcher
from bot.adapters.feeds.guarding import GuardedResolver
from bot.adapters.feeds.parsing import page_of
from bot.adapters.feeds.robots import Robots
from bot.adapters.feeds.rules import WebRules
from bot.adapters.feeds.turns import Sleep, Turns
from bot.services.forum.feeds import (
    FeedError,
    FeedKind,
    FeedPage,
    FeedProblem,
    Fetched,
    FoundFeed,
    Validators,
)
from bot.services.ports import Clock

_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_AT_ONCE: Final = 2  # documents parsed beside each other; more would only wait for each other
_LONGEST_VALIDATOR: Final = 500

# What may be the fault of a scheme that nobody typed.
_OTHER_SCHEME: Final = frozenset(
    {FeedProblem.UNREACHABLE, FeedProblem.CERTIFICATE, FeedProblem.TOO_SLOW}
)
# A candidate that fails so leaves the next one to try.
_NEXT: Final = frozenset({FeedProblem.NO_FEED, FeedProblem.NOT_FOUND, FeedProblem.BROKEN})


class WebFeeds:
    """Reads feeds from the web, with care; needs no closing.

    `resolver` looks up names (what it finds is checked), `sleep` waits for a host's turn.
    """

    def __init__(
        self,
        clock: Clock,
        rules: WebRules | None = None,
        *,
        resolver: Callable[[], AbstractResolver] = ThreadedResolver,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._rules = rules or WebRules()
        self._resolver = resolver
        self._fetcher = Fetcher(
            clock=clock,
            rules=self._rules,
            sessions=self._session,
            turns=Turns(clock, self._rules, sleep=sleep),
            certificates=Certificates(self._rules.ca_bundles),
        )
        self._robots = Robots(self._fetcher, clock)
        self._parsing = asyncio.Semaphore(_AT_ONCE)

    async def find(self, typed: str) -> FoundFeed:
        """Recognise an address: a feed, a Ning page with a known feed, or a page that links one."""
        first, *others = discovery.addresses(typed)
        try:
            return await self._found(first)
        except FeedError as error:
            if not others or error.problem not in _OTHER_SCHEME:
                raise
        return await self._found(others[0])

    async def fetch(self, address: str, validators: Validators) -> Fetched | None:
        """Return the document at an address; None when it did not change."""
        if ning.kind_of_feed(address) is FeedKind.ACTIVITY:
            await self._check_is_public(address)
        headers = {"Accept": _ACCEPT}
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        answer = await self._fetcher.get(
            address, headers=headers, permission=self._robots.permission
        )
        return _fetched(answer) if answer.is_changed else None

    async def parse(self, fetched: Fetched) -> FeedPage:
        """Return the items of a document, off the event loop."""
        async with self._parsing:
            return await asyncio.to_thread(page_of, fetched)

    async def is_gone(self, link: str) -> bool:
        """Whether a page says that it does not exist (any more)."""
        try:
            await self._fetcher.get(
                link, headers={"Accept": "text/html"}, permission=self._robots.permission
            )
        except FeedError as error:
            if error.problem is FeedProblem.NOT_FOUND:
                return True
            if error.problem is FeedProblem.TOO_LARGE:
                return False
            raise
        return False

    async def _found(self, address: str) -> FoundFeed:
        page = await self._document(address)
        try:
            return await self._read(page)
        except FeedError as error:
            if error.problem is not FeedProblem.NO_FEED:
                raise
            failure = error
        for candidate in await asyncio.to_thread(discovery.candidates, page):
            try:
                return await self._read(await self._document(candidate))
            except FeedError as error:
                if error.problem not in _NEXT:
                    raise
                failure = error
        raise failure

    async def _check_is_public(self, activity: str) -> None:
        """Ning's activity feed also answers for private networks, of which nothing is published."""
        page = str(ning.activity_page(activity))
        try:
            await self._fetcher.get(
                page, headers={"Accept": "text/html"}, permission=self._robots.permission
            )
        except FeedError as error:
            if error.problem not in {FeedProblem.NOT_FOUND, FeedProblem.TOO_LARGE}:
                raise

    async def _document(self, address: str) -> Fetched:
        fetched = await self.fetch(address, Validators())
        if fetched is None:  # nobody asked whether it changed
            raise FeedError(FeedProblem.BROKEN, status=304)
        return fetched

    async def _read(self, fetched: Fetched) -> FoundFeed:
        return FoundFeed(fetched.address, await self.parse(fetched), fetched.validators)

    def _session(self) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
        resolver = GuardedResolver(self._resolver(), private_hosts=self._rules.private_hosts)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )


def _fetched(answer: Answer) -> Fetched:
    return Fetched(
        address=str(answer.address),
        content=answer.content,
        content_type=answer.headers.get("Content-Type", ""),
        validators=Validators(
            etag=_short(answer.headers.get("ETag")),
            last_modified=_short(answer.headers.get("Last-Modified")),
        ),
    )


def _short(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= _LONGEST_VALIDATOR else None
