"""A question as search sees it: its words with everything they may match, and what it asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Protocol

from bot.search import compounds
from bot.search.analysis import is_number, stem, tokens
from bot.search.concepts import Concepts, expand
from bot.search.content import asking_words, content_places
from bot.search.kinds import kinds_asked
from bot.search.lexicon import lexicon
from bot.search.spelling import Repair, Spelling

# How far a form of a word stands for the word itself: 1 is the word, 0 nothing. The synonym and
# compound weights are those of the measured recipe (docs/adr/0003).
SYNONYM: Final = 0.7
TERM: Final = 0.95
PART: Final = 0.4
REPAIRED: Final = {1: 0.95, 2: 0.8}
CONTEXT_WEIGHT: Final = 0.4  # of a word that comes from the question before

_FEW_WORDS: Final = 3
_POINTING: Final = frozenset(
    (
        *("dat", "die", "daar", "daarvan", "daarmee", "daarbij", "daarvoor", "daarin", "daaruit"),
        *("daaraan", "daarover", "daarna", "ze", "zij", "hij", "deze", "dit", "hun", "haar", "er"),
        *("ervan", "erbij", "it", "that", "they", "them", "this", "those", "there", "he", "she"),
        "its",
    )
)


class KnownWords(Protocol):
    """What a question needs to know of the knowledge base."""

    @property
    def concepts(self) -> Concepts:
        """Synonyms and terms."""
        ...

    def knows(self, word: str) -> bool:
        """Whether the knowledge base holds the folded word."""
        ...

    def is_real_word(self, word: str) -> bool:
        """Whether the folded word is a Dutch or English word, so no misspelling."""
        ...

    def weight(self, word: str) -> float:
        """Return how telling a folded word is: its idf here, less when it is common Dutch."""
        ...

    def holds(self, token: str) -> bool:
        """Whether any passage or question variant holds the token."""
        ...

    def gap_share(self, token: str) -> float:
        """Return which share of the passages asked about with the token are known unknowns."""
        ...

    def repairs(self, word: str) -> tuple[Repair, ...]:
        """Return the known words that an unknown one may be a misspelling of."""
        ...

    def idf(self, token: str) -> float:
        """Return how telling the token is; the maximum for one never seen."""
        ...


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question that should be found.

    `forms` are the tokens that stand for it with their strength (0 to 1], the strongest first.
    `gap_share` is how much of where the word stands is known unknowns; `weight` is less than 1
    for a word from the question before.
    """

    text: str
    forms: tuple[tuple[str, float], ...]
    idf: float
    seen: bool
    is_number: bool
    is_name: bool
    gap_share: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """An analysed question. `rest` are its words that carry no topic; `kinds` as in `kinds`."""

    text: str
    words: tuple[Word, ...]
    rest: tuple[str, ...]
    kinds: frozenset[str]
    instructions: int
    is_english: bool

    @property
    def terms(self) -> frozenset[str]:
        """The terms that the whole question is about ("wat is GGU?"); none if it asks for more."""
        found: frozenset[str] | None = None
        for word in self.words:
            own = {token for token, strength in word.forms if strength > SYNONYM}
            found = frozenset(own) if found is None else found & own
        return frozenset(token for token in found or () if token[0] == "§")


def analyse(text: str, known: KnownWords) -> Question:
    """Analyse `text` against what the knowledge base knows."""
    lists = lexicon()
    written = expand([_function_word(word, known) for word in tokens(text)], lists.abbreviations)
    found = list(known.concepts.find([_mended(word, known) for word in written]))
    concepts: dict[int, list[tuple[str, int]]] = {}
    for match in found:
        for place in range(match.start, match.end):
            concepts.setdefault(place, []).append((match.token, match.end - match.start))
    names = _names(text)
    places = {written[place]: place for place in reversed(content_places(written, found))}
    words = [
        _word(word, concepts.get(place, ()), known, is_name=word in names)
        for word, place in sorted(places.items(), key=lambda one: one[1])
    ]
    return Question(
        text=text,
        words=tuple(words),
        rest=tuple(word for word in written if word not in places),
        kinds=frozenset(kinds_asked(written)),
        instructions=sum(word in lists.instructions for word in tokens(text)),
        is_english=_is_english(written),
    )


def is_elliptical(question: Question) -> bool:
    """Whether the question leans on the one before: "en wanneer was dat?", "en de nadelen?"."""
    opening = tokens(question.text)[:1]
    points = any(word in _POINTING for word in question.rest)
    return (len(question.words) <= _FEW_WORDS and (opening in (["en"], ["and"]) or points)) or (
        not question.words
    )


def with_context(question: Question, before: Question) -> Question:
    """Return `question` with the words of the question before it, at a lower weight."""
    own = {word.text for word in question.words}
    added = tuple(
        replace(word, weight=CONTEXT_WEIGHT) for word in before.words if word.text not in own
    )
    return replace(question, words=question.words + added, kinds=question.kinds or before.kinds)


def _word(
    word: str, concepts: Sequence[tuple[str, int]], known: KnownWords, *, is_name: bool
) -> Word:
    forms: dict[str, float] = {}

    def add(token: str, strength: float) -> None:
        forms[token] = max(strength, forms.get(token, 0.0))

    is_known = known.knows(word)
    add(stem(word), 1.0)
    for token, length in concepts:
        add(token, TERM if token.startswith("§") else SYNONYM if length == 1 else SYNONYM + 0.1)
    repaired = False
    if not is_known and not known.is_real_word(word):
        for repair in known.repairs(word):
            repaired = True
            add(stem(repair.word), REPAIRED[repair.edits])
            for token in known.concepts.tokens_of([repair.word]):
                add(token, (TERM if token[0] == "§" else SYNONYM) * REPAIRED[repair.edits])
    for part in compounds.split(word, known.knows):
        add(stem(part), PART)
        add("+" + stem(part), PART)
    add("+" + stem(word), PART)
    ordered = tuple(sorted(forms.items(), key=lambda form: (-form[1], form[0])))
    own = known.weight(word)
    if not is_known and repaired:
        own = max(known.idf(token) for token, strength in ordered if strength >= REPAIRED[2])
    return Word(
        text=word,
        forms=ordered,
        idf=own,
        seen=is_known or repaired or any(known.holds(token) for token, _ in concepts),
        is_number=is_number(word),
        is_name=is_name,
        gap_share=max(
            (known.gap_share(token) for token, value in ordered if value >= SYNONYM), default=0
        ),
    )


def _mended(word: str, known: KnownWords) -> str:
    """Return the likeliest known word for a misspelt one, any other word as it is."""
    if known.knows(word) or known.is_real_word(word):
        return word
    repairs = known.repairs(word)
    return repairs[0].word if repairs else word


def _function_word(word: str, known: KnownWords) -> str:
    """Repair a misspelt "waneer" or "hoevel"; any other word is left as it is."""
    if known.knows(word) or known.is_real_word(word):
        return word
    repairs = _function_words().repairs(word)
    return repairs[0].word if repairs and repairs[0].edits == 1 else word


@cache
def _function_words() -> Spelling:
    lists = lexicon()
    return Spelling(dict.fromkeys((*lists.stopwords, *asking_words()), 1))


def _names(text: str) -> frozenset[str]:
    """Return the folded words written as names: a capital not at a sentence's start, an acronym."""
    found: set[str] = set()
    starts_sentence = True
    for raw in re.findall(r"[^\s]+", text):
        bare = raw.strip("'\"()?!.,:;")
        if bare and (
            (bare[:1].isupper() and not starts_sentence) or (len(bare) > 1 and bare.isupper())
        ):
            found.update(tokens(bare))
        starts_sentence = raw.endswith((".", "!", "?"))
    return frozenset(found)


def _is_english(words: Sequence[str]) -> bool:
    english = sum(word in lexicon().english for word in words)
    return english >= 2 and english * 3 >= len(words)  # noqa: PLR2004 # one may be a loan word
