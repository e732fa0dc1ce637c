"""What may be shown of votes: nothing below five, and then steps of five.

What is shown is frozen: the first 5, 10, 15 … voters as they thought when the last of them came.
Somebody who sees two counts knows of at least five people between them, and of nobody alone; a
changed vote shows with the next step only. (All five of one mind is told all the same.)
"""

from typing import Final

STEP: Final = 5


def next_step(voters: int, *, shown: int) -> int | None:
    """Return how many voters are to be shown now; None: what is shown stays as it is.

    `shown` is how many are. It never goes down: somebody whose votes are erased would be seen.
    """
    reached = voters // STEP * STEP
    return reached if reached > shown else None
