"""The rule of names before members were asked, kept to be compared with: averages alone, printed shares two-sided."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.typology.averages import Averages, asked_values, member_averages
from dapipeline.typology.criteria import Answers, ask, midway
from dapipeline.typology.definitions import Criterion, Definitions, load_definitions
from dapipeline.typology.evidence import DIGITS
from dapipeline.typology.naming import UNNAMED

DEFINITIONS = Path(__file__).with_name("definitions_v1.yaml")


def name_people_before(labels: np.ndarray, features: pd.DataFrame) -> pd.Series:
    """Name clusters by the earlier rule and its definitions, and return the name of each offender's cluster.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        From 0.
    features : pandas.DataFrame
        Every feature in natural units, in the same order.
    """
    rules = load_definitions(DEFINITIONS)
    clusters = labels + 1
    averages = member_averages(asked_values(features, rules), clusters, rules)
    names = pd.Series(_best(averages, rules), index=averages.clusters)
    return pd.Series(clusters, index=features.index).map(names)


def _best(averages: Averages, rules: Definitions) -> list[str]:
    scores = np.full((len(averages.clusters), len(rules.typologies)), -1.0)
    for at, definition in enumerate(rules.typologies.values()):
        answers = [(criterion, _two_sided(criterion, averages)) for criterion in definition.criteria]
        whole = sum(criterion.weight for criterion in definition.criteria)
        score = np.round(sum(criterion.weight * answer.fit for criterion, answer in answers) / whole, DIGITS)
        required = np.all([answer.met for criterion, answer in answers if criterion.required], axis=0)
        scores[:, at] = np.where(required & (score >= rules.enough), score, -1)
    order = np.argsort(-scores, axis=1, kind="stable")
    first, second = (np.take_along_axis(scores, order[:, [place]], axis=1)[:, 0] for place in (0, 1))
    thin = (first < 0) | ((second >= 0) & (np.round(first - second, DIGITS) < rules.margin))
    keys = list(rules.typologies)
    return [UNNAMED if nothing else keys[best] for nothing, best in zip(thin, order[:, 0], strict=True)]


def _two_sided(criterion: Criterion, averages: Averages) -> Answers:
    """Evaluate a criterion; a printed share fits by the ratio whichever way, and is met on its side of the middle."""
    answers = ask(criterion, averages)
    published, known = criterion.published, criterion.feature in averages.of_clusters[criterion.statistic]
    if published is None or BY_NAME[criterion.feature].kind != "share" or not known:
        return answers
    value = answers.value
    low, high = np.fmin(value, published), np.fmax(value, published)
    fit = np.where(low > 0, low / high, 0.0)
    if criterion.comparison != "published":
        return Answers(value, answers.threshold, answers.met, fit)
    mean = float(averages.cohort[criterion.feature].mean())
    middle = midway(mean, published, "share")
    return Answers(value, answers.threshold, value < middle if mean > published else value >= middle, fit)
