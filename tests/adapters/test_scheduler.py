import asyncio
import datetime as dt

import pytest

from bot.adapters.scheduler import Repeated, Scheduler
from bot.services.admin.jobs import JobJournal
from tests.fakes import FakeClock

OFTEN = dt.timedelta(seconds=0.01)


class Counted:
    """A job that counts its turns, and fails in all of them if told so."""

    def __init__(self, *, fails: bool = False) -> None:
        self.turns = 0
        self.third = asyncio.Event()
        self._fails = fails

    async def __call__(self) -> None:
        """Take a turn."""
        self.turns += 1
        if self.turns == 3:
            self.third.set()
        if self._fails:
            raise LookupError


async def test_a_job_runs_at_the_start_and_again_at_every_interval() -> None:
    job, rare = Counted(), Counted()
    scheduler = Scheduler(JobJournal(FakeClock()))
    scheduler.add(Repeated("often", OFTEN, job))
    scheduler.add(Repeated("rare", dt.timedelta(days=1), rare))
    scheduler.start()
    async with asyncio.timeout(5):
        await job.third.wait()
    await scheduler.stop()

    assert rare.turns == 1


async def test_a_job_that_fails_is_logged_and_comes_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken, sound = Counted(fails=True), Counted()
    scheduler = Scheduler(JobJournal(FakeClock()))
    scheduler.add(Repeated("broken", OFTEN, broken))
    scheduler.add(Repeated("sound", OFTEN, sound))
    scheduler.start()
    async with asyncio.timeout(5):
        await broken.third.wait()
        await sound.third.wait()
    await scheduler.stop()

    assert "job_failed" in capsys.readouterr().out


async def test_a_job_that_hangs_does_not_silence_the_others() -> None:
    forever, sound = asyncio.Event(), Counted()

    async def hang() -> None:
        await forever.wait()

    scheduler = Scheduler(JobJournal(FakeClock()))
    scheduler.add(Repeated("hangs", OFTEN, hang))
    scheduler.add(Repeated("sound", OFTEN, sound))
    scheduler.start()
    async with asyncio.timeout(5):
        await sound.third.wait()
    await scheduler.stop()

    assert sound.turns >= 3


async def test_one_name_is_one_job() -> None:
    first, second = Counted(), Counted()
    scheduler = Scheduler(JobJournal(FakeClock()))
    scheduler.add(Repeated("same", OFTEN, first))
    scheduler.start()
    scheduler.add(Repeated("same", OFTEN, second))
    async with asyncio.timeout(5):
        await second.third.wait()
    await scheduler.stop()

    assert first.turns <= 1


async def test_stopping_waits_until_a_running_job_has_let_go(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, forever, let_go = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        try:
            await forever.wait()
        finally:
            await asyncio.sleep(0)
            let_go.set()

    scheduler = Scheduler(JobJournal(FakeClock()))
    scheduler.add(Repeated("slow", OFTEN, slow))
    scheduler.start()
    async with asyncio.timeout(5):
        await begun.wait()
        await scheduler.stop()

    assert let_go.is_set()
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []
