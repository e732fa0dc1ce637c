"""The job that polls: each address once, whatever the number of guilds, hosts beside each other.

Fetch and parse happen outside any unit of work. A poll is claimed by moving its next moment, so two
processes poll once. What the server said of its own version is kept only after every guild has
stored the page: a crash before that makes the next poll fetch it again.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import structlog

from bot.services.forum.feeds import FeedError, FeedPage, FeedSource, Validators
from bot.services.forum.intake import Intake, TakenIn
from bot.services.forum.pace import BETWEEN, MOST_REFUSALS, REFUSALS, TELL_AFTER, PollPace
from bot.services.forum.telling import Telling
from bot.services.forum.threads import Threads
from bot.services.forum.vanishing import Vanishing
from bot.services.ports import Clock
from storage.errors import StorageError
from storage.forum_records import Feed, FeedAddress, FeedState, NewNotice, NoticeKind
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=30)
_AT_ONCE: Final = 16  # hosts
_DRAFTS_KEPT: Final = dt.timedelta(days=1)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Polled:
    """How a poll went: what came of it by feed, or why it came to nothing."""

    taken_in: dict[int, TakenIn]
    failure: FeedError | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done with what was fetched."""

    intake: Intake
    threads: Threads
    vanishing: Vanishing
    telling: Telling


class Polling:
    """Polls what is due. One slow host holds up nobody: the others have tasks of their own."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        source: FeedSource,
        *,
        steps: Steps,
        pace: PollPace,
    ) -> None:
        """Read through `source`, store in `units`."""
        self._units = units
        self._clock = clock
        self._source = source
        self._steps = steps
        self._pace = pace
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._running: dict[str, asyncio.Task[None]] = {}

    async def tick(self) -> None:
        """Begin the polls that are due; do what waits; return before the slow ones have ended.

        Raises:
            StorageError: when the database cannot be used; the next tick tries again.

        """
        now = self._clock.now()
        async with self._units() as work:
            await work.feeds.delete_drafts(before=now - _DRAFTS_KEPT)
            due = await work.feeds.due(now)
        by_host: dict[str, list[str]] = {}
        for one in due:
            by_host.setdefault(urlsplit(one.address).netloc, []).append(one.address)
        for host, addresses in by_host.items():
            if host not in self._running:
                task = asyncio.create_task(self._poll_host(addresses), name=f"feeds of {host}")
                self._running[host] = task
                task.add_done_callback(partial(self._ended, host))
        await self._steps.threads.advance()
        await self._steps.telling.tell()

    async def settle(self) -> None:
        """Wait until the polls that were begun have ended."""
        while self._running:
            await asyncio.wait(tuple(self._running.values()))

    async def stop(self) -> None:
        """Break off what runs, at whatever line: the next start goes on from what is stored."""
        running = tuple(self._running.values())
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)

    async def poll(self, address: str) -> Polled | None:
        """Poll an address now, if it is due and nobody else does: else None.

        Raises:
            StorageError: when the database cannot be used.

        """
        now = self._clock.now()
        async with self._units() as work:
            claimed = await work.feeds.claim(address, now=now, until=now + BETWEEN)
        if claimed is None:
            return None
        try:
            page, validators = await self._read(claimed)
        except FeedError as error:
            await self._failed(claimed, error)
            return Polled({}, error)
        return await self._succeeded(claimed, page, validators)

    def _ended(self, host: str, _task: asyncio.Task[None]) -> None:
        self._running.pop(host, None)

    async def _poll_host(self, addresses: Sequence[str]) -> None:
        async with self._room:
            for address in addresses:
                try:
                    await self.poll(address)
                except StorageError as error:
                    _log.warning("poll_not_stored", address=address, reason=type(error).__name__)

    async def _read(self, address: FeedAddress) -> tuple[FeedPage | None, Validators]:
        """Return the page, None when it did not change, and what to ask with next time."""
        validators = Validators(address.etag, address.last_modified)
        fetched = await self._source.fetch(address.address, validators)
        if fetched is None:
            return None, validators
        return await self._source.parse(fetched), fetched.validators

    async def _succeeded(
        self, address: FeedAddress, page: FeedPage | None, validators: Validators
    ) -> Polled:
        feeds = await self._active(address.address)
        taken_in: dict[int, TakenIn] = {}
        if page is not None:
            for feed in feeds:
                taken = await self._steps.intake.take_in(feed.id, page, now=self._clock.now())
                if taken is not None:
                    taken_in[feed.id] = taken
        now = self._clock.now()
        async with self._units() as work:
            await work.feeds.put(
                replace(
                    address,
                    etag=validators.etag,
                    last_modified=validators.last_modified,
                    next_poll_at=self._pace.after_success(now),
                    failures=0,
                    refusals=0,
                    last_success_at=now,
                )
            )
        for feed in feeds:
            await self._steps.vanishing.look(feed)
        skipped = page.skipped if page is not None else ()
        _log.info("feed_polled", address=address.address, unchanged=page is None, skipped=skipped)
        return Polled(taken_in)

    async def _failed(self, address: FeedAddress, error: FeedError) -> None:
        now, failures = self._clock.now(), address.failures + 1
        refusals = address.refusals + 1 if error.problem in REFUSALS else 0
        at = self._pace.after_failure(now, failures=failures, retry_after=error.retry_after)
        _log.warning("feed_failed", address=address.address, problem=error.problem.value)
        async with self._units() as work:
            await work.feeds.put(
                replace(
                    address,
                    next_poll_at=at,
                    failures=failures,
                    refusals=refusals,
                    problem=error.problem.value,
                    problem_at=now,
                )
            )
            kind = None
            if refusals >= MOST_REFUSALS:
                kind = NoticeKind.PAUSED
            elif failures == TELL_AFTER:
                kind = NoticeKind.FAILING
            for feed in await work.feeds.linked_to(address.address) if kind else ():
                if feed.state is FeedState.ACTIVE and kind:
                    if kind is NoticeKind.PAUSED:
                        await work.feeds.set_state(feed.id, FeedState.PAUSED)
                    await work.feeds.add_notice(
                        NewNotice(feed.guild_id, feed.id, kind, now, error.problem.value, failures)
                    )

    async def _active(self, address: str) -> tuple[Feed, ...]:
        async with self._units.reading() as work:
            linked = await work.feeds.linked_to(address)
        return tuple(one for one in linked if one.state is FeedState.ACTIVE)
