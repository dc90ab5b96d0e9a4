"""FasterPAM without a distance matrix: swaps are tried on a sample first and decided on all points.

1. Start. FasterPAM runs with a full matrix on a small sample, from several sets of first medoids; the best set is kept.
2. Sample. Candidates are tried on a larger sample. The medoids found are kept if they are better on all points.
3. Centres, on all points. Each medoid moves to the best of the members nearest to the centre of its cluster; then these
   members are tried as medoids of every cluster.
4. All points. New candidates are tried, round by round, with step 3 after each round, until a round finds no swap or as
   many candidates were tried as in step 2. They are chosen in proportion to what they add to the loss (Lattanzi and
   Sohler 2019, "A better k-means++ algorithm via local search", ICML).
5. Exactly, if `candidates` is None. Every point is tried on all points until no swap lowers the loss, which is where
   FasterPAM with a full matrix ends.

docs/kmedoids.md describes the method, its precision and its cost.
"""

from __future__ import annotations

import numpy as np

from dapipeline.kmedoids import fasterpam
from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.centres import nearest_to_centres
from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.sampler import KeyedSampler
from dapipeline.kmedoids.search import Search
from dapipeline.kmedoids.start import draw_medoids

START_SAMPLE = 4096  # points of the sample of step 1; their matrix takes 64 MB
N_STARTS = 4
N_EXACT_STARTS = 16  # for an exact search, where time matters less: a better start ends in a better local optimum
SEARCH_SAMPLE = 16_384  # points of the sample of step 2
N_CANDIDATES = 20_000  # tried in step 2 unless the caller sets another number
MAX_ROUNDS = 10  # of step 4; together they try as many candidates as step 2
NEAR_CENTRE = 16  # members per cluster that are tried in step 3


def solve(
    points: Floats,
    sampler: KeyedSampler,
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
    sampler : KeyedSampler
        Of these points, with their weights: a point of weight w counts as w points.
    n_clusters : int
        At most n.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    candidates : int or None
        Number of points that are tried. None tries `N_CANDIDATES` first and then every point on all points.
    max_iter : int
        Passes over the candidates at most, in each step.

    Returns
    -------
    fasterpam.Solution
        Converged if, at the end, no swap was left with a member near a centre or, in an exact search, with any point.

    Notes
    -----
    Memory is about three copies of the points in float32 and 30 bytes per point.
    """
    singles = _centred(points)
    n_starts = N_EXACT_STARTS if candidates is None else N_STARTS
    medoids = _start(singles, sampler, n_clusters, metric, n_starts, max_iter)
    best = Search(singles, sampler.weights, singles, medoids, metric)
    order = sampler.permutation()
    if len(singles) <= SEARCH_SAMPLE:  # the sample would be all points
        converged = best.improve(order[:candidates], max_iter)
        return fasterpam.Solution(best.medoids, best.n_passes, converged)
    tried = order[: N_CANDIDATES if candidates is None else candidates]
    sample = sampler.sample(SEARCH_SAMPLE)
    on_sample = Search(singles[sample.points], sample.weights, singles, medoids, metric)
    on_sample.improve(tried, 1)
    found = Search(singles, sampler.weights, singles, on_sample.medoids, metric)
    best = found if found.loss < best.loss else best
    converged = _refine(best, max_iter)
    for _ in range(MAX_ROUNDS):
        swaps = best.n_swaps
        to_medoid = np.maximum(best.neighbours.to_first.astype(np.float64), 1e-30)  # a weight must be above zero
        best.improve(sampler.candidates(-(-len(tried) // MAX_ROUNDS), sampler.weights * to_medoid), 1)
        if best.n_swaps == swaps:
            break
        converged = _refine(best, max_iter)
    if candidates is None:
        converged = best.improve(order, max_iter)
    return fasterpam.Solution(best.medoids, on_sample.n_passes + best.n_passes, converged)


def _centred(points: Floats) -> Singles:
    """Shift the middle of the points to 0, where float32 is most precise, and round to float32."""
    middle = (points.min(axis=0).astype(np.float64) + points.max(axis=0)) / 2
    return (points - middle).astype(np.float32)


def _start(
    points: Singles, sampler: KeyedSampler, n_clusters: int, metric: str, n_starts: int, max_iter: int
) -> Indices:
    """Solve a sample with a full matrix from several sets of first medoids, and return the best result."""
    sample = sampler.sample(max(START_SAMPLE, n_clusters))
    distances = distance_matrix(points[sample.points], points[sample.points], metric, np.float32)
    everyone = np.arange(len(distances))
    sets = [draw_medoids(distances, sample.weights, everyone, n_clusters, sampler.rng) for _ in range(n_starts)]
    found = fasterpam.swap_from_each(distances, sample.weights, np.array(sets), max_iter)
    losses = [float((distances[medoids].min(axis=0) * sample.weights).sum()) for medoids in found]
    return sample.points[found[np.argmin(losses)]]


def _recentre(search: Search, max_iter: int) -> Indices:
    """Move each medoid to the best member near the centre of its cluster until none moves; return those members."""
    for _ in range(max_iter):
        members, slots = nearest_to_centres(search, NEAR_CENTRE)
        if not search.recentre(members, slots):
            break
    return members


def _refine(search: Search, max_iter: int) -> bool:
    """Repeat step 3 until no swap of any medoid for any member near a centre lowers the loss."""
    for _ in range(max_iter):
        members = _recentre(search, max_iter)
        swaps = search.n_swaps
        search.improve(members, 1)
        if search.n_swaps == swaps:
            return True
    return False
