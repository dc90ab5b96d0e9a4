"""Offenders who are victims too: some of the people others harm are themselves in the cohort."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import WINDOW, YEAR
from dapipeline.synthetic.offences import KIND
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.victims import DOMESTIC, PARTNER

_HEAVY = 5  # mean victimisations from which an archetype is one of victims, and not only now and then harmed
_DISPERSION = 3  # assumed: size of the negative binomial of victimisations


def link_victims(
    pairs: pd.DataFrame, ties: pd.DataFrame, people: pd.DataFrame, incidents: pd.DataFrame,
    cohort: pd.DataFrame, *, preset: Preset, rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Let some intimate ties lead to offenders of the cohort, and some of those ties run both ways.

    Parameters
    ----------
    pairs, ties, people, incidents, cohort : DataFrame
        From `victims`, `careers` and `cohort`.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    person : ndarray of int
        The person at the end of each tie: a row of the cohort, or len(cohort) + tie for somebody else.
    ends : ndarray of int
        When each tie was over; a tie that runs both ways is over at the same time for both.
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


def survived(pairs: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Say of each tie how many incidents it has, and whether all are in the window and nobody died.

    Parameters
    ----------
    pairs, incidents : DataFrame
        From `victims` and `careers`.

    Returns
    -------
    DataFrame
        One row a tie: incidents, unfit (how many were before the window or fatal).
    """
    at = incidents[["when", "kind"]].iloc[pairs["incident"]].reset_index(drop=True)
    unfit = (at["when"] < WINDOW[0]) | (at["kind"] == KIND["homicide"])
    return pd.DataFrame({"incidents": 1, "unfit": unfit}).groupby(pairs["tie"].to_numpy()).sum()


def free_ties(
    pairs: pd.DataFrame, ties: pd.DataFrame, people: pd.DataFrame, incidents: pd.DataFrame, cohort: pd.DataFrame
) -> pd.DataFrame:
    """List the intimate ties between a man and a woman, within the window, that nobody died of.

    Parameters
    ----------
    pairs, ties, people, incidents, cohort : DataFrame
        From `victims`, `careers` and `cohort`.

    Returns
    -------
    DataFrame
        The ties, indexed as they are, with woman (the victim), born (the offender), incidents and unfit.
    """
    table = survived(pairs, incidents)
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
    """Share out ties so that each is the victim about as often as meant, of an offender near in age."""
    offered = offered.iloc[rng.permutation(len(offered))]
    reached = offered["incidents"].cumsum().to_numpy()
    offered = offered[reached - offered["incidents"] < target.sum()]
    if not len(wanted) or not len(offered):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    # The jitter keeps the ties of one offender from all leading to the same person.
    jitter = rng.normal(0, 3 * YEAR, len(offered))
    offered = offered.iloc[np.argsort(offered["born"].to_numpy() + jitter, kind="stable")]
    order = np.argsort(cohort["born"].to_numpy()[wanted], kind="stable")
    wanted, target = wanted[order], target[order]
    number = offered["incidents"].to_numpy()
    middle = (np.cumsum(number) - number / 2) / number.sum() * target.sum()
    found = wanted[np.minimum(np.searchsorted(np.cumsum(target), middle, side="right"), len(wanted) - 1)]
    link = pd.DataFrame({"tie": offered.index, "offender": offered["offender"].to_numpy(), "person": found})
    link = link[cohort["born"].to_numpy()[found] + 16.1 * YEAR <= offered["began"].to_numpy()]
    known = link["offender"] != len(cohort) - 1  # the unidentified are many, and may harm one person often
    link = link[~(known & link.duplicated(["offender", "person"]))]
    return link["tie"].to_numpy(), link["person"].to_numpy()


def _mutual(
    person: np.ndarray, ties: pd.DataFrame, own: pd.DataFrame, free: pd.DataFrame, cohort: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Turn the first intimate tie of each heavily victimised offender to the one who harmed them most."""
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
