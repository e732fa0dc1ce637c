"""The life of a copy as pure functions: what to do next, and what an outcome makes of it.

waiting ─► attempting ─► sent ─► (edited, withdrawn)
   ▲ not done  │  ▲ │ refused ─► failed ─► waiting, by a moderator
   └───────────┘  └─┘ unknown: looked up; not found: attempted again; no look allowed: held
"""

import datetime as dt
import enum
from dataclasses import replace
from typing import Final

from storage.delivery_records import (
    Copy,
    Crosspost,
    Delivery,
    DeliveryState,
    PostTarget,
    Problem,
)

SETTLING: Final = dt.timedelta(seconds=30)
"""How long a request without a nonce may still be carried out after it was made: before that, not
finding its post proves nothing. The request itself is given up sooner (the adapter's timeout)."""


class Step(enum.Enum):
    """What a copy needs now."""

    REST = "nothing, until somebody wants something else of it"
    WAIT = "nothing yet"
    CANCEL = "it was withdrawn before it was sent"
    MISS = "its use is over"
    LOOK = "find out whether it is there"
    CREATE = "send it"
    EDIT = "show another version"
    WITHDRAW = "take it back"
    PUBLISH = "publish it to the servers that follow its channel"


def next_step(delivery: Delivery, now: dt.datetime) -> Step:
    """Say what a copy needs at `now`."""
    if not delivery.is_open:
        return Step.REST
    tried_later = delivery.next_try_at is not None and delivery.next_try_at > now
    if tried_later or delivery.due_at > now:
        return Step.WAIT
    if delivery.state is DeliveryState.ATTEMPTING:
        return Step.LOOK
    if delivery.state is DeliveryState.SENT:
        return _sent_step(delivery)
    return _unsent_step(delivery, now)


def _sent_step(delivery: Delivery) -> Step:
    if delivery.withdrawn:
        return Step.WITHDRAW
    is_current = (delivery.sent_version or 0) >= delivery.wanted_version
    return Step.PUBLISH if is_current else Step.EDIT


def _unsent_step(delivery: Delivery, now: dt.datetime) -> Step:
    if delivery.withdrawn:
        return Step.CANCEL
    if delivery.useful_until is not None and delivery.useful_until < now:
        return Step.MISS
    return Step.CREATE


def step_after_fruitless_look(delivery: Delivery, now: dt.datetime) -> Step:
    """Say what a copy needs whose attempt is known to have come to nothing."""
    return _unsent_step(delivery, now)


def attempted(
    delivery: Delivery,
    now: dt.datetime,
    *,
    version: int,
    title: str | None = None,
    crosspost: bool = False,
) -> Delivery:
    """Note that a request is about to be made, to show `version`, and to publish it after that.

    Later attempts are looked up from the first one on. A post is begun with `title`.
    """
    again = delivery.state is DeliveryState.ATTEMPTING
    has_no_nonce = isinstance(delivery.target, PostTarget)
    return replace(
        _called(delivery, title),
        state=DeliveryState.ATTEMPTING,
        attempted_version=version,
        attempted_at=delivery.attempted_at if again else now,
        attempts=delivery.attempts + 1,
        sent_again=delivery.sent_again + again,
        next_try_at=now + SETTLING if has_no_nonce else None,
        crosspost=Crosspost.WANTED if crosspost else None,
    )


def sent(delivery: Delivery, copy: Copy, *, further: int = 0) -> Delivery:
    """Note where the copy stands; a look found `further` ones beside it."""
    return replace(
        _succeeded(delivery),
        state=DeliveryState.SENT,
        copy=copy,
        sent_version=delivery.attempted_version,
        attempted_at=None,
        duplicates=delivery.duplicates + further,
        notice_id=None,
    )


def not_done(delivery: Delivery, *, next_try_at: dt.datetime) -> Delivery:
    """Note that nothing happened, this time.

    An earlier attempt whose outcome is unknown stays unknown.
    """
    had_earlier = delivery.attempted_at is not None and delivery.sent_again > 0
    return replace(
        postponed(delivery, next_try_at=next_try_at),
        state=DeliveryState.ATTEMPTING if had_earlier else DeliveryState.WAITING,
        attempted_at=delivery.attempted_at if had_earlier else None,
    )


def postponed(delivery: Delivery, *, next_try_at: dt.datetime) -> Delivery:
    """Note a temporary failure that leaves what is known as it was."""
    later = max(next_try_at, delivery.next_try_at or next_try_at)
    return replace(delivery, failures=delivery.failures + 1, next_try_at=later)


def failed(delivery: Delivery, problem: Problem, *, code: int = 0) -> Delivery:
    """Note a failure that only somebody can mend."""
    return replace(
        delivery,
        state=DeliveryState.FAILED,
        problem=problem,
        problem_code=code or None,
        attempted_at=None,
        next_try_at=None,
    )


def held(delivery: Delivery, *, code: int = 0) -> Delivery:
    """Note that the bot may not look whether the copy is there."""
    return replace(
        delivery,
        state=DeliveryState.HELD,
        problem=Problem.CANNOT_LOOK,
        problem_code=code or None,
        next_try_at=None,
    )


def cancelled(delivery: Delivery) -> Delivery:
    """Note that it will not be sent."""
    return replace(
        delivery,
        state=DeliveryState.CANCELLED,
        attempted_at=None,
        next_try_at=None,
        problem=None,
        problem_code=None,
        notice_id=None,
    )


def emptied(delivery: Delivery) -> Delivery:
    """Note that the copy was deleted as there is nothing to show any more."""
    return replace(cancelled(delivery), copy=None, sent_version=None)


def missed(delivery: Delivery) -> Delivery:
    """Note that its use was over before it could be sent."""
    return replace(
        delivery,
        state=DeliveryState.MISSED,
        problem=Problem.TOO_LATE,
        attempted_at=None,
        next_try_at=None,
    )


def turned_away(delivery: Delivery) -> Delivery:
    """Note that whom it is for may not have it (any more): that is nobody's trouble."""
    return replace(cancelled(delivery), problem=Problem.NOT_ALLOWED)


def edited(delivery: Delivery, version: int, *, title: str | None = None) -> Delivery:
    """Note which version the copy shows now, and what its post is called."""
    shown = _called(_succeeded(delivery), title)
    return replace(shown, sent_version=version, notice_id=None)


def taken_back(delivery: Delivery, *, title: str | None = None) -> Delivery:
    """Note that the copy is gone, or says that it was withdrawn, in the title of its post too."""
    shown = _called(_succeeded(delivery), title)
    return replace(shown, withdrawal_shown=True, notice_id=None)


def publishing(delivery: Delivery, now: dt.datetime) -> Delivery:
    """Note that publishing is about to be asked for: it counts for the limit, whatever comes."""
    return replace(delivery, crosspost_at=now)


def publishing_later(delivery: Delivery, *, next_try_at: dt.datetime) -> Delivery:
    """Note that the channel's limit of publishing is reached: no failure of the copy."""
    return replace(delivery, next_try_at=next_try_at)


def published(delivery: Delivery) -> Delivery:
    """Note that the servers that follow have it."""
    return replace(_succeeded(delivery), crosspost=Crosspost.DONE, notice_id=None)


def not_publishable(delivery: Delivery) -> Delivery:
    """Note that nobody can follow the channel: there is nothing to publish."""
    return replace(_succeeded(delivery), crosspost=None, notice_id=None)


def publishing_refused(delivery: Delivery, *, code: int = 0) -> Delivery:
    """Note that the copy is there and Discord will not publish it."""
    refused = failed(delivery, Problem.CROSSPOST, code=code)
    return replace(refused, crosspost=Crosspost.REFUSED)


def retried(delivery: Delivery) -> Delivery:
    """Try again what was mended: a failed copy is sent or changed, a held one looked up."""
    if delivery.state is DeliveryState.HELD:
        return replace(_succeeded(delivery), state=DeliveryState.ATTEMPTING)
    if delivery.state is not DeliveryState.FAILED:
        return delivery
    if delivery.problem is Problem.MESSAGE_GONE:
        delivery = replace(delivery, copy=None, sent_version=None)
    if delivery.problem is Problem.CROSSPOST:
        delivery = replace(delivery, crosspost=Crosspost.WANTED)
    state = DeliveryState.WAITING if delivery.copy is None else DeliveryState.SENT
    return replace(_succeeded(delivery), state=state)


def dismissed(delivery: Delivery) -> Delivery:
    """Let a copy in trouble be: it is shown to nobody as trouble any more.

    What stands somewhere still follows a withdrawal.
    """
    if delivery.state is DeliveryState.HELD:
        return cancelled(delivery)
    if delivery.state not in {DeliveryState.FAILED, DeliveryState.MISSED}:
        return delivery
    return replace(delivery, problem=None, problem_code=None, notice_id=None)


def released(delivery: Delivery, *, send: bool) -> Delivery:
    """Send a held copy, or leave it: somebody looked in the bot's place."""
    if delivery.state is not DeliveryState.HELD:
        return delivery
    if not send:
        return cancelled(delivery)
    return replace(
        _succeeded(delivery),
        state=DeliveryState.WAITING,
        attempted_at=None,
        sent_again=delivery.sent_again + 1,
    )


def copy_of(delivery: Delivery) -> Copy:
    """Return where a copy stands that is known to stand somewhere."""
    if delivery.copy is None:
        message = f"delivery {delivery.id} is sent and stands nowhere"
        raise AssertionError(message)
    return delivery.copy


def _called(delivery: Delivery, title: str | None) -> Delivery:
    if title is None or not isinstance(delivery.target, PostTarget):
        return delivery
    return replace(delivery, target=replace(delivery.target, title=title))


def _succeeded(delivery: Delivery) -> Delivery:
    return replace(delivery, failures=0, next_try_at=None, problem=None, problem_code=None)
