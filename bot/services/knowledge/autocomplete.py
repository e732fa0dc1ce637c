"""Questions that the knowledge base knows, offered while somebody types, mistakes and all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process, utils

from bot.search.analysis import fold
from bot.search.documents import Document
from bot.services.knowledge.library import Library

MOST: Final = 25  # choices that Discord shows
LONGEST: Final = 100  # characters of a choice, and of what is read of the typed text
_LIKE_ENOUGH: Final = 55.0  # of 100; below it, what is offered has nothing to do with what is typed
_CANDIDATES: Final = 60  # by likeness, before the passages that they belong to are told apart
_STARTS_ALIKE: Final = 12.0  # what a question that begins as typed gains


@dataclass(frozen=True, slots=True)
class _Known:
    """All questions: as shown, as compared, and which passage each one finds."""

    edition: object
    texts: tuple[str, ...]
    folded: tuple[str, ...]
    passages: tuple[tuple[str, int], ...]
    first: tuple[str, ...]


class Autocomplete:
    """Offers known questions and titles, as many passages as possible rather than variants of one.

    About 10 ms for 7,000 questions; what it compares with is kept until the library changes.
    """

    def __init__(self, library: Library) -> None:
        """Offer what `library` holds at that moment."""
        self._library = library
        self._known = _known(library)

    def offer(self, typed: str) -> tuple[str, ...]:
        """Return at most 25 questions of at most 100 characters, the most likely first."""
        if self._known.edition is not self._library.answerer:
            self._known = _known(self._library)
        wanted = fold(typed[:LONGEST]).strip()
        if not any(one.isalnum() for one in wanted):
            return self._known.first
        return _spread(self._known, _most_alike(self._known, wanted))


def _most_alike(known: _Known, wanted: str) -> list[int]:
    scorer = fuzz.WRatio if len(wanted) > 3 else fuzz.partial_ratio  # noqa: PLR2004 # too short to be mistyped
    found = process.extract(
        wanted,
        known.folded,
        scorer=scorer,
        processor=utils.default_process,
        limit=_CANDIDATES,
        score_cutoff=_LIKE_ENOUGH,
    )
    ranked = sorted(
        found,
        key=lambda one: (
            -(one[1] + _STARTS_ALIKE * (wanted in one[0])),
            len(one[0]),
            one[2],
        ),
    )
    return [row for _, _, row in ranked]


def _spread(known: _Known, rows: Sequence[int]) -> tuple[str, ...]:
    """Return the best question of every passage, then the others while there is room."""
    best: list[int] = []
    others: list[int] = []
    seen: set[tuple[str, int]] = set()
    for row in rows:
        (others if known.passages[row] in seen else best).append(row)
        seen.add(known.passages[row])
    return tuple(dict.fromkeys(known.texts[row] for row in (*best, *others)))[:MOST]


def _known(library: Library) -> _Known:
    documents = library.documents
    rows = [row for document in documents for row in _rows_of(document)]
    # One question each of as many parts of the verkenning as there are, for an empty field.
    first: dict[str, str] = {}
    for round_ in range(MOST):
        for part in dict.fromkeys(document.part for document in documents):
            of_part = [one for one in documents if one.part is part]
            if round_ < len(of_part) and of_part[round_].sections[0].questions:
                first.setdefault(of_part[round_].id, of_part[round_].sections[0].questions[0])
    return _Known(
        edition=library.answerer,
        texts=tuple(text for text, _ in rows),
        folded=tuple(utils.default_process(fold(text)) for text, _ in rows),
        passages=tuple(passage for _, passage in rows),
        first=tuple(first.values())[:MOST],
    )


def _rows_of(document: Document) -> Iterable[tuple[str, tuple[str, int]]]:
    if not document.origin.is_verified:
        return
    yield document.title[:LONGEST], (document.id, 0)
    for number, section in enumerate(document.sections):
        for question in section.questions:
            yield question[:LONGEST], (document.id, number)
