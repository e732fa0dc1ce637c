"""The life of a comment as pure functions, with exactly the transitions of `TRANSITIONS`.

waiting ─► placed ─► waiting (edited)        rejected ─► appealed ─► placed or rejected
   └─► rejected, duplicate ◄─┘               anything but withdrawn ─► withdrawn
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.services.comments.errors import AppealUsedError, CommentStateError
from storage.comment_records import (
    RETIRED,
    Comment,
    CommentChange,
    CommentEvent,
    CommentState,
    CommentText,
    Consents,
)

_S = CommentState
_STANDING: Final = tuple(one for one in CommentState if one is not CommentState.WITHDRAWN)

TRANSITIONS: Final[Mapping[CommentEvent, Mapping[CommentState | None, CommentState]]] = {
    CommentEvent.SUBMITTED: {None: _S.WAITING},
    CommentEvent.POSTED: {None: _S.PLACED},
    CommentEvent.EDITED: {_S.WAITING: _S.WAITING, _S.PLACED: _S.WAITING},
    CommentEvent.REPOSTED: {_S.PLACED: _S.PLACED},
    CommentEvent.CONSENTED: {one: one for one in _STANDING},
    CommentEvent.PLACED: {_S.WAITING: _S.PLACED, _S.APPEALED: _S.PLACED},
    CommentEvent.CHECKED: {_S.PLACED: _S.PLACED},
    CommentEvent.REJECTED: {_S.WAITING: _S.REJECTED, _S.PLACED: _S.REJECTED},
    CommentEvent.REDACTED: {
        _S.WAITING: _S.PLACED, _S.PLACED: _S.PLACED, _S.APPEALED: _S.PLACED,
    },
    CommentEvent.DUPLICATE: {
        _S.WAITING: _S.DUPLICATE, _S.PLACED: _S.DUPLICATE, _S.APPEALED: _S.DUPLICATE,
    },
    CommentEvent.APPEALED: {_S.REJECTED: _S.APPEALED},
    CommentEvent.UPHELD: {_S.APPEALED: _S.REJECTED},
    CommentEvent.WITHDRAWN: dict.fromkeys(_STANDING, _S.WITHDRAWN),
}  # fmt: skip
"""What may happen in which state, and what comes of it. None: there is no comment yet."""


def after(state: CommentState | None, event: CommentEvent) -> CommentState | None:
    """Return the state that an event leads to; None when it cannot happen in this one."""
    return TRANSITIONS[event].get(state)


def replayed(history: Sequence[CommentChange]) -> CommentState | None:
    """Return the state that a whole history leads to; None when it cannot have happened."""
    state: CommentState | None = None
    for change in history:
        state = after(state, change.event)
        if state is None:
            return None
    return state


def placed(comment: Comment) -> tuple[Comment, CommentEvent]:
    """Let everybody read it, or let what is placed already stay.

    Raises (as all below):
        CommentStateError: when that cannot be done in the state that it is in.

    """
    if comment.state is CommentState.PLACED:
        if comment.is_checked:
            raise CommentStateError(number=comment.number, state=comment.state)
        event = CommentEvent.CHECKED
    else:
        event = CommentEvent.PLACED
    return replace(_moved(comment, event), is_checked=True, reason=None), event


def rejected(comment: Comment, reason: str, *, now: dt.datetime) -> tuple[Comment, CommentEvent]:
    """Refuse it, or uphold that after an appeal."""
    is_appeal = comment.state is CommentState.APPEALED
    event = CommentEvent.UPHELD if is_appeal else CommentEvent.REJECTED
    return replace(_moved(comment, event, now), is_checked=True, reason=reason), event


def redacted(comment: Comment, text: str) -> tuple[Comment, CommentEvent]:
    """Let everybody read what a moderator made of it."""
    event = CommentEvent.REDACTED
    moved = replace(_moved(comment, event), is_checked=True, reason=None)
    return replace(moved, text=_shown_anew(replace(comment.text, redacted=text))), event


def duplicate(comment: Comment, *, of: int, now: dt.datetime) -> tuple[Comment, CommentEvent]:
    """Let it count as the comment with number `of`."""
    event = CommentEvent.DUPLICATE
    moved = replace(_moved(comment, event, now), is_checked=True, duplicate_of=of)
    return replace(moved, reason=None), event


def appealed(comment: Comment, words: str, *, now: dt.datetime) -> tuple[Comment, CommentEvent]:
    """Ask for another look, once.

    Raises:
        AppealUsedError: when that was done before.

    """
    event = CommentEvent.APPEALED
    moved = _moved(comment, event)
    if comment.appealed_at is not None:
        raise AppealUsedError
    return replace(moved, appeal=words, appealed_at=now, needs_card=True), event


def withdrawn(comment: Comment, *, now: dt.datetime) -> tuple[Comment, CommentEvent]:
    """Take it back, for good."""
    return _moved(comment, CommentEvent.WITHDRAWN, now), CommentEvent.WITHDRAWN


def edited(
    comment: Comment, body: str, consents: Consents, *, author_name: str | None, places_first: bool
) -> tuple[Comment, CommentEvent]:
    """Say something else, or allow something else; the same again changes nothing but the version.

    Another wording is looked at again. `places_first`: what is placed stays so meanwhile.
    """
    name = author_name if consents.name else None
    if body == comment.text.body:
        text = replace(comment.text, consents=consents, author_name=name)
        moved = replace(_moved(comment, CommentEvent.CONSENTED), retired_at=comment.retired_at)
        kept = replace(moved, duplicate_of=comment.duplicate_of, needs_card=comment.needs_card)
        return replace(kept, text=_shown_anew(text)), CommentEvent.CONSENTED
    was_placed = comment.state is CommentState.PLACED
    event = CommentEvent.REPOSTED if was_placed and places_first else CommentEvent.EDITED
    moved = replace(_moved(comment, event), is_checked=False, is_queued=False, reason=None)
    text = CommentText(0, comment.text.ordinal + 1, body, consents, author_name=name)
    return replace(moved, text=text, needs_card=was_placed or comment.needs_card), event


def _moved(comment: Comment, event: CommentEvent, now: dt.datetime | None = None) -> Comment:
    state = after(comment.state, event)
    if state is None:
        raise CommentStateError(number=comment.number, state=comment.state)
    return replace(
        comment,
        state=state,
        version=comment.version + 1,
        retired_at=now if state in RETIRED else None,
        duplicate_of=None,
        is_queued=comment.is_queued and state is CommentState.PLACED,
        needs_card=False,
    )


def _shown_anew(text: CommentText) -> CommentText:
    return replace(text, shown_version=text.shown_version + 1)
