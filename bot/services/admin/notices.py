"""Notices: what moderators are told of deliveries in trouble, one message a problem and place.

A notice is made in the unit of work that writes down the trouble. Its counts follow a little
later (`tend`), so that a thousand failures are one message and a few edits. What waits for a
channel has no delivery yet: whoever finds it waiting counts it (`waiting`).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import structlog

from bot.services.admin.errors import NothingLeftError, NoticeGoneError
from bot.services.deliveries import transitions
from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.knowledge import question_sending
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import (
    WAITING_PROBLEMS,
    ChannelTarget,
    Delivery,
    DeliveryState,
    NewDelivery,
    Problem,
    lane_of,
)
from storage.notice_records import Notice, NoticeCount, Trouble, trouble_of
from storage.unit_of_work import UnitOfWork, UnitsOfWork

KIND: Final = "notice"
"""The kind of the deliveries of notices. Their own trouble makes no notice."""
INTERVAL: Final = dt.timedelta(seconds=15)
"""How often `tend` is to be called."""
_PAGE: Final = 200
_GO_ON: Final = frozenset({question_sending.REPLY})
"""Kinds that go another way by themselves when Discord refuses them."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Notices:
    """Tells moderators of trouble, and does what they decide about it."""

    def __init__(self, units: UnitsOfWork, clock: Clock, places: Places) -> None:
        """Post in the moderators' channel of `places`."""
        self._units = units
        self._clock = clock
        self._places = places

    async def channel_of(self, guild_id: int) -> int | None:
        """Return where notices of a guild go; None while there is no such place."""
        channel = await self._places.channel_for(guild_id, MODERATORS_CHANNEL)
        return None if channel is None else channel.id

    async def note_in(
        self, work: UnitOfWork, delivery: Delivery, channel_id: int | None
    ) -> Delivery:
        """Count a delivery in its notice, in the unit that writes down its trouble.

        Returns it as it is to be written. `channel_id` is what `channel_of` returned.
        """
        if delivery.problem is None or delivery.kind == KIND:
            return delivery
        if delivery.kind in _GO_ON and delivery.state is DeliveryState.FAILED:
            return delivery
        trouble = trouble_of(
            guild_id=delivery.guild_id, problem=delivery.problem, lane=lane_of(delivery.target)
        )
        notice, is_new = await work.notices.ensure(trouble, at=self._clock.now())
        if is_new:
            first = NoticeCount(troubled=1, kinds=(delivery.kind,))
            await self._post_in(work, replace(notice, count=first), channel_id)
        return replace(delivery, notice_id=notice.id)

    async def waiting(self, found: Mapping[Trouble, NoticeCount]) -> None:
        """Tell of all that waits for a channel, in the guilds of this process; the rest is solved.

        Raises:
            StorageError: when the database cannot be used; the next time tries again.

        """
        mine = set(self._places.directory.guild_ids())
        async with self._units.reading() as work:
            known = await work.notices.unsolved_of(WAITING_PROBLEMS)
        for notice in known:
            if notice.trouble.guild_id in mine and notice.trouble not in found:
                await self._recount(notice.id, NoticeCount())
        told = {one.trouble: one for one in known}
        for trouble, count in found.items():
            if trouble not in told:
                await self._tell(trouble, count)
            elif told[trouble].count != count:
                await self._recount(told[trouble].id, count)

    async def has_waiting(self) -> bool:
        """Whether moderators were told of anything that waits, and not yet that it is solved."""
        async with self._units.reading() as work:
            return bool(await work.notices.unsolved_of(WAITING_PROBLEMS))

    async def tend(self) -> None:
        """Bring every unsolved notice up to date: its counts, and that it is posted.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        after = 0
        while True:
            async with self._units.reading() as work:
                found = await work.notices.unsolved(after=after, limit=_PAGE)
                counts = await work.notices.counts([one.id for one in found])
            for notice in found:
                await self._tend(notice, counts[notice.id])
            if len(found) < _PAGE:
                return
            after = found[-1].id

    async def of_guild(self, guild_id: int) -> tuple[Notice, ...]:
        """Return the unsolved notices of a guild with their counts of now, the newest first."""
        async with self._units.reading() as work:
            found = await work.notices.unsolved(guild_id)
            counts = await work.notices.counts([one.id for one in found])
        now_known = [
            one if _waits(one) else replace(one, count=counts[one.id]) for one in reversed(found)
        ]
        return tuple(one for one in now_known if one.count != NoticeCount())

    async def get(self, notice_id: int) -> Notice | None:
        """Return a notice as it was last written down."""
        async with self._units.reading() as work:
            return await work.notices.get(notice_id)

    async def retry(self, notice_id: int, *, guild_id: int, by: int) -> int:
        """Try all copies again that a notice is about, after mending; returns how many.

        Raises:
            NoticeGoneError: when the guild has no such notice.
            NothingLeftError: when there is nothing to try again (any more).

        """
        done = await self._act(notice_id, transitions.retried, guild_id=guild_id)
        _log.info("notice_retried", notice=notice_id, guild_id=guild_id, by=by, deliveries=done)
        return done

    async def release(self, notice_id: int, *, guild_id: int, by: int) -> int:
        """Send the held copies of a notice after all: a moderator looked where the bot may not.

        Raises:
            NoticeGoneError, NothingLeftError: as above.

        """

        def send(known: Delivery) -> Delivery:
            return transitions.released(known, send=True)

        done = await self._act(notice_id, send, guild_id=guild_id)
        _log.info("notice_released", notice=notice_id, guild_id=guild_id, by=by, deliveries=done)
        return done

    async def dismiss(self, notice_id: int, *, guild_id: int, by: int) -> int:
        """Let the copies of a notice be; returns how many.

        Raises:
            NoticeGoneError, NothingLeftError: as above.

        """
        done = await self._act(notice_id, transitions.dismissed, guild_id=guild_id)
        _log.info("notice_dismissed", notice=notice_id, guild_id=guild_id, by=by, deliveries=done)
        return done

    async def _act(
        self, notice_id: int, change: Callable[[Delivery], Delivery], *, guild_id: int
    ) -> int:
        done = 0
        async with self._units() as work:
            notice = await work.notices.lock(notice_id)
            if notice is None or notice.trouble.guild_id != guild_id:
                raise NoticeGoneError
            for known in await work.notices.lock_troubled(notice_id):
                after = change(known)
                if after != known:
                    await work.deliveries.put(after)
                    done += 1
            if not done:
                raise NothingLeftError
            await self._count_in(work, notice)
        return done

    async def _tell(self, trouble: Trouble, count: NoticeCount) -> None:
        channel_id = await self.channel_of(trouble.guild_id)
        async with self._units() as work:
            notice, is_new = await work.notices.ensure(trouble, at=self._clock.now())
            if is_new:
                await self._post_in(work, replace(notice, count=count), channel_id)

    async def _recount(self, notice_id: int, count: NoticeCount) -> None:
        async with self._units() as work:
            notice = await work.notices.lock(notice_id)
            if notice is not None and notice.solved_at is None:
                await self._write(work, notice, count)

    async def _tend(self, notice: Notice, count: NoticeCount) -> None:
        count = notice.count if _waits(notice) else count
        channel_id = notice.posted_in
        if channel_id is None or await self._is_lost(notice):
            channel_id = await self.channel_of(notice.trouble.guild_id)
        if count == notice.count and channel_id == notice.posted_in:
            return
        async with self._units() as work:
            known = await work.notices.lock(notice.id)
            if known is None or known.solved_at is not None:
                return
            known = await self._count_in(work, known)
            if channel_id is not None and known.solved_at is None:
                await self._post_in(work, known, channel_id)

    async def _is_lost(self, notice: Notice) -> bool:
        """Whether the message of a notice could not be shown where it was to be."""
        async with self._units.reading() as work:
            message = await work.deliveries.by_key(_key(notice.id, notice.posted_in))
        return message is None or message.state is DeliveryState.FAILED

    async def _count_in(self, work: UnitOfWork, notice: Notice) -> Notice:
        """Write down the counts of a locked notice as its deliveries are now."""
        if _waits(notice):
            return notice
        count = (await work.notices.counts([notice.id]))[notice.id]
        return await self._write(work, notice, count)

    async def _write(self, work: UnitOfWork, notice: Notice, count: NoticeCount) -> Notice:
        """Write down new counts of a locked notice; what shows them is revised."""
        if count == notice.count:
            return notice
        is_solved = not count.troubled + count.retried
        after = replace(
            notice,
            # What it was about stays readable in "solved".
            count=replace(count, kinds=notice.count.kinds) if is_solved else count,
            version=notice.version + 1,
            solved_at=self._clock.now() if is_solved else None,
        )
        await work.notices.put(after)
        await work.deliveries.revise(KIND, notice.id, version=after.version)
        return after

    async def _post_in(self, work: UnitOfWork, notice: Notice, channel_id: int | None) -> None:
        if channel_id is not None and channel_id != notice.posted_in:
            await work.deliveries.queue(
                NewDelivery(
                    key=_key(notice.id, channel_id),
                    guild_id=notice.trouble.guild_id,
                    target=ChannelTarget(channel_id),
                    kind=KIND,
                    subject_id=notice.id,
                    due_at=self._clock.now(),
                    version=notice.version,
                )
            )
        await work.notices.put(replace(notice, posted_in=channel_id))


def _waits(notice: Notice) -> bool:
    return notice.trouble.problem in WAITING_PROBLEMS


def can_be_sent_after_all(problem: Problem) -> bool:
    """Whether copies with this problem are held: nobody knows whether they are there."""
    return problem is Problem.CANNOT_LOOK


def can_be_tried_again(problem: Problem) -> bool:
    """Whether trying again can help, once somebody mended what was wrong."""
    return problem is not Problem.TOO_LATE and not goes_by_itself(problem)


def goes_by_itself(problem: Problem) -> bool:
    """Whether it goes on by itself once it is mended, so that there is nothing to press."""
    return problem in WAITING_PROBLEMS


def _key(notice_id: int, channel_id: int | None) -> str:
    return f"{KIND}:{notice_id}:{channel_id}"
