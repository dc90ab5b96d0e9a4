"""The canonical columns: what a row of an extract means, whatever its source calls it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dapipeline.reference.codes import (
    DECILES,
    LOCATION_TYPES,
    MANAGED_BY,
    OUTCOMES,
    RELATIONSHIPS,
    RISK_GRADES,
    SEXES,
)
from dapipeline.reference.tables import FAMILIES, NON_CRIME

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
    used_by : str
        What a later stage does with it. Empty where no stage uses it: such a column is accepted in a config, but its
        values are not read in.
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
    used_by: str = ""
    needed: bool = False
    values: tuple[str, ...] = ()
    identifies: bool = False
    verbatim: bool = False

    @property
    def shown(self) -> bool:
        """Whether a message may show a value: dates of incidents, codes and flags identify nobody."""
        return self.kind in ("datetime", "boolean", "code") or self.name in (*OFFENCE_CODES, "severity")


MARKER = "marker_"  # prefix of the columns that the config names under markers
OFFENCE_CODES = ("offence_code", "initial_offence_code")


COLUMNS: tuple[Column, ...] = (
    Column("incident_id", "text", "The event; rows may share it.", "incidents", needed=True, identifies=True),
    Column("offender_id", "text", "The named suspect; one id per person.", "incidents", needed=True, identifies=True),
    Column("occurred_from", "datetime", "Start of the incident.", "incidents", needed=True),
    Column("da_flag", "boolean", "Recorded as domestic abuse.", "which incidents are DA", needed=True),
    Column("offence_id", "text", "One recorded offence within the incident, such as a crime number.",
           "which rows are one offence", identifies=True),
    Column("is_crime", "boolean", "A crime, not a non-crime incident; needed unless offence_code is there.",
           "offences"),
    Column("offence_code", "text", "Home Office code, five digits (00867); 8/67 is read too.",
           "offences and their severity"),
    Column("initial_offence_code", "text", "Home Office code as first recorded, in the same forms.",
           "which crimes changed their class"),
    Column("offence", "text", "Title of the offence as recorded.", "offences and their severity", verbatim=True),
    Column("offence_family", "code", "Offence family, where the config maps it itself.", "offences",
           values=(*FAMILIES, NON_CRIME)),
    Column("victim_id", "text", "The victim, in the same id space as offender_id.", "victims", identifies=True),
    Column("occurred_to", "datetime", "End of the incident.", "duration of incidents"),
    Column("reported_at", "datetime", "When it was reported.", "the window"),
    Column("reported_via", "text", "How it was reported: telephone, front counter, third party and so on.",
           "reports by route"),
    Column("severity", "number", "Severity of the offence on the force's own scale, 0 or more.",
           "severity of offences"),
    Column("risk_grade", "code", "Risk as graded by the attending officer.", "features", values=RISK_GRADES),
    Column("outcome_code", "code", f"Home Office outcome, 0 to {max(map(int, OUTCOMES))}.",
           "histories of medoids; outcomes", values=tuple(OUTCOMES)),
    Column("outcome_at", "datetime", "Day of the outcome.", "what follows an outcome"),
    Column("arrested", "boolean", "The suspect was arrested.", "arrests"),
    Column("relationship", "code", "What the victim is to the offender.", "features", values=RELATIONSHIPS),
    Column("offender_dob", "date", "Birth date of the suspect.", "ages"),
    Column("offender_age", "number", "Age of the suspect at the incident, where there is no birth date.", "ages"),
    Column("victim_dob", "date", "Birth date of the victim.", "ages"),
    Column("victim_age", "number", "Age of the victim at the incident, where there is no birth date.", "ages"),
    Column("offender_sex", "code", "Sex of the suspect; audit only.", "equality audit", values=tuple(SEXES)),
    Column("victim_sex", "code", "Sex of the victim.", "which victims are one; histories of medoids",
           values=tuple(SEXES)),
    Column("offender_ethnicity", "text", "Ethnicity of the suspect; audit only.", "equality audit",
           verbatim=True),
    Column("victim_ethnicity", "text", "Ethnicity of the victim; audit only.", "victims by ethnicity", verbatim=True),
    Column("managed_by", "code", "Who manages the suspect.", "how many of the most harmful are managed by whom",
           values=MANAGED_BY),
    Column("location_type", "code", "Kind of place.", "features", values=LOCATION_TYPES),
    Column("lsoa", "text", "Lower layer Super Output Area of the incident.", "features; deprivation"),
    Column("imd_decile", "code", "Deprivation decile of the area; 1 is most deprived.", "features",
           values=DECILES),
    Column("alcohol", "boolean", "Alcohol was involved.", "features"),
    Column("drugs", "boolean", "Drugs were involved.", "features"),
    Column("honour_based", "boolean", "Honour-based abuse.", "features; which incidents are DA"),
    Column("forced_marriage", "boolean", "Forced marriage.", "which incidents are DA"),
    Column("fgm", "boolean", "Female genital mutilation.", "which incidents are DA"),
    Column("borough", "text", "Area, for breakdowns.", "features"),
    Column("force", "text", "Force, where several are in one extract.", "an area for scrutiny"),
)  # fmt: skip


class _ByName(dict[str, Column]):
    """The canonical columns by name; a name with the prefix of a marker is a column that the config named."""

    def __missing__(self, name: str) -> Column:
        if not name.startswith(MARKER):
            raise KeyError(name)
        return Column(name, "boolean", f"Marked: {name.removeprefix(MARKER)}.", "markers")


BY_NAME = _ByName({column.name: column for column in COLUMNS})
IDS = tuple(column.name for column in COLUMNS if column.identifies)


def not_read_in(names: Iterable[str]) -> str:
    """Write the sentence on mapped columns that are not read in.

    Parameters
    ----------
    names : iterable of str
        Canonical columns, as in `canonical.Mapping.not_read`.

    Returns
    -------
    str
        Empty where there are none.
    """
    listed = ", ".join(sorted(names))
    return f"Mapped, and not read in because nothing uses it yet: {listed}." if listed else ""


def extract_schema(columns: tuple[Column, ...]) -> dict[str, object]:
    """Describe a canonical row as JSON Schema.

    Parameters
    ----------
    columns : tuple of Column
        The columns of a row, such as `COLUMNS`.

    Returns
    -------
    dict
        A JSON Schema of type object with one property per column.
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
