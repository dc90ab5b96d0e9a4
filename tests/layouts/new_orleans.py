"""New Orleans's police reports."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, worded, world

CLOCK = "%m/%d/%Y %I:%M:%S %p"
SIGNALS = {
    "injury": ["34S AGGRAVATED BATTERY BY SHOOTING|14:34", "37 AGGRAVATED ASSAULT|14:37"],
    "assault": ["35 SIMPLE BATTERY|14:35", "38 SIMPLE ASSAULT|14:38"],
    "threats": ["107 SUSPICIOUS PERSON|14:40.1"],
    "harassment": ["107 SUSPICIOUS PERSON|14:285"],
    "stalking": ["107 SUSPICIOUS PERSON|14:40.2"],
    "coercion": ["45 SIMPLE KIDNAPPING|14:45"],
    "rape": ["42 FORCIBLE RAPE|14:42"],
    "damage": ["56 SIMPLE CRIMINAL DAMAGE|14:56"],
    "theft": ["67 THEFT|14:67", "67S SHOPLIFTING|14:67.25"],
    "burglary": ["62 SIMPLE BURGLARY|14:62"],
    "robbery": ["65 SIMPLE ROBBERY|14:65"],
    "drugs": ["966 DRUG LAW VIOLATION|40:966"],
    "weapons": ["95 ILLEGAL CARRYING OF A WEAPON|14:95"],
    "public_order": ["103 DISTURBING THE PEACE|14:103"],
    "breach": ["79 VIOLATION OF PROTECTION ORDERS|14:79"],
    "no_crime": ["21 COMPLAINT OTHER|"],
}
DOMESTIC_SIGNALS = {
    "injury": "37D AGGRAVATED ASSAULT DOMESTIC|14:37",
    "assault": "35D SIMPLE BATTERY DOMESTIC|14:35.3",
    "damage": "56D SIMPLE CRIMINAL DAMAGE DOMESTIC|14:56",
    "no_crime": "103D DOMESTIC DISTURBANCE|",
}
LOUISIANA_RACES = ("BLACK", "WHITE", "HISPANIC", "ASIAN", "UNKNOWN")


def new_orleans(seed: int) -> pd.DataFrame:
    """Make New Orleans's police reports with ids of persons beside them."""
    rng, rows = generator(seed, "new orleans"), world(seed, "new orleans")
    signal = worded(rng, rows["kind"], SIGNALS)
    domestic = rows["kind"].map(DOMESTIC_SIGNALS).where(rows["da"])
    signal = signal.where(domestic.isna(), domestic).str.partition("|")
    race = {who: rows[f"{who}_race"].map(dict(enumerate(LOUISIANA_RACES))).fillna("") for who in ("offender", "victim")}
    sex = {who: rows[f"{who}_sex"].map({"M": "MALE", "F": "FEMALE"}).fillna("") for who in ("offender", "victim")}
    named = rows["offender"] >= 0
    status = flagged(rows["arrested"], "ARRESTED", "WANTED").where(named, "")
    hurt = rows["victim"] >= 0
    return pd.DataFrame(
        {
            "Item_Number": rows["event"].map("A-{:05d}-".format) + stamped(rows["start"], "%y"),
            "District": (rows["area"] + 1).astype(str),
            "Location": rows["area"].map("0{}XX Invented St".format),
            "Disposition": rng.choice(["OPEN", "CLOSED", "CLOSED, CLEARED BY ARREST"], len(rows)),
            "Signal_Type": signal[0].str.partition(" ")[0],
            "Signal_Description": signal[0].str.partition(" ")[2],
            "Occurred_Date_Time": stamped(rows["start"], CLOCK),
            "Charge_Code": signal[2],
            "Charge_Description": signal[0].str.partition(" ")[2].where(rows["arrested"] & signal[2].ne(""), ""),
            "Offender_Number": flagged(named, "1", ""),
            "Offender_Status": status,
            "Offender_Race": race["offender"],
            "Offender_Gender": gaps(rng, sex["offender"], 0.03, "UNKNOWN"),
            "Offender_Age": gaps(rng, numbered(rows["offender_age"], "{}"), 0.1, "0"),
            "Person_Type": flagged(rng.random(len(rows)) < 0.85, "VICTIM", "REPORTING PERSON"),
            "Victim_Number": flagged(hurt, "1", ""),
            "Victim_Race": race["victim"],
            "Victim_Gender": sex["victim"],
            "Victim_Age": numbered(rows["victim_age"], "{}"),
            "Victim_Fatal_Status": flagged(hurt, "Non-fatal", ""),
            "Hate_Crime": flagged(rng.random(len(rows)) < 0.01, "Y", "N"),
            "Report_Type": flagged(rng.random(len(rows)) < 0.8, "Incident Report", "Supplemental Report"),
            "Offender_ID": numbered(rows["offender"], "{}"),
            "Victim_ID": numbered(rows["victim"], "{}"),
        }
    )


NEW_ORLEANS = Layout(
    name="new_orleans",
    source="Electronic Police Report 2024, City of New Orleans, "
    "https://catalog.data.gov/dataset/electronic-police-report-2024; column names read in public code",
    note="Offender_ID and Victim_ID are added and invented. Offender_Number and Victim_Number count people within a "
    "report. Only the signal says domestic. An offender's age of 0 is unknown. A person of type REPORTING PERSON may "
    "be no victim.",
    table=new_orleans,
    rows=partial(world, name="new orleans"),
    file=File("Electronic_Police_Report.csv", datetime_format=CLOCK),
    expected={
        "incident_id": "Item_Number",
        "offender_id": "Offender_ID",
        "victim_id": "Victim_ID",
        "occurred_from": "Occurred_Date_Time",
        "da_flag": "Signal_Description",
        "offence": "Signal_Description",
        "arrested": "Offender_Status",
        "offender_age": "Offender_Age",
        "victim_age": "Victim_Age",
        "offender_sex": "Offender_Gender",
        "victim_sex": "Victim_Gender",
        "offender_ethnicity": "Offender_Race",
        "victim_ethnicity": "Victim_Race",
        "borough": "District",
    },
    may={
        "Signal_Type": frozenset({"da_flag", "offence", "offence_family"}),
        "Signal_Description": frozenset({"offence_family", "is_crime"}),
        "Charge_Code": frozenset({"is_crime", "offence_family"}),
        "Charge_Description": frozenset({"offence", "is_crime", "offence_family"}),
        "Disposition": frozenset({"arrested"}),
        "Hate_Crime": frozenset({MARKERS}),
        "Victim_Fatal_Status": frozenset({MARKERS}),
    },
    values={
        "da_flag": {
            "simple battery domestic": "true",
            "aggravated assault domestic": "true",
            "domestic disturbance": "true",
        },
        "arrested": {"arrested": "true", "wanted": "false"},
        "offender_sex": {"male": "M", "female": "F"},
        "victim_sex": {"male": "M", "female": "F"},
    },
    person=frozenset({"Offender_ID", "Victim_ID"}),
    missing={"offender_age": frozenset({"0"})},
    derived={"da_flag": "the signal names domestic", "arrested": "the status is ARRESTED"},
)
