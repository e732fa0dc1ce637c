"""The life of an update as pure functions.

draft ⇄ planned ─► published ─► withdrawn
  └────────┴──────────────────────┘
"""

import datetime as dt
from dataclasses import replace
from typing import Final

from bot.services.progress.updates_errors import UpdateDoneError
from storage.progress_records import Update, UpdateContent, UpdatePlan, UpdateState

UNPUBLISHED: Final = frozenset({UpdateState.DRAFT, UpdateState.PLANNED})
STANDING: Final = frozenset({*UNPUBLISHED, UpdateState.PUBLISHED})
LATE: Final = dt.timedelta(minutes=10)
"""Published so long after the planned moment, an update says that it is late."""


def edited(update: Update, content: UpdateContent, *, now: dt.datetime) -> Update:
    """Show something else; what people read already is marked with the moment.

    Raises:
        UpdateDoneError: when it is withdrawn.

    """
    _require(update, STANDING)
    if content == update.content:
        return update
    is_read = update.state is UpdateState.PUBLISHED
    return replace(
        update,
        version=update.version + 1,
        title=content.title,
        text=content.text,
        part=content.part,
        link=content.link,
        mentions_role=content.mentions_role,
        edited_at=now if is_read else update.edited_at,
    )


def planned(update: Update, plan: UpdatePlan) -> Update:
    """Publish it by itself, once or again and again; a plan that was there is replaced.

    The same plan again changes nothing.

    Raises:
        UpdateDoneError: when it is published or withdrawn.

    """
    _require(update, UNPUBLISHED)
    if update.plan == plan:
        return update
    return replace(
        update,
        state=UpdateState.PLANNED,
        version=update.version + 1,
        planned_for=plan.moment,
        planned_local=plan.local,
        planned_zone=plan.zone,
        repeat=plan.repeat,
    )


def unplanned(update: Update) -> Update:
    """Make it a draft again.

    Raises:
        UpdateDoneError: when it is published or withdrawn.

    """
    _require(update, UNPUBLISHED)
    if update.state is UpdateState.DRAFT:
        return update
    return replace(_without_plan(update), state=UpdateState.DRAFT, version=update.version + 1)


def published(update: Update, *, now: dt.datetime, due_at: dt.datetime | None = None) -> Update:
    """Show it to everybody; `due_at` is the planned moment that it happens for.

    Raises:
        UpdateDoneError: when it is published or withdrawn.

    """
    _require(update, UNPUBLISHED)
    return replace(
        _without_plan(update), state=UpdateState.PUBLISHED, published_at=now, due_at=due_at
    )


def moved_on(series: Update, moment: dt.datetime) -> Update:
    """Let a repeating update wait for its next moment.

    Raises:
        UpdateDoneError: when it is not planned.

    """
    _require(series, frozenset({UpdateState.PLANNED}))
    return replace(series, planned_for=moment)


def withdrawn(update: Update, reason: str, *, now: dt.datetime) -> Update:
    """Take it back, whatever became of it.

    Raises:
        UpdateDoneError: when it is withdrawn already.

    """
    _require(update, STANDING)
    return replace(
        _without_plan(update),
        state=UpdateState.WITHDRAWN,
        version=update.version + 1,
        withdrawn_at=now,
        withdrawal_reason=reason,
    )


def is_late(update: Update) -> bool:
    """Whether it was published noticeably after the moment that it was planned for."""
    if update.due_at is None or update.published_at is None:
        return False
    return update.published_at - update.due_at > LATE


def _without_plan(update: Update) -> Update:
    return replace(update, planned_for=None, planned_local=None, planned_zone=None, repeat=None)


def _require(update: Update, states: frozenset[UpdateState]) -> None:
    if update.state not in states:
        raise UpdateDoneError(number=update.number, state=update.state, by=None, at=None)
