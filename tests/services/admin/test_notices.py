"""Trouble is told once, counted as it is, and acted on by one moderator."""

import asyncio
from dataclasses import replace

import pytest

from bot.services.admin.errors import NothingLeftError, NoticeGoneError
from bot.services.admin.notices import KIND, Notices
from bot.services.deliveries import transitions
from bot.services.directory import Channel
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.delivery_records import (
    ChannelTarget,
    Delivery,
    DeliveryState,
    DmTarget,
    NewDelivery,
    Problem,
    Target,
)
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock, FakeDirectory

GUILD, PLACE, MODERATORS, MARJA = 1, 2, 3, 7


class Desk:
    """Notices of one guild, and deliveries that fail."""

    def __init__(self, units: UnitsOfWork) -> None:
        self.units = units
        self.clock = FakeClock()
        self.directory = FakeDirectory()
        self.open_channel(MODERATORS)
        places = Places(GuildSettings(units), units, self.clock, self.directory)
        self.notices = Notices(units, self.clock, places)

    def open_channel(self, channel_id: int | None) -> None:
        channels = () if channel_id is None else (Channel(channel_id, "moderators", is_open=False),)
        self.directory.channels[GUILD] = channels

    async def fail(
        self,
        key: str,
        problem: Problem = Problem.NO_RIGHTS,
        target: Target | None = None,
        kind: str = "update",
    ) -> Delivery:
        """Write a failure down as a courier does."""
        channel_id = await self.notices.channel_of(GUILD)
        async with self.units() as work:
            await work.deliveries.queue(
                NewDelivery(
                    key=key,
                    guild_id=GUILD,
                    target=target or ChannelTarget(PLACE),
                    kind=kind,
                    subject_id=1,
                    due_at=self.clock.now(),
                )
            )
            known = await work.deliveries.by_key(key)
            assert known is not None
            failed = await self.notices.note_in(
                work, transitions.failed(known, problem), channel_id
            )
            await work.deliveries.put(failed)
        return failed

    async def posted(self) -> list[Delivery]:
        """Return the deliveries of notices."""
        async with self.units.reading() as work:
            ids = range(1, 9)
            return [copy for one in ids for copy in await work.deliveries.of_subject(KIND, one)]


@pytest.fixture
def desk(units: UnitsOfWork) -> Desk:
    return Desk(units)


async def test_each_problem_and_place_is_told_once_and_all_people_together(desk: Desk) -> None:
    await desk.fail("a")
    await desk.fail("b", kind="digest")
    await desk.fail("c", Problem.INVALID)
    await desk.fail("d", target=ChannelTarget(PLACE + 10))
    await desk.fail("e", Problem.DM_CLOSED, DmTarget(71))
    await desk.fail("f", Problem.DM_CLOSED, DmTarget(72))

    assert len(await desk.posted()) == 4
    found = await desk.notices.of_guild(GUILD)
    counts = {(one.trouble.problem, one.trouble.lane_id): one.count.troubled for one in found}
    assert counts == {
        (Problem.NO_RIGHTS, PLACE): 2,
        (Problem.INVALID, PLACE): 1,
        (Problem.NO_RIGHTS, PLACE + 10): 1,
        (Problem.DM_CLOSED, 0): 2,
    }
    assert found[-1].count.kinds == ("digest", "update")


async def test_the_message_is_revised_when_its_count_changes_and_only_then(desk: Desk) -> None:
    await desk.fail("a")
    await desk.notices.tend()
    assert [one.wanted_version for one in await desk.posted()] == [1]

    await desk.fail("b")
    for _ in range(2):
        await desk.notices.tend()
    assert [one.wanted_version for one in await desk.posted()] == [2]


async def test_failures_of_notices_make_no_notices(desk: Desk) -> None:
    failed = await desk.fail("a", kind=KIND)

    assert (failed.notice_id, await desk.posted()) == (None, [failed])


async def test_of_two_moderators_at_once_one_does_it_and_the_other_is_told(desk: Desk) -> None:
    first, second = await desk.fail("a"), await desk.fail("b")
    assert first.notice_id is not None

    done = await asyncio.gather(
        *(desk.notices.retry(first.notice_id, guild_id=GUILD, by=MARJA) for _ in range(2)),
        return_exceptions=True,
    )

    assert sorted(map(str, done)) == sorted(["2", str(NothingLeftError())])
    (notice,) = await desk.notices.of_guild(GUILD)
    assert (notice.count.troubled, notice.count.retried) == (0, 2)
    assert second.notice_id == first.notice_id
    with pytest.raises(NoticeGoneError):
        await desk.notices.retry(first.notice_id, guild_id=GUILD + 1, by=MARJA)


async def test_solved_trouble_that_comes_back_is_told_anew(desk: Desk) -> None:
    failed = await desk.fail("a")
    assert failed.notice_id is not None
    await desk.notices.dismiss(failed.notice_id, guild_id=GUILD, by=MARJA)
    solved = await desk.notices.get(failed.notice_id)
    assert solved is not None
    assert solved.solved_at is not None
    assert solved.count.kinds == ("update",)

    again = await desk.fail("b")
    assert again.notice_id != failed.notice_id
    assert len(await desk.posted()) == 2


async def test_without_a_moderators_channel_notices_wait_until_there_is_one(desk: Desk) -> None:
    desk.open_channel(None)
    await desk.fail("a")
    await desk.notices.tend()
    assert await desk.posted() == []
    assert len(await desk.notices.of_guild(GUILD)) == 1

    desk.open_channel(MODERATORS)
    for _ in range(2):
        await desk.notices.tend()
    (posted,) = await desk.posted()
    assert posted.target == ChannelTarget(MODERATORS)


async def test_a_notice_whose_channel_is_gone_is_posted_in_the_new_one(desk: Desk) -> None:
    await desk.fail("a")
    (posted,) = await desk.posted()
    async with desk.units() as work:
        await work.deliveries.put(transitions.failed(posted, Problem.UNKNOWN_CHANNEL))
    desk.open_channel(MODERATORS + 1)

    for _ in range(2):
        await desk.notices.tend()
    targets = [one.target for one in await desk.posted()]
    assert targets == [ChannelTarget(MODERATORS), ChannelTarget(MODERATORS + 1)]


async def test_a_failure_that_is_not_written_down_is_not_told_either(desk: Desk) -> None:
    async def crash() -> None:
        async with desk.units() as work:
            failed = replace(queued, state=DeliveryState.FAILED, problem=Problem.NO_RIGHTS)
            await desk.notices.note_in(work, failed, MODERATORS)
            raise ZeroDivisionError

    async with desk.units() as work:
        new = NewDelivery(
            key="a",
            guild_id=GUILD,
            target=ChannelTarget(PLACE),
            kind="update",
            subject_id=1,
            due_at=desk.clock.now(),
        )
        await work.deliveries.queue(new)
        found = await work.deliveries.by_key("a")
    assert found is not None
    queued = found
    with pytest.raises(ZeroDivisionError):
        await crash()

    assert await desk.posted() == []
    assert await desk.notices.of_guild(GUILD) == ()
