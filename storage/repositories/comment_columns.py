"""Comments as columns, and back."""

from datetime import datetime

from storage.comment_records import (
    RETIRED,
    Comment,
    CommentChange,
    CommentEvent,
    CommentState,
    CommentText,
    Consents,
    NewComment,
)
from storage.models import CommentChangeRow, CommentRow, CommentTextRow
from storage.vote_records import Tally


def text_of(row: CommentTextRow) -> CommentText:
    """Return a wording as the record that leaves storage."""
    return CommentText(
        id=row.id,
        ordinal=row.ordinal,
        body=row.body,
        consents=Consents(row.shows_name, row.goes_to_vng, row.goes_to_forum),
        redacted=row.redacted,
        author_name=row.author_name,
        tally=Tally(row.shown_agree, row.shown_disagree, row.shown_passed),
        shown_version=row.shown_version,
    )


def comment_of(row: CommentRow, text: CommentTextRow) -> Comment:
    """Return a comment with its newest wording."""
    return Comment(
        id=row.id,
        guild_id=row.guild_id,
        number=row.number,
        round_id=row.round_id,
        author_id=row.author_id,
        version=row.version,
        state=CommentState(row.state),
        text=text_of(text),
        created_at=row.created_at,
        is_checked=row.is_checked,
        reason=text.reason,
        duplicate_of=row.duplicate_of,
        appeal=text.appeal,
        appealed_at=row.appealed_at,
        retired_at=row.retired_at,
        channel_id=row.channel_id,
        is_queued=row.is_queued,
        needs_card=row.needs_card,
    )


def change_of(row: CommentChangeRow) -> CommentChange:
    """Return a line of a history."""
    return CommentChange(
        id=row.id,
        comment_id=row.comment_id,
        event=CommentEvent(row.event),
        at=row.at,
        version=row.version,
        state=CommentState(row.state),
        ordinal=row.ordinal,
        actor_id=row.actor_id,
        reason=row.reason,
    )


def state_columns(comment: Comment) -> dict[str, object]:
    """Return the values of where a comment stands."""
    return {
        "version": comment.version,
        "state": comment.state.value,
        "ordinal": comment.text.ordinal,
        "is_checked": comment.is_checked,
        "waits": comment.waits,
        "duplicate_of": comment.duplicate_of,
        "appealed_at": comment.appealed_at,
        "retired_at": comment.retired_at if comment.state in RETIRED else None,
        "is_queued": comment.is_queued,
        "needs_card": comment.needs_card,
    }


def wording_columns(comment: Comment, stems: str) -> dict[str, object]:
    """Return the values of a comment's wording but the votes on it, which votes keep."""
    text = comment.text
    return {
        "author_name": text.author_name,
        "body": text.body,
        "redacted": text.redacted,
        "stems": stems,
        "reason": comment.reason,
        "appeal": comment.appeal,
        "shows_name": text.consents.name,
        "goes_to_vng": text.consents.vng,
        "goes_to_forum": text.consents.forum,
        "shown_version": text.shown_version,
    }


def new_text_columns() -> dict[str, object]:
    """Return the values of a wording that nobody voted on."""
    return {"shown_agree": 0, "shown_disagree": 0, "shown_passed": 0}


def begun(new: NewComment, *, row_id: int, at: datetime) -> dict[str, object]:
    """Return the values of the first line of a comment's history."""
    event = CommentEvent.POSTED if new.is_placed else CommentEvent.SUBMITTED
    state = CommentState.PLACED if new.is_placed else CommentState.WAITING
    return {
        "comment_id": row_id,
        "event": event.value,
        "at": at,
        "version": 1,
        "state": state.value,
        "ordinal": 1,
        "actor_id": new.author_id,
    }
