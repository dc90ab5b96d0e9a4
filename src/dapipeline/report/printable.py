"""What of a run may be printed: the gate is asked once, and every section takes its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.reference.codes import SEXES
from dapipeline.report.breakdown import Breakdown, Gated
from dapipeline.report.contents import Contents
from dapipeline.report.disclosure import gate
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.sums import Hidden, Sums, hide
from dapipeline.report.table import WITHHELD, Cell, Number
from dapipeline.report.words import MARK, number

SEVERITIES = ("da_severity_total", "non_da_severity_total")


@dataclass(frozen=True)
class Printable:
    """The answers of the gate about one run.

    Attributes
    ----------
    limit : int
    makeup : dict of str to Gated
        Characteristic to who is in each typology and unnamed cluster by it.
    means : Hidden
        Of whom no mean of a feature is printed.
    severity : dict of str to Hidden
        One of `SEVERITIES` to those of whom no mean or rank of it is printed.
    """

    limit: int
    makeup: dict[str, Gated]
    means: Hidden
    severity: dict[str, Hidden]

    def mean(self, cluster: int, feature: str, value: float) -> Cell:
        """Return what is printed of a mean over a cluster.

        Parameters
        ----------
        cluster : int
        feature : str
            Whose mean it is; severity is held to more.
        value : float

        Returns
        -------
        Cell
        """
        return WITHHELD if cluster in self.hidden(feature) else Number(value, number)

    def hidden(self, feature: str) -> frozenset[int]:
        """Return the clusters of which no mean of a feature is printed.

        Parameters
        ----------
        feature : str

        Returns
        -------
        frozenset of int
        """
        return self.of(feature).clusters

    def of(self, feature: str) -> Hidden:
        """Return of whom no mean of a feature is printed.

        Parameters
        ----------
        feature : str

        Returns
        -------
        Hidden
        """
        if "sever" not in feature:
            return self.means
        return self.severity.get(SEVERITIES["non_da" in feature], self.means)

    @property
    def note_on_means(self) -> str:
        """What is withheld of the clusters' means, in a sentence; empty where nothing is."""
        if not any(hidden.clusters for hidden in (self.means, *self.severity.values())):
            return ""
        return (
            f"{MARK} stands for a mean over fewer than {self.limit} people, for a severity mostly of one or two, or "
            "for a mean from which one of these could be worked out."
        )


def printable(contents: Contents, typologies: Sequence[ReportedTypology]) -> Printable:
    """Ask the gate what may be printed.

    Parameters
    ----------
    contents : Contents
    typologies : sequence of ReportedTypology

    Returns
    -------
    Printable
    """
    limit = contents.config.report.limit
    groups = {typology.title: typology.numbers for typology in typologies}
    clusters = contents.people["cluster"]
    means = hide(Sums.of(clusters), groups, limit)
    severity = {
        name: hide(Sums.of(clusters, contents.people[name]), groups, limit)
        for name in SEVERITIES
        if name in contents.people
    }
    audit = contents.equality_audit
    makeup = {
        str(characteristic): gate(counted(rows, "value", "offenders", typologies, columns=_headings(rows)), limit)
        for characteristic, rows in audit.groupby("characteristic", sort=True)
    }
    return Printable(limit, makeup, means, severity)


def _headings(rows: pd.DataFrame) -> dict[str, str]:
    """Return the values of a characteristic in words: sexes have codes, and an ethnicity called M is no man."""
    words = SEXES if rows["characteristic"].iloc[0] == "offender_sex" else {}
    return {str(value): words.get(str(value), str(value)) for value in sorted(rows["value"].unique())}


def counted(
    table: pd.DataFrame,
    by: str,
    counts_in: str,
    typologies: Sequence[ReportedTypology],
    *,
    columns: Mapping[str, str] | None = None,
) -> Breakdown:
    """Count by typology, out of a tidy table by cluster in which everybody has one value.

    Parameters
    ----------
    table : pandas.DataFrame
        cluster, the column `by` of values, and the column `counts_in` of counts.
    by, counts_in : str
    typologies : sequence of ReportedTypology
        One row each.
    columns : mapping of str to str, optional
        Value to heading, in order; the values themselves by default.

    Returns
    -------
    Breakdown
    """
    owner = {cluster: typology.title for typology in typologies for cluster in typology.numbers}
    headings = columns or {str(value): str(value) for value in sorted(table[by].unique())}
    counts = (
        table.assign(row=table["cluster"].map(owner)).groupby(["row", by])[counts_in].sum().unstack(fill_value=0)
        .reindex(index=[typology.title for typology in typologies], columns=list(headings), fill_value=0)
    )  # fmt: skip
    whole = counts.to_numpy(dtype=np.int64)
    return Breakdown(
        rows=tuple(typology.title for typology in typologies),
        people=np.array([typology.people for typology in typologies], dtype=np.int64),
        columns=tuple(headings.values()),
        counts=whole,
        of=np.repeat(whole.sum(axis=1, keepdims=True), whole.shape[1], axis=1),
    )
