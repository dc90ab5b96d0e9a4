"""Invented exports in the manner of British record systems: no force's, and no supplier's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

# kind: class, sub-class, title
OFFENCES = {
    "injury": ("8", "06", "Assault occasioning actual bodily harm"),
    "assault": ("105", "01", "Common assault and battery"),
    "threats": ("3", "01", "Threats to kill"),
    "harassment": ("195", "12", "Harassment without violence"),
    "stalking": ("8", "66", "Stalking involving serious alarm or distress"),
    "coercion": ("8", "67", "Controlling or coercive behaviour"),
    "rape": ("19", "08", "Rape of a female aged 16 and over"),
    "damage": ("58", "02", "Criminal damage to a dwelling"),
    "theft": ("46", "00", "Theft from a shop"),
    "burglary": ("28", "03", "Burglary in a dwelling"),
    "robbery": ("34", "01", "Robbery of personal property"),
    "drugs": ("92", "40", "Possession of a class B drug"),
    "weapons": ("8", "13", "Possession of a bladed article in a public place"),
    "public_order": ("125", "09", "Causing harassment, alarm or distress"),
    "breach": ("66", "20", "Breach of a non-molestation order"),
}
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
RELATIONS = {
    "partner": ["Spouse", "Partner", "Girlfriend/Boyfriend", "Civil Partner"],
    "ex_partner": ["Ex Partner", "Ex Spouse", "Ex Girlfriend/Boyfriend"],
    "parent": ["Mother", "Father"],
    "child": ["Son", "Daughter"],
    "sibling": ["Brother", "Sister"],
    "other_family": ["Other Family Member", "Grandparent", "In-Law"],
    "acquaintance": ["Acquaintance", "Neighbour", "Colleague"],
    "stranger": ["Stranger"],
    "none": ["Not Recorded", "N/A"],
}
PREMISES = {
    "residential": ["Dwelling - House", "Dwelling - Flat", "HMO/Bedsit"],
    "public": ["Street/Highway", "Public Open Space", "Car Park"],
    "licensed": ["Public House", "Nightclub"],
    "retail": ["Shop", "Supermarket"],
    "custody": ["Police Custody", "Prison"],
    "other": ["Hospital", "School", "Other Building"],
}
BEATS = ("Alverthorpe", "Brackenholme", "Coldharbour Wood", "Dunscombe", "Easterly Cross", "Fenwick Sands")


def _offence(rows: pd.DataFrame, part: int) -> pd.Series:
    return rows["kind"].map({kind: parts[part] for kind, parts in OFFENCES.items()}).fillna("")


def _decile(rows: pd.DataFrame) -> pd.Series:
    return (rows["area"] * 3 % 10 + 1).astype(str)


def niche(seed: int) -> pd.DataFrame:
    """Make an export of occurrences, an offence, a suspect and a victim a row."""
    rng, rows = generator(seed, "niche"), world(seed)
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
            "HO Class": _offence(rows, 0),
            "HO Sub-Class": _offence(rows, 1),
            "Stats Class": _offence(rows, 2).where(rows["kind"] != "no_crime", "Domestic incident - non crime"),
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


NICHE = Layout(
    name="occurrences",
    source="invented, in the manner of an export of occurrences",
    note="A row number, an officer, a mobile, moments of creation and update stand between what matters. The code is "
    "in two columns, class and sub-class; a risk of H is high, beside Y and N columns that mean different things. The "
    "outcome says number and words.",
    table=niche,
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

GRADES = {"standard": "1-STANDARD", "medium": "2-MEDIUM", "high": "3-HIGH"}
VENUES = {
    "residential": ["DWELLING", "FLAT", "GARDEN"],
    "public": ["STREET", "FOOTPATH", "PARK"],
    "licensed": ["PUB", "CLUB"],
    "retail": ["SHOP", "SUPERMARKET"],
    "custody": ["CUSTODY SUITE"],
    "other": ["CAFÉ", "OTHER", "HOSPITAL"],
}
LINKS = {
    "partner": ["HUSBAND", "WIFE", "PARTNER"],
    "ex_partner": ["EX-PARTNER", "EX-HUSBAND", "EX-WIFE"],
    "parent": ["PARENT"],
    "child": ["CHILD"],
    "sibling": ["SIBLING"],
    "other_family": ["OTHER RELATIVE"],
    "acquaintance": ["KNOWN TO"],
    "stranger": ["STRANGER"],
    "none": ["UNKNOWN"],
}
RESULTS = {
    "1": ["CHARGED"],
    "3": ["ADULT CAUTION"],
    "8": ["COMM RES"],
    "15": ["NFA EVIDENTIAL"],
    "16": ["VICTIM DOES NOT SUPPORT"],
    "18": ["NO SUSPECT"],
}
HARM = {"injury": 184.0, "assault": 10.6, "threats": 74.5, "coercion": 421.3, "stalking": 209.1, "rape": 3287.1}


def athena(seed: int) -> pd.DataFrame:
    """Make an export of investigations with titles above, semicolons and decimal commas."""
    rng, rows = generator(seed, "athena"), world(seed)
    classes, subs = _offence(rows, 0), _offence(rows, 1)
    harm = rows["kind"].map(HARM).fillna(5.5).map("{:.1f}".format).str.replace(".", ",", regex=False)
    updated = rows["reported"] + pd.to_timedelta(rng.integers(1, 300, len(rows)), unit="D")
    return pd.DataFrame(
        {
            "URN": numbered(rows["offence"] + 400_000, "{}"),
            "INVESTIGATION_ID": numbered(rows["event"], "42/{:06d}/15"),
            "SUSP_PERSON_URN": numbered(rows["offender"], "PER{}"),
            "VICT_PERSON_URN": numbered(rows["victim"], "PER{}"),
            "OFF_DATE": stamped(rows["start"], "%d/%m/%Y"),
            "OFF_TIME": gaps(rng, stamped(rows["start"], "%H:%M"), 0.04),
            "OFF_TO_DATE": gaps(rng, stamped(rows["end"], "%d/%m/%Y"), 0.2),
            "OFF_TO_TIME": gaps(rng, stamped(rows["end"], "%H:%M"), 0.2),
            "REP_DATE": stamped(rows["reported"], "%d/%m/%Y"),
            "REP_TIME": stamped(rows["reported"], "%H:%M"),
            "LAST_UPD_DT": stamped(updated, "%d/%m/%Y"),
            "HO_CODE": (classes + "/" + subs).where(classes != "", "NC"),
            "OFFENCE_DESC": _offence(rows, 2).str.upper().where(classes != "", "NON CRIME - DOMESTIC"),
            "DV_IND": flagged(rows["da"], "1", "0"),
            "RISK_LEVEL": rows["risk"].map(GRADES).fillna(""),
            "HARM_SCORE": harm.where(classes != "", "0,0"),
            "VENUE": worded(rng, rows["place"], VENUES, rows["event"]),
            "PROPERTY_VALUE": gaps(rng, pd.Series(rng.integers(1, 900, len(rows))).map("£{},50".format), 0.8),
            "SUSP_AGE": gaps(rng, numbered(rows["offender_age"], "{}"), 0.05, "0"),
            "SUSP_SEX": gaps(rng, rows["offender_sex"], 0.01, "H"),
            "SUSP_EA": rows["offender_race"].map({0: "IC1", 1: "IC4", 2: "IC3", 3: "IC5", 4: "IC9"}).fillna(""),
            "VICT_AGE": gaps(rng, numbered(rows["victim_age"], "{}"), 0.03, "999"),
            "VICT_SEX": rows["victim_sex"],
            "VICT_EA": rows["victim_race"].map({0: "IC1", 1: "IC4", 2: "IC3", 3: "IC5", 4: "IC9"}).fillna(""),
            "VICT_IS": worded(rng, rows["relation"], LINKS).where(rows["victim"] >= 0, ""),
            "RESULT": worded(rng, rows["outcome"].astype(str), RESULTS),
            "DISTRICT": rows["area"].map(lambda area: BEATS[area]),
            "OIC_COLLAR": rows["officer"].map("PC{:04d}".format),
            "ALC": flagged(rows["alcohol"], "1", "0"),
            "DRG": flagged(rows["drugs"], "1", "0"),
            "VULN_ADULT": flagged(rng.random(len(rows)) < 0.1, "1", "0"),
        }
    )  # fmt: skip


ATHENA = Layout(
    name="investigations",
    source="invented, in the manner of an export of investigations",
    note="Two lines of title above the header, semicolons, decimal commas, Windows-1252. Day and clock are apart. URN "
    "numbers the offences and looks like a person's reference beside the two that are. A sex of H is a slip, an age of "
    "0 or 999 is unknown, an officer's collar number is no person of the incident.",
    table=athena,
    file=File(
        "investigations.txt",
        delimiter=";",
        encoding="cp1252",
        decimal=",",
        titles=(
            "Investigations 2015 – 2020: one row an offence, a suspect, a victim",
            "Harm on the force’s scale; values in £",
        ),
        datetime_format="%d/%m/%Y",
        date_format="%d/%m/%Y",
    ),
    expected={
        "incident_id": "INVESTIGATION_ID",
        "offence_id": "URN",
        "offender_id": "SUSP_PERSON_URN",
        "victim_id": "VICT_PERSON_URN",
        "occurred_from": "OFF_DATE",
        "occurred_to": "OFF_TO_DATE",
        "reported_at": "REP_DATE",
        "da_flag": "DV_IND",
        "offence_code": "HO_CODE",
        "is_crime": "HO_CODE",
        "offence": "OFFENCE_DESC",
        "severity": "HARM_SCORE",
        "risk_grade": "RISK_LEVEL",
        "outcome_code": "RESULT",
        "relationship": "VICT_IS",
        "location_type": "VENUE",
        "offender_age": "SUSP_AGE",
        "victim_age": "VICT_AGE",
        "offender_sex": "SUSP_SEX",
        "victim_sex": "VICT_SEX",
        "offender_ethnicity": "SUSP_EA",
        "victim_ethnicity": "VICT_EA",
        "borough": "DISTRICT",
        "alcohol": "ALC",
        "drugs": "DRG",
    },
    may={
        "OFF_TIME": frozenset({"occurred_from"}),
        "OFF_TO_TIME": frozenset({"occurred_to"}),
        "REP_TIME": frozenset({"reported_at"}),
        "OFFENCE_DESC": frozenset({"is_crime", "offence_family"}),
        "VULN_ADULT": frozenset({MARKERS}),
    },
    values={
        "da_flag": {"1": "true", "0": "false"},
        "risk_grade": {"1-standard": "standard", "2-medium": "medium", "3-high": "high"},
        "outcome_code": sure(RESULTS),
        "relationship": sure(LINKS, "UNKNOWN"),
        "location_type": sure(VENUES, "GARDEN"),
        "offender_sex": {"m": "M", "f": "F"},
        "victim_sex": {"m": "M", "f": "F"},
        "alcohol": {"1": "true", "0": "false"},
        "drugs": {"1": "true", "0": "false"},
    },
    person=frozenset({"SUSP_PERSON_URN", "VICT_PERSON_URN", "OIC_COLLAR"}),
    accepts=frozenset({"OFF_TIME", "OFF_TO_TIME", "REP_TIME"}),
    derived={
        "occurred_from": "with OFF_TIME",
        "occurred_to": "with OFF_TO_TIME",
        "reported_at": "with REP_TIME",
        "is_crime": "there is a code",
    },
)


def connect(seed: int) -> pd.DataFrame:
    """Make the sheet of a workbook whose first sheet is a cover."""
    rng, rows = generator(seed, "connect"), world(seed)
    clock = "%Y-%m-%d %H:%M:%S"
    classes, subs = _offence(rows, 0), _offence(rows, 1)
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
            "Offence Title": _offence(rows, 2).where(classes != "", "Domestic abuse non-crime"),
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


CONNECT = Layout(
    name="workbook",
    source="invented, in the manner of a workbook from a performance team",
    note="A cover is the first sheet. The relationship is the suspect's to the victim, the other way about: a suspect "
    "who is a parent has a child for a victim. Date Entered follows Date Reported. A member of staff enters rows.",
    table=connect,
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
