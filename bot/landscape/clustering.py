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
    """Return which of `k` clusters each point is in; there are at least k different points.

    All starts are taken together: shapes (starts, points) and (starts, clusters, 2).
    """
    centres = _seeds(points, k, np.random.default_rng(_SEED + k))
    norms = (points**2).sum(axis=1)
    labels = _nearest(points, norms, centres)
    for _ in range(_TURNS):
        centres = _centres(points, labels, centres)
        found = _nearest(points, norms, centres)
        if (found == labels).all():
            break
        labels = found
    own = np.take_along_axis(centres, labels[:, :, np.newaxis], axis=1)
    inertia = ((points - own) ** 2).sum(axis=(1, 2))
    # Of those that differ by rounding only, the first.
    best: Labels = labels[int((inertia <= inertia.min() * (1 + 1e-9) + 1e-9).argmax())]
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
    """Choose points far from each other, as k-means++ does, for every start."""
    starts = np.arange(STARTS)
    chosen = [points[rng.integers(len(points), size=STARTS)]]
    nearest: Points = np.full((STARTS, len(points)), np.inf)
    for _ in range(k - 1):
        apart = ((points - chosen[-1][:, np.newaxis]) ** 2).sum(axis=2)
        nearest = np.minimum(nearest, apart)
        heights: Points = np.cumsum(nearest, axis=1)
        drawn = rng.random(STARTS) * heights[starts, -1]
        at = (heights <= drawn[:, np.newaxis]).sum(axis=1)
        chosen.append(points[np.minimum(at, len(points) - 1)])
    return np.stack(chosen, axis=1)


def _nearest(points: Points, norms: Points, centres: Points) -> Labels:
    apart = _distances(points, norms, centres.reshape(-1, points.shape[1]))
    nearest: Labels = apart.reshape(len(points), *centres.shape[:2]).argmin(axis=2).T
    return nearest


def _distances(points: Points, norms: Points, centres: Points) -> Points:
    apart: Points = norms[:, np.newaxis] - 2 * points @ centres.T + (centres**2).sum(axis=1)
    apart[apart < 0] = 0.0  # rounding
    return apart


def _centres(points: Points, labels: Labels, before: Points) -> Points:
    """Return the mean of each cluster; an empty one stays where it was."""
    members = np.eye(before.shape[1])[labels]
    sizes = members.sum(axis=1)[:, :, np.newaxis]
    sums = members.transpose(0, 2, 1) @ points
    return np.where(sizes > 0, sums / np.maximum(sizes, 1), before)
