"""The life of a copy, drawn at random: what is known never goes wrong."""

import datetime as dt
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.services.deliveries import transitions
from bot.services.deliveries.transitions import Step, next_step
from storage.delivery_records import (
    ChannelTarget,
    Copy,
    Delivery,
    DeliveryState,
    PostTarget,
    Problem,
)
from tests.conftest import NOW

TROUBLED = {DeliveryState.FAILED, DeliveryState.HELD, DeliveryState.MISSED}
WAITS = st.integers(0, 120).map(lambda seconds: dt.timedelta(seconds=seconds))


def delivery(*, is_post: bool, useful: int | None) -> Delivery:
    return Delivery(
        id=1,
        key="a",
        guild_id=1,
        target=PostTarget(2, "Nieuws") if is_post else ChannelTarget(2),
        kind="update",
        subject_id=1,
        due_at=NOW,
        useful_until=None if useful is None else NOW + dt.timedelta(seconds=useful),
        wanted_version=1,
    )


class Life(RuleBasedStateMachine):
    """A copy, the world as it is, and the moves that facts, luck and moderators make."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.one = delivery(is_post=False, useful=None)
        self.there: list[int] = []  # the version that each message in the world shows
        self.ever = 0

    @rule(is_post=st.booleans(), useful=st.none() | st.integers(0, 500))
    def another(self, is_post: bool, useful: int | None) -> None:  # noqa: FBT001 # drawn by name
        if self.ever == 0 and self.one.state is DeliveryState.WAITING:
            self.one = delivery(is_post=is_post, useful=useful)

    @rule(wait=WAITS)
    def time_passes(self, wait: dt.timedelta) -> None:
        self.now += wait

    @rule()
    def facts_change(self) -> None:
        if not self.one.withdrawn:
            self.one = replace(self.one, wanted_version=self.one.wanted_version + 1)

    @rule()
    def facts_withdraw(self) -> None:
        self.one = replace(self.one, withdrawn=True)

    @rule()
    def moderator_retries(self) -> None:
        self.one = transitions.retried(self.one)

    @rule()
    def moderator_lets_it_be(self) -> None:
        if self.one.state is not DeliveryState.HELD:  # nobody knows whether that one is there
            self.one = transitions.dismissed(self.one)

    @rule(
        outcome=st.sampled_from(
            ("done", "lost", "nothing", "limit", "refused", "crash", "no look")
        ),
        wait=WAITS,
    )
    def step(self, outcome: str, wait: dt.timedelta) -> None:
        step = next_step(self.one, self.now)
        if step is Step.LOOK:
            step = self._look(outcome, wait)
        if step is Step.CANCEL:
            self.one = transitions.cancelled(self.one)
        elif step is Step.MISS:
            self.one = transitions.missed(self.one)
        elif step is Step.CREATE:
            self._create(outcome, wait)
        elif step in {Step.EDIT, Step.WITHDRAW}:
            self._change(step, outcome, wait)
        elif step is Step.PUBLISH:
            self._publish(outcome, wait)

    def _look(self, outcome: str, wait: dt.timedelta) -> Step:
        if outcome == "no look":
            self.one = transitions.held(self.one)
        elif outcome == "limit":
            self.one = transitions.postponed(self.one, next_try_at=self.now + wait)
        elif self.there:
            self.one = transitions.sent(self.one, Copy(2, 1), further=len(self.there) - 1)
        else:
            return transitions.step_after_fruitless_look(self.one, self.now)
        return Step.WAIT

    def _create(self, outcome: str, wait: dt.timedelta) -> None:
        assert self.there == []  # never a second message
        assert not self.one.withdrawn
        self.one = transitions.attempted(
            self.one,
            self.now,
            version=self.one.wanted_version,
            crosspost=self.one.wanted_version % 2 == 0,
        )
        at = self.now + wait
        if outcome in {"done", "lost", "no look"}:
            self.there.append(self.one.wanted_version)
            self.ever += 1
        if outcome == "done":
            self.one = transitions.sent(self.one, Copy(2, 1))
        elif outcome in {"lost", "nothing"}:
            self.one = transitions.postponed(self.one, next_try_at=at)
        elif outcome == "limit":
            self.one = transitions.not_done(self.one, next_try_at=at)
        elif outcome == "refused":
            self.one = transitions.failed(self.one, Problem.NO_RIGHTS)

    def _change(self, step: Step, outcome: str, wait: dt.timedelta) -> None:
        if outcome == "refused":
            self.one = transitions.failed(self.one, Problem.NO_RIGHTS)
        elif outcome in {"done", "crash"}:
            self.there = [] if step is Step.WITHDRAW else [self.one.wanted_version]
            if outcome == "done" and step is Step.WITHDRAW:
                self.one = transitions.taken_back(self.one)
            elif outcome == "done":
                self.one = transitions.edited(self.one, self.one.wanted_version)
        else:
            self.one = transitions.postponed(self.one, next_try_at=self.now + wait)

    def _publish(self, outcome: str, wait: dt.timedelta) -> None:
        assert self.there == [self.one.wanted_version]
        self.one = transitions.publishing(self.one, self.now)
        if outcome == "done":
            self.one = transitions.published(self.one)
        elif outcome == "refused":
            self.one = transitions.publishing_refused(self.one, code=50013)
        elif outcome == "no look":
            self.one = transitions.not_publishable(self.one)
        elif outcome != "crash":
            self.one = transitions.postponed(self.one, next_try_at=self.now + wait)

    @invariant()
    def there_is_never_more_than_one(self) -> None:
        assert len(self.there) <= 1
        assert self.one.duplicates == 0

    @invariant()
    def what_is_known_is_true(self) -> None:
        one = self.one
        if one.state is DeliveryState.WAITING:
            assert self.there == []
        if one.state is DeliveryState.SENT and not one.is_open and not one.withdrawn:
            assert self.there == [one.wanted_version]
        if one.withdrawal_shown or one.state in {DeliveryState.CANCELLED, DeliveryState.MISSED}:
            assert self.there == []
        assert one.problem is None or one.state in TROUBLED
        assert one.problem is not None or one.state is not DeliveryState.HELD
        assert (one.copy is None) == (one.sent_version is None)

    @invariant()
    def an_open_copy_always_gets_its_turn(self) -> None:
        last = self.one.next_try_at or self.one.due_at
        step = next_step(self.one, max(self.now, last, self.one.due_at))
        assert (step is Step.REST) == (not self.one.is_open)
        assert step is not Step.WAIT


Life.TestCase.settings = settings(stateful_step_count=60)
TestLife = Life.TestCase


def test_without_failures_a_copy_takes_one_attempt() -> None:
    one = delivery(is_post=False, useful=None)
    one = transitions.attempted(one, NOW, version=1)
    one = transitions.sent(one, Copy(2, 3))

    assert next_step(one, NOW) is Step.REST
    assert (one.copy, one.attempts, one.failures) == (Copy(2, 3), 1, 0)


def test_a_later_attempt_is_looked_up_from_the_first_on() -> None:
    one = transitions.attempted(delivery(is_post=True, useful=None), NOW, version=1)
    later = NOW + dt.timedelta(hours=1)
    one = transitions.attempted(one, later, version=2)

    assert (one.attempted_at, one.attempts, one.sent_again) == (NOW, 2, 1)
    assert one.next_try_at == later + transitions.SETTLING
