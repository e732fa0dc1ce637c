"""An index as a part of what is searched: which of its passages are in force, and who vouches."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.search.index import Index
from bot.search.postings import Postings, Scores


@dataclass(slots=True)
class Segment:
    """One index and what its passages are; `variant_totals` are filled in by the searcher."""

    index: Index
    alive: npt.NDArray[np.bool_]
    verified: npt.NDArray[np.bool_]
    gaps: npt.NDArray[np.bool_]
    variant_starts: npt.NDArray[np.int64]
    all_verified: bool
    variant_totals: Scores = field(default_factory=lambda: np.zeros(0, np.float32))

    def passages_with(self, postings: Postings, token: str) -> int:
        """Return how many verified passages hold the token, by `postings` over passages."""
        if self.all_verified:
            return postings.frequency(token)
        return int(self.verified[postings.holders(token)].sum())

    def variants_with(self, token: str) -> int:
        """Return how many question variants of verified passages hold the token."""
        holders = self.index.variants.holders(token)
        return int(self.verified[self.index.owner_of[holders]].sum())


def segment_of(index: Index, gone: frozenset[str]) -> Segment:
    """Return the segment of `index` without the documents `gone`."""
    alive = np.array([one.document.id not in gone for one in index.passages], np.bool_)
    starts = np.searchsorted(index.owner_of, np.arange(len(index.passages) + 1))
    gaps = np.array([one.section.known_unknown for one in index.passages], np.bool_)
    verified = np.array([one.document.origin.is_verified for one in index.passages], np.bool_)
    return Segment(
        index=index,
        alive=alive,
        verified=verified,
        gaps=gaps,
        variant_starts=starts.astype(np.int64),
        all_verified=bool(verified.all()),
    )
