"""What is worked out per row: ages, whether it is domestic abuse, and whether partners or family are involved."""

from __future__ import annotations

from typing import Any

import ibis

from dapipeline.config import DomesticAbuse
from dapipeline.extract.ages import age_at
from dapipeline.extract.columns import COLUMNS
from dapipeline.extract.rules import OLDEST, YOUNGEST_SUSPECT
from dapipeline.reference.codes import FAMILY, INTIMATE

AGE_RULES = ("suspect_age", "victim_age")  # those of the extract that leave an implausible age or birth date blank
YOUNGEST = {"offender": YOUNGEST_SUSPECT, "victim": 0}
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
    row is taken from the person's other rows, the earliest where they differ, unless it makes them too young for a
    suspect, unborn or older than 110. What another row of the same incident knows of the person holds for this one.

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
    for who, youngest in YOUNGEST.items():
        born, person = rows[f"{who}_dob"], rows[f"{who}_id"]
        elsewhere = person.notnull().ifelse(born.min().over(ibis.window(group_by=person)), ibis.null("date"))
        age = age_at(rows.occurred_from, ibis.coalesce(born, elsewhere)).cast("float64")
        plausible = age.between(youngest, OLDEST).ifelse(age, ibis.null("float64"))
        ages[f"{who}_age"] = ibis.coalesce(plausible, rows[f"{who}_age"])
    rows = rows.mutate(**ages)
    return rows.mutate(**{f"{who}_age": _known_in_the_incident(rows, who) for who in YOUNGEST})


def _known_in_the_incident(rows: Any, who: str) -> Any:
    """Return the age of a row's suspect or victim, where it is missing that of their other rows of the incident."""
    age, person = rows[f"{who}_age"], rows[f"{who}_id"]
    elsewhere = age.min().over(ibis.window(group_by=[person, rows.incident_id]))
    return person.isnull().ifelse(age, ibis.coalesce(age, elsewhere))


def with_blanked_ages(rows: Any, blanked: Any | None) -> Any:
    """Add whether an age in the row was left blank because it is implausible.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows.
    blanked : ibis.Table or None
        source_file, source_row, rule: the values that rules left blank; None where there are none.

    Returns
    -------
    ibis.Table
        The same rows with age_blanked (boolean, never missing).
    """
    if blanked is None:
        return rows.mutate(age_blanked=ibis.literal(False))
    ages = blanked.filter(blanked.rule.isin(AGE_RULES)).select("source_file", "source_row").distinct()
    joined = rows.left_join(ages.mutate(age_blanked=ibis.literal(True)), ["source_file", "source_row"])
    return joined.select(*rows.columns, age_blanked=joined.age_blanked.fill_null(False))


def age_of_da(moment: Any, definition: DomesticAbuse) -> Any | None:
    """Return the age at which domestic abuse starts, on the day of an incident.

    Parameters
    ----------
    moment : ibis timestamp column
        When the incident began.
    definition : DomesticAbuse
        With the age, or the ages by date.

    Returns
    -------
    ibis integer column or None
        In years; None where the flag decides alone.
    """
    ages = definition.minimum_age
    if ages is None or isinstance(ages, int):
        return None if ages is None else ibis.literal(ages)
    later = [(moment.date() >= ibis.literal(since.first), since.age) for since in reversed(ages[1:])]
    return ibis.cases(*later, else_=ages[0].age) if later else ibis.literal(ages[0].age)


def with_domestic_abuse(rows: Any, definition: DomesticAbuse) -> Any:
    """Add whether a row was flagged as domestic abuse, and whether it counts as DA.

    The study: the force's flag, and what is marked as honour-based abuse, forced marriage or female genital mutilation,
    between people of 16 and over (Crest Advisory 2023, Annex 3).

    Parameters
    ----------
    rows : ibis.Table
        From `with_people`.
    definition : DomesticAbuse
        Which flags count beside da_flag, and the age of suspect and victim from which an incident can be DA.

    Returns
    -------
    ibis.Table
        The same rows with four boolean columns: flagged, where any flag that counts is set; of_age, where neither
        person is known to be younger than the age; is_da, where both hold; and unknown_age, where the age of the
        suspect, or of a victim of whom anything is recorded, is not known.
    """
    flagged = ibis.or_(rows.da_flag, *(rows[flag].fill_null(False) for flag in definition.include))
    least = age_of_da(rows.occurred_from, definition)
    of_age = [] if least is None else [(rows[f"{who}_age"] >= least).fill_null(True) for who in ("offender", "victim")]
    victim = ibis.or_(*(rows[name].notnull() for name in ("victim_id", "victim_sex", "relationship")))
    return rows.mutate(
        flagged=flagged,
        is_da=ibis.and_(flagged, *of_age),
        of_age=ibis.and_(ibis.literal(True), *of_age),
        unknown_age=(rows.offender_id.notnull() & rows.offender_age.isnull()) | (victim & rows.victim_age.isnull()),
    )


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
