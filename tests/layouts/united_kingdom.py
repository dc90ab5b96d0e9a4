"""What the police of England and Wales publish: street crimes and stops, with invented people beside them."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

CRIME_TYPES = {
    "injury": ["Violence and sexual offences"],
    "assault": ["Violence and sexual offences"],
    "threats": ["Violence and sexual offences"],
    "harassment": ["Violence and sexual offences", "Public order"],
    "stalking": ["Violence and sexual offences"],
    "coercion": ["Violence and sexual offences"],
    "rape": ["Violence and sexual offences"],
    "damage": ["Criminal damage and arson"],
    "theft": ["Other theft", "Shoplifting", "Bicycle theft", "Theft from the person"],
    "burglary": ["Burglary"],
    "robbery": ["Robbery"],
    "drugs": ["Drugs"],
    "weapons": ["Possession of weapons"],
    "public_order": ["Public order"],
    "breach": ["Other crime"],
    "no_crime": ["Anti-social behaviour"],
}
OUTCOMES = {
    "0": ["Under investigation"],
    "1": ["Suspect charged", "Awaiting court outcome", "Court result unavailable"],
    "3": ["Offender given a caution"],
    "8": ["Local resolution"],
    "10": ["Formal action is not in the public interest"],
    "15": ["Unable to prosecute suspect"],
    "16": ["Unable to prosecute suspect", "Status update unavailable"],
    "18": ["Investigation complete; no suspect identified"],
    "20": ["Action to be taken by another organisation"],
    "21": ["Further investigation is not in the public interest"],
}
FORCES = ("Avon and Somerset Constabulary", "Essex Police")
SPOTS = ("On or near High Street", "On or near Park/Open Space", "On or near Mill Lane")
DISTRICTS = ("Bath and North East Somerset", "Bristol", "Mendip", "Colchester", "Tendring", "Basildon")


def street(seed: int) -> pd.DataFrame:
    """Make street crimes of one force after another."""
    rng, rows = generator(seed, "street"), world(seed, "street")
    force = (rows["area"] >= 3).map({False: FORCES[0], True: FORCES[1]})
    hexes = pd.Series([rng.bytes(32).hex() for _ in range(len(rows))])
    lsoa = 14370 + rows["area"] * 40 + rng.integers(0, 30, len(rows))
    outcome = worded(rng, rows["outcome"].astype(str), OUTCOMES)
    return pd.DataFrame(
        {
            "Crime ID": hexes.where(rows["kind"] != "no_crime", ""),
            "Month": stamped(rows["start"], "%Y-%m"),
            "Reported by": force,
            "Falls within": force,
            "Longitude": (rows["lon"] - 1.5).map("{:.6f}".format),
            "Latitude": (rows["lat"] + 52).map("{:.6f}".format),
            "Location": rng.choice(SPOTS, len(rows)),
            "LSOA code": gaps(rng, lsoa.map("E010{:05d}".format), 0.03),
            "LSOA name": rows["area"].map(lambda area: DISTRICTS[area]) + " " + (lsoa % 30).map("{:03d}".format) + "A",
            "Crime type": worded(rng, rows["kind"], CRIME_TYPES),
            "Last outcome category": outcome.where(rows["kind"] != "no_crime", ""),
            "Context": "",
            "Suspect ref": numbered(rows["offender"], "SR{:06d}"),
            "Victim ref": numbered(rows["victim"], "SR{:06d}"),
        }
    )  # fmt: skip


STREET = Layout(
    name="police_uk_street",
    source="About data.police.uk, CSV columns, http://data.police.uk/about",
    note="Suspect ref and Victim ref are added and invented: the publisher prints no people. The month is all there is "
    "of a date; anti-social behaviour has no Crime ID; nothing says domestic. A crime type is a category, not a title.",
    table=street,
    rows=partial(world, name="street"),
    file=File("2015-01-street.csv"),
    expected={
        "incident_id": "Crime ID",
        "offender_id": "Suspect ref",
        "victim_id": "Victim ref",
        "occurred_from": "Month",
        "offence": "Crime type",
        "outcome_code": "Last outcome category",
        "lsoa": "LSOA code",
        "borough": "LSOA name",
    },
    may={
        "Crime ID": frozenset({"offence_id"}),
        "Crime type": frozenset({"offence_family", "is_crime"}),
        "Falls within": frozenset({"force", "borough"}),
        "Reported by": frozenset({"force", "borough"}),
    },
    values={
        "offence_family": {
            "criminal damage and arson": "criminal_damage",
            "other theft": "acquisitive",
            "shoplifting": "acquisitive",
            "bicycle theft": "acquisitive",
            "theft from the person": "acquisitive",
            "burglary": "acquisitive",
            "robbery": "acquisitive",
            "drugs": "drugs",
            "possession of weapons": "weapons",
            "public order": "public_order",
        },
        "outcome_code": sure(
            OUTCOMES,
            "Unable to prosecute suspect",
            "Status update unavailable",
            "Court result unavailable",
            "Awaiting court outcome",
            "Offender given a caution",
            "Formal action is not in the public interest",
        ),
    },
    person=frozenset({"Suspect ref", "Victim ref"}),
    accepts=frozenset({"LSOA name", "Falls within", "Reported by"}),
    derived={"occurred_from": "the first of the month", "borough": "the name without its last word"},
)

ETHNICITIES = (
    "White - English/Welsh/Scottish/Northern Irish/British",
    "Asian/Asian British - Pakistani",
    "Black/African/Caribbean/Black British - Caribbean",
    "Mixed/Multiple ethnic groups - White and Black Caribbean",
    "Other ethnic group - Not stated",
)
STOPPED = {
    "1": ["Arrest", "Summons / charged by post"],
    "3": ["Caution (simple or conditional)"],
    "8": ["Community resolution"],
    "10": ["Penalty Notice for Disorder"],
    "16": ["A no further action disposal"],
    "15": ["A no further action disposal", "Khat or Cannabis warning"],
    "0": ["A no further action disposal"],
    "20": ["A no further action disposal"],
    "21": ["A no further action disposal"],
    "18": ["A no further action disposal"],
}


def stops(seed: int) -> pd.DataFrame:
    """Make stops and searches of people, some of them of vehicles with nobody in them."""
    rng, rows = generator(seed, "stops"), world(seed, "stops")
    age = pd.cut(
        rows["offender_age"], [-2, 0, 9, 17, 24, 34, 200], labels=["", "under 10", "10-17", "18-24", "25-34", "over 34"]
    )
    alone = rows["offender"] < 0
    seen = rows["offender_race"].map({0: "White", 1: "Asian", 2: "Black", 3: "Other", 4: "White"}).fillna("")
    return pd.DataFrame(
        {
            "Type": alone.map({True: "Vehicle search", False: "Person search"}),
            "Date": stamped(rows["start"], "%Y-%m-%dT%H:%M:%S+00:00"),
            "Part of a policing operation": gaps(rng, flagged(rng.random(len(rows)) < 0.1, "True", "False"), 0.4),
            "Policing operation": "",
            "Latitude": gaps(rng, (rows["lat"] + 52).map("{:.6f}".format), 0.1),
            "Longitude": (rows["lon"] - 1.5).map("{:.6f}".format),
            "Gender": gaps(rng, rows["offender_sex"].map({"M": "Male", "F": "Female"}).fillna(""), 0.02, "Other"),
            "Age range": age.astype(str),
            "Self-defined ethnicity": numbered(rows["offender_race"], "{}").map(
                {str(code): name for code, name in enumerate(ETHNICITIES)}
            ).fillna(""),
            "Officer-defined ethnicity": seen,
            "Legislation": worded(rng, rows["kind"].map({"drugs": "drugs"}).fillna("other"), {
                "drugs": ["Misuse of Drugs Act 1971 (section 23)"],
                "other": ["Police and Criminal Evidence Act 1984 (section 1)", "Firearms Act 1968 (section 47)"],
            }),
            "Object of search": worded(rng, rows["kind"].map({"drugs": "drugs"}).fillna("other"), {
                "drugs": ["Controlled drugs"],
                "other": ["Stolen goods", "Offensive weapons", "Article for use in theft"],
            }),
            "Outcome": worded(rng, rows["outcome"].astype(str), STOPPED),
            "Outcome linked to object of search": gaps(rng, flagged(rng.random(len(rows)) < 0.3, "True", "False"), 0.5),
            "Removal of more than just outer clothing": flagged(rng.random(len(rows)) < 0.04, "True", "False"),
            "Search ID": numbered(rows["offence"], "SS{:07d}"),
            "Person ID": numbered(rows["offender"], "P{:06d}"),
        }
    )  # fmt: skip


STOPS = Layout(
    name="police_uk_stops",
    source="Stop and search CSV of data.police.uk, https://data.police.uk/data/; header and a row read in public code",
    note="Search ID and Person ID are added and invented. The person searched is as near to a suspect as it has; there "
    "is no victim, nothing says domestic, and the three True and False columns mean nothing canonical.",
    table=stops,
    rows=partial(world, name="stops"),
    file=File("2024-03-stop-and-search.csv"),
    expected={
        "incident_id": "Search ID",
        "offender_id": "Person ID",
        "occurred_from": "Date",
        "offender_sex": "Gender",
        "offender_ethnicity": "Self-defined ethnicity",
        "arrested": "Outcome",
    },
    may={
        "Officer-defined ethnicity": frozenset({"offender_ethnicity"}),
        "Outcome": frozenset({"outcome_code"}),
        "Object of search": frozenset({"offence", "offence_family"}),
        "Legislation": frozenset({"offence"}),
        "Age range": frozenset({"offender_age"}),
        "Part of a policing operation": frozenset({MARKERS}),
        "Outcome linked to object of search": frozenset({MARKERS}),
        "Removal of more than just outer clothing": frozenset({MARKERS}),
    },
    values={
        "offender_sex": {"male": "M", "female": "F"},
        "arrested": {
            "arrest": "true",
            "a no further action disposal": "false",
            "community resolution": "false",
            "khat or cannabis warning": "false",
        },
        "outcome_code": {
            "community resolution": "8",
            "penalty notice for disorder": "6",
            "khat or cannabis warning": "7",
            "summons / charged by post": "1",
        },
    },
    person=frozenset({"Person ID"}),
    derived={"arrested": "the outcome is an arrest"},
)
