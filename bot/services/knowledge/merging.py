"""Two texts that were made of one, as one again: by paragraph, and nothing of either is lost."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from bot.services.knowledge.differences import paragraphs_in

_BETWEEN: Final = "\n\n"


def merged(before: str, *, theirs: str, mine: str) -> str:
    """Return `before` with what both changed in it.

    Where both changed the same paragraph, theirs stands first and mine below it, for people to
    make one of.
    """
    base, their_own, my_own = map(paragraphs_in, (before, theirs, mine))
    found: list[str] = []
    for old, one, other in _stretches(base, their_own, my_own):
        found += _of_both(old, one, other)
    return _BETWEEN.join(found)


def merged_lines(before: Sequence[str], *, theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """Return lines without an order: theirs without what mine took out, then what mine added."""
    taken_out = set(before) - set(mine)
    kept = [one for one in theirs if one not in taken_out]
    return [*kept, *(one for one in mine if one not in kept and one not in before)]


def _of_both(old: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Sequence[str]:
    if mine in (old, theirs):
        return theirs
    if theirs == old:
        return mine
    if len(old) == len(theirs) == len(mine) > 1:  # each is another paragraph, side by side
        return [
            one
            for three in zip(old, theirs, mine, strict=True)
            for one in _of_both(*([paragraph] for paragraph in three))
        ]
    return [*theirs, *(one for one in mine if one not in theirs)]


def _stretches(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield what lies between the paragraphs that nobody changed, and these, in order."""
    in_theirs, in_mine = _places(base, theirs), _places(base, mine)
    at = at_theirs = at_mine = 0
    for place in sorted(in_theirs.keys() & in_mine.keys()):
        to_theirs, to_mine = in_theirs[place], in_mine[place]
        yield base[at:place], theirs[at_theirs:to_theirs], mine[at_mine:to_mine]
        same = base[place : place + 1]
        yield same, same, same
        at, at_theirs, at_mine = place + 1, to_theirs + 1, to_mine + 1
    yield base[at:], theirs[at_theirs:], mine[at_mine:]


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return where the paragraphs of `base` that stayed are in the other text."""
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
