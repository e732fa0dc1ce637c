"""The questions asked most in a week, without those that could point at a person."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.search.analysis import tokens
from bot.search.lexicon import lexicon
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
        self._known: frozenset[str] = frozenset()
        self._known_of: object = None

    def among(self, asked: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        """Return the questions asked three times or more with how often, the most asked first.

        `asked` are masked texts with how often each was asked; the most usual spelling is shown.
        """
        times: Counter[tuple[str, ...]] = Counter()
        spelling: dict[tuple[str, ...], str] = {}
        for text, count in sorted(asked, key=lambda one: (-one[1], one[0])):
            normal = tuple(tokens(text))
            times[normal] += count
            spelling.setdefault(normal, text)
        return tuple(
            (shown(spelling[normal]), count)
            for normal, count in times.most_common()
            if count >= AT_LEAST and self._is_impersonal(normal, spelling[normal])
        )

    def _is_impersonal(self, normal: tuple[str, ...], text: str) -> bool:
        if not normal or any(mask in text for mask in _MASKS) or _OF_ONESELF & set(normal):
            return False
        return self._words().issuperset(normal)

    def _words(self) -> frozenset[str]:
        if self._known_of is not self._library.answerer:
            self._known_of = self._library.answerer
            self._known = lexicon().stopwords.union(
                *(
                    tokens(f"{one.heading} {one.text} {' '.join(one.questions)}")
                    for document in self._library.documents
                    if document.origin.is_verified
                    for one in document.sections
                )
            )
        return self._known
