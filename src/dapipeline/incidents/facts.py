"""What is worked out per row: ages, whether it is domestic abuse, and whether partners or family are involved."""

from __future__ import annotations

from typing import Any

import ibis

from dapipeline.config import DomesticAbuse
from dapipeline.extract.ages import age_at
from dapipeline.extract.columns import COLUMNS
from dapipeline.reference.codes import FAMILY, INTIMATE

TYPES = {
    "text": "string",
    "code": "string",
    "datetime": "timestamp",
    "date": "date",
    "boolean": "boolean",
    "number": "float64",
}


def complete(rows: Any) -> Any:
    """Add the canonical columns that the extract lacks, missing in every row.

    Parameters
    ----------
    rows : ibis.Table
        Rows of the extract, with those canonical columns that it has.

    Returns
    -------
    ibis.Table
        The same rows with every canonical column.
    """
    absent = {c.name: ibis.null(TYPES[c.kind]) for c in COLUMNS if c.name not in rows.columns}
    return rows.mutate(**absent)


def with_people(rows: Any) -> Any:
    """Add the ages of suspect and victim at the incident.

    They come from the birth date where there is one, else from the age as recorded. A birth date that is missing in a
    row is taken from the person's other rows, the earliest where they differ.

    Parameters
    ----------
    rows : ibis.Table
        From `complete`.

    Returns
    -------
    ibis.Table
        The same rows; offender_age and victim_age in years (float), missing where nothing tells.
    """
    ages = {}
    for who in ("offender", "victim"):
        born, person = rows[f"{who}_dob"], rows[f"{who}_id"]
        elsewhere = person.notnull().ifelse(born.min().over(ibis.window(group_by=person)), ibis.null("date"))
        age = age_at(rows.occurred_from, ibis.coalesce(born, elsewhere)).cast("float64")
        ages[f"{who}_age"] = ibis.coalesce(age, rows[f"{who}_age"])
    return rows.mutate(**ages)


def with_domestic_abuse(rows: Any, definition: DomesticAbuse) -> Any:
    """Add whether a row was flagged as domestic abuse, and whether it counts as DA.

    Parameters
    ----------
    rows : ibis.Table
        From `with_people`.
    definition : DomesticAbuse
        Which flags count beside da_flag, and the age of suspect and victim from which an incident can be DA.

    Returns
    -------
    ibis.Table
        The same rows with two boolean columns: flagged, where any flag that counts is set, and is_da, where a row is
        flagged and neither person is known to be younger than the age; an unknown age passes.
    """
    flagged = ibis.or_(rows.da_flag, *(rows[flag].fill_null(False) for flag in definition.include))
    of_age = [(rows[age] >= definition.minimum_age).fill_null(True) for age in ("offender_age", "victim_age")]
    return rows.mutate(flagged=flagged, is_da=ibis.and_(flagged, *of_age))


def with_intimacy(rows: Any) -> Any:
    """Add whether victim and suspect are partners or family.

    Parameters
    ----------
    rows : ibis.Table
        With relationship, as coded in `reference.codes.RELATIONSHIPS`.

    Returns
    -------
    ibis.Table
        The same rows with intimacy: intimate (a partner or ex-partner), family or neither; missing where the
        relationship is.
    """
    return rows.mutate(
        intimacy=ibis.cases(
            (rows.relationship.isin(INTIMATE), "intimate"),
            (rows.relationship.isin(FAMILY), "family"),
            (rows.relationship.notnull(), "neither"),
        )
    )
