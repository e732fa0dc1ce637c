"""Ids of documents, made from their titles."""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final

from bot.search.analysis import fold

_LENGTH: Final = 60
_LEFT_OUT: Final = re.compile(r"[^a-z0-9]+")


def free_ids(titles: Iterable[str], *taken: Container[str]) -> Iterator[str]:
    """Yield an id for each title, in order, that is not `taken` and was not yielded before."""
    given: set[str] = set()
    for title in titles:
        stem = stem_of(title)
        found, number = stem, 1
        while found in given or any(found in one for one in taken):
            number += 1
            found = f"{stem}-{number}"
        given.add(found)
        yield found


def stem_of(title: str) -> str:
    """Return a title as an id has it: lower case, digits and hyphens, 60 characters at most."""
    return _LEFT_OUT.sub("-", fold(title))[:_LENGTH].strip("-") or "document"
