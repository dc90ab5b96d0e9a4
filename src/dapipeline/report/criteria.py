"""The criteria of a typology, in words, with what each of its clusters has."""

from __future__ import annotations

import pandas as pd

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.contents import Contents
from dapipeline.report.kinds import Kind, title_of
from dapipeline.report.labels import label
from dapipeline.report.table import Table, table
from dapipeline.report.words import amount, exact, number, share
from dapipeline.typology.definitions import Criterion


def criteria_table(criteria: pd.DataFrame | None, kind: Kind) -> Table | None:
    """Lay out the criteria of a typology: a row each, a column for each of its clusters.

    Parameters
    ----------
    criteria : pandas.DataFrame or None
        tables/criteria.csv.
    kind : Kind

    Returns
    -------
    Table or None
        None where there are no criteria to show.
    """
    if criteria is None or kind.definition is None:
        return None
    asked = criteria[(criteria["typology"] == kind.key) & criteria["cluster"].isin(kind.numbers)]
    rows = []
    for criterion in kind.definition.criteria:
        cells = asked[asked["criterion"] == criterion.in_words()].set_index("cluster").reindex(kind.numbers)
        marks = [
            f"{'✓' if met is True else '✗'} {_amount(value, criterion)}"
            for met, value in cells[["met", "value"]].itertuples(index=False)
        ]
        published = float("nan") if criterion.published is None else criterion.published
        needed = "required" if criterion.required else "counts"
        rows.append(
            [
                condition(criterion),
                needed,
                _threshold(cells["threshold"], criterion),
                _amount(published, criterion),
                *marks,
            ]
        )
    columns = ["Criterion", "Weight", "Threshold", "Study", *(f"Cluster {n}" for n in kind.numbers)]
    caption = (
        f"Criteria of {kind.title}: ✓ met, ✗ missed, with the cluster's figure and the study's where it prints one"
    )
    return table(caption, columns, rows, range(2, len(columns)))


def condition(criterion: Criterion) -> str:
    """Say a criterion as a reader would: DA incidents, mean: at least 3 times Non-DA incidents."""
    value = getattr(criterion, criterion.comparison)
    other, value = (label(value[0]), value[1]) if isinstance(value, tuple) else ("", value)
    words = {
        "at_least": f"at least {_amount(value, criterion)}",
        "below": f"below {_amount(value, criterion)}",
        "cohort_quantile": f"at least what {exact(value)} of the cohort stay below",
        "times_cohort": f"at least {number(value)} × the cohort's mean",
        "below_times_cohort": f"below {number(value)} × the cohort's mean",
        "times_feature": f"at least {number(value)} × {other}",
        "published": f"past halfway from the cohort's mean to {_amount(value, criterion)}",
    }
    return f"{label(criterion.feature)}, {criterion.statistic}: {words[criterion.comparison]}"


def _amount(value: float, criterion: Criterion) -> str:
    feature = BY_NAME[criterion.feature]
    return amount(value, feature.kind, feature.unit)


def _threshold(thresholds: pd.Series, criterion: Criterion) -> str:
    """Write what the clusters had to reach; it differs by cluster where it is relative to another feature."""
    known = thresholds.dropna()
    words = list(dict.fromkeys(_amount(value, criterion) for value in (known.min(), known.max())))
    return " to ".join(words)


def nearest(contents: Contents, kind: Kind) -> str:
    """Say which typology an unnamed cluster comes closest to, and why it is not that."""
    if contents.scores is None or contents.definitions is None or kind.named:
        return ""
    scores = contents.scores
    best = scores[scores["cluster"] == kind.numbers[0]].iloc[0]
    enough = f"a name needs {exact(contents.definitions.enough)}"
    why = enough if best["required_met"] else "a required criterion is missed"
    return f"{title_of(str(best['typology']), contents)} (score {share(best['score'])}; {why})"
