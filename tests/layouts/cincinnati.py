"""Cincinnati's incidents."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .layout import File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

CLOCK = "%m/%d/%Y %I:%M:%S %p"
CINCINNATI_OFFENSES = {
    "injury": ["401 FELONIOUS ASSAULT"],
    "assault": ["810 ASSAULT"],
    "threats": ["1493 MENACING", "1493 AGGRAVATED MENACING"],
    "harassment": ["2693 TELECOMMUNICATION HARASSMENT"],
    "stalking": ["1493 MENACING BY STALKING"],
    "coercion": ["2691 UNLAWFUL RESTRAINT"],
    "rape": ["201 RAPE"],
    "damage": ["1400 CRIMINAL DAMAGING/ENDANGERING"],
    "theft": ["600 THEFT"],
    "burglary": ["551 BURGLARY"],
    "robbery": ["301 ROBBERY"],
    "drugs": ["1800 DRUG ABUSE"],
    "weapons": ["1500 CARRYING CONCEALED WEAPONS"],
    "public_order": ["2400 DISORDERLY CONDUCT"],
    "breach": ["2671 VIOLATE PROTECTION ORDER/CONSENT AGREEMENT"],
    "no_crime": ["2694 UNAUTHORIZED USE OF PROPERTY"],
}
CINCINNATI_PLACES = {
    "residential": ["01-SINGLE FAMILY HOME", "02-MULTI FAMILY DWELLING (APARTMENT)"],
    "public": ["47-STREET", "48-PARKING LOT", "46-PARK/PLAYGROUND"],
    "licensed": ["32-BAR/NIGHTCLUB"],
    "retail": ["19-SUPERMARKET", "20-DEPARTMENT STORE"],
    "custody": ["09-JAIL"],
    "other": ["28-OTHER COMMERCIAL", "99-OTHER"],
}
CLOSED = {
    "1": ["F--CLEARED BY ARREST - ADULT", "H--WARRANT ISSUED"],
    "16": ["D--VICTIM REFUSED TO COOPERATE"],
    "15": ["J--CLOSED"],
    "18": ["Z--EARLY CLOSED"],
}


def cincinnati(seed: int) -> pd.DataFrame:
    """Make Cincinnati's incidents with people beside them."""
    rng, rows = generator(seed, "cincinnati"), world(seed, "cincinnati")
    offense = worded(rng, rows["kind"], CINCINNATI_OFFENSES)
    offense = offense.mask(rows["da"] & rows["kind"].eq("assault"), "864 DOMESTIC VIOLENCE")
    edges = [-2, -0.5, 17, 25, 30, 40, 50, 60, 70, 200]
    bands = ["UNKNOWN", "UNDER 18", "18-25", "26-30", "31-40", "41-50", "51-60", "61-70", "OVER 70"]
    who = {}
    for title, name in (("VICTIM", "victim"), ("SUSPECT", "offender")):
        who[f"{title}_AGE"] = pd.cut(rows[f"{name}_age"], edges, labels=bands).astype(str)
        who[f"{title}_RACE"] = rows[f"{name}_race"].map(
            {0: "WHITE", 1: "BLACK", 2: "ASIAN/PACIFIC ISLAND", 3: "UNKNOWN", 4: "HISPANIC"}
        ).fillna("")  # fmt: skip
        who[f"{title}_ETHNICITY"] = (
            rows[f"{name}_race"].map({4: "HISPANIC ORIGIN", -1: ""}).fillna("NOT OF HISPANIC ORIG")
        )
        who[f"{title}_GENDER"] = gaps(
            rng, rows[f"{name}_sex"].map({"M": "MALE", "F": "FEMALE"}).fillna(""), 0.03, "UNKNOWN"
        )
    closed = worded(rng, rows["outcome"].astype(str), CLOSED)
    return pd.DataFrame(
        {
            "INSTANCEID": pd.Series([rng.bytes(16).hex().upper() for _ in range(len(rows))]),
            "INCIDENT_NO": numbered(rows["event"] + 159_000_000, "{}"),
            "DATE_REPORTED": stamped(rows["reported"], CLOCK),
            "DATE_FROM": stamped(rows["start"], CLOCK),
            "DATE_TO": gaps(rng, stamped(rows["end"], CLOCK), 0.1),
            "CLSD": closed,
            "UCR": offense.str.partition(" ")[0],
            "DST": (rows["area"] + 1).astype(str),
            "BEAT": (rows["area"] + 1).astype(str),
            "OFFENSE": offense.str.partition(" ")[2],
            "LOCATION": worded(rng, rows["place"], CINCINNATI_PLACES, rows["event"]),
            "THEFT_CODE": flagged(rows["kind"].eq("theft"), "23H-THEFT FROM BUILDING", ""),
            "FLOOR": "",
            "SIDE": "",
            "OPENING": "",
            "HATE_BIAS": "N--NO BIAS/NOT APPLICABLE",
            "DAYOFWEEK": stamped(rows["start"], "%A").str.upper(),
            "RPT_AREA": (rows["area"] * 10 + 41).astype(str),
            "CPD_NEIGHBORHOOD": rows["area"].map(
                lambda area: ("WESTWOOD", "AVONDALE", "C. B. D. / RIVERFRONT", "PRICE HILL", "CLIFTON", "")[area]
            ),
            "WEAPONS": flagged(rows["kind"].eq("injury"), "20-KNIFE/CUTTING INSTRUMENT", "99 - NONE"),
            "DATE_OF_CLEARANCE": stamped(rows["reported"].where(closed != ""), CLOCK),
            "HOUR_FROM": stamped(rows["start"], "%H%M"),
            "HOUR_TO": stamped(rows["end"], "%H%M"),
            "ADDRESS_X": rows["area"].map("{}XX INVENTED AV".format),
            "LONGITUDE_X": (rows["lon"] - 84.5).map("{:.6f}".format),
            "LATITUDE_X": (rows["lat"] + 39.1).map("{:.6f}".format),
            **who,
            "TOTALNUMBERVICTIMS": flagged(rows["victim"] >= 0, "1", ""),
            "TOTALSUSPECTS": flagged(rows["offender"] >= 0, "1", ""),
            "UCR_GROUP": rows["kind"].map({"rape": "RAPE", "theft": "THEFT"}).fillna("PART 2 MINOR"),
            "ZIP": (rows["area"] + 45_202).astype(str),
            "SUSPECT_NO": numbered(rows["offender"], "CP{:06d}"),
            "VICTIM_NO": numbered(rows["victim"], "CP{:06d}"),
        }
    )  # fmt: skip


CINCINNATI = Layout(
    name="cincinnati",
    source="PDI (Police Data Initiative) Crime Incidents, City of Cincinnati, "
    "https://data.cincinnati-oh.gov/safety/PDI-Police-Data-Initiative-Crime-Incidents/k59e-2pvf; read at "
    "http://geomarker.io/crime_incidents and, most column names, in public code",
    note="SUSPECT_NO and VICTIM_NO are added and invented. INSTANCEID numbers the rows. Only one title says domestic. "
    "Ages are bands; an ethnicity is Hispanic or not, beside a race.",
    table=cincinnati,
    rows=partial(world, name="cincinnati"),
    file=File("PDI__Police_Data_Initiative__Crime_Incidents.csv", datetime_format=CLOCK),
    expected={
        "incident_id": "INCIDENT_NO",
        "offender_id": "SUSPECT_NO",
        "victim_id": "VICTIM_NO",
        "occurred_from": "DATE_FROM",
        "occurred_to": "DATE_TO",
        "reported_at": "DATE_REPORTED",
        "da_flag": "OFFENSE",
        "offence": "OFFENSE",
        "location_type": "LOCATION",
        "arrested": "CLSD",
        "offender_sex": "SUSPECT_GENDER",
        "victim_sex": "VICTIM_GENDER",
        "offender_ethnicity": "SUSPECT_RACE",
        "victim_ethnicity": "VICTIM_RACE",
        "borough": "CPD_NEIGHBORHOOD",
    },
    may={
        "INSTANCEID": frozenset({"offence_id"}),
        "OFFENSE": frozenset({"offence_family", "is_crime"}),
        "UCR": frozenset({"offence_family", "da_flag"}),
        "UCR_GROUP": frozenset({"offence_family"}),
        "CLSD": frozenset({"outcome_code"}),
        "DATE_OF_CLEARANCE": frozenset({"outcome_at"}),
        "DST": frozenset({"borough"}),
        "BEAT": frozenset({"borough"}),
        "RPT_AREA": frozenset({"borough"}),
        "ZIP": frozenset({"borough"}),
        "SUSPECT_AGE": frozenset({"offender_age"}),
        "VICTIM_AGE": frozenset({"victim_age"}),
        "SUSPECT_ETHNICITY": frozenset({"offender_ethnicity"}),
        "VICTIM_ETHNICITY": frozenset({"victim_ethnicity"}),
    },
    values={
        "da_flag": {"domestic violence": "true"},
        "arrested": {"f--cleared by arrest - adult": "true"},
        "outcome_code": {"d--victim refused to cooperate": "16"},
        "offender_sex": {"male": "M", "female": "F"},
        "victim_sex": {"male": "M", "female": "F"},
        "location_type": sure(CINCINNATI_PLACES, "28-OTHER COMMERCIAL"),
    },
    person=frozenset({"SUSPECT_NO", "VICTIM_NO"}),
    accepts=frozenset({"CLSD"}),
    derived={"da_flag": "the title is domestic violence", "arrested": "cleared by arrest"},
)
