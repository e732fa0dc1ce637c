"""Which words of a question carry its topic; the same for a member's question and a variant."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from bot.search.analysis import stem
from bot.search.concepts import Match
from bot.search.kinds import spans
from bot.search.lexicon import lexicon

# Words that ask for a kind of answer and say what it is about too.
_ASK_AND_TELL: Final = frozenset(
    map(
        stem,
        "kost kosten betaal cost percentage procent percent reden locatie"
        " geld euro miljoen bedrag uur prijs telefoonnummer mailadres emailadres"
        " postadres phone address oud".split(),
    )
)


def content_places(words: Sequence[str], concepts: Iterable[Match]) -> list[int]:
    """Return the places of the folded `words` that should be found, given the concepts in them.

    Left out are stop words, single characters and the words that ask ("wanneer", "welk jaar"),
    unless one is a term of the knowledge base by itself.
    """
    asking = {
        place
        for _, start, end in spans(words)
        for place in range(start, end)
        if stem(words[place]) not in _ASK_AND_TELL
    }
    terms = {
        match.start
        for match in concepts
        if match.token.startswith("§") and match.end - match.start == 1
    }
    return [
        place
        for place, word in enumerate(words)
        if place in terms
        or not (
            word in lexicon().stopwords
            or place in asking
            or (len(word) == 1 and not word.isdigit())
        )
    ]


@cache
def asking_words() -> frozenset[str]:
    """Return every word that stands in a phrase that asks."""
    return frozenset(
        word for phrases in lexicon().kinds.values() for phrase in phrases for word in phrase
    )
