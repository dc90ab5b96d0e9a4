"""An invented export in the manner of a British system of occurrences: no force's, no supplier's."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from .british import BEATS, PREMISES, RELATIONS, offence
from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

OUTCOME_WORDS = {
    "0": ["0 - Not yet assigned"],
    "1": ["1 - Charged/Summonsed"],
    "3": ["3 - Caution - Adult"],
    "8": ["8 - Community Resolution"],
    "10": ["10 - Police - formal action not in public interest"],
    "15": ["15 - Evidential difficulties: victim supports"],
    "16": ["16 - Evidential difficulties: victim does not support"],
    "18": ["18 - Investigation complete: no suspect identified"],
    "20": ["20 - Other body/agency has primacy"],
    "21": ["21 - Further investigation not in public interest"],
}
ETHNICITIES = (
    "W1 - White British",
    "A2 - Asian Pakistani",
    "B1 - Black Caribbean",
    "M9 - Any other mixed",
    "NS - Not Stated",
)
KEYWORDS = {"injury": ["PUNCH;KICK"], "damage": ["SMASH;WINDOW"], "theft": ["CONCEAL"]}


def _decile(rows: pd.DataFrame) -> pd.Series:
    return (rows["area"] * 3 % 10 + 1).astype(str)


def occurrences(seed: int) -> pd.DataFrame:
    """Make an export of occurrences, an offence, a suspect and a victim a row."""
    rng, rows = generator(seed, "occurrences"), world(seed, "occurrences")
    clock = "%d/%m/%Y %H:%M"
    outcome = worded(rng, rows["outcome"].astype(str), OUTCOME_WORDS).where(rows["kind"] != "no_crime", "")
    officer = rows["officer"].map("{:05d}".format)
    sex = {who: rows[f"{who}_sex"].map({"M": "Male", "F": "Female"}).fillna("") for who in ("offender", "victim")}
    first, last = rows["offender_name"].str.partition(" ")[0], rows["offender_name"].str.partition(" ")[2]
    return pd.DataFrame(
        {
            "Row No": pd.Series(np.arange(1, len(rows) + 1)).astype(str),
            "Occurrence No": numbered(rows["event"] + 1_000, "OX-15{:07d}"),
            "Occurrence Type": flagged(rows["kind"].ne("no_crime"), "Crime", "Domestic Non Crime"),
            "Crime Ref": numbered(rows["offence"].where(rows["kind"] != "no_crime", -1), "CR/{:07d}/15"),
            "HO Class": offence(rows, 0),
            "HO Sub-Class": offence(rows, 1),
            "Stats Class": offence(rows, 2).where(rows["kind"] != "no_crime", "Domestic incident - non crime"),
            "Created Date": stamped(rows["reported"] + pd.Timedelta(hours=3), clock),
            "Last Updated": stamped(rows["reported"] + pd.Timedelta(days=41), clock),
            "Start Date": stamped(rows["start"], clock),
            "End Date": gaps(rng, stamped(rows["end"], clock), 0.1),
            "Reported Date": stamped(rows["reported"], clock),
            "OIC": officer,
            "Suspect ASNU": numbered(rows["offender"], "{}"),
            "Suspect Surname": last.str.upper(),
            "Suspect Forename": first,
            "Suspect DOB": stamped(rows["offender_born"], "%d/%m/%Y"),
            "Suspect Gender": gaps(rng, sex["offender"], 0.03, "Unknown"),
            "Suspect Ethnicity": rows["offender_race"].map(dict(enumerate(ETHNICITIES))).fillna(""),
            "Suspect Mobile": gaps(rng, numbered(rows["offender"], "07700 9{:05d}"), 0.4),
            "Victim ASNU": numbered(rows["victim"], "{}"),
            "Victim DOB": gaps(rng, stamped(rows["victim_born"], "%d/%m/%Y"), 0.04),
            "Victim Gender": sex["victim"],
            "Victim Ethnicity": rows["victim_race"].map(dict(enumerate(ETHNICITIES))).fillna(""),
            "Victim Is Suspect's": worded(rng, rows["relation"], RELATIONS).where(rows["victim"] >= 0, ""),
            "DA Tag": flagged(rows["da"]),
            "DASH Risk": gaps(rng, rows["risk"].map({"standard": "S", "medium": "M", "high": "H"}).fillna(""), 0.03),
            "Repeat Victim": flagged(rng.random(len(rows)) < 0.3),
            "Outcome": outcome,
            "Positive Outcome": flagged(rows["outcome"].isin([1, 3, 8])),
            "Suspect Arrested": flagged(rows["arrested"]),
            "Premises Type": worded(rng, rows["place"], PREMISES, rows["event"]),
            "Beat": rows["area"].map(lambda area: BEATS[area]),
            "LSOA": (rows["area"] * 31 + 1_200).map("E0100{:04d}".format),
            "IMD Decile": _decile(rows),
            "Alcohol": flagged(rows["alcohol"]),
            "Drugs": flagged(rows["drugs"]),
            "HBA": flagged(rng.random(len(rows)) < 0.01),
            "MO Keywords": worded(rng, rows["kind"], KEYWORDS),
        }
    )  # fmt: skip


OCCURRENCES = Layout(
    name="occurrences",
    source="invented, in the manner of an export of occurrences",
    note="A row number, an officer, a mobile, moments of creation and update stand between what matters. The code is "
    "in two columns, class and sub-class; a risk of H is high, beside Y and N columns that mean different things. The "
    "outcome says number and words.",
    table=occurrences,
    rows=partial(world, name="occurrences"),
    file=File("occurrence_export.csv", datetime_format="%d/%m/%Y %H:%M", date_format="%d/%m/%Y"),
    expected={
        "incident_id": "Occurrence No",
        "offence_id": "Crime Ref",
        "offender_id": "Suspect ASNU",
        "victim_id": "Victim ASNU",
        "occurred_from": "Start Date",
        "occurred_to": "End Date",
        "reported_at": "Reported Date",
        "da_flag": "DA Tag",
        "is_crime": "Occurrence Type",
        "offence_code": "HO Class",
        "offence": "Stats Class",
        "risk_grade": "DASH Risk",
        "outcome_code": "Outcome",
        "arrested": "Suspect Arrested",
        "relationship": "Victim Is Suspect's",
        "offender_dob": "Suspect DOB",
        "victim_dob": "Victim DOB",
        "offender_sex": "Suspect Gender",
        "victim_sex": "Victim Gender",
        "offender_ethnicity": "Suspect Ethnicity",
        "victim_ethnicity": "Victim Ethnicity",
        "location_type": "Premises Type",
        "lsoa": "LSOA",
        "imd_decile": "IMD Decile",
        "alcohol": "Alcohol",
        "drugs": "Drugs",
        "honour_based": "HBA",
        "borough": "Beat",
    },
    may={
        "HO Sub-Class": frozenset({"offence_code"}),
        "Crime Ref": frozenset({"is_crime"}),
        "HO Class": frozenset({"is_crime"}),
        "Stats Class": frozenset({"offence_family", "is_crime"}),
        "Repeat Victim": frozenset({MARKERS}),
        "Positive Outcome": frozenset({MARKERS}),
    },
    values={
        "da_flag": {"y": "true", "n": "false"},
        "arrested": {"y": "true", "n": "false"},
        "is_crime": {"crime": "true", "domestic non crime": "false"},
        "risk_grade": {"s": "standard", "m": "medium", "h": "high"},
        "outcome_code": sure(OUTCOME_WORDS),
        "relationship": sure(RELATIONS, "Not Recorded", "N/A", "Grandparent"),
        "offender_sex": {"male": "M", "female": "F"},
        "victim_sex": {"male": "M", "female": "F"},
        "location_type": sure(PREMISES),
    },
    person=frozenset(
        {
            "OIC",
            "Suspect ASNU",
            "Suspect Surname",
            "Suspect Forename",
            "Suspect DOB",
            "Suspect Mobile",
            "Victim ASNU",
            "Victim DOB",
        }
    ),
    accepts=frozenset({"Occurrence Type"}),
    derived={"offence_code": "with HO Sub-Class"},
)
