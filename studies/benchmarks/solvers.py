"""The solvers that are compared, each with the settings that its authors recommend and all cores it can use."""

# ruff: noqa: PLC0415  a process imports the solver it measures and no other

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Medoids = NDArray[np.int64]
Fit = Callable[[Points, int, int], Medoids]

STREAMED = "fasterpam_streamed"
SAMPLES, SAMPLE = 5, 5000  # of CLARA on FasterPAM


@dataclass(frozen=True)
class Solver:
    """One row of the table.

    Attributes
    ----------
    label : str
        How the table calls it.
    fit : callable
        Takes points, the number of clusters and a seed; returns the rows of the medoids.
    most : int
        Largest n it is run at.
    least : int
        Smallest n it is run at.
    warm : int
        Rows of a first fit that compiles and starts threads and is not measured.
    """

    label: str
    fit: Fit
    most: int
    least: int = 0
    warm: int = 1_000


def default(points: Points, k: int, seed: int) -> Medoids:
    """Run KMedoids of this project with its defaults."""
    from dapipeline.kmedoids import KMedoids

    return KMedoids(k, solver=STREAMED, random_state=seed).fit(points).medoid_indices_


def exact(points: Points, k: int, seed: int) -> Medoids:
    """Run KMedoids of this project until no swap with any point lowers the loss."""
    from dapipeline.kmedoids import KMedoids

    return KMedoids(k, solver=STREAMED, random_state=seed, candidates=None).fit(points).medoid_indices_


def fasterpam(points: Points, k: int, seed: int) -> Medoids:
    """Run FasterPAM of the package kmedoids on the full distance matrix in float32."""
    from sklearn.metrics import pairwise_distances

    import kmedoids

    distances = pairwise_distances(points.astype(np.float32))
    return kmedoids.fasterpam(distances, k, random_state=seed, n_cpu=-1).medoids.astype(np.int64)


def clara_on_fasterpam(points: Points, k: int, seed: int) -> Medoids:
    """Run CLARA with samples of 5,000, each solved by FasterPAM of kmedoids; keep the best on all points."""
    from sklearn.metrics import pairwise_distances_argmin_min

    rng = np.random.default_rng(seed)
    singles = points.astype(np.float32)
    found = []
    for _ in range(SAMPLES):
        sample = np.sort(rng.choice(len(points), size=min(SAMPLE, len(points)), replace=False))
        medoids = sample[fasterpam(points[sample], k, int(rng.integers(2**31)))]
        loss = pairwise_distances_argmin_min(singles, singles[medoids])[1].sum(dtype=np.float64)
        found.append((loss, medoids))
    return min(found, key=lambda one: one[0])[1]


def clara(points: Points, k: int, seed: int) -> Medoids:
    """Run CLARA of scikit-learn-extra with its defaults: samples of 40 + 2 k."""
    from sklearn_extra.cluster import CLARA

    return CLARA(k, random_state=seed).fit(points).medoid_indices_


def onebatch(points: Points, k: int, seed: int) -> Medoids:
    """Run OneBatchPAM in float32, which halves its memory."""
    from onebatch import OneBatchPAM

    model = OneBatchPAM(n_medoids=k, random_state=seed).fit(points.astype(np.float32))
    return np.array(model.medoid_indices_, dtype=np.int64)


def banditpam(points: Points, k: int, seed: int) -> Medoids:
    """Run BanditPAM."""
    from banditpam import KMedoids

    model = KMedoids(n_medoids=k, algorithm="BanditPAM")
    model.seed = seed
    model.fit(points.astype(np.float32), "L2")
    return model.medoids.astype(np.int64)


def snapped_means(points: Points, k: int, seed: int) -> Medoids:
    """Run mini-batch k-means of scikit-learn, and replace each mean by the point nearest to it."""
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.metrics import pairwise_distances_argmin

    means = MiniBatchKMeans(k, random_state=seed).fit(points).cluster_centers_
    return pairwise_distances_argmin(means, points)


SOLVERS = {
    "default": Solver("dapipeline, default", default, most=10_000_000, warm=6_000),
    "exact": Solver("dapipeline, exact", exact, most=145_000, warm=6_000),
    "fasterpam": Solver("FasterPAM, kmedoids", fasterpam, most=20_000),
    "clara_on_fasterpam": Solver("CLARA 5 × 5,000 on kmedoids", clara_on_fasterpam, most=1_000_000, least=SAMPLE + 1),
    "onebatch": Solver("OneBatchPAM, onebatch", onebatch, most=1_000_000),
    "banditpam": Solver("BanditPAM, banditpam", banditpam, most=5_000),
    "clara": Solver("CLARA, scikit-learn-extra", clara, most=1_000_000),
    "snapped_means": Solver("mini-batch k-means, snapped", snapped_means, most=1_000_000),
}
