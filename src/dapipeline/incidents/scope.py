"""Who is in the cohort, which rows describe them, and the reconciliation that accounts for every row read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pandas as pd

from dapipeline.errors import CohortError

MOST_NAMED = 3  # rules that an error lists
EFFECTS = ("used", "out of scope", "quarantined", "duplicate")  # what became of a row; each row has exactly one


def cohort_of(incidents: Any) -> Any:
    """Find the cohort: everyone named as suspect in at least one DA incident.

    Parameters
    ----------
    incidents : ibis.Table
        offender_id, occurred_from, is_da; one row per suspect and incident.

    Returns
    -------
    ibis.Table
        One row per offender: offender_id, first_da (the start of their first DA incident).
    """
    domestic = incidents.filter(incidents.is_da)
    return domestic.group_by("offender_id").aggregate(first_da=domestic.occurred_from.min())


def reconcile(extract_counts: pd.DataFrame, rows: Any, cohort: Any) -> pd.DataFrame:
    """Count what became of the kept rows, below the counts of the extract package.

    A row is used where its suspect or its victim is in the cohort.

    Parameters
    ----------
    extract_counts : pandas.DataFrame
        stage, rule, column, effect, rows (how many); from the extract package.
    rows : ibis.Table
        The rows that were kept.
    cohort : ibis.Table
        From `cohort_of`.

    Returns
    -------
    pandas.DataFrame
        The same columns. Used, out of scope, quarantined and duplicate rows add up to the rows read; blanked values
        are counted apart.
    """
    suspects, victims = cohort.select(a_suspect="offender_id"), cohort.select(a_victim="offender_id")
    people = rows.select("offender_id", "victim_id")
    people = people.left_join(suspects, people.offender_id == suspects.a_suspect)
    people = people.left_join(victims, people.victim_id == victims.a_victim)
    suspect, victim = people.a_suspect.notnull(), people.a_victim.notnull()
    found = people.aggregate(
        cohort_as_suspect=suspect.sum().fill_null(0),
        cohort_as_victim=(~suspect & victim).sum().fill_null(0),
        neither=(~suspect & ~victim).sum().fill_null(0),
    )
    counts = found.to_pandas().iloc[0].astype(int)
    counted = [
        ("incidents", "cohort_as_suspect", "offender_id", "used", counts["cohort_as_suspect"]),
        ("incidents", "cohort_as_victim", "victim_id", "used", counts["cohort_as_victim"]),
        ("incidents", "no_da_incident", "offender_id", "out of scope", counts["neither"]),
    ]
    return pd.concat([extract_counts, pd.DataFrame(counted, columns=extract_counts.columns)], ignore_index=True)


def check_balance(reconciliation: pd.DataFrame) -> None:
    """Check that every row read is accounted for, once.

    Parameters
    ----------
    reconciliation : pandas.DataFrame
        From `reconcile`.

    Raises
    ------
    AssertionError
        Where the counts do not add up, which is a fault of the program and not of the data.
    """
    by_effect = reconciliation.groupby("effect")["rows"].sum()
    accounted = int(by_effect.reindex(EFFECTS, fill_value=0).sum())
    if accounted != int(by_effect["read"]):
        raise AssertionError(f"{int(by_effect['read'])} rows were read, but {accounted} are accounted for")


@contextlib.contextmanager
def naming_what_took_the_rows(counts: pd.DataFrame) -> Iterator[None]:
    """Add the rules that took most rows to an error about the cohort, because they are most often its cause.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `reconcile`.

    Yields
    ------
    None
        To the body of a with statement.

    Raises
    ------
    CohortError
        That of the body, with these rules at the end of its fact.
    """
    try:
        yield
    except CohortError as error:
        raise CohortError(error.code, f"{error.fact} {_what_took_the_rows(counts)}".strip(), error.remedy) from error


def _what_took_the_rows(counts: pd.DataFrame) -> str:
    read = int(counts.loc[counts["effect"] == "read", "rows"].sum())
    taken = counts[counts["effect"].isin(EFFECTS[1:]) & (counts["rows"] > 0)]
    named = taken.sort_values("rows", ascending=False, kind="stable").head(MOST_NAMED)
    if named.empty:
        return ""
    parts = [
        f"{rule}{f' ({column})' if isinstance(column, str) and column else ''} took {rows:,}"
        for rule, column, rows in named[["rule", "column", "rows"]].itertuples(index=False)
    ]
    return f"Of {read:,} rows read, {', '.join(parts)}."
