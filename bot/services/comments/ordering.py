"""Which comment to vote on next: those first that tell most.

The priority is that of Polis (Small and others, "Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces", 2021; `conv_man.clj`, priority-metric): few passes and many agreements
make a comment matter, few votes make it new. Its extremity, a place on the map of opinions, is not
known here; how evenly people disagree stands in, the p(1 - p) of a yes or no, which is largest
where a comment divides most. Counts are those that are shown, so that the order tells no more.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from storage.vote_records import Countable, Tally

_NOVELTY: Final = 8
_HALVED_BY: Final = 5  # votes


def priority(tally: Tally) -> float:
    """Return how much a vote on a comment with these counts tells; more is more."""
    total = tally.total
    passed = (tally.passed + 1) / (total + 2)
    agreed = (tally.agree + 1) / (total + 2)
    decided = tally.agree + tally.disagree
    evenness = 4 * (tally.agree + 1) * (tally.disagree + 1) / (decided + 2) ** 2
    importance = (1 - passed) * (evenness + 1) * agreed
    return float(importance * (1 + _NOVELTY * 2 ** (-total / _HALVED_BY))) ** 2


def ordered(comments: Iterable[Countable], *, user_id: int) -> tuple[Countable, ...]:
    """Return comments in the order in which somebody gets them.

    Equal ones come in another order for everybody, the same each time: else all would begin with
    the same, and votes would not spread.
    """
    return tuple(
        sorted(comments, key=lambda one: (-priority(one.tally), _lot(one.text_id, user_id)))
    )


def _lot(text_id: int, user_id: int) -> bytes:
    return hashlib.blake2b(f"{text_id}:{user_id}".encode(), digest_size=8).digest()
