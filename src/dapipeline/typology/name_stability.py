"""How stable names are: who keeps the name of their typology when everything is fitted and named afresh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dapipeline.typology.averages import asked_features, member_averages
from dapipeline.typology.definitions import Definitions
from dapipeline.typology.naming import UNNAMED, ask_all, name_clusters, score_typologies


def name_stability(
    vectors: pd.DataFrame, names: Sequence[str], fits: np.ndarray, definitions: Definitions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Name the clusters of other fits, and see who has the same name there.

    Every fit is named as a run of its own would be: its clusters' averages over its own people, against a cohort of
    these people. A name may stay where clusters split and merge, and may get lost where they do not.

    Parameters
    ----------
    vectors : pandas.DataFrame
        The features in natural units, one row an offender.
    names : sequence of str
        What criteria name each offender's cluster in the run; an analyst's own name is left out of account.
    fits : ndarray of int, shape (n_offenders, n_fits)
        The cluster of each offender in each other fit, from 1; 0 for those who are not in it.
    definitions : Definitions

    Returns
    -------
    stability : pandas.DataFrame
        A row a typology, and one for unnamed: typology; people, in the run; fits, how many hold any of them; named_in,
        in how many fits any cluster has the name; kept, the share of its people who have the name in a fit, as the
        mean over the fits that hold any; lowest of them; new entrants, the share of those with the name in a fit who do
        not have it in the run, as the mean over the fits with any.
    changes : pandas.DataFrame
        typology, became, share: what its people are named in the fits, as the mean share; the rows of a typology that
        has people in any fit add up to 1, its own included, and pairs that never occur are left out.
    """
    every = [*definitions.typologies, UNNAMED]
    before = pd.Categorical(names, categories=every).codes.astype(np.int64)
    known = before >= 0
    afresh = _names_afresh(vectors, fits, definitions, every)
    moves = np.empty((fits.shape[1], len(every), len(every)))
    for number in range(fits.shape[1]):
        present = known & (afresh[:, number] >= 0)
        pairs = before[present] * len(every) + afresh[present, number]
        moves[number] = np.bincount(pairs, minlength=len(every) ** 2).reshape(len(every), len(every))
    held, named = moves.sum(axis=2), moves.sum(axis=1)
    same = np.einsum("ftt->ft", moves)
    with np.errstate(invalid="ignore"):
        kept, old = same / held, same / named
    times, times_named = (held > 0).sum(axis=0), (named > 0).sum(axis=0)
    name_stability = pd.DataFrame(
        {
            "typology": every,
            "people": np.bincount(before[known], minlength=len(every)),
            "fits": times,
            "named_in": times_named,
            "kept": _mean(kept, times),
            "lowest": np.where(times > 0, np.fmin.reduce(kept, axis=0), np.nan),
            "new_entrants": 1 - _mean(old, times_named),
        }
    )
    return name_stability, _changes(moves, held, every)


def _names_afresh(vectors: pd.DataFrame, fits: np.ndarray, definitions: Definitions, every: list[str]) -> np.ndarray:
    """Name every offender in every fit: positions in `every`, -1 for those who are not in it."""
    asked_for = dict.fromkeys(feature for _, feature in asked_features(definitions))
    values = {name: vectors[name].to_numpy(dtype=np.float64) for name in asked_for if name in vectors}
    width = int(fits.max()) + 1
    asked = []
    for number, clusters in enumerate(fits.T):
        present = clusters > 0
        averages = member_averages({n: v[present] for n, v in values.items()}, clusters[present], definitions)
        asked.append(ask_all(averages, definitions).assign(cluster=lambda t, at=number: t["cluster"] + at * width))
    scores = score_typologies(pd.concat(asked, ignore_index=True), definitions)
    found = name_clusters(scores, {}, definitions.margin)["typology"]
    codes = np.full(fits.shape[1] * width, -1)
    codes[found.index] = pd.Categorical(found, categories=every).codes
    return codes[fits + np.arange(fits.shape[1]) * width]


def _mean(shares: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Average over the fits in which there is a share; missing where there is none."""
    with np.errstate(invalid="ignore"):
        return np.nansum(shares, axis=0) / times


def _changes(moves: np.ndarray, held: np.ndarray, every: list[str]) -> pd.DataFrame:
    with np.errstate(invalid="ignore"):
        shares = np.nansum(moves / held[:, :, None], axis=0) / (held > 0).sum(axis=0)[:, None]
    first, second = np.nonzero(np.nan_to_num(shares))
    names = np.array(every, dtype=object)
    return pd.DataFrame({"typology": names[first], "became": names[second], "share": shares[first, second]})
