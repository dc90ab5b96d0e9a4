"""Random people with offence types: some common, some rare, some that cannot be told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from dapipeline.analysis.harm.offence_types import OffenceTypes
from dapipeline.analysis.harm.regression import Outcome


def types_of(held: np.ndarray, names: list[str] | None = None) -> OffenceTypes:
    names = names or [f"{at:05}" for at in range(held.shape[1])]
    table = pd.DataFrame(
        {"offence_code": names, "offence": [f"Offence {name}" for name in names], "family": "violence",
         "study_family": "violent", "offenders": held.sum(axis=0).astype(int)}
    )  # fmt: skip
    return OffenceTypes(table, sparse.csr_array(held.astype(float)))


def random_people(seed: int, people: int = 6_000, types: int = 30) -> tuple[np.ndarray, Outcome]:
    """Heavy-tailed harm, some of it from types, and types that the same people have."""
    random = np.random.default_rng(seed)
    busy = random.gamma(0.5, 2.0, people)
    shares = np.exp(random.uniform(np.log(0.006), np.log(1.2), types))
    held = random.random((people, types)) < 1 - np.exp(-busy[:, None] * shares)
    harm = random.lognormal(2, 2, people) * (random.random(people) < 0.6) + held @ random.normal(0, 50, types).clip(0)
    incidents = held.sum(axis=1) + random.poisson(0.3, people)
    return held.astype(float), Outcome(
        harm.round(2), incidents.astype(float), random.uniform(0.1, 10, people).round(3), 10.0
    )
