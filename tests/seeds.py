"""How much chance there is in tests: `BREED_TEST_SEEDS` examples of each, fewer of dear ones."""

import os
from typing import Final

SEEDS: Final = int(os.environ.get("BREED_TEST_SEEDS", "20"))
_SOAKING: Final = "BREED_TEST_SOAK" in os.environ
_FEWEST: Final = 10


def dear(*, one_in: int) -> int:
    """Return the examples of a test in which each is a whole conversation with the bot.

    `make soak` has them all; other runs one in so many of the seeds.
    """
    if _SOAKING:
        return SEEDS
    return max(SEEDS // one_in, min(SEEDS, _FEWEST))
