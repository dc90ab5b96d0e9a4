"""Made-up points with names, for the estimator and what it is shown by."""

import numpy as np

SCIPY = {"euclidean": "euclidean", "manhattan": "cityblock", "sqeuclidean": "sqeuclidean"}  # its words for our metrics


def mixture(n, d=4, groups=8, seed=0):
    rng = np.random.default_rng(seed)
    centres = rng.normal(scale=3.0, size=(groups, d))
    return centres[rng.integers(groups, size=n)] + rng.normal(size=(n, d))


def cohort(n, seed=0):
    """Logged counts of which most rows repeat others, as one-incident offenders do."""
    rng = np.random.default_rng(seed)
    return np.log1p(rng.poisson(rng.gamma(0.25, 4.0, size=(n, 1)) * rng.gamma(0.5, 2.0, size=(n, 4))))


def names(n):
    return np.array([f"N{i:05d}" for i in np.random.default_rng(n).permutation(n)])
