"""Brings the copies of one lane where they belong, one after the other.

Before a message is created the attempt is committed, after it where the message stands. What lies
between the two is looked up before it is sent again.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final, assert_never

import structlog

from bot.services.admin.notices import Notices
from bot.services.deliveries import transitions
from bot.services.deliveries.ahead import Ahead
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.changing import rename, rendered_apart, replace_shown
from bot.services.deliveries.gate import Gate, OpenGate
from bot.services.deliveries.journal import Change, Journal, is_same
from bot.services.deliveries.lanes import LaneLeases
from bot.services.deliveries.outcomes import (
    CannotLookError,
    NotNowError,
    OutcomeUnknownError,
    RefusedError,
)
from bot.services.deliveries.publishing import begin_publishing, can_be_followed
from bot.services.deliveries.rendered import Mark, Rendered, Renderer
from bot.services.deliveries.transitions import Step
from bot.services.ports import Clock, Directory, Messenger
from storage.delivery_records import Copy, Delivery, DmTarget, Lane, PostTarget, Problem
from storage.unit_of_work import UnitsOfWork

LATE: Final = dt.timedelta(minutes=10)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Means:
    """What couriers work with."""

    units: UnitsOfWork
    clock: Clock
    messenger: Messenger
    renderer: Renderer
    backoff: Backoff
    notices: Notices
    directory: Directory
    gate: Gate = field(default_factory=OpenGate)


class Courier:
    """Works on one lane, under its lease."""

    def __init__(self, lane: Lane, means: Means, journal: Journal, leases: LaneLeases) -> None:
        self._lane = lane
        self._journal = journal
        self._leases = leases
        self._ahead = Ahead(lane, means.units, means.clock)
        self._units = means.units
        self._clock = means.clock
        self._messenger = means.messenger
        self._renderer = means.renderer
        self._backoff = means.backoff
        self._notices = means.notices
        self._directory = means.directory
        self._gate = means.gate

    async def deliver_next(self) -> bool:
        """Take the next copy one step further; False when none is due.

        Raises:
            LeaseLostError: when another process may have taken the lane.
            StorageError: when the database cannot be used; nothing is lost.

        """
        found = await self._ahead.next()
        if found is None:
            return False
        # A clock that was set back makes nothing that was due wait.
        step = transitions.next_step(found, max(self._clock.now(), self._ahead.read_at))
        if step is not Step.CREATE:  # that renews in the very unit that commits the attempt
            known = await self._journal.begin(found, lambda known: known, self._lane)
            if known is None:
                return True
        try:
            await self._take(step, found)
        except RefusedError as error:
            await self._fail(found, error.problem, code=error.code)
        except NotNowError as error:
            await self._postpone(found, error)
        return True

    async def _take(self, step: Step, found: Delivery) -> None:
        match step:
            case Step.CANCEL:
                await self._change(found, transitions.cancelled)
            case Step.MISS:
                _log.warning("delivery_missed", delivery=found.id, kind=found.kind)
                await self._trouble(found, transitions.missed)
            case Step.LOOK:
                await self._look(found)
            case Step.CREATE:
                await self._create(found)
            case Step.EDIT:
                await self._edit(found)
            case Step.WITHDRAW:
                await self._withdraw(found)
            case Step.PUBLISH:
                await self._publish(found)
            case Step.WAIT | Step.REST:
                message = f"delivery {found.id} was found due and has nothing to do"
                raise AssertionError(message)
            case _:
                assert_never(step)

    async def _look(self, found: Delivery) -> None:
        try:
            copies = await self._find(found)
        except CannotLookError as error:
            _log.error("delivery_held", delivery=found.id, code=error.code)
            code = error.code
            await self._trouble(found, lambda known: transitions.held(known, code=code))
            return
        if copies:
            if further := len(copies) - 1:
                _log.error("delivery_doubled", delivery=found.id, further=further)
            await self._change(
                found, lambda known: transitions.sent(known, copies[0], further=len(copies) - 1)
            )
            return
        step = transitions.step_after_fruitless_look(found, self._clock.now())
        if step is Step.CREATE:
            _log.warning("delivery_sent_again", delivery=found.id, attempts=found.attempts)
        await self._take(step, found)

    async def _find(self, found: Delivery) -> tuple[Copy, ...]:
        mark, since = Mark(found.id), found.attempted_at or found.due_at
        if isinstance(found.target, PostTarget):
            return await self._messenger.find_post(
                found.target, mark, guild_id=found.guild_id, since=since
            )
        return await self._messenger.find(await self._channel_of(found), mark, since=since)

    async def _create(self, found: Delivery) -> None:
        if not await self._gate.admits(found):
            await self._turn_away(found)
            return
        message = await self._rendered(found)
        if message is None:
            await self._change(found, transitions.cancelled)
            return
        channel_id = await self._channel_of(found)
        attempt = await self._begin(found, message)
        if attempt is None:
            return
        try:
            copy = await self._request(attempt, channel_id, message)
        except RefusedError as error:
            await self._fail(attempt, error.problem, code=error.code)
        except NotNowError as error:
            at = self._next_try(attempt, error)
            await self._change(attempt, lambda known: transitions.not_done(known, next_try_at=at))
        except OutcomeUnknownError as error:
            _log.warning("delivery_outcome_unknown", delivery=found.id, reason=error.reason)
            at = self._later(attempt)
            await self._change(attempt, lambda known: transitions.postponed(known, next_try_at=at))
        else:
            await self._change(attempt, lambda known: transitions.sent(known, copy))

    async def _request(self, attempt: Delivery, channel_id: int, message: Rendered) -> Copy:
        if isinstance(attempt.target, PostTarget):
            return await self._messenger.post(attempt.target, message)
        return await self._messenger.send(channel_id, message, nonce=str(Mark(attempt.id)))

    async def _begin(self, found: Delivery, message: Rendered) -> Delivery | None:
        """Commit that a request is about to be made, if the lane is still ours."""
        return await self._journal.begin(
            found,
            lambda known: transitions.attempted(
                known,
                self._clock.now(),
                version=found.wanted_version,
                title=message.title,
                crosspost=message.crosspost,
            ),
            self._lane,
        )

    async def _edit(self, found: Delivery) -> None:
        message = await self._rendered(found)
        await replace_shown(self._messenger, found, message)
        if message is None:
            await self._change(found, transitions.emptied)
            return
        version, title = found.wanted_version, message.title
        await self._change(found, lambda known: transitions.edited(known, version, title=title))

    async def _withdraw(self, found: Delivery) -> None:
        message = await self._rendered(found)
        try:
            await replace_shown(self._messenger, found, message)
        except RefusedError as error:
            if error.problem is not Problem.MESSAGE_GONE:
                raise
            await rename(self._messenger, found, message)
        title = None if message is None else message.title
        await self._change(found, lambda known: transitions.taken_back(known, title=title))

    async def _publish(self, found: Delivery) -> None:
        copy = transitions.copy_of(found)
        place = {"guild_id": found.guild_id, "channel_id": copy.channel_id}
        if not can_be_followed(self._directory, **place):
            await self._change(found, transitions.not_publishable)
            return
        if not await begin_publishing(
            found, units=self._units, clock=self._clock, leases=self._leases, lane=self._lane
        ):
            return
        try:
            is_followed = await self._messenger.publish(copy)
        except RefusedError as error:
            _log.error("delivery_not_published", delivery=found.id, code=error.code)
            code = error.code
            await self._trouble(
                found, lambda known: transitions.publishing_refused(known, code=code)
            )
            return
        outcome = transitions.published if is_followed else transitions.not_publishable
        await self._change(found, outcome)

    async def _rendered(self, found: Delivery) -> Rendered | None:
        is_late = self._clock.now() - found.due_at > LATE
        return await rendered_apart(self._renderer, found, is_late=is_late)

    async def _channel_of(self, found: Delivery) -> int:
        """Return where to send; opening private messages is harmless, but strictly limited."""
        if not isinstance(found.target, DmTarget):
            return found.target.channel_id
        if self._ahead.private_channel is None:
            opened = await self._messenger.open_dm(found.target.user_id)
            self._ahead.private_channel = opened
        return self._ahead.private_channel

    async def _turn_away(self, found: Delivery) -> None:
        async with self._units() as work:
            known = await work.deliveries.lock(found.id)
            if known is not None and is_same(known, found):
                await work.deliveries.put(transitions.turned_away(known))
                await self._gate.turned_away_in(work, known)

    async def _fail(self, found: Delivery, problem: Problem, *, code: int = 0) -> None:
        _log.error("delivery_failed", delivery=found.id, problem=problem.value, code=code)
        await self._trouble(found, lambda known: transitions.failed(known, problem, code=code))

    async def _postpone(self, found: Delivery, error: NotNowError) -> None:
        at = self._next_try(found, error)
        await self._change(found, lambda known: transitions.postponed(known, next_try_at=at))

    def _next_try(self, found: Delivery, error: NotNowError) -> dt.datetime:
        _log.warning(
            "delivery_postponed",
            delivery=found.id,
            reason=error.reason,
            failures=found.failures + 1,
        )
        return self._later(found, at_least=error.retry_after)

    def _later(self, found: Delivery, *, at_least: float = 0) -> dt.datetime:
        """Say when to try again; later copies of the same subject wait as well."""
        self._ahead.read_anew()
        return self._clock.now() + self._backoff.wait(found.failures, at_least=at_least)

    async def _change(self, found: Delivery, change: Change) -> None:
        """Write down an outcome, unless another process has gone on since."""
        await self._journal.note(found, change)

    async def _trouble(self, found: Delivery, change: Change) -> None:
        """Do the same with what only somebody can mend, and tell moderators of it."""
        channel_id = await self._notices.channel_of(found.guild_id)
        async with self._units() as work:
            known = await work.deliveries.lock(found.id)
            if known is not None and is_same(known, found):
                after = await self._notices.note_in(work, change(known), channel_id)
                await work.deliveries.put(after)
