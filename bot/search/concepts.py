"""Concepts: several ways of saying one thing, found in a row of words.

A concept is a group of general synonyms or a term of the knowledge base with its alternatives
("ALV", "algemene ledenvergadering", "general assembly"). Wherever one of its phrases stands, in a
passage or in a question, the concept's token stands too; so a phrase finds every other phrase.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.search.analysis import stem, tokens
from bot.search.documents import Term
from bot.search.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found at `start` (inclusive) to `end` (exclusive) in a row of words."""

    token: str
    start: int
    end: int


def token_of(term: Term) -> str:
    """Return the token of a term: it stands wherever the term or an alternative stands."""
    return "§" + "".join(tokens(term.name))


class Concepts:
    """Finds concepts in rows of folded words. Immutable."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        """Know the shipped synonyms and the `terms` of the knowledge base."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for number, group in enumerate(lexicon().synonyms):
            for phrase in group:
                self._add(phrase, f"~{number}")
        for term in terms:
            for spelling in (term.name, *term.also):
                self._add(tuple(tokens(spelling)), token_of(term))

    @property
    def single_terms(self) -> Iterator[str]:
        """The stems of words that are a term, or one of its alternatives, by themselves."""
        for first, entries in self._phrases.items():
            if any(len(phrase) == 1 and token[0] == "§" for phrase, token in entries):
                yield first

    def _add(self, phrase: tuple[str, ...], token: str) -> None:
        if phrase:
            key = tuple(stem(word) for word in phrase)
            entries = self._phrases.setdefault(key[0], [])
            if (key, token) not in entries:
                entries.append((key, token))

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """Yield every concept in `words` (folded, in order); matches may overlap."""
        row = [stem(word) for word in words]
        for start, first in enumerate(row):
            for phrase, token in self._phrases.get(first, ()):
                end = start + len(phrase)
                if tuple(row[start:end]) == phrase:
                    yield Match(token, start, end)

    def tokens_of(self, words: Sequence[str]) -> list[str]:
        """Return the tokens of the concepts in `words`, once per occurrence."""
        return [match.token for match in self.find(words)]


def expand(words: Sequence[str], abbreviations: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Write chat abbreviations out ("ivm" becomes "in verband met")."""
    return [part for word in words for part in abbreviations.get(word, (word,))]
