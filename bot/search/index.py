"""The index of a set of documents: what is looked up when a question is asked."""

from collections import ChainMap, Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import numpy as np
from typing_extensions import override

from bot.search import compounds
from bot.search.analysis import grams, stem, tokens
from bot.search.concepts import Concepts
from bot.search.content import content_places
from bot.search.documents import Document, Section, Term
from bot.search.kinds import kinds_asked
from bot.search.postings import Ids, Lengths, Postings
from bot.search.spelling import Spelling, count_words

CONTENT: Final = "="  # before a word of a question variant that carries its topic


@dataclass(frozen=True, slots=True)
class Passage:
    """One section as the index knows it: its document, and its place among the sections.

    `title_tokens` are the tokens of the document's title and of the terms it explains; `defines`
    the tokens of the terms that this section says the meaning of: the one that its heading is, or
    for the first section those that no other heading is.
    """

    document: Document
    number: int
    title_tokens: frozenset[str] = frozenset()
    defines: frozenset[str] = frozenset()

    @property
    def section(self) -> Section:
        """The section itself."""
        return self.document.sections[self.number]

    @property
    def key(self) -> tuple[str, int]:
        """What identifies the passage: the document's id and the section's number."""
        return (self.document.id, self.number)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Passages with their inverted lists; immutable once built.

    `words` and `grams` are over passages, `asked` and `asked_grams` over the question variants of
    each passage taken together, `wholes` over documents (`document_of` maps), `variants` over the
    single question variants (`owner_of` maps to passages, ascending). `recognised` are the terms
    whose tokens stand in the lists: its own and those of the indexes that it was built beside.
    """

    passages: tuple[Passage, ...]
    words: Postings
    grams: Postings
    asked: Postings
    asked_grams: Postings
    wholes: Postings
    variants: Postings
    document_of: Ids
    owner_of: Ids
    variant_texts: tuple[str, ...]
    counts: Counter[str]
    terms: tuple[Term, ...]
    recognised: frozenset[Term]


_LISTS: Final = ("words", "grams", "asked", "asked_grams", "wholes", "variants")


@dataclass(frozen=True, slots=True)
class Beside:
    """What an index takes from others that it will be searched together with.

    Their terms are recognised and their `words` are known in it too, and the lengths of its units
    compare with the mean of all: `lengths` by the name of the list.
    """

    terms: tuple[Term, ...] = ()
    words: Collection[str] = ()
    lengths: Mapping[str, Lengths] = field(default_factory=dict[str, Lengths])

    @classmethod
    def of(cls, *indexes: Index) -> "Beside":
        """Return what `indexes` give."""
        lists = {name: [getattr(one, name) for one in indexes] for name in _LISTS}
        return cls(
            terms=tuple(term for one in indexes for term in one.terms),
            words=ChainMap(*(one.counts for one in indexes)),
            lengths={
                name: Lengths.of(*(one.lengths for one in postings))
                for name, postings in lists.items()
            },
        )


def build(documents: Sequence[Document], *, beside: Beside | None = None) -> Index:
    """Index `documents`. Forum documents add nothing to the known words (`counts`)."""
    near = beside or Beside()
    terms = terms_of(documents)
    concepts = Concepts((*terms, *near.terms))
    passages = passages_of(documents, concepts)
    texts = [_words_of(passage) for passage in passages]
    variants = [
        _Variant(owner, question, tokens(question))
        for owner, passage in enumerate(passages)
        for question in passage.section.questions
    ]
    counts = _known_words(passages, texts, variants)
    counts.update(_words_of_terms(terms))
    analyse = _Analyser(concepts, _Either(counts, near.words))
    rows = [analyse.row(text) for text in texts]
    variant_rows = [analyse.question_row(one.words) for one in variants]
    owners = [one.owner for one in variants]
    number_of = {document.id: number for number, document in enumerate(documents)}
    document_of = [number_of[one.document.id] for one in passages]
    asked = [[token for token in row if token[0] != CONTENT] for row in variant_rows]
    asked_words = _gathered([one.words for one in variants], owners, len(passages))
    return Index(
        passages=passages,
        words=Postings.build(rows, beside=near.lengths.get("words")),
        grams=_gram_postings(texts, beside=near.lengths.get("grams")),
        asked=Postings.build(
            _gathered(asked, owners, len(passages)), beside=near.lengths.get("asked")
        ),
        asked_grams=_gram_postings(asked_words, beside=near.lengths.get("asked_grams")),
        wholes=Postings.build(
            _gathered(rows, document_of, len(documents)), beside=near.lengths.get("wholes")
        ),
        variants=Postings.build(variant_rows, beside=near.lengths.get("variants")),
        document_of=np.array(document_of, np.int32),
        owner_of=np.array(owners, np.int32),
        variant_texts=tuple(one.text for one in variants),
        counts=counts,
        terms=terms,
        recognised=frozenset((*terms, *near.terms)),
    )


@dataclass(frozen=True, slots=True)
class _Either(Container[str]):
    """What is in one of two."""

    first: Container[object]
    second: Container[object]

    @override
    def __contains__(self, word: object) -> bool:
        return word in self.first or word in self.second


@dataclass(frozen=True, slots=True)
class _Variant:
    owner: int
    text: str
    words: list[str]


def _known_words(
    passages: Sequence[Passage], texts: Sequence[list[str]], variants: Sequence[_Variant]
) -> Counter[str]:
    """Count the words of the verified documents and of their question variants."""
    verified = [passage.document.origin.is_verified for passage in passages]
    return count_words(
        chain(
            (text for text, counted in zip(texts, verified, strict=True) if counted),
            (one.words for one in variants if verified[one.owner]),
        )
    )


def words_of(documents: Sequence[Document]) -> Counter[str]:
    """Count the known words that `documents` give an index."""
    passages = passages_of(documents, Concepts())
    texts = [_words_of(passage) for passage in passages]
    variants = [
        _Variant(owner, question, tokens(question))
        for owner, passage in enumerate(passages)
        for question in passage.section.questions
    ]
    counts = _known_words(passages, texts, variants)
    counts.update(_words_of_terms(terms_of(documents)))
    return counts


def _words_of_terms(terms: Iterable[Term]) -> Iterable[str]:
    return (word for term in terms for word in tokens(f"{term.name} {' '.join(term.also)}"))


def _gathered(rows: Sequence[list[str]], owners: Sequence[int], count: int) -> list[list[str]]:
    """Return the rows of each owner (0 to `count` - 1) as one."""
    gathered: list[list[str]] = [[] for _ in range(count)]
    for row, owner in zip(rows, owners, strict=True):
        gathered[owner] += row
    return gathered


def terms_of(documents: Iterable[Document]) -> tuple[Term, ...]:
    """Return the terms that verified documents explain; nobody vouches for those of the others."""
    return tuple(
        term for document in documents if document.origin.is_verified for term in document.terms
    )


def passages_of(documents: Sequence[Document], concepts: Concepts) -> tuple[Passage, ...]:
    """Return every section of `documents` as a passage, in order."""
    found: list[Passage] = []
    for document in documents:
        names = [document.title, *(term.name for term in document.terms)]
        titled = frozenset(
            token
            for name in names
            for token in (*map(stem, tokens(name)), *concepts.tokens_of(tokens(name)))
        )
        terms = {token for name in names[1:] for token in concepts.tokens_of(tokens(name))}
        terms = {token for token in terms if token.startswith("§")}
        headed = [terms & _named_by(section.heading, concepts) for section in document.sections]
        headed[:1] = [terms.difference(*headed[1:])] if headed else []
        found += [
            Passage(document, number, titled, frozenset(defined))
            for number, defined in enumerate(headed)
        ]
    return tuple(found)


def _named_by(heading: str, concepts: Concepts) -> set[str]:
    """Return the terms that `heading` as a whole is the name of."""
    words = tokens(heading)
    return {match.token for match in concepts.find(words) if match.end - match.start == len(words)}


class _Analyser:
    """Turns words into the tokens of one unit: stems, concepts and compound parts."""

    def __init__(self, concepts: Concepts, counts: Container[str]) -> None:
        self._concepts = concepts
        self._counts = counts
        self._parts: dict[str, tuple[str, ...]] = {}

    def row(self, words: Sequence[str]) -> list[str]:
        row = [stem(word) for word in words]
        row += self._concepts.tokens_of(words)
        for word in words:
            if word not in self._parts:
                parts = compounds.split(word, self._counts.__contains__)
                self._parts[word] = tuple("+" + stem(part) for part in parts)
            row += self._parts[word]
        return row

    def question_row(self, words: Sequence[str]) -> list[str]:
        """Return the tokens of a question variant; `=word` for those that carry its topic."""
        content = content_places(words, self._concepts.find(words))
        return [
            *self.row(words),
            *kinds_asked(words),
            *dict.fromkeys(CONTENT + words[place] for place in content),
        ]


def _words_of(passage: Passage) -> list[str]:
    section = passage.section
    return tokens(f"{passage.document.title} . {section.heading} . {section.text}")


def _gram_postings(texts: Sequence[Sequence[str]], *, beside: Lengths | None) -> Postings:
    """Index the 4-grams of all texts; each distinct word is cut up once."""
    vocabulary: dict[str, int] = {}
    ids_of: dict[str, list[int]] = {}
    lists: list[list[int]] = []
    for words in texts:
        row: list[int] = []
        for word in words:
            ids = ids_of.get(word)
            if ids is None:
                ids = [vocabulary.setdefault(one, len(vocabulary)) for one in grams(word)]
                ids_of[word] = ids
            row += ids
        lists.append(row)
    lengths = np.fromiter((len(one) for one in lists), np.int64, len(lists))
    flat = np.fromiter(chain.from_iterable(lists), np.int64, int(lengths.sum()))
    return Postings.of_ids(vocabulary, flat, lengths, beside=beside)


def spelling_of(index: Index) -> Spelling:
    """Return the spelling repair for the words that the index knows."""
    return Spelling(index.counts)
