"""Deliveries as columns, and back."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import Update, bindparam, update

from storage.delivery_records import (
    ChannelTarget,
    Copy,
    Crosspost,
    Delivery,
    DeliveryState,
    DmTarget,
    NewDelivery,
    PostTarget,
    Problem,
    Target,
    ThreadTarget,
)
from storage.models import DeliveryRow

_ID: Final = "written_id"  # names of parameters: not those of columns
_NEW: Final = "new_"


def queued_columns(delivery: NewDelivery) -> dict[str, object]:
    """Return the values of a new row."""
    return {
        **_target_columns(delivery.target),
        "key": delivery.key,
        "guild_id": delivery.guild_id,
        "kind": delivery.kind,
        "subject_id": delivery.subject_id,
        "due_at": delivery.due_at,
        "useful_until": delivery.useful_until,
        "private_since": delivery.due_at if isinstance(delivery.target, DmTarget) else None,
        "wanted_version": delivery.version,
        "withdrawn": False,
        "is_open": True,
        "state": DeliveryState.WAITING.value,
        "withdrawal_shown": False,
        "attempts": 0,
        "failures": 0,
        "sent_again": 0,
        "duplicates": 0,
    }


def writing_down(deliveries: Sequence[Delivery]) -> tuple[Update, list[dict[str, object]]]:
    """Return the statement that writes what is known of copies, one or more, with parameters."""
    known = [_known_columns(one) for one in deliveries]
    parameters = [
        {_ID: one.id, **{_NEW + name: value for name, value in columns.items()}}
        for one, columns in zip(deliveries, known, strict=True)
    ]
    return _writing(tuple(known[0])), parameters


@cache
def _writing(names: tuple[str, ...]) -> Update:
    """Make the statement, once: making it takes longer than running it."""
    return (
        update(DeliveryRow)
        .where(DeliveryRow.id == bindparam(_ID))
        .values({name: bindparam(_NEW + name) for name in names})
    )


def _known_columns(delivery: Delivery) -> dict[str, object]:
    """Return the values of what is known; what is wanted is left to the facts."""
    target = delivery.target
    return {
        "title": target.title if isinstance(target, PostTarget) else None,
        "is_open": delivery.is_open,
        "state": delivery.state.value,
        "place_id": delivery.copy and delivery.copy.channel_id,
        "message_id": delivery.copy and delivery.copy.message_id,
        "sent_version": delivery.sent_version,
        "withdrawal_shown": delivery.withdrawal_shown,
        "attempted_version": delivery.attempted_version,
        "attempted_at": delivery.attempted_at,
        "attempts": delivery.attempts,
        "failures": delivery.failures,
        "next_try_at": delivery.next_try_at,
        "problem": delivery.problem and delivery.problem.value,
        "problem_code": delivery.problem_code,
        "sent_again": delivery.sent_again,
        "duplicates": delivery.duplicates,
        "notice_id": delivery.notice_id,
        "crosspost": delivery.crosspost and delivery.crosspost.value,
        "crosspost_at": delivery.crosspost_at,
    }


def record(row: DeliveryRow) -> Delivery:
    """Return a row as the record that leaves storage."""
    return Delivery(
        id=row.id,
        key=row.key,
        guild_id=row.guild_id,
        target=_target(row),
        kind=row.kind,
        subject_id=row.subject_id,
        due_at=row.due_at,
        useful_until=row.useful_until,
        wanted_version=row.wanted_version,
        withdrawn=row.withdrawn,
        state=DeliveryState(row.state),
        copy=_copy(row),
        sent_version=row.sent_version,
        withdrawal_shown=row.withdrawal_shown,
        attempted_version=row.attempted_version,
        attempted_at=row.attempted_at,
        attempts=row.attempts,
        failures=row.failures,
        next_try_at=row.next_try_at,
        problem=None if row.problem is None else Problem(row.problem),
        problem_code=row.problem_code,
        sent_again=row.sent_again,
        duplicates=row.duplicates,
        notice_id=row.notice_id,
        crosspost=None if row.crosspost is None else Crosspost(row.crosspost),
        crosspost_at=row.crosspost_at,
    )


def _target_columns(target: Target) -> dict[str, object]:
    columns: dict[str, object] = {"channel_id": None, "user_id": None, "title": None, "tags": ""}
    match target:
        case DmTarget(user_id):
            columns |= {"target": "dm", "user_id": user_id}
        case PostTarget(channel_id, title, tags):
            columns |= {"target": "post", "channel_id": channel_id, "title": title}
            columns["tags"] = " ".join(map(str, tags))
        case ThreadTarget(channel_id):
            columns |= {"target": "thread", "channel_id": channel_id}
        case ChannelTarget(channel_id):
            columns |= {"target": "channel", "channel_id": channel_id}
    return columns


def _target(row: DeliveryRow) -> Target:
    # The table's constraints leave no other combination.
    if row.user_id is not None:
        return DmTarget(row.user_id)
    channel_id = row.channel_id or 0
    if row.target == "post":
        return PostTarget(channel_id, row.title or "", tuple(map(int, row.tags.split())))
    return ThreadTarget(channel_id) if row.target == "thread" else ChannelTarget(channel_id)


def _copy(row: DeliveryRow) -> Copy | None:
    if row.place_id is None or row.message_id is None:
        return None
    return Copy(channel_id=row.place_id, message_id=row.message_id)
