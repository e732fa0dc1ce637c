"""The word lists of `bot/search/words`, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.search.analysis import tokens


@dataclass(frozen=True, slots=True)
class Lexicon:
    """General Dutch and English word knowledge; nothing of it is about the knowledge base.

    `synonyms` are groups of token sequences; `kinds` maps an answer kind to the phrases that ask
    for it; `instructions` are words addressed at the program instead of at the knowledge base.
    """

    stopwords: frozenset[str]
    abbreviations: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[tuple[str, ...], ...]]
    instructions: frozenset[str]
    synonyms: tuple[tuple[tuple[str, ...], ...], ...]
    english: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the shipped word lists."""
    stopwords = frozenset(word for line in _lines("stopwords.txt") for word in line.split())
    groups = [line.partition("|") for line in _lines("synonyms.txt")]
    return Lexicon(
        stopwords=stopwords,
        abbreviations={
            left.strip(): tuple(tokens(right))
            for left, _, right in (line.partition("=") for line in _lines("abbreviations.txt"))
        },
        kinds={
            kind.strip(): _phrases(rest)
            for kind, _, rest in (line.partition(":") for line in _lines("question_words.txt"))
        },
        instructions=frozenset(
            word for line in _lines("instructions.txt") for word in line.split()
        ),
        synonyms=tuple(
            tuple(
                phrase
                for phrase in (*_phrases(dutch), *_phrases(english))
                if phrase[1:] or phrase[0] not in stopwords
            )
            for dutch, _, english in groups
        ),
        english=frozenset(
            word for _, _, english in groups for phrase in _phrases(english) for word in phrase
        )
        | _ENGLISH_FUNCTION_WORDS,
    )


_ENGLISH_FUNCTION_WORDS = frozenset(
    "the what who when where which how why does did do are were has have and"
    " for with from about this that these those there their many much".split()
)


def _lines(name: str) -> list[str]:
    text = (files("bot.search") / "words" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    found: Iterable[tuple[str, ...]] = (tuple(tokens(phrase)) for phrase in text.split(","))
    return tuple(phrase for phrase in found if phrase)
