"""How stable names are: how many people keep the name of their typology when clusters are fitted and named again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dapipeline.typology.averages import asked_values
from dapipeline.typology.definitions import Definitions
from dapipeline.typology.evidence import gather_evidence
from dapipeline.typology.naming import UNNAMED, name_clusters, score_table


def name_stability(
    vectors: pd.DataFrame, names: Sequence[str], fits: np.ndarray, definitions: Definitions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Name the clusters of other fits, and compare each person's name there with that in the run.

    Every fit is named as a run of its own would be: by its own members and the averages of its clusters, compared with
    the cohort of its own people. A name may be kept although clusters split and merge, and lost although they stay the
    same.

    Parameters
    ----------
    vectors : pandas.DataFrame
        The features in natural units, one row per offender.
    names : sequence of str
        The name of each offender's cluster in the run, by criteria; missing where an analyst named it, and such people
        are not counted.
    fits : ndarray of int, shape (n_offenders, n_fits)
        The cluster of each offender in each other fit, from 1; 0 where the offender is not in that fit.
    definitions : Definitions

    Returns
    -------
    stability : pandas.DataFrame
        One row per typology, and one for unnamed: typology; people (of it in the run); fits (in which any of these
        people are); named_in (fits in which a cluster has the name); kept (share of its people who have the name in a
        fit, mean over those fits); lowest (the lowest of these shares); new_entrants (share of the people with the name
        in a fit who do not have it in the run, mean over the fits in which anyone has it).
    changes : pandas.DataFrame
        One row per pair that occurs: typology (in the run), became (in a fit), share (of the typology's people, mean
        over fits). The shares of a typology add up to 1.
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
    """Name every offender in every fit: positions in `every`; -1 where the offender is not in the fit."""
    values = asked_values(vectors, definitions)
    codes = np.full(fits.shape, -1)
    for number, clusters in enumerate(fits.T):
        present = clusters > 0
        evidence = gather_evidence({n: v[present] for n, v in values.items()}, clusters[present], definitions)
        names = name_clusters(score_table(evidence, definitions), {}, definitions.margin)["typology"]
        found = np.full(int(clusters.max()) + 1, -1)
        found[names.index] = pd.Categorical(names, categories=every).codes
        codes[:, number] = found[clusters]
    return codes


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
