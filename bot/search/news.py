"""Whether a question asks how far things are now, and about what: "is er nieuws over de ALV?".

It does only when it holds a phrase that asks for it and every other word is one that may stand
around that. One word more ("in 2016", "van Wigo4it") and it is a question to the knowledge base.
A word that exists nowhere may be one of these misspelt ("neiuws").
"""

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import chain, islice, product
from typing import Final, Generic, TypeVar

from bot.search.analysis import tokens
from bot.search.documents import Part
from bot.search.spelling import Spelling

_LONGEST: Final = 20  # words: longer questions say more than the lists can understand
_LONGEST_PHRASE: Final = 5  # words
_MOST_MISSPELT: Final = 2  # words of a question
_MOST_READINGS: Final = 6  # of a question with misspelt words
_AND: Final = "en"
_PART: Final = "part "

_Phrase = tuple[str, ...]
_Meaning = TypeVar("_Meaning")


class NewsKind(enum.Enum):
    """What is asked for. STATE wants what happened and what comes."""

    LATEST = "latest"
    STATE = "state"
    NEXT = "next"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question about now. `part` None: about everything; `names_subject`: it says about what."""

    kind: NewsKind
    part: Part | None = None
    names_subject: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    asking: Mapping[_Phrase, NewsKind]
    subjects: Mapping[_Phrase, Part | None]
    around: frozenset[str]
    when: frozenset[str]
    pointing: frozenset[str]
    spelling: Spelling


def news_asked(
    text: str, *, before: str | None = None, is_word: Callable[[str], bool] | None = None
) -> NewsQuestion | None:
    """Return what a question asks about now; None when it is another one.

    `before` is what the same person asked just before: "en over de ALV?" goes on with it, and
    "hoe staat het daarmee?" is about its onderdeel. `is_word` tells which folded words exist; the
    others may be misspelt. Without it every word is taken as it is.
    """
    words = tokens(text)
    if not 0 < len(words) <= _LONGEST:
        return None
    readings = [words] if is_word is None else _readings(words, is_word)
    found = (_asked(one, before) for one in readings)
    return next((one for one in found if one is not None), None)


def _readings(words: Sequence[str], is_word: Callable[[str], bool]) -> Iterator[Sequence[str]]:
    """Yield the words as they stand, and then with what misspelt ones may mean."""
    yield words
    spelling = _words().spelling
    odd = [at for at, one in enumerate(words) if not spelling.knows(one)]
    if not 0 < len(odd) <= _MOST_MISSPELT or any(is_word(words[at]) for at in odd):
        return
    meant = [[one.word for one in spelling.repairs(words[at])] for at in odd]
    for chosen in islice(product(*meant), _MOST_READINGS):
        by_place = dict(zip(odd, chosen, strict=True))
        yield [by_place.get(at, one) for at, one in enumerate(words)]


def _asked(words: Sequence[str], before: str | None) -> NewsQuestion | None:
    lists = _words()
    asked = _taken(words, lists.asking)
    about = _taken(asked.rest, lists.subjects)
    kinds = dict.fromkeys(asked.found)
    allowed = lists.around
    if kinds.keys() & {NewsKind.NEXT, NewsKind.PLANNED}:
        allowed |= lists.when
    if not allowed.issuperset(about.rest) or len(set(about.found)) > 1:
        return None
    part = about.found[0] if about.found else None
    if not kinds:
        return _going_on(words, about.found, before)
    kind = next(iter(kinds)) if len(kinds) == 1 else NewsKind.STATE
    question = NewsQuestion(kind, part, names_subject=bool(about.found))
    if not about.found and before is not None and lists.pointing.intersection(words):
        return _about(question, before)
    return question


def _going_on(
    words: Sequence[str], subjects: Sequence[Part | None], before: str | None
) -> NewsQuestion | None:
    """Return the question before with another subject, when this is "en over …?"."""
    if before is None or words[0] != _AND or not subjects:
        return None
    earlier = news_asked(before)
    return earlier and replace(earlier, part=subjects[0], names_subject=True)


def _about(question: NewsQuestion, before: str) -> NewsQuestion:
    """Return the question about the one onderdeel that the question before names, if it does."""
    parts = {part for part in _taken(tokens(before), _words().subjects).found if part is not None}
    if len(parts) != 1:
        return question
    return replace(question, part=parts.pop(), names_subject=True)


@dataclass(frozen=True, slots=True)
class _Taken(Generic[_Meaning]):
    """What the phrases in a text mean, and the words that are left."""

    found: tuple[_Meaning, ...]
    rest: tuple[str, ...]


def _taken(words: Sequence[str], phrases: Mapping[_Phrase, _Meaning]) -> _Taken[_Meaning]:
    """Take out the phrases, the longest at each place."""
    found: list[_Meaning] = []
    rest: list[str] = []
    position = 0
    while position < len(words):
        lengths = range(min(_LONGEST_PHRASE, len(words) - position), 0, -1)
        ends = (position + length for length in lengths)
        end = next((one for one in ends if tuple(words[position:one]) in phrases), None)
        if end is None:
            rest.append(words[position])
            position += 1
        else:
            found.append(phrases[tuple(words[position:end])])
            position = end
    return _Taken(tuple(found), tuple(rest))


@cache
def _words() -> _Words:
    lists = dict(_lists())
    kinds = {kind: lists.pop(kind.value) for kind in NewsKind}
    known = Counter(chain(*chain(*lists.values(), *kinds.values())))
    parts = {
        Part(name.removeprefix(_PART)): lists.pop(name) for name in list(lists) if _PART in name
    }
    subjects: dict[_Phrase, Part | None] = dict.fromkeys(lists["whole"])
    for part, names in parts.items():
        subjects |= dict.fromkeys(names, part)
    return _Words(
        asking={phrase: kind for kind, phrases in kinds.items() for phrase in phrases},
        subjects=subjects,
        around=_single(lists["around"]),
        when=_single(lists["when"]),
        pointing=_single(lists["pointing"]),
        spelling=Spelling(known),
    )


def _lists() -> Iterable[tuple[str, tuple[_Phrase, ...]]]:
    text = (files("bot.search") / "words" / "news.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, phrases = line.partition(":")
            yield name, tuple(tuple(tokens(phrase)) for phrase in phrases.split(","))


def _single(phrases: Iterable[_Phrase]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase)
