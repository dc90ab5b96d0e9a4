"""Offenders who are victims too: some victims of DA are themselves offenders of the cohort."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import WINDOW, YEAR
from dapipeline.synthetic.offences import KIND
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.victims import DOMESTIC, PARTNER

_HEAVY = 5  # mean victimisations from which an archetype counts as heavily victimised
_DISPERSION = 3  # assumed: size parameter of the negative binomial of victimisations


def link_victims(
    pairs: pd.DataFrame, ties: pd.DataFrame, people: pd.DataFrame, incidents: pd.DataFrame,
    cohort: pd.DataFrame, *, preset: Preset, rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Make offenders of the cohort the victims in some intimate ties; some couples harm each other.

    Parameters
    ----------
    pairs, ties, people, incidents, cohort : DataFrame
        From `victims`, `careers` and `cohort`.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    person : ndarray of int, shape (n_ties,)
        The victim of each tie: a row of the cohort, or len(cohort) + tie for somebody else.
    ends : ndarray of int, shape (n_ties,)
        Minute in which each relationship ended; the same for the two ties of a couple who harm each other.
    """
    free = free_ties(pairs, ties, people, incidents, cohort)
    mean = preset.rate("da_victimisations")[cohort["archetype"].to_numpy()]
    of_heavy = mean[free["offender"]] >= _HEAVY
    own, free = free[of_heavy], free[~of_heavy]
    person = len(cohort) + np.arange(len(ties))
    mean[cohort["archetype"] == preset.background] = 0
    target = rng.negative_binomial(_DISPERSION, _DISPERSION / (_DISPERSION + mean))
    for heavy in (True, False):
        for woman in (True, False):
            wanted = np.flatnonzero((cohort["woman"] == woman) & ((mean >= _HEAVY) == heavy) & (target > 0))
            unlinked = person[free.index] >= len(cohort)
            offered = free[(free["woman"] == woman) & ((free["incidents"] == 1) | heavy) & unlinked]
            tie, found = _match(wanted, target[wanted], offered, cohort, rng)
            person[tie] = found
    return _mutual(person, ties, own, free, cohort)


def count_incidents(pairs: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Count the incidents of each tie, and those that rule out an offender of the cohort as its victim.

    Parameters
    ----------
    pairs, incidents : DataFrame
        From `victims` and `careers`.

    Returns
    -------
    DataFrame
        One row per tie: incidents, unfit (number before the window or fatal).
    """
    at = incidents[["when", "kind"]].iloc[pairs["incident"]].reset_index(drop=True)
    unfit = (at["when"] < WINDOW[0]) | (at["kind"] == KIND["homicide"])
    return pd.DataFrame({"incidents": 1, "unfit": unfit}).groupby(pairs["tie"].to_numpy()).sum()


def free_ties(
    pairs: pd.DataFrame, ties: pd.DataFrame, people: pd.DataFrame, incidents: pd.DataFrame, cohort: pd.DataFrame
) -> pd.DataFrame:
    """Find the intimate ties between a man and a woman with all incidents in the window and no homicide.

    Parameters
    ----------
    pairs, ties, people, incidents, cohort : DataFrame
        From `victims`, `careers` and `cohort`.

    Returns
    -------
    DataFrame
        One row per tie found, with its index in `ties`: also woman (of the victim), born (of the offender), incidents
        and unfit.
    """
    table = count_incidents(pairs, incidents)
    free = ties.assign(woman=people["woman"], incidents=table["incidents"], unfit=table["unfit"])
    owner = cohort.iloc[ties["offender"]].reset_index(drop=True)
    free["born"] = owner["born"]
    fits = (free["purpose"] == DOMESTIC) & (free["relation"] == PARTNER) & (free["unfit"] == 0)
    return free[fits & (owner["woman"] != free["woman"])]


def _match(
    wanted: np.ndarray,
    target: np.ndarray,
    offered: pd.DataFrame,
    cohort: pd.DataFrame,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Match ties to wanted victims, so that each is harmed about as often as drawn, by an offender near in age."""
    offered = offered.iloc[rng.permutation(len(offered))]
    reached = offered["incidents"].cumsum().to_numpy()
    offered = offered[reached - offered["incidents"] < target.sum()]
    if not len(wanted) or not len(offered):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    # Without the jitter all ties of one offender would lead to the same person.
    jitter = rng.normal(0, 3 * YEAR, len(offered))
    offered = offered.iloc[np.argsort(offered["born"].to_numpy() + jitter, kind="stable")]
    order = np.argsort(cohort["born"].to_numpy()[wanted], kind="stable")
    wanted, target = wanted[order], target[order]
    number = offered["incidents"].to_numpy()
    middle = (np.cumsum(number) - number / 2) / number.sum() * target.sum()
    found = wanted[np.minimum(np.searchsorted(np.cumsum(target), middle, side="right"), len(wanted) - 1)]
    link = pd.DataFrame({"tie": offered.index, "offender": offered["offender"].to_numpy(), "person": found})
    link = link[cohort["born"].to_numpy()[found] + 16.1 * YEAR <= offered["began"].to_numpy()]
    known = link["offender"] != len(cohort) - 1  # the row of unidentified suspects stands for many people
    link = link[~(known & link.duplicated(["offender", "person"]))]
    return link["tie"].to_numpy(), link["person"].to_numpy()


def _mutual(
    person: np.ndarray, ties: pd.DataFrame, own: pd.DataFrame, free: pd.DataFrame, cohort: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Make the person who harmed a heavily victimised offender most the victim of their first intimate tie."""
    ends = ties["ends"].to_numpy().copy()
    harm = free.assign(person=person[free.index], tie=free.index)
    harm = harm[(harm["person"] < len(cohort)) & (harm["offender"] != len(cohort) - 1)]
    harm = harm.sort_values(["person", "incidents"], ascending=[True, False], kind="stable")
    worst = harm.drop_duplicates("person").set_index("person")
    own = own.drop_duplicates("offender")
    own = own[own["offender"].isin(worst.index)]
    back = worst.loc[own["offender"]]
    old_enough = cohort["born"].to_numpy()[back["offender"]] + 16.1 * YEAR <= own["began"].to_numpy()
    own, back = own[old_enough], back[old_enough]
    person[own.index] = back["offender"].to_numpy()
    ends[own.index] = ends[back["tie"]]
    return person, ends
