"""Forces of known effects, drawn from one made-up force of the study's size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy import sparse

from dapipeline.analysis.harm.offence_types import OffenceTypes, offence_types
from dapipeline.analysis.harm.regression import Outcome
from studies.calibration.forces import Force

SIZE = 30_000
PLANTED_SHARE = 0.1  # of the types have an effect
PLANTED = 500.0  # points
PER_INCIDENT = 100.0  # points a non-DA incident, where volume has an effect


@dataclass(frozen=True)
class Population:
    """The made-up force of 145,392 that forces are drawn from.

    Attributes
    ----------
    types : OffenceTypes
        Of everybody.
    harm, incidents, years : ndarray of shape (n_people,)
        Total DA severity, number of non-DA incidents, years from the first incident to the end.
    """

    types: OffenceTypes
    harm: np.ndarray
    incidents: np.ndarray
    years: np.ndarray

    def drawn(self, who: np.ndarray) -> OffenceTypes:
        """Return the types of some of its people, drawn with replacement.

        Parameters
        ----------
        who : ndarray of int

        Returns
        -------
        OffenceTypes
        """
        held = sparse.csr_array(self.types.held[who])
        offenders = np.asarray(held.sum(axis=0)).ravel().astype(int)
        order = np.argsort(-offenders, kind="stable")
        table = self.types.table.assign(offenders=offenders).iloc[order].reset_index(drop=True)
        held = sparse.csr_array(held[:, order])
        held.sort_indices()
        return OffenceTypes(table, held).only(table["offenders"].to_numpy() > 0)


@cache
def population() -> Population:
    """Make the force, or read what was made of it before.

    Returns
    -------
    Population
    """
    out = Force().describe()
    features = pd.read_parquet(out / "tables/features.parquet").set_index("offender_id").sort_index()
    offences = pd.read_parquet(out / "work/offences.parquet")
    incidents = pd.read_parquet(out / "work/incidents.parquet")
    other = offences[offences["is_crime"] & ~offences["is_da"] & ~offences["below_age"]]
    history = other[["offender_id", "offence_code", "offence", "family"]].drop_duplicates().assign(study_family=None)
    first = incidents.groupby("offender_id")["occurred_from"].min().reindex(features.index)
    years = (incidents["known_at"].max() - first).dt.total_seconds() / 86_400 / 365.25
    return Population(
        offence_types(history, features.index),
        features["da_severity_total"].to_numpy(),
        features["non_da_incidents"].to_numpy(),
        years.clip(lower=0).to_numpy(),
    )


def planted(seed: int = 1) -> np.ndarray:
    """Choose the types of the population that have an effect.

    Parameters
    ----------
    seed : int

    Returns
    -------
    ndarray of float
        The effect of each type, in points.
    """
    n = len(population().types.table)
    return np.where(np.random.default_rng(seed).random(n) < PLANTED_SHARE, PLANTED, 0.0)


def force_with_effects(seed: int) -> tuple[OffenceTypes, Outcome, pd.DataFrame]:
    """Draw a force whose harm is anybody's total and the effects of one's types.

    Parameters
    ----------
    seed : int

    Returns
    -------
    types : OffenceTypes
    outcome : Outcome
    truth : pandas.DataFrame
        offence_code, the effect of each type by itself (joint), and the difference of means that it makes (univariate).
    """
    people, random = population(), np.random.default_rng([seed, 1])
    who = random.integers(0, len(people.harm), SIZE)
    effects, held = planted(), people.types.held
    harm = people.harm[random.integers(0, len(people.harm), SIZE)] + held[who] @ effects
    total = held @ effects
    has = people.types.table["offenders"].to_numpy()
    with_it = held.T @ total
    apart = with_it / has - (total.sum() - with_it) / (len(total) - has)
    truth = pd.DataFrame({"offence_code": people.types.table["offence_code"], "joint": effects, "univariate": apart})
    return people.drawn(who), Outcome(harm, people.incidents[who], people.years[who], None), truth


def force_by_volume(seed: int, kind: str) -> tuple[OffenceTypes, Outcome]:
    """Draw a force whose harm depends on the number of non-DA incidents and on no type.

    Parameters
    ----------
    seed : int
    kind : {"line", "as recorded"}
        Harm is anybody's total and `PER_INCIDENT` points an incident; or it is the total of somebody with as many
        non-DA incidents, which rises as it does in the made-up force.

    Returns
    -------
    types : OffenceTypes
    outcome : Outcome
    """
    people, random = population(), np.random.default_rng([seed, 2])
    who = random.integers(0, len(people.harm), SIZE)
    volume = people.incidents[who]
    if kind == "line":
        harm = people.harm[random.integers(0, len(people.harm), SIZE)] + PER_INCIDENT * volume
    else:
        order = np.argsort(people.incidents, kind="stable")
        sorted_volume = people.incidents[order]
        low, high = (np.searchsorted(sorted_volume, volume, side=side) for side in ("left", "right"))
        harm = people.harm[order[low + (random.random(SIZE) * (high - low)).astype(int)]]
    return people.drawn(who), Outcome(harm, volume, people.years[who], None)
