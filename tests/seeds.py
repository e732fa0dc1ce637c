"""How much chance there is in tests: `BREED_TEST_SEEDS` examples of each, fewer of dear ones."""

import os
from typing import Final

SEEDS: Final = int(os.environ.get("BREED_TEST_SEEDS", "20"))
_IN_CI: Final = 100
_FEWEST: Final = 10


def dear(*, one_in: int) -> int:
    """Return the examples of a test in which each is a whole conversation with the bot."""
    return max(SEEDS // one_in, min(SEEDS, _FEWEST))


def dearest(*, one_in: int, few: int) -> int:
    """Return the examples of a test in which each takes seconds: `few`, up to the seeds of CI."""
    return few if SEEDS <= _IN_CI else max(few, SEEDS // one_in)
