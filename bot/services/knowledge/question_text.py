"""What somebody typed, as a question: cleaned, or refused with the reason."""

import re
import unicodedata
from typing import Final

from bot.errors import QuestionProblem, UnusableQuestionError
from bot.services.knowledge.answering import MAX_LENGTH

MAX_SHOWN: Final = 200  # characters of a question as it is shown above its answer

_MENTION: Final = re.compile(r"<(?:@[!&]?|#)\d{1,20}>|<id:\w{1,20}>|@(?:everyone|here)\b")
_CUSTOM_EMOJI: Final = re.compile(r"<a?:\w{1,40}:\d{1,20}>")
# A keycap, or any character that is told to look like an emoji.
_KEYCAP: Final = re.compile(r"[0-9#*]\ufe0f?\u20e3|.\ufe0f")
# Discord makes a link of a scheme in the middle of a word too, so that one needs no boundary.
_ADDRESS: Final = re.compile(
    r"<?[a-z][a-z0-9+.-]{0,30}://\S+|\bwww\.\S+|[^\s@<>]+@[^\s@<>]+\.\w+"
    r"|\b(?:[a-z0-9-]+\.)+(?:nl|com|org|net|eu|gg|be|de|io|info|app|dev)(?:/\S*)?(?![\w.])",
    re.IGNORECASE,
)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def cleaned(text: str) -> str:
    """Return `text` on one line, without mentions and characters that nobody sees."""
    visible = "".join(one if _is_visible(one) else _in_place_of(one) for one in text)
    return " ".join(_MENTION.sub(" ", visible).split())


def usable(text: str) -> str:
    """Return the question in `text`, cleaned and without custom emoji.

    Raises:
        UnusableQuestionError: when there is nothing to look up, or more than 500 characters.

    """
    question = cleaned(text)
    words = " ".join(_CUSTOM_EMOJI.sub(" ", question).split())
    if not any(one.isalnum() for one in _KEYCAP.sub("", words)):
        raise UnusableQuestionError(_problem_of(text, question), limit=MAX_LENGTH)
    if len(words) > MAX_LENGTH:
        raise UnusableQuestionError(QuestionProblem.TOO_LONG, limit=MAX_LENGTH)
    return words


def shown(question: str) -> str:
    """Return a question as others get to see it: no addresses, at most 200 characters."""
    line = " ".join(_ADDRESS.sub(" ", cleaned(question)).split())
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1].rstrip()}…"


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE


def _in_place_of(character: str) -> str:
    """Line breaks and tabs are spaces; what joins or turns text around is nothing."""
    return " " if character.isspace() else ""


def _problem_of(text: str, question: str) -> QuestionProblem:
    has_emoji = _CUSTOM_EMOJI.search(question) or any(
        unicodedata.category(one) == "So" for one in question
    )
    if has_emoji or _KEYCAP.search(text):
        return QuestionProblem.ONLY_EMOJI
    if not question and _MENTION.search(text):
        return QuestionProblem.ONLY_MENTIONS
    return QuestionProblem.EMPTY
