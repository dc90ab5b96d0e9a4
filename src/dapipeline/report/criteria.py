"""The criteria of a typology, in words, with what each of its clusters has."""

from __future__ import annotations

import pandas as pd

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.contents import Contents
from dapipeline.report.disclosure import gate_part
from dapipeline.report.labels import label
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Answer, Cell, Table, Withheld, table
from dapipeline.report.words import amount, exact, number
from dapipeline.typology.definitions import Criterion, TypologyDefinition
from dapipeline.typology.naming import UNNAMED


def criteria_table(criteria: pd.DataFrame | None, typology: ReportedTypology, may: Printable) -> Table | None:
    """Lay out the criteria of a typology: a row each, a column for each of its clusters.

    Parameters
    ----------
    criteria : pandas.DataFrame or None
        tables/criteria.csv.
    typology : ReportedTypology
    may : Printable
        Means that it hides are withheld.

    Returns
    -------
    Table or None
        None where there are no criteria to show.
    """
    if criteria is None or typology.definition is None:
        return None
    caption = (
        f"Criteria of {typology.title}: ✓ met, ✗ missed, with the cluster's figure and the study's where it prints one"
    )
    return _asked(criteria, typology.key, typology.definition, typology.numbers, caption, may)


def every_cluster_table(contents: Contents, typology: str, may: Printable) -> Table:
    """Lay out the criteria of a typology with what every cluster of the run has.

    Parameters
    ----------
    contents : Contents
    typology : str
        Its key.
    may : Printable
        Means that it hides are withheld.

    Returns
    -------
    Table
        One row per criterion, a column for each cluster.
    """
    if contents.criteria is None or contents.definitions is None:
        raise ValueError("a run without definitions has asked nothing")
    definition = contents.definitions.typologies[typology]
    numbers = sorted(int(number) for number in contents.clusters["cluster"])
    return _asked(contents.criteria, typology, definition, numbers, f"{definition.title}, asked of every cluster", may)


def _is_withheld(cell: Cell) -> bool:
    return isinstance(cell.figure if isinstance(cell, Answer) else cell, Withheld)


def _asked(
    criteria: pd.DataFrame, typology: str, definition: TypologyDefinition, numbers: list[int], caption: str,
    may: Printable,
) -> Table:  # fmt: skip
    asked = criteria[criteria["typology"] == typology]
    rows: list[list[Cell]] = []
    for at, criterion in enumerate(definition.criteria, start=1):
        # By number: two criteria may have the same words.
        cells = asked[asked["number"] == at].set_index("cluster").reindex(numbers)
        hidden = may.hidden(criterion.feature)
        found = [
            Answer(met is True, WITHHELD if cluster in hidden else _amount(value, criterion))
            for cluster, met, value in cells[["met", "value"]].itertuples()
        ]
        published = float("nan") if criterion.published is None else criterion.published
        needed = "required" if criterion.required else "counts"
        rows.append(
            [
                condition(criterion),
                needed,
                _threshold(_open(cells["threshold"], criterion, may), criterion),
                _amount(published, criterion),
                *found,
            ]
        )
    columns = ["Criterion", "Weight", "Threshold", "Study", *(f"Cluster {n}" for n in numbers)]
    note = may.note_on_means if any(_is_withheld(cell) for row in rows for cell in row) else ""
    return table(caption, columns, rows, range(2, len(columns)), note)


def condition(criterion: Criterion) -> str:
    """Write a criterion as a reader would: DA incidents, mean: at least 3 × Non-DA incidents.

    Parameters
    ----------
    criterion : Criterion

    Returns
    -------
    str
    """
    value = getattr(criterion, criterion.comparison)
    other, value = (label(value[0]), value[1]) if isinstance(value, tuple) else ("", value)
    words = {
        "at_least": f"at least {_amount(value, criterion)}",
        "below": f"below {_amount(value, criterion)}",
        "cohort_quantile": f"at least what {exact(value)} of the cohort stay below",
        "below_cohort_quantile": f"less than what {exact(1 - value)} of the cohort reach",
        "times_cohort": f"at least {number(value)} × the cohort's mean",
        "below_times_cohort": f"below {number(value)} × the cohort's mean",
        "times_feature": f"at least {number(value)} × {other}",
        "published": f"nearer to {_amount(value, criterion)} than to the cohort's mean{criterion.or_above}",
    }
    return f"{label(criterion.feature)}, {criterion.statistic}: {words[criterion.comparison]}"


def _amount(value: float, criterion: Criterion) -> str:
    feature = BY_NAME[criterion.feature]
    return amount(value, feature.kind, feature.unit)


def _open(thresholds: pd.Series, criterion: Criterion, may: Printable) -> pd.Series:
    """Leave out the thresholds that are a multiple of a mean which is withheld."""
    if criterion.times_feature is None:
        return thresholds
    return thresholds[~thresholds.index.isin(may.hidden(criterion.times_feature[0]))]


def _threshold(thresholds: pd.Series, criterion: Criterion) -> Cell:
    """Write what the clusters had to reach; it differs by cluster where it is relative to another feature."""
    known = thresholds.dropna()
    if thresholds.empty:
        return WITHHELD
    words = list(dict.fromkeys(_amount(value, criterion) for value in (known.min(), known.max())))
    return " to ".join(words)


def members_told(contents: Contents) -> set[int]:
    """Return of which clusters it is told how many of their people fit by their own record.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    set of int
        Clusters in which enough people fit and enough do not; of a typology all of its clusters or none, and none where
        its row of own records is withheld: the one would tell the other.
    """
    clusters, limit = contents.clusters, contents.config.report.limit
    fit = (clusters["members"] * clusters["size"]).round().fillna(0)
    parts = [gate_part(number, of, limit) for number, of in zip(fit, clusters["size"], strict=True)]
    enough = pd.Series([part is not WITHHELD for part in parts], index=clusters.index)
    hidden = set(clusters.loc[~enough, "typology"]) - {UNNAMED}
    if contents.own_records is not None:
        counts = contents.own_records.set_index("typology")[["by_record", "both", "cluster_alone", "record_alone"]]
        hidden |= {str(key) for key, row in counts.iterrows() if not all_enough(row.tolist(), limit)}
    return set(clusters.loc[enough & ~clusters["typology"].isin(hidden), "cluster"])
