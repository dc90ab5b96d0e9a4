"""The canonical columns: what a row of an extract means, whatever its source calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dapipeline.reference.codes import DECILES, LOCATION_TYPES, OUTCOMES, RELATIONSHIPS, RISK_GRADES, SEXES
from dapipeline.reference.tables import FAMILIES

Kind = Literal["text", "datetime", "date", "boolean", "number", "code"]


@dataclass(frozen=True)
class Column:
    """One canonical column.

    Attributes
    ----------
    name : str
        The name every later package uses.
    kind : str
        text, datetime, date, boolean, number, or code (one of `values`).
    meaning : str
        What it says, for the documentation.
    needed : bool
        Whether a run is impossible without it.
    values : tuple of str
        The codes allowed, where kind is code.
    identifies : bool
        Whether it is an id, in which a word for missing means nobody.
    verbatim : bool
        Whether a word for missing stays as it is written, because people give it a meaning of its own.
    """

    name: str
    kind: Kind
    meaning: str
    needed: bool = False
    values: tuple[str, ...] = ()
    identifies: bool = False
    verbatim: bool = False

    @property
    def shown(self) -> bool:
        """Whether a message may show a value: a date of an incident, a code or a flag is no person's."""
        return self.kind in ("datetime", "boolean", "code") or self.name in ("offence_code", "severity")


COLUMNS: tuple[Column, ...] = (
    Column("incident_id", "text", "The event; rows may share it.", needed=True, identifies=True),
    Column("offender_id", "text", "The named suspect; one id a person.", needed=True, identifies=True),
    Column("occurred_from", "datetime", "Start of the incident.", needed=True),
    Column("da_flag", "boolean", "Recorded as domestic abuse.", needed=True),
    Column("offence_id", "text", "One recorded offence within the incident, such as a crime number.", identifies=True),
    Column("is_crime", "boolean", "A crime, not a non-crime incident; needed unless offence_code is there."),
    Column("offence_code", "text", "Home Office code, five digits (00867); 8/67 is read too."),
    Column("offence", "text", "Title of the offence as recorded.", verbatim=True),
    Column("offence_family", "code", "Offence family, where the config maps it itself.", values=FAMILIES),
    Column("victim_id", "text", "The victim, in the same id space as offender_id.", identifies=True),
    Column("occurred_to", "datetime", "End of the incident."),
    Column("reported_at", "datetime", "When it was reported."),
    Column("severity", "number", "Severity of the offence on the force's own scale, 0 or more."),
    Column("risk_grade", "code", "Risk as graded by the attending officer.", values=RISK_GRADES),
    Column("outcome_code", "code", f"Home Office outcome, 0 to {max(map(int, OUTCOMES))}.", values=tuple(OUTCOMES)),
    Column("arrested", "boolean", "The suspect was arrested."),
    Column("relationship", "code", "What the victim is to the offender.", values=RELATIONSHIPS),
    Column("offender_dob", "date", "Birth date of the suspect."),
    Column("offender_age", "number", "Age of the suspect at the incident, where there is no birth date."),
    Column("victim_dob", "date", "Birth date of the victim."),
    Column("victim_age", "number", "Age of the victim at the incident, where there is no birth date."),
    Column("offender_sex", "code", "Sex of the suspect; audit only.", values=tuple(SEXES)),
    Column("victim_sex", "code", "Sex of the victim.", values=tuple(SEXES)),
    Column("offender_ethnicity", "text", "Ethnicity of the suspect; audit only.", verbatim=True),
    Column("victim_ethnicity", "text", "Ethnicity of the victim; audit only.", verbatim=True),
    Column("location_type", "code", "Kind of place.", values=LOCATION_TYPES),
    Column("lsoa", "text", "Lower layer Super Output Area of the incident."),
    Column("imd_decile", "code", "Deprivation decile of the area; 1 is most deprived.", values=DECILES),
    Column("alcohol", "boolean", "Alcohol was involved."),
    Column("drugs", "boolean", "Drugs were involved."),
    Column("honour_based", "boolean", "Honour-based abuse."),
    Column("forced_marriage", "boolean", "Forced marriage."),
    Column("fgm", "boolean", "Female genital mutilation."),
    Column("borough", "text", "Area, for breakdowns."),
)

BY_NAME = {column.name: column for column in COLUMNS}
IDS = tuple(column.name for column in COLUMNS if column.identifies)


def extract_schema(columns: tuple[Column, ...]) -> dict[str, object]:
    """Describe a canonical row as JSON Schema.

    Parameters
    ----------
    columns : tuple of Column
        The columns to describe.

    Returns
    -------
    dict
        The schema (draft 2020-12), ready to be written as JSON.
    """
    kinds = {"number": "number", "boolean": "boolean"}
    formats = {"datetime": "date-time", "date": "date"}
    properties = {}
    for column in columns:
        about: dict[str, object] = {"type": kinds.get(column.kind, "string"), "description": column.meaning}
        if column.kind in formats:
            about["format"] = formats[column.kind]
        if column.values:
            about["enum"] = list(column.values)
        properties[column.name] = about
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One row for each suspect and victim in one recorded offence or non-crime incident",
        "type": "object",
        "properties": properties,
        "required": [column.name for column in columns if column.needed],
    }
