"""Four more layouts of the United States: Seattle, New Orleans, Austin and Cincinnati."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .layout import MARKERS, File, Layout
from .united_states import OFFENSES
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

CLOCK = "%m/%d/%Y %I:%M:%S %p"
SECTORS = ("N", "E", "W", "S", "SW", "UNKNOWN")
NEIGHBOURHOODS = ("BALLARD SOUTH", "CAPITOL HILL", "MAGNOLIA", "ROXHILL/WESTWOOD", "UNIVERSITY", "UNKNOWN")


def seattle(seed: int) -> pd.DataFrame:
    """Make Seattle's offences with people beside them."""
    rng, rows = generator(seed, "seattle"), world(seed)
    offense = worded(rng, rows["kind"], OFFENSES)
    person = rows["kind"].isin(["injury", "assault", "threats", "harassment", "stalking", "coercion", "rape"])
    society = rows["kind"].isin(["drugs", "weapons", "public_order", "breach", "no_crime"])
    against = np.select([person, society], ["PERSON", "SOCIETY"], "PROPERTY")
    return pd.DataFrame(
        {
            "Report Number": stamped(rows["start"], "%Y-") + rows["event"].map("{:06d}".format),
            "Offense ID": numbered(rows["offence"] + 12_605_000_000, "{}"),
            "Offense Start DateTime": stamped(rows["start"], CLOCK),
            "Offense End DateTime": gaps(rng, stamped(rows["end"], CLOCK), 0.4),
            "Report DateTime": stamped(rows["reported"], CLOCK),
            "Group A B": rows["kind"].isin(["public_order", "breach", "no_crime"]).map({True: "B", False: "A"}),
            "Crime Against Category": against,
            "Offense Parent Group": pd.Series(against).str.title() + " Offenses",
            "Offense": offense.str.partition(" ")[2],
            "Offense Code": offense.str.partition(" ")[0],
            "Precinct": rows["area"].map(lambda area: SECTORS[area]),
            "Sector": rows["area"].map(lambda area: "BEJNQR"[area]),
            "Beat": rows["area"].map(lambda area: "BEJNQR"[area] + "2"),
            "MCPP": rows["area"].map(lambda area: NEIGHBOURHOODS[area]),
            "100 Block Address": rows["area"].map("{}XX BLOCK OF INVENTED AVE N".format),
            "Longitude": (rows["lon"] - 122.3).map("{:.9f}".format),
            "Latitude": (rows["lat"] + 47.6).map("{:.9f}".format),
            "Suspect GO ID": numbered(rows["offender"], "N{:08d}"),
            "Victim GO ID": numbered(rows["victim"], "N{:08d}"),
        }
    )


SEATTLE = Layout(
    name="seattle",
    source="SPD Crime Data: 2008-Present, City of Seattle, "
    "https://data.seattle.gov/Public-Safety/SPD-Crime-Data-2008-Present/tazs-3rd5; header and its meanings read in "
    "public code",
    note="Suspect GO ID and Victim GO ID are added and invented. Nothing says domestic, how old anybody is, or what "
    "kind of place it was. The code is the FBI's, not the Home Office's.",
    table=seattle,
    file=File("SPD_Crime_Data__2008-Present.csv", datetime_format=CLOCK),
    expected={
        "incident_id": "Report Number",
        "offence_id": "Offense ID",
        "offender_id": "Suspect GO ID",
        "victim_id": "Victim GO ID",
        "occurred_from": "Offense Start DateTime",
        "occurred_to": "Offense End DateTime",
        "reported_at": "Report DateTime",
        "offence": "Offense",
        "borough": "Precinct",
    },
    may={
        "Offense": frozenset({"offence_family", "is_crime"}),
        "Offense Code": frozenset({"offence_family", "is_crime"}),
        "Offense Parent Group": frozenset({"offence", "offence_family"}),
        "Sector": frozenset({"borough"}),
        "Beat": frozenset({"borough"}),
        "MCPP": frozenset({"borough"}),
    },
    values={},
    person=frozenset({"Suspect GO ID", "Victim GO ID"}),
)

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
    rng, rows = generator(seed, "new orleans"), world(seed)
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
    derived={"da_flag": "the signal names domestic", "arrested": "the status is ARRESTED"},
)

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
    rng, rows = generator(seed, "austin"), world(seed)
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
    rng, rows = generator(seed, "cincinnati"), world(seed)
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
