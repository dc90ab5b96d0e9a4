"""The evidence for names: how well typologies fit the averages of clusters, and how many members' own records do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dapipeline.typology.averages import Averages, member_averages, own_values
from dapipeline.typology.criteria import ask
from dapipeline.typology.definitions import Definitions

DIGITS = 9  # decimals of a score: scores that differ only by rounding of the sum are equal
NONE = -1  # in place of a typology


@dataclass(frozen=True)
class Scores:
    """How well each typology fits each cluster, or each record; ndarrays of shape (n, n_typologies).

    Attributes
    ----------
    score : ndarray of float
        Mean fit of its criteria, by weight; from 0 to 1.
    required_met : ndarray of bool
        Whether every required criterion is met.
    """

    score: np.ndarray
    required_met: np.ndarray

    def fits(self, enough: float) -> np.ndarray:
        """Return where every required criterion is met, and the score is enough for a name.

        Parameters
        ----------
        enough : float
            `Definitions.enough`.

        Returns
        -------
        ndarray of bool, shape (n, n_typologies)
        """
        found: np.ndarray = self.required_met & (self.score >= enough)
        return found


@dataclass(frozen=True)
class Evidence:
    """What names of clusters rest on.

    Attributes
    ----------
    averages : Averages
        Of the clusters, and the cohort.
    scores : Scores
        Of these averages.
    members : ndarray of float, shape (n_clusters, n_typologies)
        Share of a cluster's members whose own record fits the typology best. Two typologies that the definitions
        compare with each other count as one: both have the share of either.
    own : ndarray of int, shape (n_offenders,)
        The typology, by its position, that each offender's own record fits best; `NONE` where none fits.
    """

    averages: Averages
    scores: Scores
    members: np.ndarray
    own: np.ndarray


def score_typologies(averages: Averages, definitions: Definitions) -> Scores:
    """Score every typology on every cluster's averages.

    Parameters
    ----------
    averages : Averages
        Of clusters, or of records that stand for themselves.
    definitions : Definitions

    Returns
    -------
    Scores
    """
    shape = (len(averages.clusters), len(definitions.typologies))
    score, required_met = np.zeros(shape), np.ones(shape, dtype=bool)
    for at, definition in enumerate(definitions.typologies.values()):
        for criterion in definition.criteria:
            answers = ask(criterion, averages)
            score[:, at] += criterion.weight * answers.fit
            if criterion.required:
                required_met[:, at] &= answers.met
        score[:, at] /= sum(criterion.weight for criterion in definition.criteria)
    return Scores(np.round(score, DIGITS), required_met)


def own_names(values: Mapping[str, np.ndarray], people: int, definitions: Definitions) -> np.ndarray:
    """Find the typology that each offender's own record fits best, by the criteria that clusters are asked.

    A mean or a median of one record is the value itself. The result is for counting: no table has it by person.

    Parameters
    ----------
    values : mapping of str to ndarray
        By feature: each offender's value in natural units, shape (n_offenders,); NaN where it is not known.
    people : int
        How many offenders there are.
    definitions : Definitions

    Returns
    -------
    ndarray of int, shape (n_offenders,)
        Position of the typology in the definitions, the earlier of two that fit alike; `NONE` where none fits.
    """
    scores = score_typologies(own_values(values, people, definitions), definitions)
    score = np.where(scores.fits(definitions.enough), scores.score, -1.0)
    return np.where(score.max(axis=1) >= 0, score.argmax(axis=1), NONE)


def gather_evidence(values: Mapping[str, np.ndarray], clusters: np.ndarray, definitions: Definitions) -> Evidence:
    """Ask the definitions of the clusters' averages, and of each member.

    Parameters
    ----------
    values : mapping of str to ndarray
        By feature: each offender's value in natural units, shape (n_offenders,); NaN where it is not known.
    clusters : ndarray of int, shape (n_offenders,)
        The cluster of each offender, from 1.
    definitions : Definitions

    Returns
    -------
    Evidence
    """
    averages = member_averages(values, clusters, definitions)
    own = own_names(values, len(clusters), definitions)
    named = own != NONE
    width = len(definitions.typologies)
    pairs = clusters[named] * width + own[named]
    counts = np.bincount(pairs, minlength=(int(clusters.max()) + 1) * width).reshape(-1, width)[averages.clusters]
    members = counts / np.bincount(clusters)[averages.clusters][:, None]
    for pair in definitions.compared:
        both = list(definitions.positions(pair))
        members[:, both] = members[:, both].sum(axis=1, keepdims=True)
    return Evidence(averages, score_typologies(averages, definitions), members, own)
