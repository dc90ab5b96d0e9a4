"""The incidents of the FBI's national system, its segments joined into one table."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

RELATIONS = {
    "partner": ["BG Victim Was Boyfriend/Girlfriend", "SE Victim Was Spouse", "CS Victim Was Common-Law Spouse"],
    "ex_partner": [
        "XR Victim Was Ex-Relationship (Ex-Boyfriend/Ex-Girlfriend)",
        "XS Victim Was Ex-Spouse",
    ],
    "parent": ["PA Victim Was Parent", "SP Victim Was Stepparent"],
    "child": ["CH Victim Was Child", "SC Victim Was Stepchild", "CF Victim Was Child of Boyfriend/Girlfriend"],
    "sibling": ["SB Victim Was Sibling", "SS Victim Was Stepsibling"],
    "other_family": ["OF Victim Was Other Family Member", "GP Victim Was Grandparent", "IL Victim Was In-law"],
    "acquaintance": ["AQ Victim Was Acquaintance", "FR Victim Was Friend", "NE Victim Was Neighbor",
                     "OK Victim Was Otherwise Known"],
    "stranger": ["ST Victim Was Stranger"],
    "none": ["RU Relationship Unknown", "VO Victim Was Offender"],
}  # fmt: skip
DOUBTFUL = ("SP", "SC", "CF", "SS", "RU", "VO")
PLACES = {
    "residential": ["20 Residence/Home"],
    "public": ["13 Highway/Road/Alley/Street/Sidewalk", "18 Parking Lot/Garage", "50 Park/Playground"],
    "licensed": ["03 Bar/Nightclub"],
    "retail": ["07 Convenience Store", "08 Department/Discount Store", "12 Grocery/Supermarket", "24 Specialty Store"],
    "custody": ["15 Jail/Prison/Penitentiary/Corrections Facility"],
    "other": ["25 Other/Unknown", "05 Commercial/Office Building", "14 Hotel/Motel/Etc."],
}
OFFENSES = {
    "injury": ["13A Aggravated Assault"],
    "assault": ["13B Simple Assault"],
    "threats": ["13C Intimidation"],
    "harassment": ["13C Intimidation"],
    "stalking": ["13C Intimidation"],
    "coercion": ["13C Intimidation"],
    "rape": ["11A Rape"],
    "damage": ["290 Destruction/Damage/Vandalism of Property", "200 Arson"],
    "theft": ["23H All Other Larceny", "23C Shoplifting"],
    "burglary": ["220 Burglary/Breaking & Entering"],
    "robbery": ["120 Robbery"],
    "drugs": ["35A Drug/Narcotic Violations"],
    "weapons": ["520 Weapon Law Violations"],
    "public_order": ["90C Disorderly Conduct"],
    "breach": ["90Z All Other Offenses"],
    "no_crime": ["90F Family Offenses, Nonviolent"],
}
RACES = ("White", "Black or African American", "Asian", "American Indian or Alaska Native", "Unknown")


def code_of(cells: pd.Series) -> pd.Series:
    """Give what stands before the first space."""
    return cells.str.partition(" ")[0]


def name_of(cells: pd.Series) -> pd.Series:
    """Give what stands after the first space."""
    return cells.str.partition(" ")[2]


def _both(words: dict[str, list[str]], *doubtful: str) -> dict[str, str]:
    """Turn words of a code and a name into what either means."""
    pairs = {key: [word for word in options if word.split(" ", 1)[0] not in doubtful] for key, options in words.items()}
    return sure({key: [part for word in options for part in word.split(" ", 1)] for key, options in pairs.items()})


def nibrs(seed: int) -> pd.DataFrame:
    """Make incidents of one agency, the segments joined on the incident."""
    rng, rows = generator(seed, "nibrs"), world(seed, "nibrs")
    relation = worded(rng, rows["relation"], RELATIONS).mask((rows["victim"] < 0) | (rows["offender"] < 0), "")
    place, offense = worded(rng, rows["place"], PLACES, rows["event"]), worded(rng, rows["kind"], OFFENSES)
    using = np.select([rows["alcohol"], rows["drugs"]], ["A", "D"], "N")
    race = {
        who: gaps(rng, rows[f"{who}_race"].map(dict(enumerate(RACES))).fillna(""), 0.05)
        for who in ("offender", "victim")
    }
    arrest = stamped(rows["reported"].where(rows["arrested"]), "%Y-%m-%d")
    return pd.DataFrame(
        {
            "DATA_YEAR": stamped(rows["start"], "%Y"),
            "AGENCY_ID": "4417",
            "INCIDENT_ID": numbered(rows["event"] + 81_204_000, "{}"),
            "INCIDENT_NUMBER": numbered(rows["event"], "QX{:010d}"),
            "SUBMISSION_DATE": "2021-03-31",
            "INCIDENT_DATE": stamped(rows["start"], "%Y-%m-%d"),
            "REPORT_DATE_FLAG": flagged(rng.random(len(rows)) < 0.04, "R", ""),
            "INCIDENT_HOUR": gaps(rng, stamped(rows["start"], "%-H"), 0.03),
            "CLEARED_EXCEPT": "N",
            "OFFENSE_ID": numbered(rows["offence"] + 97_000_000, "{}"),
            "UCR_OFFENSE_CODE": code_of(offense),
            "OFFENSE_NAME": name_of(offense),
            "ATTEMPT_COMPLETE_FLAG": flagged(rng.random(len(rows)) < 0.95, "C", "A"),
            "LOCATION_CODE": code_of(place),
            "LOCATION_NAME": name_of(place),
            "SUSPECTED_USING_CODE": using,
            "VICTIM_ID": numbered((rows["offence"] + 55_000_000).where(rows["victim"] >= 0, -1), "{}"),
            "VICTIM_SEQ_NUM": gaps(rng, pd.Series("1", index=rows.index), 0.1, "2"),
            "VICTIM_AGE_NUM": numbered(rows["victim_age"], "{}"),
            "VICTIM_SEX_CODE": gaps(rng, rows["victim_sex"], 0.03, "U"),
            "VICTIM_RACE": race["victim"],
            "OFFENDER_ID": numbered((rows["offence"] + 66_000_000).where(rows["offender"] >= 0, -1), "{}"),
            "OFFENDER_SEQ_NUM": flagged(rows["offender"] >= 0, "1", "0"),
            "OFFENDER_AGE_NUM": gaps(rng, numbered(rows["offender_age"], "{}"), 0.12, "0"),
            "OFFENDER_SEX_CODE": gaps(rng, rows["offender_sex"], 0.04, "U"),
            "OFFENDER_RACE": race["offender"],
            "RELATIONSHIP_CODE": code_of(relation),
            "RELATIONSHIP_NAME": name_of(relation),
            "ARREST_DATE": arrest,
            "ARREST_TYPE_CODE": flagged(arrest != "", "T", ""),
            "VICTIM_PERSON_NUM": numbered(rows["victim"], "MNI{:07d}"),
            "OFFENDER_PERSON_NUM": numbered(rows["offender"], "MNI{:07d}"),
        }
    )  # fmt: skip


NIBRS = Layout(
    name="nibrs",
    source="National Incident-Based Reporting System, FBI Crime Data Explorer downloads, "
    "https://cde.ucr.cjis.gov/; location codes read at http://ininet.org/"
    "statewide-nibrs-rms-technical-document-september-2016-lexisnex.html, tables and relationship codes in public code",
    note="Segments joined into one table. VICTIM_PERSON_NUM and OFFENDER_PERSON_NUM are added and invented: the FBI's "
    "VICTIM_ID and OFFENDER_ID number the rows of an incident and never come back, so they are no person's. Nothing "
    "says domestic but the relationship. An offender's age of 0 is unknown. INCIDENT_DATE has no clock. The codes are "
    "not the Home Office's.",
    table=nibrs,
    rows=partial(world, name="nibrs"),
    file=File("NIBRS_flat.csv", date_format="%Y-%m-%d"),
    expected={
        "incident_id": "INCIDENT_ID",
        "offence_id": "OFFENSE_ID",
        "offender_id": "OFFENDER_PERSON_NUM",
        "victim_id": "VICTIM_PERSON_NUM",
        "occurred_from": "INCIDENT_DATE",
        "da_flag": "RELATIONSHIP_CODE",
        "relationship": "RELATIONSHIP_CODE",
        "offence": "OFFENSE_NAME",
        "location_type": "LOCATION_NAME",
        "offender_age": "OFFENDER_AGE_NUM",
        "victim_age": "VICTIM_AGE_NUM",
        "offender_sex": "OFFENDER_SEX_CODE",
        "victim_sex": "VICTIM_SEX_CODE",
        "offender_ethnicity": "OFFENDER_RACE",
        "victim_ethnicity": "VICTIM_RACE",
        "alcohol": "SUSPECTED_USING_CODE",
        "drugs": "SUSPECTED_USING_CODE",
        "arrested": "ARREST_DATE",
    },
    may={
        "INCIDENT_NUMBER": frozenset({"incident_id"}),
        "INCIDENT_HOUR": frozenset({"occurred_from"}),
        "RELATIONSHIP_NAME": frozenset({"relationship", "da_flag"}),
        "LOCATION_CODE": frozenset({"location_type"}),
        "UCR_OFFENSE_CODE": frozenset({"offence", "offence_family", "is_crime"}),
        "OFFENSE_NAME": frozenset({"offence_family", "is_crime"}),
        "ARREST_TYPE_CODE": frozenset({"arrested"}),
        "AGENCY_ID": frozenset({"force", "borough"}),
        "CLEARED_EXCEPT": frozenset({MARKERS}),
    },
    values={
        "relationship": _both(RELATIONS, *DOUBTFUL),
        "location_type": _both(PLACES, "14", "25"),
        "offender_sex": {"m": "M", "f": "F", "u": "U"},
        "victim_sex": {"m": "M", "f": "F", "u": "U"},
    },
    person=frozenset({"OFFENDER_PERSON_NUM", "VICTIM_PERSON_NUM", "OFFENDER_ID", "VICTIM_ID"}),
    accepts=frozenset({"ARREST_DATE", "SUSPECTED_USING_CODE", "INCIDENT_HOUR"}),
    missing={"offender_age": frozenset({"0"})},
    derived={
        "occurred_from": "with INCIDENT_HOUR",
        "da_flag": "the relationship is of a partner or family",
        "alcohol": "the code is A",
        "drugs": "the code is D",
        "arrested": "there is a date",
    },
)
