"""What is known of a row: every canonical column, there or not, and what follows from several of them."""

from __future__ import annotations

from typing import Any

import ibis

from dapipeline.config import DomesticAbuse
from dapipeline.extract.ages import age_at
from dapipeline.extract.columns import COLUMNS

TYPES = {
    "text": "string",
    "code": "string",
    "datetime": "timestamp",
    "date": "date",
    "boolean": "boolean",
    "number": "float64",
}
INTIMATE = ("partner", "ex_partner")
FAMILY = ("parent", "child", "sibling", "other_family")


def complete(rows: Any) -> Any:
    """Give every canonical column, missing throughout where the extract lacks it."""
    absent = {c.name: ibis.null(TYPES[c.kind]) for c in COLUMNS if c.name not in rows.columns}
    return rows.mutate(**absent)


def with_people(rows: Any) -> Any:
    """Add ages at the incident, in years: from the birth date where there is one, else as recorded.

    A birth date that is missing in a row is taken from the person's other rows, the earliest where they differ.
    """
    ages = {}
    for who in ("offender", "victim"):
        born, person = rows[f"{who}_dob"], rows[f"{who}_id"]
        elsewhere = person.notnull().ifelse(born.min().over(ibis.window(group_by=person)), ibis.null("date"))
        age = age_at(rows.occurred_from, ibis.coalesce(born, elsewhere)).cast("float64")
        ages[f"{who}_age"] = ibis.coalesce(age, rows[f"{who}_age"])
    return rows.mutate(**ages)


def with_domestic_abuse(rows: Any, definition: DomesticAbuse) -> Any:
    """Add flagged, as the definition says, and is_da: flagged, and nobody known to be below its age.

    Parameters
    ----------
    rows : ibis.Table
        From `with_people`.
    definition : DomesticAbuse
        Which flags count, and from what age on.
    """
    flagged = ibis.or_(rows.da_flag, *(rows[flag].fill_null(False) for flag in definition.include))
    of_age = [(rows[age] >= definition.minimum_age).fill_null(True) for age in ("offender_age", "victim_age")]
    return rows.mutate(flagged=flagged, is_da=ibis.and_(flagged, *of_age))


def with_intimacy(rows: Any) -> Any:
    """Add intimacy: intimate, family or neither; missing where the relationship is not recorded."""
    return rows.mutate(
        intimacy=ibis.cases(
            (rows.relationship.isin(INTIMATE), "intimate"),
            (rows.relationship.isin(FAMILY), "family"),
            (rows.relationship.notnull(), "neither"),
        )
    )
