"""What wakes the bot at fixed intervals: the only user of APScheduler.

The tables are the truth and the scheduler only ticks: its jobs live in memory under fixed ids, none
is dropped for being late, and those that were missed run once.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logs import unexpected
from bot.services.admin.jobs import JobJournal
from storage.errors import StorageError

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A job to run at once and then every `interval`; `name` is its fixed id."""

    name: str
    interval: dt.timedelta
    job: Job


_DEFAULTS: Final[dict[str, Any]] = {
    # APScheduler drops a job that is a second late unless told not to.
    "misfire_grace_time": None,
    "coalesce": True,
    "max_instances": 1,
}


class Scheduler:
    """Runs jobs at intervals, each guarded: one that fails is logged and comes again."""

    def __init__(self, journal: JobJournal) -> None:
        """Hold no jobs yet; how each goes is noted in `journal`."""
        self._journal = journal
        self._scheduler = AsyncIOScheduler(timezone=dt.UTC, job_defaults=_DEFAULTS)
        self._running: set[asyncio.Task[None]] = set()

    def add(self, repeated: Repeated) -> None:
        """Run a job at the start and then every interval."""
        self._journal.planned(repeated.name, repeated.interval)
        self._scheduler.add_job(
            self._run,
            "interval",
            args=(repeated.name, repeated.job),
            seconds=repeated.interval.total_seconds(),
            id=repeated.name,
            replace_existing=True,
            next_run_time=dt.datetime.now(dt.UTC),
        )

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Start no job any more; cancel those that run and wait until they have let go."""
        self._scheduler.pause()
        running = tuple(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
            await asyncio.sleep(
                0
            )  # for what waits for them: APScheduler logs what it has to cut off
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, job: Job) -> None:
        # In a task of its own: APScheduler cancels what it runs and does not wait for its end.
        task = asyncio.create_task(_guarded(name, job, self._journal), name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait((task,))


async def _guarded(name: str, job: Job, journal: JobJournal) -> None:
    journal.started(name)
    try:
        await job()
    except Exception as error:  # noqa: BLE001 # the edge of a job: it must not end the others
        code = unexpected("job_failed", error=error, job=name)
        journal.failed(name, code=code, is_database=isinstance(error, StorageError))
    else:
        journal.succeeded(name)
