"""What is remembered of jobs: their last turn, and whether the next is late."""

import datetime as dt

from bot.services.admin.jobs import JobJournal
from tests.fakes import FakeClock

MINUTE = dt.timedelta(minutes=1)


def test_a_job_remembers_its_last_turn_and_forgets_a_failure_once_it_succeeds() -> None:
    clock = FakeClock()
    journal = JobJournal(clock)
    journal.planned("feeds", MINUTE)
    journal.started("feeds")
    clock.forward(seconds=3)
    journal.failed("feeds", code="AB12", is_database=True)
    (failed,) = journal.jobs
    assert failed.failure is not None
    assert (failed.failure.code, failed.took) == ("AB12", dt.timedelta(seconds=3))
    assert failed.succeeded_at is None

    journal.started("feeds")
    journal.succeeded("feeds")
    (job,) = journal.jobs
    assert (job.failure, job.succeeded_at) == (None, clock.now())


def test_a_job_is_late_once_its_turn_was_missed_and_never_while_it_runs() -> None:
    clock = FakeClock()
    journal = JobJournal(clock)
    journal.planned("feeds", MINUTE)
    clock.forward(minutes=2)
    assert journal.jobs[0].late_by(clock.now()) == 2 * MINUTE

    journal.started("feeds")
    clock.forward(minutes=30)
    assert journal.jobs[0].late_by(clock.now()) is None

    journal.succeeded("feeds")
    assert journal.jobs[0].late_by(clock.now()) == 29 * MINUTE
