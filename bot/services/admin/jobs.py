"""What is known of the jobs that run at intervals, since this process started."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from bot.services.ports import Clock

_SLACK: Final = dt.timedelta(seconds=60)
"""How late a job may begin before that is worth a word: others run in the same loop."""


@dataclass(frozen=True, slots=True)
class JobFailure:
    """How a job ended badly; the log has the trace under `code`. `is_database`: it was that."""

    at: dt.datetime
    code: str
    is_database: bool


@dataclass(frozen=True, slots=True)
class JobState:
    """One job. `failure` is None once it succeeded again; `took` is how long the last turn was."""

    name: str
    interval: dt.timedelta
    planned_at: dt.datetime
    started_at: dt.datetime | None = None
    is_running: bool = False
    succeeded_at: dt.datetime | None = None
    took: dt.timedelta | None = None
    failure: JobFailure | None = None

    def late_by(self, now: dt.datetime) -> dt.timedelta | None:
        """Return since when its next turn should have begun; None when it is in time."""
        if self.is_running:
            return None
        due = self.planned_at if self.started_at is None else self.started_at + self.interval
        return now - due if now - due > max(_SLACK, self.interval) else None


class JobJournal:
    """Remembers the last turn of every job."""

    def __init__(self, clock: Clock) -> None:
        """Know no job yet."""
        self._clock = clock
        self._jobs: dict[str, JobState] = {}

    @property
    def jobs(self) -> tuple[JobState, ...]:
        """Return every job, in the order in which they were planned."""
        return tuple(self._jobs.values())

    def planned(self, name: str, interval: dt.timedelta) -> None:
        """Note a job that will run at once and then every `interval`."""
        self._jobs[name] = JobState(name, interval, self._clock.now())

    def started(self, name: str) -> None:
        """Note that a turn begins."""
        self._jobs[name] = replace(self._jobs[name], started_at=self._clock.now(), is_running=True)

    def succeeded(self, name: str) -> None:
        """Note that a turn ended well."""
        now = self._clock.now()
        self._ended(name, now)
        self._jobs[name] = replace(self._jobs[name], succeeded_at=now, failure=None)

    def failed(self, name: str, *, code: str, is_database: bool) -> None:
        """Note that a turn ended badly."""
        now = self._clock.now()
        self._ended(name, now)
        failure = JobFailure(now, code, is_database)
        self._jobs[name] = replace(self._jobs[name], failure=failure)

    def _ended(self, name: str, now: dt.datetime) -> None:
        known = self._jobs[name]
        took = None if known.started_at is None else now - known.started_at
        self._jobs[name] = replace(known, is_running=False, took=took)
