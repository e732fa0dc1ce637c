"""What members read of comments. Words of others come in made harmless."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from storage.comment_records import CommentEvent
from storage.vote_records import Tally

AGREE: Final = "Eens"
DISAGREE: Final = "Oneens"
NEITHER: Final = "Pas"
APPEAL: Final = "Bezwaar maken"
SOMEONE: Final = "Een lid"
REDACTED: Final = "-# Een moderator heeft deze tekst aangepast."
ROUND_OPEN: Final = (
    "Hieronder staan de reacties van leden. Stem met **Eens**, **Oneens** of **Pas**: je stem is "
    "geheim. Zelf reageren kan met `/reactie plaats`."
)
ROUND_CLOSED: Final = "Dit onderwerp is gesloten: reageren en stemmen kan niet meer, lezen wel."

MAY_APPEAL: Final = "Ben je het er niet mee eens? Dan kijkt er één keer een andere moderator naar."
LIFTED: Final = "Je kunt weer reacties insturen en vragen aan moderatoren stellen."

_TOLD: Final[Mapping[CommentEvent, str]] = {
    CommentEvent.PLACED: "Je reactie {number} is geplaatst. Dank je wel!",
    CommentEvent.REDACTED: (
        "Je reactie {number} is geplaatst. Een moderator heeft de tekst aangepast."
    ),
    CommentEvent.REJECTED: "Je reactie {number} is afgewezen.",
    CommentEvent.UPHELD: "Je bezwaar is bekeken. Reactie {number} blijft afgewezen.",
    CommentEvent.DUPLICATE: "Je reactie {number} lijkt op een andere reactie en telt daarbij mee.",
}


def title(number: int) -> str:
    """Return how a comment is called."""
    return f"Reactie {number}"


def counts(tally: Tally) -> str:
    """Return the counts as far as they are shown; the rest says when they will be."""
    if not tally.total:
        return "Stemmen zie je vanaf 5 stemmers"
    return f"{tally.agree} eens · {tally.disagree} oneens · {tally.passed} pas"


def footer(round_title: str, tally: Tally) -> str:
    """Say below a comment what it is about and what people think of it."""
    return f"{round_title} · {counts(tally)}"


def told(event: CommentEvent, number: int) -> str:
    """Say to the author what happened to their comment."""
    return _TOLD[event].format(number=number)


def because(reason: str) -> str:
    """Give the reason of a moderator."""
    return f"**Reden:** {reason}"


def counts_as(number: int) -> str:
    """Say which comment another one counts as."""
    return f"Lees reactie {number} en stem daar mee."


def now_reads(text: str) -> str:
    """Show what a moderator made of a comment, quoted."""
    return f"Zo staat hij er nu:\n{text}"


def you_wrote(text: str) -> str:
    """Show what the author wrote, quoted."""
    return f"Je schreef:\n{text}"


def news_elsewhere(author_id: int, number: int) -> str:
    """Say in the channel, to whom no private message can be sent, where to look."""
    return (
        f"<@{author_id}>, er is nieuws over je reactie {number}. Ik kan je geen privébericht "
        "sturen: bekijk het met `/reactie mijn`."
    )


def blocked(until: dt.datetime | None) -> str:
    """Say to a member that they are blocked, and until when."""
    when = "tot een moderator dat opheft" if until is None else f"tot {_stamp(until)}"
    return f"Je kunt {when} geen reacties insturen en geen vragen aan moderatoren stellen."


def block_upheld(until: dt.datetime | None) -> str:
    """Say to a member that their appeal was refused."""
    return f"Je bezwaar is bekeken en de blokkade blijft. {blocked(until)}"


def _stamp(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:f>"
