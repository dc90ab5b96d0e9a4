"""What a column of a table means: as declared here, or as the catalogues of features and of the extract declare it."""

from __future__ import annotations

import re

from dapipeline.extract.columns import BY_NAME as CANONICAL
from dapipeline.extract.columns import MARKER
from dapipeline.offenders.catalogue import BY_NAME as FEATURES
from dapipeline.report.dictionary import analysis, course, files, harm, quality, scrutiny, typology, work
from dapipeline.report.dictionary.column import SHARE, Column, Columns
from dapipeline.report.dictionary.shared import SHARED
from dapipeline.report.labels import label
from dapipeline.report.words import plain

TABLES: dict[str, Columns] = {
    name: columns
    for room in (quality, typology, analysis, harm, course, scrutiny, files, work)
    for name, columns in room.TABLES.items()
}
OF_FEATURES = (
    "features",
    "work/vectors",
    "work/harm_people",
    "work/person_facts",
)  # tables with a column for each feature
MEAN = "mean_"


def meaning_of(table: str, column: str) -> Column | None:
    """Return what a column means.

    Parameters
    ----------
    table : str
        Name of the table; with its folder where that is neither tables nor quality.
    column : str

    Returns
    -------
    Column or None
        None where nothing is declared of it.
    """
    own = TABLES.get(table, {})
    if column in own:
        return own[column]
    feature = column.removeprefix(MEAN) if table == "clusters" else column
    if feature in FEATURES and (table in OF_FEATURES or feature != column):
        return _of_feature(feature, mean=feature != column)
    if table.startswith("work/") and (column in CANONICAL or column.startswith(MARKER)):
        words = plain(column.removeprefix(MARKER))
        return Column(words[:1].upper() + words[1:], CANONICAL[column].meaning)
    return SHARED.get(column) or _numbered(column)


def _of_feature(feature: str, *, mean: bool) -> Column:
    declared = FEATURES[feature]
    unit = SHARE if declared.kind == "share" else declared.unit
    if mean:
        return Column(f"Mean: {label(feature)}", f"Mean over the cluster’s people. {declared.meaning}", unit)
    return Column(label(feature), declared.meaning, unit)


def _numbered(column: str) -> Column | None:
    """Return what a column means of which a table has one for each component or half."""
    found = re.fullmatch(r"(component|half)_(\d+)", column)
    if not found:
        return None
    number = int(found[2])
    if found[1] == "component":
        return Column(f"Component {number}", f"Score on principal component {number}.")
    return Column(f"Half {number}", f"Cluster in half {number} of the people, clustered afresh; 0 where not in it.")
