"""The options for collectivisation: finding one by what somebody typed."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from bot.errors import UnknownOptionError
from bot.search.analysis import fold, tokens
from bot.search.documents import Document

# What every option tells, by heading, as docs/knowledge.md lays down; first what it is.
HEADINGS: Final = ("", "Voordelen", "Nadelen en risico's", "Voorbeelden", "Juridische vorm")
_ALIKE: Final = 75.0  # of 100: "cooperatie" finds "Coöperatie van gemeenten", "banaan" nothing
_LONGEST: Final = 100  # characters that are read of what somebody typed


def find_option(options: Sequence[Document], typed: str) -> Document:
    """Return the option that `typed` names: its id, its number, its title or something like it.

    Raises:
        UnknownOptionError: when it names none.

    """
    wanted = typed.strip()
    for option in options:
        if wanted in {option.id, str(option.option)} or fold(wanted) == fold(option.title):
            return option
    found = offer_options(options, wanted) if tokens(wanted[:_LONGEST]) else ()
    if not found:
        raise UnknownOptionError(wanted)
    return found[0]


def offer_options(options: Sequence[Document], typed: str) -> tuple[Document, ...]:
    """Return the options that `typed` may mean, the most likely first; all of them when empty."""
    wanted = " ".join(tokens(typed[:_LONGEST]))
    if not wanted:
        return tuple(options)
    names = [" ".join(tokens(f"{one.option} {one.title} {_also(one)}")) for one in options]
    found = process.extract(wanted, names, scorer=_likeness, limit=len(names), score_cutoff=_ALIKE)
    return tuple(options[row] for _, _, row in found)


def _likeness(wanted: str, name: str, *, score_cutoff: float | None = None) -> float:
    """Return how well every word of `wanted` is found in `name`, 0 to 100."""
    known = name.split()
    words = wanted.split()
    best = [
        max((100.0 if one.startswith(word) else fuzz.ratio(word, one) for one in known), default=0)
        for word in words
    ]
    score = sum(best) / len(best)
    return score if score_cutoff is None or score >= score_cutoff else 0.0


def _also(option: Document) -> str:
    return " ".join(f"{term.name} {' '.join(term.also)}" for term in option.terms)
