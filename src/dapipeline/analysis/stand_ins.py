"""Which clustered features stand in for a characteristic that is not clustered itself."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.clustering.sampling import draw_people
from dapipeline.clustering.threads import matrices_in_one_thread

TOGETHER = "all together"
ETA, AUC = "eta squared of ranks", "cross-validated AUC"
OWN = {  # features that say a characteristic itself
    "age_band": ("age_first_incident", "age_first_da", "age_last_da"),
    "deprivation": ("imd_decile_mean",),
}
FOLDS = 5
FEWEST = 20  # people with a value: with fewer, a fold has too few to be told apart
MOST = 20_000  # people a characteristic is told from; more change no figure that is printed
DIGITS = 4
COLUMNS = ("characteristic", "feature", "measure", "strength", "people", "values", "own")


def stand_ins(vectors: pd.DataFrame, people: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Measure how far clustered features tell characteristics.

    Parameters
    ----------
    vectors : pandas.DataFrame
        offender_id and the clustered features, one row per offender.
    people : pandas.DataFrame
        From `equality.characteristics_of`.
    seed : int
        Of the folds, and of whom is drawn where there are more than `MOST` people.

    Returns
    -------
    pandas.DataFrame
        One row per characteristic and clustered feature, the strongest first, and before them one of all features
        together: characteristic, feature (or `TOGETHER`), measure, strength, people (with a value that at least
        `FEWEST` have), values (how many such values), own (whether the feature says the characteristic itself). The
        strength of a feature is eta squared of its ranks (the part of their variance that lies between the values: H
        of Kruskal and Wallis by n - 1), from 0 to 1; of all others together, the area under the curve (AUC) of a
        logistic regression that had not seen the people it is asked about, averaged over the values, from 0.5
        (nothing is told) to 1. Characteristics with fewer than two such values are left out.
    """
    joined = vectors.merge(people, on="offender_id").sort_values("offender_id", ignore_index=True)
    features = [name for name in vectors.columns if name != "offender_id"]
    lines = []
    for characteristic in [name for name in people.columns if name != "offender_id"]:
        numbers = joined[characteristic].value_counts()
        enough = numbers.index[numbers >= FEWEST]
        known = joined[joined[characteristic].isin(enough)].reset_index(drop=True)
        if len(enough) < 2:
            continue
        own = OWN.get(characteristic, ())
        told = (len(known), len(enough))
        others = [name for name in features if name not in own]
        together = _auc(known, others, characteristic, seed)
        lines.append((characteristic, TOGETHER, AUC, together, *told, False))
        strengths = [(name, eta_squared(known[name], known[characteristic])) for name in features]
        strengths.sort(key=lambda pair: (-pair[1], pair[0]))
        lines += [(characteristic, name, ETA, strength, *told, name in own) for name, strength in strengths]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def eta_squared(values: pd.Series, groups: pd.Series) -> float:
    """Compute the part of the variance of ranks that lies between groups.

    Parameters
    ----------
    values : pandas.Series of float
    groups : pandas.Series of str
        The group of each value.

    Returns
    -------
    float
        From 0 to 1; 0 where all values are the same. H of Kruskal and Wallis, ties allowed for, by n - 1.
    """
    doubled = (2 * values.rank()).astype(np.int64)  # ranks of ties end in a half: whole numbers add up exactly
    about = doubled - (len(values) + 1)
    whole = int((about**2).sum())
    if whole == 0:
        return 0.0
    by = about.groupby(groups)
    between = float((by.sum().astype(float) ** 2 / by.size()).sum())
    return round(between / whole, DIGITS)


def _auc(known: pd.DataFrame, features: list[str], characteristic: str, seed: int) -> float:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  takes a second, and few stages need it
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    if not features:
        return 0.5
    if len(known) > MOST:
        known = known.iloc[draw_people(known["offender_id"].to_numpy(), MOST, seed)]
    ranks = known[features].rank().to_numpy()  # as eta squared: no feature's scale or long tail decides
    kinds, classes = pd.factorize(known[characteristic])  # by the order of ids, whatever the values are called
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    with matrices_in_one_thread():
        told = cross_val_predict(model, ranks, kinds, cv=folds, method="predict_proba")
    each = [roc_auc_score(kinds == kind, told[:, kind]) for kind in range(len(classes))]
    return round(float(np.mean(each)), DIGITS)
