"""The questions asked most in a week, without those that could point at a person."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.search.analysis import tokens
from bot.search.lexicon import lexicon
from bot.search.question import KnownWords
from bot.services.knowledge.library import Library
from bot.services.knowledge.masking import E_MAIL, NAME, NUMBER
from bot.services.knowledge.question_text import shown

AT_LEAST: Final = 3
"""How often a question must have been asked: who asked is not kept, so it is counted in times."""
_MASKS: Final = (E_MAIL, NAME, NUMBER)
_OF_ONESELF: Final = frozenset({"ik", "mij", "mijn", "me", "mn", "mezelf", "mijzelf", "i", "my"})


class OftenAsked:
    """Groups questions that differ in capitals, accents and punctuation only."""

    def __init__(self, library: Library) -> None:
        """Show only questions whose every word stands in `library`: a name of somebody does not."""
        self._library = library

    def among(
        self, asked: Iterable[tuple[str, int]], *, guild_id: int
    ) -> tuple[tuple[str, int], ...]:
        """Return the questions asked three times or more with how often, the most asked first.

        `asked` are masked texts with how often each was asked in a guild; the most usual spelling
        is shown.
        """
        known = self._library.for_guild(guild_id).answerer.known
        times: Counter[tuple[str, ...]] = Counter()
        spelling: dict[tuple[str, ...], str] = {}
        for text, count in sorted(asked, key=lambda one: (-one[1], one[0])):
            normal = tuple(tokens(text))
            times[normal] += count
            spelling.setdefault(normal, text)
        return tuple(
            (shown(spelling[normal]), count)
            for normal, count in times.most_common()
            if count >= AT_LEAST and _is_impersonal(normal, spelling[normal], known)
        )


def _is_impersonal(normal: tuple[str, ...], text: str, known: KnownWords) -> bool:
    if not normal or any(mask in text for mask in _MASKS) or _OF_ONESELF & set(normal):
        return False
    return all(word in lexicon().stopwords or known.knows(word) for word in normal)
