"""New York's complaints."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .layout import MARKERS, File, Layout
from .nibrs import code_of, name_of
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

NY_OFFENSES = {
    "injury": ["106 FELONY ASSAULT"],
    "assault": ["344 ASSAULT 3 & RELATED OFFENSES"],
    "threats": ["361 OFF. AGNST PUB ORD SENSBLTY &"],
    "harassment": ["578 HARRASSMENT 2"],
    "stalking": ["578 HARRASSMENT 2"],
    "coercion": ["124 KIDNAPPING & RELATED OFFENSES"],
    "rape": ["104 RAPE"],
    "damage": ["351 CRIMINAL MISCHIEF & RELATED OF", "121 CRIMINAL MISCHIEF & RELATED OF"],
    "theft": ["341 PETIT LARCENY", "109 GRAND LARCENY"],
    "burglary": ["107 BURGLARY"],
    "robbery": ["105 ROBBERY"],
    "drugs": ["235 DANGEROUS DRUGS"],
    "weapons": ["118 DANGEROUS WEAPONS"],
    "public_order": ["359 OFFENSES AGAINST PUBLIC ADMINI"],
    "breach": ["126 MISCELLANEOUS PENAL LAW"],
    "no_crime": ["578 HARRASSMENT 2"],
}
NY_PLACES = {
    "residential": ["RESIDENCE - APT. HOUSE", "RESIDENCE-HOUSE", "RESIDENCE - PUBLIC HOUSING"],
    "public": ["STREET", "PARK/PLAYGROUND", "BUS STOP"],
    "licensed": ["BAR/NIGHT CLUB"],
    "retail": ["GROCERY/BODEGA", "DEPARTMENT STORE", "CHAIN STORE"],
    "custody": ["OTHER"],
    "other": ["OTHER", "COMMERCIAL BUILDING", "TRANSIT - NYC SUBWAY"],
}
NY_RACES = ("WHITE", "BLACK", "WHITE HISPANIC", "ASIAN / PACIFIC ISLANDER", "UNKNOWN")
BOROUGHS = ("BRONX", "BROOKLYN", "MANHATTAN", "QUEENS", "STATEN ISLAND", "BROOKLYN")


def new_york(seed: int) -> pd.DataFrame:
    """Make New York's complaints with people beside them."""
    rng, rows = generator(seed, "new york"), world(seed, "new york")
    offense = worded(rng, rows["kind"], NY_OFFENSES)
    bands = {
        who: pd.cut(rows[f"{who}_age"], [-2, -0.5, 17, 24, 44, 64, 200],
                    labels=["UNKNOWN", "<18", "18-24", "25-44", "45-64", "65+"]).astype(str)
        for who in ("offender", "victim")
    }  # fmt: skip
    race = {who: rows[f"{who}_race"].map(dict(enumerate(NY_RACES))).fillna("") for who in ("offender", "victim")}
    level = rows["kind"].map({"injury": "FELONY", "robbery": "FELONY", "harassment": "VIOLATION"}).fillna("MISDEMEANOR")
    lat, lon = (rows["lat"] + 40.7).map("{:.9f}".format), (rows["lon"] - 73.9).map("{:.9f}".format)
    return pd.DataFrame(
        {
            "CMPLNT_NUM": numbered(rows["offence"] + 394_506_000, "{}"),
            "CMPLNT_FR_DT": stamped(rows["start"], "%m/%d/%Y"),
            "CMPLNT_FR_TM": stamped(rows["start"], "%H:%M:%S"),
            "CMPLNT_TO_DT": gaps(rng, stamped(rows["end"], "%m/%d/%Y"), 0.25),
            "CMPLNT_TO_TM": gaps(rng, stamped(rows["end"], "%H:%M:%S"), 0.25),
            "ADDR_PCT_CD": (rows["area"] * 10 + 41).astype(str),
            "RPT_DT": stamped(rows["reported"], "%m/%d/%Y"),
            "KY_CD": code_of(offense),
            "OFNS_DESC": name_of(offense),
            "PD_CD": code_of(offense),
            "PD_DESC": name_of(offense).str.replace(" & RELATED OFFENSES", "", regex=False) + ",UNCLASSIFIED",
            "CRM_ATPT_CPTD_CD": flagged(rng.random(len(rows)) < 0.97, "COMPLETED", "ATTEMPTED"),
            "LAW_CAT_CD": level,
            "BORO_NM": rows["area"].map(lambda area: BOROUGHS[area]),
            "LOC_OF_OCCUR_DESC": worded(
                rng, rows["place"], {"residential": ["INSIDE"], "public": ["FRONT OF", "OPPOSITE OF"]}
            ),
            "PREM_TYP_DESC": worded(rng, rows["place"], NY_PLACES, rows["event"]),
            "JURIS_DESC": "N.Y. POLICE DEPT",
            "JURISDICTION_CODE": "0",
            "PARKS_NM": "",
            "HADEVELOPT": "",
            "HOUSING_PSA": "",
            "X_COORD_CD": "1007314",
            "Y_COORD_CD": "241257",
            "SUSP_AGE_GROUP": bands["offender"].mask(rows["offender"] < 0, ""),
            "SUSP_RACE": race["offender"],
            "SUSP_SEX": gaps(rng, rows["offender_sex"], 0.05, "U"),
            "TRANSIT_DISTRICT": "",
            "Latitude": lat,
            "Longitude": lon,
            "Lat_Lon": "(" + lat + ", " + lon + ")",
            "PATROL_BORO": rows["area"].map(lambda area: f"PATROL BORO {BOROUGHS[area]}"),
            "STATION_NAME": "",
            "VIC_AGE_GROUP": bands["victim"],
            "VIC_RACE": race["victim"],
            "VIC_SEX": rows["victim_sex"].mask(rows["victim"] < 0, "E"),
            "SUSP_NYSID": numbered(rows["offender"], "{:08d}Q"),
            "VIC_PERSON_NUM": numbered(rows["victim"], "{:08d}Q"),
        }
    )  # fmt: skip


NEW_YORK = Layout(
    name="new_york",
    source="NYPD Complaint Data Historic, City of New York, "
    "https://data.cityofnewyork.us/Public-Safety/NYPD-Complaint-Data-Historic/qgea-i56i; columns read at "
    "https://i2group.github.io/analyze-connect/content/example-connectors/connector-nypd.html, header in public code",
    note="SUSP_NYSID and VIC_PERSON_NUM are added and invented. Day and clock are apart, for start and end. Ages are "
    "bands. A victim's sex of E is a business and D the state, which no person has. Nothing says domestic.",
    table=new_york,
    rows=partial(world, name="new york"),
    file=File(
        "NYPD_Complaint_Data_Historic.csv",
        datetime_format="%m/%d/%Y",
        date_format="%m/%d/%Y",
        joined_format="%m/%d/%Y %H:%M:%S",
    ),
    expected={
        "incident_id": "CMPLNT_NUM",
        "offender_id": "SUSP_NYSID",
        "victim_id": "VIC_PERSON_NUM",
        "occurred_from": "CMPLNT_FR_DT",
        "occurred_to": "CMPLNT_TO_DT",
        "reported_at": "RPT_DT",
        "offence": "OFNS_DESC",
        "location_type": "PREM_TYP_DESC",
        "borough": "BORO_NM",
        "offender_sex": "SUSP_SEX",
        "victim_sex": "VIC_SEX",
        "offender_ethnicity": "SUSP_RACE",
        "victim_ethnicity": "VIC_RACE",
    },
    may={
        "CMPLNT_NUM": frozenset({"offence_id"}),
        "CMPLNT_FR_TM": frozenset({"occurred_from"}),
        "CMPLNT_TO_TM": frozenset({"occurred_to"}),
        "OFNS_DESC": frozenset({"offence_family", "is_crime"}),
        "PD_DESC": frozenset({"offence", "offence_family"}),
        "KY_CD": frozenset({"offence_family"}),
        "LAW_CAT_CD": frozenset({"is_crime"}),
        "ADDR_PCT_CD": frozenset({"borough"}),
        "PATROL_BORO": frozenset({"borough"}),
        "JURIS_DESC": frozenset({"force"}),
        "LOC_OF_OCCUR_DESC": frozenset({MARKERS}),
        "SUSP_AGE_GROUP": frozenset({"offender_age"}),
        "VIC_AGE_GROUP": frozenset({"victim_age"}),
    },
    values={
        "offender_sex": {"m": "M", "f": "F", "u": "U"},
        "victim_sex": {"m": "M", "f": "F"},
        "location_type": sure(NY_PLACES, "COMMERCIAL BUILDING", "TRANSIT - NYC SUBWAY", "OTHER") | {"other": "other"},
    },
    person=frozenset({"SUSP_NYSID", "VIC_PERSON_NUM"}),
    accepts=frozenset({"CMPLNT_FR_TM", "CMPLNT_TO_TM"}),
    derived={"occurred_from": "with CMPLNT_FR_TM", "occurred_to": "with CMPLNT_TO_TM"},
)
