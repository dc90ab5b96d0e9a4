"""The course of a typology, averaged over its people: what is recorded in each year since the first incident."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.people import YEAR
from dapipeline.incidents.tables import IncidentTables
from dapipeline.reference.tables import FAMILIES

YEARS = 10
DAY = np.timedelta64(1, "D")
KINDS = ("da_incidents", "other_incidents")  # beside the offence families


def average_course(tables: IncidentTables, assignments: pd.DataFrame, end: Any) -> pd.DataFrame:
    """Add up incidents by typology, year since the first incident, and what is recorded in them.

    Parameters
    ----------
    tables : IncidentTables
    assignments : pandas.DataFrame
        offender_id, typology.
    end : datetime
        Where the records end.

    Returns
    -------
    pandas.DataFrame
        One row per typology, year (1 to `YEARS`) and kind (one of `KINDS`, or an offence family; an incident with two
        families counts in both): typology, year, kind, followed (people whose whole year lies in the records),
        people (those of them with such an incident), again (those with two or more), incidents, first and second (the
        most of one person, and the next). Only people who are followed are counted.
    """
    counted = _by_person_and_year(tables, assignments)
    counted["days"] = (np.datetime64(end) - counted["first"].to_numpy()) / DAY
    kinds = [*KINDS, *FAMILIES]
    people = counted.groupby("offender_id")[["typology", "days"]].first()
    rows = []
    for typology in sorted(people["typology"].unique()):
        whole = people.loc[people["typology"] == typology, "days"]
        own = counted[counted["typology"] == typology]
        for year in range(1, YEARS + 1):
            of_year = own[(own["year"] == year) & (own["days"] >= year * YEAR)]
            values = np.sort(np.vstack([np.zeros((2, len(kinds)), dtype=np.int64), of_year[kinds].to_numpy()]), axis=0)
            rows.append(pd.DataFrame({
                "typology": typology, "year": year, "kind": kinds, "followed": int((whole >= year * YEAR).sum()),
                "people": (values > 0).sum(axis=0), "again": (values > 1).sum(axis=0),
                "incidents": values.sum(axis=0), "first": values[-1], "second": values[-2],
            }))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _by_person_and_year(tables: IncidentTables, assignments: pd.DataFrame) -> pd.DataFrame:
    """Count the incidents of everybody in each year since their first."""
    incidents = tables.incidents.filter(~tables.incidents.below_age)
    firsts = incidents.group_by("offender_id").aggregate(first=incidents.occurred_from.min())
    joined = incidents.inner_join(firsts, "offender_id")
    asked = joined.select(
        "offender_id", "first", "occurred_from", da_incidents=joined.is_da.cast("int64"),
        other_incidents=(~joined.is_da).cast("int64"),
        **{family: joined[f"of_{family}"].cast("int64") for family in FAMILIES},
    )  # fmt: skip
    # Whole seconds, so that both engines cut years alike.
    seconds = asked.occurred_from.epoch_seconds() - asked.first.epoch_seconds()
    year = (seconds // int(YEAR * 86_400)).cast("int64") + 1
    kinds = (*KINDS, *FAMILIES)
    by = asked.mutate(year=year).filter(lambda t: t.year <= YEARS).group_by(["offender_id", "year"])
    found = by.aggregate(first=lambda t: t["first"].min(), **{kind: (lambda t, k=kind: t[k].sum()) for kind in kinds})
    rows = found.order_by(["offender_id", "year"]).to_pandas()
    return rows.merge(assignments[["offender_id", "typology"]].astype({"typology": str}), on="offender_id")
