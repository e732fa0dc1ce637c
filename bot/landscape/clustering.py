"""K-means and silhouettes of points in a plane, the same for the same points.

Arthur and Vassilvitskii, "k-means++", SODA 2007; Rousseeuw, "Silhouettes", 1987. Written out, as
importing a library for them takes longer than drawing a whole landscape (docs/adr/0009).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

STARTS: Final = 6
"""How often k-means begins anew; the tightest outcome counts."""
_TURNS: Final = 60
_SEED: Final = 20_210_000


def k_means(points: Points, k: int) -> Labels:
    """Return which of `k` clusters each point is in; there are at least k different points."""
    rng = np.random.default_rng(_SEED + k)
    norms = (points**2).sum(axis=1)
    best, least = np.zeros(len(points), dtype=np.int64), np.inf
    for _ in range(STARTS):
        centres = _seeds(points, k, rng)
        labels = best
        for turn in range(_TURNS):
            found = _distances(points, norms, centres).argmin(axis=1)
            if turn and (found == labels).all():
                break
            labels = found
            centres = _centres(points, labels, centres)
        inertia = float(((points - centres[labels]) ** 2).sum())
        if inertia < least - 1e-9 * (1 + inertia):
            best, least = labels, inertia
    return best


def distances(points: Points) -> Points:
    """Return how far every point is from every other."""
    norms = (points**2).sum(axis=1)
    return np.sqrt(_distances(points, norms, points))


def silhouette(apart: Points, labels: Labels) -> float:
    """Return the mean silhouette, from the distances between the points; -1 for one cluster.

    A point that is alone in its cluster counts as 0, by Rousseeuw's convention.
    """
    kinds, own = np.unique(labels, return_inverse=True)
    if len(kinds) <= 1:
        return -1.0
    members = np.eye(len(kinds))[own]
    sizes = members.sum(axis=0)
    sums = apart @ members
    rows = np.arange(len(own))
    within = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    nearest = means.min(axis=1)
    wider = np.maximum(within, nearest)
    widths = np.divide(nearest - within, wider, out=np.zeros(len(own)), where=wider > 0)
    return float(np.where(sizes[own] > 1, widths, 0.0).mean())


def _seeds(points: Points, k: int, rng: np.random.Generator) -> Points:
    """Choose points far from each other, as k-means++ does."""
    chosen = [points[rng.integers(len(points))]]
    nearest: Points = np.full(len(points), np.inf)
    for _ in range(k - 1):
        nearest = np.minimum(nearest, ((points - chosen[-1]) ** 2).sum(axis=1))
        heights: Points = np.cumsum(nearest)
        drawn = int((heights <= rng.random() * float(heights[-1])).sum())
        chosen.append(points[min(drawn, len(points) - 1)])
    return np.array(chosen)


def _distances(points: Points, norms: Points, centres: Points) -> Points:
    apart: Points = norms[:, np.newaxis] - 2 * points @ centres.T + (centres**2).sum(axis=1)
    apart[apart < 0] = 0.0  # rounding
    return apart


def _centres(points: Points, labels: Labels, before: Points) -> Points:
    """Return the mean of each cluster; an empty one stays where it was."""
    members = np.eye(len(before))[labels]
    sizes = members.sum(axis=0)[:, np.newaxis]
    return np.where(sizes > 0, members.T @ points / np.maximum(sizes, 1), before)
