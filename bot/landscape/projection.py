"""From votes to positions in a plane: principal components, missing votes as Polis treats them.

Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces", Recerca 26 (2), 2021; constants as in its published code.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.landscape.votes import MISSING, Votes

AXES: Final = 2
Floats = npt.NDArray[np.float64]
_NOTHING: Final = 1e-12  # below this share of all variance an axis is rounding


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Positions (voters, 2), axes (2, comments) and the share of the variance on each axis.

    An axis points to where its largest loading is positive. An axis without variance is zero.
    """

    positions: Floats
    axes: Floats
    explained: tuple[float, float]


def project(votes: Votes) -> Projection:
    """Project voters on the two directions in which votes differ most.

    A missing vote counts as the comment's mean. As that pulls who voted little to the centre, a
    position is scaled by √(comments ÷ votes cast).
    """
    centred = _centred(votes)
    axes, explained = _components(centred)
    cast = np.maximum((votes != MISSING).sum(axis=1), 1)
    scale = np.sqrt(votes.shape[1] / cast)
    return Projection((centred @ axes.T) * scale[:, np.newaxis], axes, explained)


def _centred(votes: Votes) -> Floats:
    """Return votes less their column's mean; zero where there is none, which is that mean."""
    known = votes != MISSING
    values = np.where(known, votes, 0).astype(np.float64)
    means = values.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(known, values - means, 0.0)


def _components(centred: Floats) -> tuple[Floats, tuple[float, float]]:
    voters, comments = centred.shape
    axes, explained = np.zeros((AXES, comments)), [0.0, 0.0]
    total = float((centred**2).sum())
    if total == 0:
        return axes, (0.0, 0.0)
    is_wide = comments > voters  # the smaller of the two products has the same eigenvalues
    product = centred @ centred.T if is_wide else centred.T @ centred
    values, vectors = np.linalg.eigh(product)
    for axis in range(min(AXES, len(values))):
        value = float(values[-1 - axis])
        if value <= _NOTHING * total:
            break
        found = vectors[:, -1 - axis]
        loadings = found @ centred / np.sqrt(value) if is_wide else found
        axes[axis] = loadings * np.sign(loadings[np.argmax(np.round(np.abs(loadings), 9))])
        explained[axis] = value / total
    return axes, (explained[0], explained[1])
