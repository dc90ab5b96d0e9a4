"""An invented export in the manner of a British system of investigations: no force's, no supplier's."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .british import BEATS, offence
from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

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


def investigations(seed: int) -> pd.DataFrame:
    """Make an export of investigations with titles above, semicolons and decimal commas."""
    rng, rows = generator(seed, "investigations"), world(seed, "investigations")
    classes, subs = offence(rows, 0), offence(rows, 1)
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
            "OFFENCE_DESC": offence(rows, 2).str.upper().where(classes != "", "NON CRIME - DOMESTIC"),
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


INVESTIGATIONS = Layout(
    name="investigations",
    source="invented, in the manner of an export of investigations",
    note="Two lines of title above the header, semicolons, decimal commas, Windows-1252. Day and clock are apart. URN "
    "numbers the offences and looks like a person's reference beside the two that are. A sex of H is a slip, an age of "
    "0 or 999 is unknown, an officer's collar number is no person of the incident.",
    table=investigations,
    rows=partial(world, name="investigations"),
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
        joined_format="%d/%m/%Y %H:%M",
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
    missing={"offender_age": frozenset({"0"}), "victim_age": frozenset({"999"})},
    derived={
        "occurred_from": "with OFF_TIME",
        "occurred_to": "with OFF_TO_TIME",
        "reported_at": "with REP_TIME",
        "is_crime": "there is a code",
    },
)
