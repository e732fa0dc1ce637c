"""Terms that came after an index was built: its lists get their tokens where they stand.

A moderator's new abbreviation finds every passage that writes it out, without a new index.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.search.analysis import stems
from bot.search.concepts import token_of
from bot.search.documents import Term
from bot.search.index import Passage
from bot.search.postings import Ids, Postings
from bot.search.segments import Segment


def recognising(segment: Segment, terms: Iterable[Term]) -> Segment:
    """Return the segment with the tokens of those `terms` that its index does not recognise yet."""
    index = segment.index
    new = [term for term in dict.fromkeys(terms) if term not in index.recognised]
    words = _units_with(new, index.words, lambda unit: _text(index.passages[unit]))
    variants = _units_with(new, index.variants, index.variant_texts.__getitem__)
    if not words and not variants:
        return segment
    return segment.with_index(
        replace(
            index,
            passages=_titled(index.passages, new, words),
            words=index.words.with_lists(words),
            wholes=index.wholes.with_lists(_of_owners(words, index.document_of)),
            variants=index.variants.with_lists(variants),
            asked=index.asked.with_lists(_of_owners(variants, index.owner_of)),
        )
    )


def _units_with(
    terms: Iterable[Term], postings: Postings, text_of: Callable[[int], str]
) -> dict[str, Ids]:
    """Return for the token of every term the units that write it, or an alternative, in full."""
    found: dict[str, set[int]] = {}
    for term in terms:
        for phrase in _phrases(term):
            held = (
                unit
                for unit in _holding_all(postings, phrase).tolist()
                if _stands_in(phrase, stems(text_of(unit)))
            )
            found.setdefault(token_of(term), set()).update(held)
    return {token: np.array(sorted(units), np.int32) for token, units in found.items() if units}


def _phrases(term: Term) -> Iterable[list[str]]:
    return filter(None, (stems(spelling) for spelling in (term.name, *term.also)))


def _holding_all(postings: Postings, phrase: Sequence[str]) -> Ids:
    """Return the units that hold every stem of the phrase, wherever it stands."""
    first, *others = (postings.holders(one) for one in dict.fromkeys(phrase))
    for holders in others:
        first = np.intersect1d(first, holders, assume_unique=True)
    return first


def _stands_in(phrase: Sequence[str], row: Sequence[str]) -> bool:
    length = len(phrase)
    return any(row[start : start + length] == phrase for start in range(len(row) - length + 1))


def _text(passage: Passage) -> str:
    section = passage.section
    return f"{passage.document.title} . {section.heading} . {section.text}"


def _of_owners(lists: Mapping[str, Ids], owner_of: Ids) -> dict[str, Ids]:
    """Return the owners (documents, or passages) of the units in each list."""
    return {token: np.unique(owner_of[units]).astype(np.int32) for token, units in lists.items()}


def _titled(
    passages: tuple[Passage, ...], terms: Sequence[Term], lists: Mapping[str, Ids]
) -> tuple[Passage, ...]:
    """Return the passages; where the document's title names a term, its token is among them."""
    changed = list(passages)
    for term in terms:
        units: list[int] = lists.get(token_of(term), np.zeros(0, np.int32)).tolist()
        for unit in units:
            one, row = changed[unit], stems(passages[unit].document.title)
            if any(_stands_in(phrase, row) for phrase in _phrases(term)):
                changed[unit] = replace(one, title_tokens=one.title_tokens | {token_of(term)})
    return tuple(changed)
