"""An invented workbook in the manner of a performance team: a cover first, then the rows."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .british import BEATS, PREMISES, RELATIONS, offence
from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world


def workbook(seed: int) -> pd.DataFrame:
    """Make the sheet of a workbook whose first sheet is a cover."""
    rng, rows = generator(seed, "workbook"), world(seed, "workbook")
    clock = "%Y-%m-%d %H:%M:%S"
    classes, subs = offence(rows, 0), offence(rows, 1)
    code = classes.str.zfill(3) + subs
    turned = rows["relation"].replace({"parent": "child", "child": "parent"})
    relation = worded(rng, turned, {**RELATIONS, "parent": ["Parent"], "child": ["Child"]})
    sex = {who: rows[f"{who}_sex"].map({"M": "Male", "F": "Female"}).fillna("") for who in ("offender", "victim")}
    return pd.DataFrame(
        {
            "Incident Reference": numbered(rows["event"] + 20_000, "INC-{:06d}"),
            "Investigation Reference": numbered(rows["offence"].where(classes != "", -1), "22{:07d}"),
            "Incident Start": stamped(rows["start"], clock),
            "Incident End": gaps(rng, stamped(rows["end"], clock), 0.15),
            "Date Reported": stamped(rows["reported"], clock),
            "Date Entered": stamped(rows["reported"] + pd.Timedelta(hours=5), clock),
            "Entered By": rows["officer"].map("Staff {:03d}".format),
            "Crime / Non-Crime": flagged(classes != "", "Crime", "Non-Crime"),
            "Home Office Code": code.where(classes != "", ""),
            "Offence Title": offence(rows, 2).where(classes != "", "Domestic abuse non-crime"),
            "Domestic Abuse Flag": flagged(rows["da"], "Yes", "No"),
            "Risk Assessment": gaps(rng, rows["risk"].map(
                {"standard": "Standard", "medium": "Medium", "high": "High"}).fillna(""), 0.02, "Not assessed"),
            "Suspect Person ID": numbered(rows["offender"], "{}"),
            "Suspect Full Name": rows["offender_name"],
            "Suspect Date of Birth": stamped(rows["offender_born"], "%Y-%m-%d"),
            "Suspect Sex": sex["offender"],
            "Suspect Ethnic Appearance": rows["offender_race"].map(
                {0: "White North European", 1: "Asian", 2: "Black", 3: "Arab", 4: "Unknown"}).fillna(""),
            "Victim Person ID": numbered(rows["victim"], "{}"),
            "Victim Full Name": rows["victim_name"],
            "Victim Date of Birth": stamped(rows["victim_born"], "%Y-%m-%d"),
            "Victim Sex": sex["victim"],
            "Suspect's Relationship to Victim": relation.where(rows["victim"] >= 0, ""),
            "Arrest Made": flagged(rows["arrested"], "Yes", "No"),
            "Outcome Code": rows["outcome"].astype(str).where(classes != "", ""),
            "Location Category": worded(rng, rows["place"], PREMISES, rows["event"]),
            "Location Postcode": rows["area"].map("ZZ{} 9ZZ".format),
            "Local Policing Area": rows["area"].map(lambda area: BEATS[area]),
            "Alcohol Related": flagged(rows["alcohol"], "Yes", "No"),
            "Drug Related": flagged(rows["drugs"], "Yes", "No"),
            "Honour Based Abuse": flagged(rng.random(len(rows)) < 0.01, "Yes", "No"),
            "Forced Marriage": flagged(rng.random(len(rows)) < 0.005, "Yes", "No"),
            "FGM": flagged(rng.random(len(rows)) < 0.003, "Yes", "No"),
            "Children Present": flagged(rows["da"] & (rng.random(len(rows)) < 0.4), "Yes", "No"),
            "Body Worn Video": flagged(rng.random(len(rows)) < 0.6, "Yes", "No"),
        }
    )  # fmt: skip


WORKBOOK = Layout(
    name="workbook",
    source="invented, in the manner of a workbook from a performance team",
    note="A cover is the first sheet. The relationship is the suspect's to the victim, the other way about: a suspect "
    "who is a parent has a child for a victim. Date Entered follows Date Reported. A member of staff enters rows.",
    table=workbook,
    rows=partial(world, name="workbook"),
    file=File(
        "da_extract.xlsx",
        sheet="Extract",
        cover=("Domestic abuse extract", "Prepared for research", "Rows are on the next sheet"),
        datetime_format="%Y-%m-%d %H:%M:%S",
        date_format="%Y-%m-%d",
    ),
    expected={
        "incident_id": "Incident Reference",
        "offence_id": "Investigation Reference",
        "offender_id": "Suspect Person ID",
        "victim_id": "Victim Person ID",
        "occurred_from": "Incident Start",
        "occurred_to": "Incident End",
        "reported_at": "Date Reported",
        "da_flag": "Domestic Abuse Flag",
        "is_crime": "Crime / Non-Crime",
        "offence_code": "Home Office Code",
        "offence": "Offence Title",
        "risk_grade": "Risk Assessment",
        "outcome_code": "Outcome Code",
        "arrested": "Arrest Made",
        "relationship": "Suspect's Relationship to Victim",
        "offender_dob": "Suspect Date of Birth",
        "victim_dob": "Victim Date of Birth",
        "offender_sex": "Suspect Sex",
        "victim_sex": "Victim Sex",
        "offender_ethnicity": "Suspect Ethnic Appearance",
        "location_type": "Location Category",
        "borough": "Local Policing Area",
        "alcohol": "Alcohol Related",
        "drugs": "Drug Related",
        "honour_based": "Honour Based Abuse",
        "forced_marriage": "Forced Marriage",
        "fgm": "FGM",
    },
    may={
        "Investigation Reference": frozenset({"is_crime"}),
        "Offence Title": frozenset({"offence_family", "is_crime"}),
        "Children Present": frozenset({MARKERS}),
        "Body Worn Video": frozenset({MARKERS}),
    },
    values={
        "da_flag": {"yes": "true", "no": "false"},
        "arrested": {"yes": "true", "no": "false"},
        "is_crime": {"crime": "true", "non-crime": "false"},
        "risk_grade": {"standard": "standard", "medium": "medium", "high": "high"},
        "relationship": {
            **sure({key: RELATIONS[key] for key in ("partner", "ex_partner", "sibling", "acquaintance", "stranger")}),
            "parent": "child",
            "child": "parent",
            "other family member": "other_family",
        },
        "offender_sex": {"male": "M", "female": "F"},
        "victim_sex": {"male": "M", "female": "F"},
        "location_type": sure(PREMISES),
        "alcohol": {"yes": "true", "no": "false"},
        "drugs": {"yes": "true", "no": "false"},
        "honour_based": {"yes": "true", "no": "false"},
        "forced_marriage": {"yes": "true", "no": "false"},
        "fgm": {"yes": "true", "no": "false"},
    },
    person=frozenset(
        {
            "Entered By",
            "Suspect Person ID",
            "Suspect Full Name",
            "Suspect Date of Birth",
            "Victim Person ID",
            "Victim Full Name",
            "Victim Date of Birth",
            "Location Postcode",
        }
    ),
)
