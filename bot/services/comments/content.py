"""What may stand in a comment, a reason or a title: checked where it comes in."""

import re
from typing import Final

from bot.search.analysis import stems
from bot.services.comments.errors import CommentContentError, ContentProblem

MIN_BODY: Final = 10
MAX_BODY: Final = 1_500
MAX_REASON: Final = 500
MAX_TITLE: Final = 80
"""So that it fits on a button, in a list, and in the title of a post in a forum."""
_EMPTY_LINES: Final = re.compile(r"\n\s*\n\s*(?:\n\s*)+")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]")


def body_of(text: str) -> str:
    """Return what was typed as a comment, without blanks around it or many empty lines in it.

    Characters that nobody sees count for nothing and are left out: some turn text around.

    Raises:
        CommentContentError: when it is shorter than 10 or longer than 1,500 characters.

    """
    seen = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    body = _EMPTY_LINES.sub("\n\n", seen).strip()
    if len("".join(body.split())) < MIN_BODY:
        raise CommentContentError(ContentProblem.TOO_SHORT, limit=MIN_BODY)
    if len(body) > MAX_BODY:
        raise CommentContentError(ContentProblem.TOO_LONG, limit=MAX_BODY)
    return body


def reason_of(text: str) -> str:
    """Return a reason, or the words of an appeal, on one line.

    Raises:
        CommentContentError: when there is none, or it is longer than 500 characters.

    """
    reason = " ".join(_INVISIBLE.sub("", text).split())
    if not reason:
        raise CommentContentError(ContentProblem.NO_REASON, limit=MAX_REASON)
    if len(reason) > MAX_REASON:
        raise CommentContentError(ContentProblem.REASON_TOO_LONG, limit=MAX_REASON)
    return reason


def title_of(text: str) -> str:
    """Return the title of a round on one line.

    Raises:
        CommentContentError: when there is none, or it is longer than 80 characters.

    """
    title = " ".join(_INVISIBLE.sub("", text).split())
    if not title:
        raise CommentContentError(ContentProblem.NO_TITLE, limit=MAX_TITLE)
    if len(title) > MAX_TITLE:
        raise CommentContentError(ContentProblem.TITLE_TOO_LONG, limit=MAX_TITLE)
    return title


def stems_of(text: str) -> str:
    """Return the stems of a text as they are kept for searching, each between spaces."""
    return f" {' '.join(stems(text))} "
