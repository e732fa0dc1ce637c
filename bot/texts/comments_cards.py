"""What moderators read on cards of comments and blocks. Words of members come in made harmless."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from storage.comment_records import AuthorCounts, Comment, CommentEvent, CommentState

PLACE: Final = "Plaatsen"
KEEP: Final = "Laten staan"
REJECT: Final = "Afwijzen"
REDACT: Final = "Aanpassen"
DUPLICATE: Final = "Dubbel van …"
LIFT: Final = "Opheffen"
UPHOLD: Final = "Blokkade houden"
BLOCK_TITLE: Final = "Bezwaar tegen een blokkade"
REDACTED: Final = "**Aangepaste tekst**"

_STATES: Final[Mapping[CommentState, str]] = {
    CommentState.WAITING: "⏳ Wacht op een moderator",
    CommentState.PLACED: "✅ Geplaatst",
    CommentState.REJECTED: "⛔ Afgewezen",
    CommentState.APPEALED: "⚖️ Bezwaar: een andere moderator kijkt",
    CommentState.DUPLICATE: "↪️ Telt mee bij een andere reactie",
    CommentState.WITHDRAWN: "🗑️ Ingetrokken door de schrijver",
}
_DONE: Final[Mapping[CommentEvent, str]] = {
    CommentEvent.PLACED: "geplaatst",
    CommentEvent.CHECKED: "bekeken",
    CommentEvent.REJECTED: "afgewezen",
    CommentEvent.REDACTED: "aangepast",
    CommentEvent.DUPLICATE: "dubbel genoemd",
    CommentEvent.UPHELD: "na bezwaar afgewezen",
}


def title(number: int, round_title: str) -> str:
    """Begin the card of a comment."""
    return f"Reactie {number} over {round_title}"


def state(comment: Comment) -> str:
    """Say where a comment stands."""
    if comment.state is CommentState.PLACED and not comment.is_checked:
        return "👀 Geplaatst; nog niet bekeken"
    if comment.duplicate_of is not None:
        return f"↪️ Telt mee bij reactie {comment.duplicate_of}"
    return _STATES[comment.state]


def decided(event: CommentEvent, *, by: int | None, at: dt.datetime) -> str:
    """Say who decided last, and when."""
    who = "een moderator" if by is None else f"<@{by}>"
    return f"-# {_DONE[event]} door {who}, <t:{int(at.timestamp())}:f>"


def author(author_id: int, counts: AuthorCounts, *, is_blocked: bool) -> str:
    """Say who wrote it and how their comments ended so far."""
    block = ", nu geblokkeerd" if is_blocked else ""
    return (
        f"Van <@{author_id}>{block}: {counts.placed} geplaatst, {counts.rejected} afgewezen, "
        f"{counts.waiting} in behandeling, {counts.withdrawn} ingetrokken"
    )


def alike(comments: Iterable[tuple[int, str]]) -> str:
    """Name comments that say much the same; each a number with the beginning of its text."""
    lines = [f"- {number}: {text}" for number, text in comments]
    return "\n".join(("**Lijkt op**", *lines))


def because(reason: str) -> str:
    """Give the reason of a rejection."""
    return f"**Reden:** {reason}"


def appeal(words: str) -> str:
    """Show what an author or a blocked member says about a decision."""
    return f"**Bezwaar:** {words}"


def block_state(user_id: int, *, until: dt.datetime | None, lifted: bool, answered: bool) -> str:
    """Say how a block stands."""
    if lifted:
        return f"✅ De blokkade van <@{user_id}> is opgeheven."
    how_long = "zonder einddatum" if until is None else f"tot <t:{int(until.timestamp())}:f>"
    asked = "Het bezwaar is afgewezen." if answered else "Een andere moderator kijkt ernaar."
    return f"<@{user_id}> is geblokkeerd, {how_long}. {asked}"
