"""What is clustered: mixtures drawn from a seed, and the project's own features of made-up forces."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from numpy.typing import NDArray

from dapipeline.clustering.clusters import place_offenders
from dapipeline.config import Clustering
from dapipeline.offenders.catalogue import BY_NAME

CACHE = Path(__file__).parent / "cache"
COMPONENTS = 50  # of a mixture, more than the 29 clusters looked for: no solver can simply name them
FREEDOM = 3  # degrees of freedom of the heavy tails: their variance exists, their fourth moment does not
BLOCK = 1_000_000  # rows drawn at a time
COMMAND = "from dapipeline.cli import main; main()"


@dataclass(frozen=True)
class Dataset:
    """One matrix that solvers are measured on.

    Attributes
    ----------
    family : {"gaussian", "heavy", "features"}
        Gaussian mixture, mixture of multivariate t, or component scores of a made-up force.
    n : int
        Rows.
    d : int or None
        Columns; None for features, where 90% of the variance decides.
    """

    family: str
    n: int
    d: int | None = None

    @property
    def name(self) -> str:
        """How it is called in the results."""
        return self.family if self.d is None else f"{self.family}-{self.d}"

    @property
    def path(self) -> Path:
        """Where the matrix lies once it is made."""
        return CACHE / f"{self.name}-{self.n}.npy"

    def make(self) -> None:
        """Draw or compute the matrix, unless it is there."""
        if self.path.exists():
            return
        CACHE.mkdir(exist_ok=True)
        points = features(self.n) if self.d is None else mixture(self.n, self.d, heavy=self.family == "heavy")
        np.save(self.path, points)


def mixture(n: int, d: int, *, heavy: bool) -> NDArray[np.float64]:
    """Draw a mixture of overlapping, stretched components of unequal weight.

    Parameters
    ----------
    n, d : int
        Rows and columns.
    heavy : bool
        Multivariate t with 3 degrees of freedom instead of Gaussian.

    Returns
    -------
    ndarray of shape (n, d)
    """
    rng = np.random.default_rng([n, d, heavy])
    shares = rng.dirichlet(np.ones(COMPONENTS))
    centres = rng.normal(scale=1.5, size=(COMPONENTS, d))
    stretch = rng.lognormal(sigma=0.5, size=(COMPONENTS, d))
    points = np.empty((n, d))
    for start in range(0, n, BLOCK):
        block = points[start : start + BLOCK]
        rng.standard_normal(out=block)
        if heavy:
            block /= np.sqrt(rng.chisquare(FREEDOM, size=(len(block), 1)) / FREEDOM)
        component = rng.choice(COMPONENTS, size=len(block), p=shares)
        block *= stretch[component]
        block += centres[component]
    return points


def features(offenders: int) -> NDArray[np.float64]:
    """Make up a force, run the pipeline on it and return what its clustering stage clusters.

    Parameters
    ----------
    offenders : int

    Returns
    -------
    ndarray of shape (offenders, n_components)
        Scores that keep 90% of the variance of the scaled features.
    """
    folder = CACHE / f"force-{offenders}"
    _dapipeline("synth", "--offenders", str(offenders), "--seed", "2022", "--format", "parquet", "--out", folder)
    config = folder / "config.yaml"
    window = {"from": "2011-01-01", "to": "2020-12-31"}
    settings = {"name": "Made-up force", "extract": {"path": "incidents.parquet"}, "window": window}
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    _dapipeline("run", config, "--out", folder / "run")
    vectors = pd.read_parquet(folder / "run" / "work" / "vectors.parquet")
    kinds = {name: BY_NAME[name].kind for name in vectors.columns if name != "offender_id"}
    return place_offenders(vectors, kinds, Clustering(variance=0.9), "log1p").scores


def _dapipeline(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-c", COMMAND, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
