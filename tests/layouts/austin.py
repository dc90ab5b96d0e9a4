"""Austin's crime reports."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from .layout import File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

CLOCK = "%m/%d/%Y %I:%M:%S %p"
AUSTIN_OFFENSES = {
    "injury": ["402 AGG ASSAULT"],
    "assault": ["900 ASSAULT WITH INJURY", "902 ASSAULT BY CONTACT"],
    "threats": ["2703 TERRORISTIC THREAT"],
    "harassment": ["2703 HARASSMENT"],
    "stalking": ["2719 STALKING"],
    "coercion": ["2700 UNLAWFUL RESTRAINT"],
    "rape": ["200 RAPE"],
    "damage": ["1400 CRIMINAL MISCHIEF"],
    "theft": ["601 THEFT", "607 THEFT BY SHOPLIFTING"],
    "burglary": ["500 BURGLARY OF RESIDENCE"],
    "robbery": ["303 ROBBERY BY ASSAULT"],
    "drugs": ["1800 POSS CONTROLLED SUB/OTHER"],
    "weapons": ["1500 UNLAWFUL CARRYING WEAPON"],
    "public_order": ["2400 DISTURBANCE - OTHER"],
    "breach": ["2717 VIOL OF PROTECTIVE ORDER"],
    "no_crime": ["3400 FAMILY DISTURBANCE"],
}
AUSTIN_DOMESTIC = {
    "injury": "402 AGG ASSAULT FAM/DATE VIOLENCE",
    "assault": "900 ASSAULT W/INJURY-FAM/DATE VIOL",
    "no_crime": "3400 FAMILY DISTURBANCE",
}
AUSTIN_PLACES = {
    "residential": ["RESIDENCE / HOME"],
    "public": ["STREETS / HWY / ROAD / ALLEY", "PARKING LOTS / GARAGE", "PARKS / CAMPGROUNDS"],
    "licensed": ["BAR / NIGHTCLUB"],
    "retail": ["CONVENIENCE STORE", "DEPARTMENT / DISCOUNT STORE", "GROCERY / SUPERMARKET"],
    "custody": ["JAIL / PRISON / PENITENTIARY"],
    "other": ["OTHER / UNKNOWN", "HOTEL / MOTEL / ETC.", "COMMERCIAL / OFFICE BUILDING"],
}


def austin(seed: int) -> pd.DataFrame:
    """Make Austin's reports with people beside them."""
    rng, rows = generator(seed, "austin"), world(seed, "austin")
    offense = worded(rng, rows["kind"], AUSTIN_OFFENSES)
    family = rows["kind"].map(AUSTIN_DOMESTIC).where(rows["da"])
    offense = offense.where(family.isna(), family)
    clock = stamped(rows["start"], CLOCK), stamped(rows["reported"], CLOCK)
    cleared = np.select([rows["arrested"], rows["outcome"].eq(16)], ["C", "O"], "N")
    lat, lon = (rows["lat"] + 30.3).map("{:.8f}".format), (rows["lon"] - 97.7).map("{:.8f}".format)
    return pd.DataFrame(
        {
            "Incident Number": numbered(rows["event"] + 20_155_000_000, "{}"),
            "Highest Offense Description": offense.str.partition(" ")[2],
            "Highest Offense Code": offense.str.partition(" ")[0],
            "Family Violence": flagged(rows["da"]),
            "Occurred Date Time": clock[0],
            "Occurred Date": stamped(rows["start"], "%m/%d/%Y"),
            "Occurred Time": stamped(rows["start"], "%-H%M"),
            "Report Date Time": clock[1],
            "Report Date": stamped(rows["reported"], "%m/%d/%Y"),
            "Report Time": stamped(rows["reported"], "%-H%M"),
            "Location Type": gaps(rng, worded(rng, rows["place"], AUSTIN_PLACES, rows["event"]), 0.02),
            "Address": rows["area"].map("{}00 BLOCK INVENTED LN".format),
            "Zip Code": (rows["area"] + 78_701).astype(str),
            "Council District": (rows["area"] + 1).astype(str),
            "APD Sector": rows["area"].map(lambda area: ("DA", "ED", "FR", "CH", "ID", "BA")[area]),
            "APD District": rows["area"].map(lambda area: str(area % 3 + 1)),
            "PRA": (rows["area"] * 10 + 401).astype(str),
            "Census Tract": (rows["area"] + 11).astype(str),
            "Clearance Status": gaps(rng, pd.Series(cleared), 0.1),
            "Clearance Date": stamped(rows["reported"].where(rows["arrested"]), "%m/%d/%Y"),
            "UCR Category": rows["kind"].map({"injury": "13A", "burglary": "220", "theft": "23H"}).fillna(""),
            "Category Description": rows["kind"].map(
                {"injury": "Aggravated Assault", "burglary": "Burglary", "theft": "Theft"}
            ).fillna(""),
            "X-coordinate": "3115361",
            "Y-coordinate": "3118000",
            "Latitude": lat,
            "Longitude": lon,
            "Location": "(" + lat + ", " + lon + ")",
            "Suspect SID": numbered(rows["offender"], "TX{:08d}"),
            "Victim SID": numbered(rows["victim"], "TX{:08d}"),
        }
    )  # fmt: skip


AUSTIN = Layout(
    name="austin",
    source="Crime Reports, City of Austin, https://data.austintexas.gov/Public-Safety/Crime-Reports/fdj4-gpfu; header "
    "and its meanings read in public code",
    note="Suspect SID and Victim SID are added and invented. The same moment stands in one column and again in two. "
    "A family disturbance is no crime. The code is the city's own.",
    table=austin,
    rows=partial(world, name="austin"),
    file=File("Crime_Reports.csv", datetime_format=CLOCK),
    expected={
        "incident_id": "Incident Number",
        "offender_id": "Suspect SID",
        "victim_id": "Victim SID",
        "occurred_from": "Occurred Date Time",
        "reported_at": "Report Date Time",
        "da_flag": "Family Violence",
        "offence": "Highest Offense Description",
        "location_type": "Location Type",
        "arrested": "Clearance Status",
        "borough": "APD Sector",
    },
    may={
        "Occurred Date": frozenset({"occurred_from"}),
        "Report Date": frozenset({"reported_at"}),
        "Highest Offense Description": frozenset({"offence_family", "is_crime", "da_flag"}),
        "Highest Offense Code": frozenset({"offence_family", "is_crime"}),
        "Category Description": frozenset({"offence_family"}),
        "UCR Category": frozenset({"offence_family"}),
        "Clearance Date": frozenset({"outcome_at", "arrested"}),
        "Council District": frozenset({"borough"}),
        "APD District": frozenset({"borough"}),
        "PRA": frozenset({"borough"}),
        "Zip Code": frozenset({"borough"}),
        "Census Tract": frozenset({"borough"}),
    },
    values={
        "da_flag": {"y": "true", "n": "false"},
        "arrested": {"c": "true"},
        "location_type": sure(AUSTIN_PLACES, "HOTEL / MOTEL / ETC.", "OTHER / UNKNOWN", "COMMERCIAL / OFFICE BUILDING"),
    },
    person=frozenset({"Suspect SID", "Victim SID"}),
    accepts=frozenset({"Clearance Status"}),
    derived={"arrested": "cleared by arrest"},
)
