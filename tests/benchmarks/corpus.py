"""Knowledge bases of any size, made from the shipped one; the same at every run.

Sentences of the shipped passages are put together anew, and some of their longer words make place
for made-up ones, drawn by Zipf's law as words in real text are: so the vocabulary grows with the
size, frequent words stay frequent and rare words rare.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Final

from bot.adapters import knowledge_files
from bot.search.documents import Document, Section
from bot.search.lexicon import lexicon
from bot.search.selection import sentences
from tests.eval.questions import load
from tests.eval.typos import with_typos

MOST_WORDS: Final = 120  # of a passage, as `knowledge check` demands
SECTIONS: Final = 5  # of a document; the shipped ones have 4.6
VARIANTS_EVERY: Final = 10  # one passage in ten has question variants …
VARIANTS: Final = 12  # … and as many of them as a shipped passage has
TYPOS_EVERY: Final = 5
_FEWEST_WORDS: Final = 20
_MADE_UP: Final = 60_000  # words; 100,000 passages use nearly all of them
_LONG: Final = 5  # letters: shorter words are function words for the most part
_SHARE_REPLACED: Final = 0.35  # of the long words
_ONSETS: Final = [
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "dr",
    "gr",
    "kl",
    "kr",
    "pl",
    "sch",
    "sl",
    "sp",
    "st",
    "tr",
    "vl",
    "zw",
]
_VOWELS: Final = [
    "a",
    "e",
    "i",
    "o",
    "u",
    "aa",
    "ee",
    "ie",
    "oe",
    "oo",
    "ui",
    "ij",
    "ou",
    "eu",
    "ei",
]
_CODAS: Final = ["", "n", "r", "s", "t", "l", "k", "m", "ng", "cht", "rt", "nd", "st"]
_ENDINGS: Final = ["", "en", "er", "ing", "heid", "lijk"]


@dataclass(frozen=True, slots=True)
class _Words:
    """Made-up words, the most frequent first, with what a weighted draw needs."""

    words: tuple[str, ...]
    cumulated: tuple[float, ...]

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self.words, cum_weights=self.cumulated)[0]


def documents(size: int) -> tuple[Document, ...]:
    """Return documents with `size` passages together."""
    chance = random.Random(f"corpus {size}")  # noqa: S311 # repeatable, nothing secret
    shipped = _shipped()
    made: list[Document] = []
    for first in range(0, size, SECTIONS):
        pattern = shipped[len(made) % len(shipped)]
        sections = tuple(
            _section(number, pattern.sections[number % len(pattern.sections)], chance)
            for number in range(first, min(first + SECTIONS, size))
        )
        made.append(
            replace(
                pattern,
                id=f"document-{len(made)}",
                title=" ".join(_long(sections[0].text.split())[:4]),
                sections=sections,
                terms=pattern.terms if len(made) < len(shipped) else (),
                option=None,
            )
        )
    return tuple(made)


def questions(count: int) -> list[str]:
    """Return `count` questions: those of the evaluation, spread over its kinds.

    In every second one a word makes place for a made-up one that passages hold; every fifth one
    has typing errors, since repairing them takes longest.
    """
    chance = random.Random("questions")  # noqa: S311 # repeatable, nothing secret
    asked = [one.text for one in load()]
    found: list[str] = []
    for number in range(count):
        text = asked[number * len(asked) // count]
        if number % 2:
            places = [at for at, word in enumerate(text.split()) if _is_long(word)]
            text = _replaced(text.split(), {chance.choice(places)} if places else set(), chance)
        if number % TYPOS_EVERY == 0:
            text = with_typos(text, seed=number)
        found.append(text)
    return found


@cache
def _shipped() -> tuple[Document, ...]:
    return knowledge_files.read().documents


@cache
def _sentences() -> tuple[tuple[str, ...], ...]:
    texts = (section.text for document in _shipped() for section in document.sections)
    return tuple(tuple(one.split()) for text in texts for one in sentences(text))


@cache
def _made_up() -> _Words:
    chance = random.Random("words")  # noqa: S311 # repeatable, nothing secret
    words: dict[str, None] = {}
    while len(words) < _MADE_UP:
        syllables = chance.choice((1, 2, 2, 3))
        body = "".join(
            chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
            for _ in range(syllables)
        )
        word = body + chance.choice(_ENDINGS)
        if len(word) >= _LONG:
            words[word] = None
    weights = (1 / rank for rank in range(1, _MADE_UP + 1))
    return _Words(tuple(words), tuple(accumulate(weights)))


def _section(number: int, pattern: Section, chance: random.Random) -> Section:
    wanted = chance.randint(_FEWEST_WORDS, MOST_WORDS)
    words: list[str] = []
    while len(words) < wanted:
        sentence = chance.choice(_sentences())
        if len(words) + len(sentence) > MOST_WORDS:
            break
        places = {
            at
            for at, word in enumerate(sentence)
            if _is_long(word) and chance.random() < _SHARE_REPLACED
        }
        words += _replaced(sentence, places, chance).split()
    asked = _variants(words, chance) if number % VARIANTS_EVERY == 0 else ()
    return replace(
        pattern,
        heading=" ".join(_long(words)[-2:]),
        text=" ".join(words),
        questions=asked,
        facts=(),
        known_unknown=pattern.known_unknown and bool(asked),
    )


def _variants(words: Sequence[str], chance: random.Random) -> tuple[str, ...]:
    """Return shipped question variants, with half of their longer words taken from `words`."""
    own = _long(words) or list(words)
    found: list[str] = []
    for _ in range(VARIANTS):
        question = chance.choice(_shipped_questions())
        found.append(
            " ".join(
                chance.choice(own) if _is_long(word) and chance.random() < 0.5 else word  # half
                for word in question.split()
            )
        )
    return tuple(found)


@cache
def _shipped_questions() -> tuple[str, ...]:
    return tuple(
        question
        for document in _shipped()
        for section in document.sections
        for question in section.questions
    )


def _replaced(words: Sequence[str], places: set[int], chance: random.Random) -> str:
    """Return `words` as text, with made-up ones at `places`; closing punctuation stays."""
    return " ".join(
        _made_up().draw(chance) + word[len(word.rstrip(".,:;?!")) :] if at in places else word
        for at, word in enumerate(words)
    )


def _long(words: Iterable[str]) -> list[str]:
    return [word.strip(".,:;?!\"'()") for word in words if _is_long(word)]


def _is_long(word: str) -> bool:
    bare = word.strip(".,:;?!\"'()")
    return len(bare) >= _LONG and bare.isalpha() and bare.lower() not in lexicon().stopwords
