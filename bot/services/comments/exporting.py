"""Comments as they leave: rows by what authors allow, with what is shown of the votes."""

import datetime as dt
import enum
from dataclasses import dataclass

from storage.comment_records import Comment, CommentFilter, CommentState
from storage.unit_of_work import UnitsOfWork
from storage.vote_records import Tally


class Purpose(enum.Enum):
    """What an export is for, which decides what may be in it.

    VNG and FORUM hold placed comments whose author allows that, with the name of those who allow
    that too. MODERATION holds all that moderators decided or have to; names likewise.
    """

    VNG = "vng"
    FORUM = "forum"
    MODERATION = "moderation"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One comment of an export. `author` is None without consent; `votes` are what is shown.

    `original` is what the author wrote, where a moderator changed it and the export is for them.
    """

    number: int
    round: str
    text: str
    author: str | None
    created_at: dt.datetime
    state: CommentState
    votes: Tally
    is_redacted: bool
    goes_to_vng: bool
    goes_to_forum: bool
    original: str | None = None
    reason: str | None = None


class Exporting:
    """Reads what may leave. Whoever calls checked that it is for a moderator, or public."""

    def __init__(self, units: UnitsOfWork) -> None:
        """Read in `units`."""
        self._units = units

    async def rows(
        self, guild_id: int, purpose: Purpose, *, round_id: int | None = None
    ) -> tuple[ExportRow, ...]:
        """Return the rows of an export, by number; of one round or of all."""
        states = frozenset({CommentState.PLACED})
        if purpose is Purpose.MODERATION:
            states = frozenset(CommentState) - {CommentState.WITHDRAWN}
        async with self._units.reading() as work:
            titles = {one.id: one.title for one in await work.rounds.of_guild(guild_id)}
            found = await work.comment_lists.all_of(
                CommentFilter(guild_id, states, round_id=round_id)
            )
        return tuple(
            _row(one, titles.get(one.round_id, ""), purpose)
            for one in found
            if _may_leave(one, purpose)
        )


def _may_leave(comment: Comment, purpose: Purpose) -> bool:
    consents = comment.text.consents
    return {
        Purpose.VNG: consents.vng,
        Purpose.FORUM: consents.forum,
        Purpose.MODERATION: True,
    }[purpose]


def _row(comment: Comment, title: str, purpose: Purpose) -> ExportRow:
    text, is_inside = comment.text, purpose is Purpose.MODERATION
    is_redacted = text.redacted is not None
    return ExportRow(
        number=comment.number,
        round=title,
        text=text.shown,
        author=text.author_name if text.consents.name else None,
        created_at=comment.created_at,
        state=comment.state,
        votes=text.tally,
        is_redacted=is_redacted,
        goes_to_vng=text.consents.vng,
        goes_to_forum=text.consents.forum,
        original=text.body if is_inside and is_redacted else None,
        reason=comment.reason if is_inside else None,
    )
