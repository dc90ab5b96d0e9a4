"""FasterPAM without a distance matrix: swaps are tried against a sample first and settled on all points.

1. FasterPAM with a full matrix on a small sample, from several first medoids; the best is carried on.
2. The candidates are tried against a larger sample. The medoids found are kept where they are better on all points.
3. On all points: every medoid moves to the best place about the centre of its cluster, and the members about the
   centres are tried in all clusters. Then fresh candidates are tried, in parts, with the centres again after each,
   until a part brings nothing or as many were tried as before. They are drawn in proportion to what they add to the
   loss (Lattanzi and Sohler 2019, "A better k-means++ algorithm via local search", ICML).
4. Exactly: every point is tried on all points until no swap improves, as FasterPAM does with a full matrix.

The number of candidates trades time for loss; step 4 is taken where it is None.
"""

from __future__ import annotations

import numpy as np

from dapipeline.kmedoids import fasterpam
from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.centres import nearest_to_centres
from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.draws import Draws
from dapipeline.kmedoids.search import Search
from dapipeline.kmedoids.start import draw_medoids

START = 4096  # points of the first sample; their matrix has 64 MB
STARTS = 4
EXACT_STARTS = 16  # where time matters less: a better start ends in a better local optimum
SAMPLE = 16_384  # points of the second, against which candidates are tried
BUDGET = 20_000  # candidates tried against it, unless the caller says how many
PARTS = 10  # in which as many are tried on all points at most: until one brings nothing
NEAREST = 16  # members about the centre of each cluster that may take over


def solve(
    points: Floats,
    draws: Draws,
    *,
    n_clusters: int,
    metric: str,
    candidates: int | None,
    max_iter: int,
) -> fasterpam.Solution:
    """Find medoids that no swap with a candidate improves.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Distinct points.
    draws : Draws
        Of these points, with their weights: a point of weight w counts as w points.
    n_clusters : int
        At most n.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    candidates : int or None
        How many points are tried. None is `BUDGET`, and then every point on all points.
    max_iter : int
        Passes over the candidates at most, of each step.

    Returns
    -------
    fasterpam.Solution
        Converged where no swap with a member about a centre was left at last or, exactly, with any point.
    """
    singles = _centred(points)
    n_starts = EXACT_STARTS if candidates is None else STARTS
    medoids = _start(singles, draws, n_clusters, metric, n_starts, max_iter)
    best = Search(singles, draws.weights, singles, medoids, metric)
    order = draws.order()
    if len(singles) <= SAMPLE:  # a sample would be everything
        converged = best.improve(order[:candidates], max_iter)
        return fasterpam.Solution(best.medoids, best.n_passes, converged)
    tried = order[: BUDGET if candidates is None else candidates]
    sample = draws.sample(SAMPLE)
    search = Search(singles[sample.points], sample.weights, singles, medoids, metric)
    search.improve(tried, 1)
    found = Search(singles, draws.weights, singles, search.medoids, metric)
    best = found if found.loss < best.loss else best
    converged = _refine(best, max_iter)
    for _ in range(PARTS):
        swaps = best.n_swaps
        far = np.maximum(best.neighbours.to_first.astype(np.float64), 1e-30)
        best.improve(draws.candidates(-(-len(tried) // PARTS), draws.weights * far), 1)
        if best.n_swaps == swaps:
            break
        converged = _refine(best, max_iter)
    if candidates is None:
        converged = best.improve(order, max_iter)
    return fasterpam.Solution(best.medoids, search.n_passes + best.n_passes, converged)


def _centred(points: Floats) -> Singles:
    """Move the middle of the points to 0, where float32 is finest, and round."""
    middle = (points.min(axis=0).astype(np.float64) + points.max(axis=0)) / 2
    return (points - middle).astype(np.float32)


def _start(points: Singles, draws: Draws, n_clusters: int, metric: str, n_starts: int, max_iter: int) -> Indices:
    """Solve a sample with a full matrix, from several first medoids, and take the best."""
    sample = draws.sample(max(START, n_clusters))
    distances = distance_matrix(points[sample.points], points[sample.points], metric, np.float32)
    everyone = np.arange(len(distances))
    starts = [draw_medoids(distances, sample.weights, everyone, n_clusters, draws.rng) for _ in range(n_starts)]
    found = fasterpam.swap_each(distances, sample.weights, np.array(starts), max_iter)
    losses = [float((distances[medoids].min(axis=0) * sample.weights).sum()) for medoids in found]
    return sample.points[found[np.argmin(losses)]]


def _recentre(search: Search, max_iter: int) -> Indices:
    """Move medoids to the best member about the centre of their cluster until they stay; return those members."""
    for _ in range(max_iter):
        members, slots = nearest_to_centres(search, NEAREST)
        if not search.recentre(members, slots):
            break
    return members


def _refine(search: Search, max_iter: int) -> bool:
    """Swap any medoid for any member about a centre, until no swap improves."""
    for _ in range(max_iter):
        members = _recentre(search, max_iter)
        swaps = search.n_swaps
        search.improve(members, 1)
        if search.n_swaps == swaps:
            return True
    return False
