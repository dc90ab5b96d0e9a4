"""Published data of the United States and Canada, with invented people beside them."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from ..layouts.layout import MARKERS, File, Layout
from ..layouts.world import FIRST, LAST, flagged, gaps, numbered, stamped, sure, worded
from .shared import US_OFFENCES, US_RACES, aged, coded, made, many, plain, sexed

SEXES = {"male": "M", "female": "F"}
TRUTH = {"true": "true", "false": "false"}
YN = {"y": "true", "n": "false"}


def frozen(*names: str) -> frozenset[str]:
    """Say what a column may be."""
    return frozenset(names)


DALLAS_PLACES = {
    "residential": ["Single Family Residence - Occupied", "Apartment Residence"],
    "public": ["Highway, Street, Alley ETC", "Outdoor Area Public/Private", "Parking Lot (All Others)"],
    "licensed": ["Bar/NightClub/DanceHall ETC."],
    "retail": ["Retail Store", "Grocery/Supermarket"],
    "custody": ["Jail"],
    "other": ["Other", "Medical Facility"],
}


def dallas(seed: int) -> pd.DataFrame:
    """Make Dallas's incidents."""
    rng, rows = made(seed, "dallas")
    tsql = "%Y-%m-%d 00:00:00.0000000"
    offence = worded(rng, rows["kind"], US_OFFENCES)
    return pd.DataFrame(
        {
            "Incident Number w/year": numbered(rows["event"] + 10_000, "{:06d}-2019"),
            "Year of Incident": stamped(rows["start"], "%Y"),
            "Service Number ID": numbered(rows["offence"] + 10_000, "{:06d}-2019-01"),
            "Watch": (rows["start"].dt.hour // 8 + 1).astype(str),
            "Call (911) Problem": worded(rng, rows["kind"], {k: [v[0][:9] + " - 11V"] for k, v in US_OFFENCES.items()}),
            "Type of Incident": offence,
            "Type  Location": worded(rng, rows["place"], DALLAS_PLACES, rows["event"]),
            "Type of Property": "",
            "Incident Address": rows["area"].map("{}00 INVENTED BLVD".format),
            "Apartment Number": "",
            "Reporting Area": (rows["area"] * 11 + 1015).astype(str),
            "Beat": (rows["area"] + 311).astype(str),
            "Division": rows["area"].map(
                lambda n: ("CENTRAL", "NORTHEAST", "SOUTHEAST", "SOUTHWEST", "NORTHWEST", "")[n]
            ),
            "Sector": (rows["area"] * 10 + 110).astype(str),
            "Council District": rows["area"].map("D{}".format),
            "Date1 of Occurrence": stamped(rows["start"], tsql),
            "Year1 of Occurrence": stamped(rows["start"], "%Y"),
            "Month1 of Occurence": stamped(rows["start"], "%B"),
            "Day1 of the Week": stamped(rows["start"], "%a"),
            "Time1 of Occurrence": stamped(rows["start"], "%H:%M"),
            "Day1 of the Year": stamped(rows["start"], "%j"),
            "Date2 of Occurrence": stamped(rows["end"], tsql),
            "Time2 of Occurrence": stamped(rows["end"], "%H:%M"),
            "Date of Report": stamped(rows["reported"], "%Y-%m-%d %H:%M:%S.0000000"),
            "Date incident created": stamped(rows["reported"] + pd.Timedelta(hours=3), "%Y-%m-%d %H:%M:%S.0000000"),
            "Call Received Date Time": stamped(rows["reported"] - pd.Timedelta(hours=1), "%Y-%m-%d %H:%M:%S.0000000"),
            "Person Involvement Type": flagged(rows["victim"] >= 0, "Victim", ""),
            "Victim Type": flagged(rows["victim"] >= 0, "Individual", "Society/Public"),
            "Victim Name": rows["victim_name"].str.upper(),
            "Victim Race": coded(rows, "victim", US_RACES),
            "Victim Ethnicity": coded(rows, "victim", ("Non-Hispanic or Latino",) * 4 + ("Hispanic or Latino",)),
            "Victim Gender": sexed(rows, "victim", "Male", "Female"),
            "Reporting Officer Badge No": (rows["officer"] + 9000).astype(str),
            "Responding Officer #1  Name": rows["officer"].map(lambda n: f"{LAST[n % 8]},{FIRST[n % 12]}".upper()),
            "Offense Status": worded(
                rng,
                rows["outcome"].astype(str),
                {"1": ["Clear by Arrest"], "16": ["Clear by Exceptional Arrest"], "18": ["Suspended"], "0": ["Open"]},
            ),
            "Family Offense": flagged(rows["da"], "true", "false"),
            "Hate Crime": "None",
            "Weapon Used": flagged(rows["kind"].eq("injury"), "Lethal Cutting Instrument", "None"),
            "Gang Related Offense": flagged(rng.random(len(rows)) < 0.01, "Yes", "No"),
            "Drug Related Istevencident": flagged(rows["drugs"], "Yes", "No"),
            "UCR Offense Name": offence.str.split().str[-1],
            "NIBRS Crime Against": flagged(rows["kind"].isin(["theft", "damage", "burglary"]), "PROPERTY", "PERSON"),
            "Update Date": stamped(rows["reported"] + pd.Timedelta(days=30), "%Y-%m-%d %H:%M:%S.0000000"),
            "X Coordinate": (rows["lon"] * 1e6 + 2_480_000).map("{:.4f}".format),
            "Zip Code": (rows["area"] + 75_201).astype(str),
            "City": "DALLAS",
            "State": "TX",
            "Suspect ID": numbered(rows["offender"], "{}"),
            "Suspect Sex": sexed(rows, "offender", "Male", "Female"),
            "Victim ID": numbered(rows["victim"], "{}"),
        }
    )


DALLAS = Layout(
    name="dallas",
    source="Police Incidents, Dallas Open Data qv6i-rri7; header from memory",
    note="Ids of people and Suspect Sex are added. The day and its clock are apart; six other days are decoys.",
    table=dallas,
    rows=partial(many, name="dallas"),
    file=File("Police_Incidents.csv"),
    expected={
        "incident_id": "Incident Number w/year",
        "offence_id": "Service Number ID",
        "offender_id": "Suspect ID",
        "victim_id": "Victim ID",
        "occurred_from": "Date1 of Occurrence",
        "occurred_to": "Date2 of Occurrence",
        "reported_at": "Date of Report",
        "da_flag": "Family Offense",
        "offence": "Type of Incident",
        "offender_sex": "Suspect Sex",
        "victim_sex": "Victim Gender",
        "victim_ethnicity": "Victim Race",
        "location_type": "Type  Location",
        "borough": "Division",
        "drugs": "Drug Related Istevencident",
    },
    may={
        "UCR Offense Name": frozen("offence", "offence_family"),
        "Type of Incident": frozen("offence_family", "is_crime"),
        "Victim Ethnicity": frozen("victim_ethnicity"),
        "Beat": frozen("borough"),
        "Sector": frozen("borough"),
        "Council District": frozen("borough"),
        "Reporting Area": frozen("borough"),
        "Zip Code": frozen("borough"),
        "Offense Status": frozen("arrested", "outcome_code"),
        "Gang Related Offense": frozen(MARKERS),
        "Call Received Date Time": frozen("reported_at"),
        "Time1 of Occurrence": frozen("occurred_from"),
    },
    values={"da_flag": TRUTH, "offender_sex": SEXES, "victim_sex": SEXES, "location_type": sure(DALLAS_PLACES)},
    person=frozen(
        "Victim Name", "Suspect ID", "Victim ID", "Responding Officer #1  Name", "Reporting Officer Badge No"
    ),
    accepts=frozen("Service Number ID", "Drug Related Istevencident"),
    derived={"occurred_from": "with Time1 of Occurrence", "occurred_to": "with Time2 of Occurrence"},
)

SF_DA = {"injury": "Assault, Aggravated, Domestic Violence", "assault": "Battery, Domestic Violence"}


def san_francisco(seed: int) -> pd.DataFrame:
    """Make San Francisco's incident reports."""
    rng, rows = made(seed, "san_francisco")
    words = worded(rng, rows["kind"], {k: [v[0].title()] for k, v in US_OFFENCES.items()})
    said = rows["kind"].map(SF_DA).where(rows["da"])
    clock = "%Y/%m/%d %I:%M:%S %p"
    return pd.DataFrame(
        {
            "Incident Datetime": stamped(rows["start"], clock),
            "Incident Date": stamped(rows["start"], "%Y/%m/%d"),
            "Incident Time": stamped(rows["start"], "%H:%M"),
            "Incident Year": stamped(rows["start"], "%Y"),
            "Incident Day of Week": stamped(rows["start"], "%A"),
            "Report Datetime": stamped(rows["reported"], clock),
            "Row ID": numbered(rows["offence"] + 61_868_700_000, "{}"),
            "Incident ID": numbered(rows["event"] + 618_687, "{}"),
            "Incident Number": numbered(rows["event"] + 180_036_000, "{}"),
            "CAD Number": gaps(rng, numbered(rows["event"] + 180_000_000, "{}"), 0.2),
            "Report Type Code": "II",
            "Report Type Description": flagged(rng.random(len(rows)) < 0.1, "Initial Supplement", "Initial"),
            "Filed Online": flagged(rng.random(len(rows)) < 0.2, "true", ""),
            "Incident Code": rows["kind"].map({k: f"{4000 + 13 * n:05d}" for n, k in enumerate(US_OFFENCES)}),
            "Incident Category": rows["kind"].map(lambda k: "Assault" if k in SF_DA else "Other Offenses"),
            "Incident Subcategory": words.str.split().str[-1],
            "Incident Description": said.fillna(words),
            "Resolution": flagged(rows["arrested"], "Cite or Arrest Adult", "Open or Active"),
            "Intersection": rows["area"].map("INVENTED ST \\ {}TH ST".format),
            "CNN": (rows["area"] + 24_000_000).astype(str),
            "Police District": rows["area"].map(
                lambda n: ("Mission", "Bayview", "Tenderloin", "Park", "Central", "")[n]
            ),
            "Analysis Neighborhood": rows["area"].map(
                lambda n: ("Mission", "Glen Park", "Sunset", "Haight", "Nob", "")[n]
            ),
            "Supervisor District": (rows["area"] + 1).astype(str),
            "Latitude": (rows["lat"] + 37.7).map("{:.6f}".format),
            "Longitude": (rows["lon"] - 122.4).map("{:.6f}".format),
            "Subject Number": numbered(rows["offender"], "{:09d}"),
            "Victim Number": numbered(rows["victim"], "{:09d}"),
            "Subject Age": aged(rows, "offender"),
            "Victim Age": aged(rows, "victim"),
        }
    )


SAN_FRANCISCO = Layout(
    name="san_francisco",
    source="Police Department Incident Reports 2018 to Present, DataSF wg3w-h783; header from memory",
    note="Subject, Victim and ages are added. Ids with leading noughts. The description alone says domestic.",
    table=san_francisco,
    rows=partial(many, name="san_francisco"),
    file=File("Police_Department_Incident_Reports.csv"),
    expected={
        "incident_id": "Incident Number",
        "offender_id": "Subject Number",
        "victim_id": "Victim Number",
        "occurred_from": "Incident Datetime",
        "reported_at": "Report Datetime",
        "da_flag": "Incident Description",
        "offence": "Incident Description",
        "offender_age": "Subject Age",
        "victim_age": "Victim Age",
        "borough": "Police District",
        "arrested": "Resolution",
    },
    may={
        "Incident ID": frozen("incident_id"),
        "CAD Number": frozen("incident_id"),
        "Row ID": frozen("offence_id"),
        "Incident Date": frozen("occurred_from"),
        "Incident Time": frozen("occurred_from"),
        "Incident Subcategory": frozen("offence", "offence_family"),
        "Incident Category": frozen("offence_family"),
        "Analysis Neighborhood": frozen("borough"),
        "Supervisor District": frozen("borough"),
        "Incident Description": frozen("is_crime", "offence_family"),
        "Filed Online": frozen(MARKERS),
        "Resolution": frozen("outcome_code"),
    },
    values={"arrested": {"cite or arrest adult": "true", "open or active": "false"}},
    person=frozen("Subject Number", "Victim Number"),
    derived={"da_flag": "domestic violence in the description"},
)

TORONTO_PLACES = {
    "residential": ["House", "Apartment"],
    "public": ["Outside", "Transit"],
    "licensed": ["Commercial"],
    "retail": ["Commercial"],
    "custody": ["Other"],
    "other": ["Other", "Educational"],
}


def toronto(seed: int) -> pd.DataFrame:
    """Make Toronto's major crime indicators."""
    rng, rows = made(seed, "toronto")
    day = "{m}/{d}/{Y} 5:00:00 AM"
    start, reported = rows["start"].dt, rows["reported"].dt
    return pd.DataFrame(
        {
            "X": (rows["lon"] - 8_830_000).map("{:.4f}".format),
            "Y": (rows["lat"] + 5_420_000).map("{:.4f}".format),
            "OBJECTID": (rows["offence"] + 1).astype(str),
            "EVENT_UNIQUE_ID": numbered(rows["event"] + 100_000, "GO-2019{:07d}"),
            "REPORT_DATE": plain(rows["reported"], day),
            "OCC_DATE": plain(rows["start"], day),
            "REPORT_YEAR": reported.year.astype(str),
            "REPORT_MONTH": stamped(rows["reported"], "%B"),
            "REPORT_DAY": reported.day.astype(str),
            "REPORT_DOY": reported.dayofyear.astype(str),
            "REPORT_DOW": stamped(rows["reported"], "%A"),
            "REPORT_HOUR": reported.hour.astype(str),
            "OCC_YEAR": start.year.astype(str),
            "OCC_MONTH": stamped(rows["start"], "%B"),
            "OCC_DAY": start.day.astype(str),
            "OCC_DOY": start.dayofyear.astype(str),
            "OCC_DOW": stamped(rows["start"], "%A"),
            "OCC_HOUR": start.hour.astype(str),
            "DIVISION": (rows["area"] + 51).map("D{}".format),
            "LOCATION_TYPE": worded(
                rng,
                rows["place"],
                {
                    "residential": [
                        "Apartment (Rooming House, Condo)",
                        "Single Home, House (Attach Garage, Cottage, Mobile)",
                    ],
                    "public": ["Streets, Roads, Highways (Bicycle Path, Private Road)"],
                    "licensed": ["Bar / Restaurant"],
                    "retail": ["Convenience Stores"],
                    "custody": ["Police / Courts (Parole Board, Probation Office)"],
                    "other": ["Hospital / Institutions / Medical Facilities (Clinic, Dentist, Morgue)"],
                },
                rows["event"],
            ),
            "PREMISES_TYPE": worded(rng, rows["place"], TORONTO_PLACES, rows["event"]),
            "UCR_CODE": rows["kind"].map({k: str(1410 + n) for n, k in enumerate(US_OFFENCES)}),
            "UCR_EXT": "100",
            "OFFENCE": worded(rng, rows["kind"], {k: [v[0].title()] for k, v in US_OFFENCES.items()}),
            "MCI_CATEGORY": rows["kind"].map({"theft": "Theft Over", "robbery": "Robbery"}).fillna("Assault"),
            "HOOD_158": (rows["area"] + 70).map("{:03d}".format),
            "NEIGHBOURHOOD_158": rows["area"].map("Invented-Woods ({})".format),
            "LONG_WGS84": (rows["lon"] - 79.4).map("{:.6f}".format),
            "LAT_WGS84": (rows["lat"] + 43.7).map("{:.6f}".format),
            "ACCUSED_ID": numbered(rows["offender"], "{}"),
            "VICTIM_ID": numbered(rows["victim"], "{}"),
            "IPV_FAMILY_FLAG": flagged(rows["da"], "Yes", "No"),
        }
    )


TORONTO = Layout(
    name="toronto",
    source="Major Crime Indicators Open Data, Toronto Police Service; header from memory",
    note="ACCUSED_ID, VICTIM_ID and IPV_FAMILY_FLAG are added. Days without leading noughts; hours apart.",
    table=toronto,
    rows=partial(many, name="toronto"),
    file=File("Major_Crime_Indicators_Open_Data.csv", encoding="utf-8-sig"),
    expected={
        "incident_id": "EVENT_UNIQUE_ID",
        "offender_id": "ACCUSED_ID",
        "victim_id": "VICTIM_ID",
        "occurred_from": "OCC_DATE",
        "reported_at": "REPORT_DATE",
        "da_flag": "IPV_FAMILY_FLAG",
        "offence": "OFFENCE",
        "location_type": "PREMISES_TYPE",
        "borough": "DIVISION",
    },
    may={
        "LOCATION_TYPE": frozen("location_type"),
        "MCI_CATEGORY": frozen("offence_family"),
        "NEIGHBOURHOOD_158": frozen("borough"),
        "HOOD_158": frozen("borough"),
        "OBJECTID": frozen("offence_id"),
        "OFFENCE": frozen("offence_family", "is_crime"),
        "OCC_HOUR": frozen("occurred_from"),
    },
    values={
        "da_flag": {"yes": "true", "no": "false"},
        "location_type": {"house": "residential", "apartment": "residential", "outside": "public"},
    },
    person=frozen("ACCUSED_ID", "VICTIM_ID"),
)

NASHVILLE_PLACES = {
    "residential": ["RESIDENCE, HOME", "APARTMENT"],
    "public": ["HIGHWAY, ROAD, ALLEY", "PARKING LOT, GARAGE"],
    "licensed": ["BAR, NIGHT CLUB"],
    "retail": ["DEPARTMENT STORE", "CONVENIENCE STORE"],
    "custody": ["JAIL, PRISON"],
    "other": ["HOSPITAL", "SCHOOL"],
}


def nashville(seed: int) -> pd.DataFrame:
    """Make Nashville's incidents."""
    rng, rows = made(seed, "nashville")
    clock = "%m/%d/%Y %I:%M:%S %p"
    place = worded(rng, rows["place"], NASHVILLE_PLACES, rows["event"])
    nth = rows.groupby("event").cumcount() + 1
    status = worded(
        rng,
        rows["outcome"].astype(str),
        {"1": ["CLEARED BY ARREST"], "16": ["EXCEPTIONAL CLEARANCE"], "18": ["OPEN"], "21": ["UNFOUNDED"]},
    )
    number = numbered(rows["event"], "2019{:07d}")
    offence = worded(rng, rows["kind"], US_OFFENCES)
    return pd.DataFrame(
        {
            "Primary Key": number + "_" + nth.astype(str) + nth.astype(str),
            "Incident Number": number,
            "Report Type": flagged(rng.random(len(rows)) < 0.3, "S", "D"),
            "Report Type Description": flagged(rng.random(len(rows)) < 0.3, "SUSPECT", "DISPATCHED"),
            "Incident Status Code": status.str[:1],
            "Incident Status Description": status,
            "Investigation Status": flagged(rows["outcome"].eq(18), "Open", "Closed"),
            "Incident Occurred": stamped(rows["start"], clock),
            "Incident Reported": stamped(rows["reported"], clock),
            "Incident Location": rows["area"].map("INVENTED AV S & {}TH".format),
            "Latitude": (rows["lat"] + 36.1).map("{:.2f}".format),
            "Longitude": (rows["lon"] - 86.7).map("{:.2f}".format),
            "ZIP Code": "",
            "RPA": (rows["area"] * 100 + 4051).astype(str),
            "Zone": (rows["area"] * 100 + 411).astype(str),
            "Location Code": place.map({w: str(n + 10) for n, w in enumerate(sure(NASHVILLE_PLACES))}).fillna("22"),
            "Location Description": place,
            "Offense Number": nth.astype(str),
            "Offense NIBRS": rows["kind"].map({k: f"13{chr(65 + n)}" for n, k in enumerate(US_OFFENCES)}),
            "Offense Description": offence,
            "Weapon Primary": flagged(rows["kind"].eq("injury"), "09", "17"),
            "Weapon Description": flagged(rows["kind"].eq("injury"), "PERSONAL (HANDS)", "NONE"),
            "Victim Number": flagged(rows["victim"] >= 0, "1", ""),
            "Domestic Related": flagged(rows["da"], "True", "False"),
            "Victim Type": flagged(rows["victim"] >= 0, "I", "S"),
            "Victim Description": flagged(rows["victim"] >= 0, "INDIVIDUAL (18 AND OVER)", "SOCIETY"),
            "Victim Gender": sexed(rows, "victim"),
            "Victim Race": coded(rows, "victim", ("W", "B", "A", "U", "W")),
            "Victim Ethnicity": coded(rows, "victim", ("Non-Hispanic",) * 4 + ("Hispanic",)),
            "Victim County Resident": flagged(rng.random(len(rows)) < 0.8, "RESIDENT", "NON RESIDENT"),
            "Suspect MNI": numbered(rows["offender"], "{}"),
            "Victim MNI": numbered(rows["victim"], "{}"),
        }
    )


NASHVILLE = Layout(
    name="nashville",
    source="Metro Nashville Police Department Incidents; header read in public code",
    note="Suspect MNI and Victim MNI are added. Victim Number counts within the incident; it is nobody's id.",
    table=nashville,
    rows=partial(many, name="nashville"),
    file=File("Metro_Nashville_Police_Department_Incidents.csv"),
    expected={
        "incident_id": "Incident Number",
        "offender_id": "Suspect MNI",
        "victim_id": "Victim MNI",
        "occurred_from": "Incident Occurred",
        "reported_at": "Incident Reported",
        "da_flag": "Domestic Related",
        "offence": "Offense Description",
        "victim_sex": "Victim Gender",
        "victim_ethnicity": "Victim Race",
        "location_type": "Location Description",
        "borough": "Zone",
    },
    may={
        "Primary Key": frozen("offence_id"),
        "Offense NIBRS": frozen("offence_family"),
        "RPA": frozen("borough"),
        "Offense Description": frozen("offence_family", "is_crime"),
        "Victim Ethnicity": frozen("victim_ethnicity"),
        "Incident Status Description": frozen("arrested", "outcome_code"),
        "Victim County Resident": frozen(MARKERS),
        "Incident Status Code": frozen("arrested", "outcome_code"),
        "Report Type Description": frozen("reported_via"),
        "Investigation Status": frozen(MARKERS),
    },
    values={"da_flag": TRUTH, "victim_sex": {"m": "M", "f": "F"}, "location_type": sure(NASHVILLE_PLACES)},
    person=frozen("Suspect MNI", "Victim MNI"),
)


def _roles(seed: int) -> pd.DataFrame:
    rows = many(seed, "kansas_city")
    both = pd.concat([rows.assign(role="offender"), rows.assign(role="victim")]).sort_values("offence", kind="stable")
    both["who"] = np.where(both["role"].eq("offender"), both["offender"], both["victim"])
    both = both[both["who"] >= 0].reset_index(drop=True)
    both.loc[both["role"].eq("offender"), ["victim"]] = -1
    both.loc[both["role"].eq("victim"), ["offender"]] = -1
    return both


def kansas_city(seed: int) -> pd.DataFrame:
    """Make Kansas City's crime data: one row for each person."""
    rng = made(seed, "kansas_city")[0]
    rows = _roles(seed)
    mine = rows["role"].eq("offender")

    def of(what: str) -> pd.Series:
        return rows[f"offender_{what}"].where(mine, rows[f"victim_{what}"])

    return pd.DataFrame(
        {
            "Report_No": numbered(rows["event"], "KC19{:06d}"),
            "Reported_Date": stamped(rows["reported"], "%m/%d/%Y"),
            "Reported_Time": stamped(rows["reported"], "%H:%M"),
            "From_Date": stamped(rows["start"], "%m/%d/%Y"),
            "From_Time": stamped(rows["start"], "%H:%M"),
            "To_Date": gaps(rng, stamped(rows["end"], "%m/%d/%Y"), 0.3),
            "To_Time": stamped(rows["end"], "%H:%M"),
            "Offense": worded(rng, rows["kind"], US_OFFENCES, rows["offence"]),
            "IBRS": rows["kind"].map({k: f"13{chr(65 + n)}" for n, k in enumerate(US_OFFENCES)}),
            "Description": worded(
                rng, rows["kind"], {k: [v[0].title()] for k, v in US_OFFENCES.items()}, rows["offence"]
            ),
            "Beat": (rows["area"] + 141).astype(str),
            "Address": rows["area"].map("{}00 INVENTED".format),
            "City": "KANSAS CITY",
            "Zip Code": (rows["area"] + 64_106).astype(str),
            "Rep_Dist": rows["area"].map("PP{:04d}".format),
            "Area": rows["area"].map(lambda n: ("CPD", "MPD", "EPD", "NPD", "SPD", "SCP")[n]),
            "DVFlag": flagged(rows["da"], "True", "False"),
            "Involvement": flagged(mine, "SUS", "VIC"),
            "Race": of("race").map({0: "W", 1: "B", 2: "A", 3: "U", 4: "W"}).fillna(""),
            "Sex": of("sex"),
            "Age": of("age").astype(str),
            "Fire Arm Used Flag": flagged(rows["kind"].eq("weapons"), "Y", "N"),
            "Person_ID": numbered(rows["who"], "{}"),
        }
    )


KANSAS_CITY = Layout(
    name="kansas_city",
    source="KCPD Crime Data 2019, data.kcmo.org; header from memory",
    note="Person_ID is added. One row for each person, suspect or victim by Involvement; Race, Sex and Age are of "
    "whoever the row is about.",
    table=kansas_city,
    rows=_roles,
    file=File("KCPD_Crime_Data_2019.csv"),
    expected={
        "incident_id": "Report_No",
        "offender_id": "Person_ID",
        "occurred_from": "From_Date",
        "reported_at": "Reported_Date",
        "da_flag": "DVFlag",
        "offence": "Offense",
        "borough": "Area",
    },
    may={
        "Person_ID": frozen("offender_id", "victim_id"),
        "Description": frozen("offence"),
        "Beat": frozen("borough"),
        "Rep_Dist": frozen("borough"),
        "Zip Code": frozen("borough"),
        "Offense": frozen("offence_family", "is_crime"),
        "IBRS": frozen("offence_family"),
        "To_Date": frozen("occurred_to"),
        "Fire Arm Used Flag": frozen(MARKERS),
        "From_Time": frozen("occurred_from"),
        "Reported_Time": frozen("reported_at"),
        "Involvement": frozen("offender_id", "victim_id"),
        "To_Time": frozen("occurred_to"),
    },
    values={"da_flag": TRUTH},
    person=frozen("Person_ID"),
    accepts=frozen("Person_ID"),
    derived={"offender_id": "where Involvement is SUS", "occurred_from": "with From_Time"},
)


def denver(seed: int) -> pd.DataFrame:
    """Make Denver's crimes."""
    rng, rows = made(seed, "denver")
    clock = "{m}/{d}/{Y} {I}:{M}:{S} {p}"
    kind = worded(rng, rows["kind"], {k: [v[0].lower().replace(" ", "-")] for k, v in US_OFFENCES.items()})
    kind = kind.mask(rows["da"] & rows["kind"].isin(["assault", "injury", "threats", "harassment"]), kind + "-dv")
    number = numbered(rows["event"], "2019{:06d}")
    return pd.DataFrame(
        {
            "INCIDENT_ID": number,
            "OFFENSE_ID": number
            + rows["kind"].map({k: f"{1300 + n}00" for n, k in enumerate(US_OFFENCES)})
            + rows.groupby("event").cumcount().astype(str),
            "OFFENSE_CODE": rows["kind"].map({k: str(1300 + n) for n, k in enumerate(US_OFFENCES)}),
            "OFFENSE_CODE_EXTENSION": (rows["da"] * 1).astype(str),
            "OFFENSE_TYPE_ID": kind,
            "OFFENSE_CATEGORY_ID": rows["kind"]
            .map({"theft": "larceny", "burglary": "burglary", "drugs": "drug-alcohol"})
            .fillna("other-crimes-against-persons"),
            "FIRST_OCCURRENCE_DATE": plain(rows["start"], clock),
            "LAST_OCCURRENCE_DATE": gaps(rng, plain(rows["end"], clock), 0.4),
            "REPORTED_DATE": plain(rows["reported"], clock),
            "INCIDENT_ADDRESS": rows["area"].map("{}00 BLK N INVENTED ST".format),
            "GEO_X": (rows["lon"] * 1e5 + 3_150_000).map("{:.0f}".format),
            "GEO_Y": (rows["lat"] * 1e5 + 1_690_000).map("{:.0f}".format),
            "GEO_LON": (rows["lon"] - 104.9).map("{:.6f}".format),
            "GEO_LAT": (rows["lat"] + 39.7).map("{:.6f}".format),
            "DISTRICT_ID": (rows["area"] + 1).astype(str),
            "PRECINCT_ID": (rows["area"] * 100 + 111).astype(str),
            "NEIGHBORHOOD_ID": rows["area"].map(
                lambda n: ("capitol-hill", "stapleton", "five-points", "cbd", "baker", "")[n]
            ),
            "IS_CRIME": flagged(rows["kind"] != "no_crime", "1", "0"),
            "IS_TRAFFIC": flagged(rows["kind"] == "no_crime", "1", "0"),
            "VICTIM_COUNT": "1",
            "ARRESTEE_SUSPECT_ID": numbered(rows["offender"], "{}"),
            "VICTIM_PERSON_ID": numbered(rows["victim"], "{}"),
        }
    )


DENVER = Layout(
    name="denver",
    source="Crime, Denver Open Data Catalog; header read in public code",
    note="Ids of people are added. Codes are no Home Office codes; -dv in a type says domestic; no leading noughts.",
    table=denver,
    rows=partial(many, name="denver"),
    file=File("crime.csv"),
    expected={
        "incident_id": "INCIDENT_ID",
        "offence_id": "OFFENSE_ID",
        "offender_id": "ARRESTEE_SUSPECT_ID",
        "victim_id": "VICTIM_PERSON_ID",
        "occurred_from": "FIRST_OCCURRENCE_DATE",
        "is_crime": "IS_CRIME",
        "occurred_to": "LAST_OCCURRENCE_DATE",
        "reported_at": "REPORTED_DATE",
        "da_flag": "OFFENSE_TYPE_ID",
        "offence": "OFFENSE_TYPE_ID",
        "borough": "NEIGHBORHOOD_ID",
    },
    may={
        "DISTRICT_ID": frozen("borough"),
        "PRECINCT_ID": frozen("borough"),
        "IS_TRAFFIC": frozen(MARKERS),
        "OFFENSE_CATEGORY_ID": frozen("offence_family"),
        "OFFENSE_TYPE_ID": frozen("offence_family"),
        "OFFENSE_CODE_EXTENSION": frozen(MARKERS),
    },
    values={"is_crime": {"1": "true", "0": "false"}},
    person=frozen("ARRESTEE_SUSPECT_ID", "VICTIM_PERSON_ID"),
    derived={"da_flag": "a type that ends in -dv"},
)


def baltimore(seed: int) -> pd.DataFrame:
    """Make Baltimore's NIBRS crimes."""
    rng, rows = made(seed, "baltimore")
    return pd.DataFrame(
        {
            "RowID": (rows["offence"] + 1).astype(str),
            "CCNumber": numbered(rows["event"], "19A{:05d}"),
            "CrimeDateTime": stamped(rows["start"], "%Y/%m/%d %H:%M:%S+00"),
            "CrimeCode": rows["kind"].map({k: f"{4 + n % 3}{chr(65 + n)}" for n, k in enumerate(US_OFFENCES)}),
            "Description": worded(rng, rows["kind"], US_OFFENCES),
            "Inside_Outside": flagged(rows["place"].eq("public"), "Outside", "Inside"),
            "Weapon": flagged(rows["kind"].eq("injury"), "KNIFE", ""),
            "Post": (rows["area"] * 100 + 112).astype(str),
            "Gender": sexed(rows, "victim"),
            "Age": aged(rows, "victim"),
            "Race": coded(rows, "victim", ("WHITE", "BLACK_OR_AFRICAN_AMERICAN", "ASIAN", "UNKNOWN", "UNKNOWN")),
            "Ethnicity": coded(rows, "victim", ("NOT_HISPANIC_OR_LATINO",) * 4 + ("HISPANIC_OR_LATINO",)),
            "Location": rows["area"].map("{}00 INVENTED AVE".format),
            "Old_District": rows["area"].map(
                lambda n: ("CENTRAL", "SOUTHERN", "EASTERN", "WESTERN", "NORTHERN", "")[n]
            ),
            "New_District": rows["area"].map(
                lambda n: ("Central", "Southern", "Eastern", "Western", "Northern", "")[n]
            ),
            "Neighborhood": rows["area"].map("INVENTED HEIGHTS {}".format),
            "Latitude": (rows["lat"] + 39.3).map("{:.4f}".format),
            "Longitude": (rows["lon"] - 76.6).map("{:.4f}".format),
            "GeoLocation": rows["area"].map("(39.3,-76.6{})".format),
            "PremiseType": worded(
                rng,
                rows["place"],
                {
                    "residential": ["ROW/TOWNHOUSE-OCC", "APT/CONDO - OCCUPIED"],
                    "public": ["STREET", "ALLEY"],
                    "licensed": ["BAR"],
                    "retail": ["RETAIL/SMALL STORE"],
                    "other": ["OTHER - INSIDE"],
                },
                rows["event"],
            ),
            "Total_Incidents": "1",
            "SuspectKey": numbered(rows["offender"], "S-{}"),
            "VictimKey": numbered(rows["victim"], "V-{}"),
        }
    )


BALTIMORE = Layout(
    name="baltimore",
    source="NIBRS Group A Crime Data, Open Baltimore; header from memory",
    note="SuspectKey and VictimKey are added and never meet. Gender, Age, Race and Ethnicity are the victim's and do "
    "not say so; nothing says domestic.",
    table=baltimore,
    rows=partial(many, name="baltimore"),
    file=File("NIBRS_GroupA_Crime_Data.csv"),
    expected={
        "incident_id": "CCNumber",
        "offender_id": "SuspectKey",
        "victim_id": "VictimKey",
        "occurred_from": "CrimeDateTime",
        "offence": "Description",
        "location_type": "PremiseType",
        "borough": "New_District",
    },
    may={
        "Gender": frozen("victim_sex"),
        "Age": frozen("victim_age"),
        "Race": frozen("victim_ethnicity"),
        "Ethnicity": frozen("victim_ethnicity"),
        "Old_District": frozen("borough"),
        "Neighborhood": frozen("borough"),
        "Post": frozen("borough"),
        "RowID": frozen("offence_id"),
        "Description": frozen("offence_family", "is_crime"),
        "Inside_Outside": frozen(MARKERS, "location_type"),
        "CrimeCode": frozen("offence_family"),
    },
    values={"location_type": {"street": "public", "alley": "public", "row/townhouse-occ": "residential"}},
    person=frozen("SuspectKey", "VictimKey"),
)


def montgomery(seed: int) -> pd.DataFrame:
    """Make Montgomery County's crimes."""
    rng, rows = made(seed, "montgomery")
    clock = "%m/%d/%Y %I:%M:%S %p"
    crime3 = worded(rng, rows["kind"], {k: [f"{v[0]} - (DESCRIBE OFFENSE)"] for k, v in US_OFFENCES.items()})
    return pd.DataFrame(
        {
            "Incident ID": numbered(rows["event"] + 201_200_000, "{}"),
            "Offence Code": rows["kind"].map({k: str(1313 + 91 * n) for n, k in enumerate(US_OFFENCES)}),
            "CR Number": numbered(rows["event"] + 19_000_000, "{}"),
            "Dispatch Date / Time": gaps(rng, stamped(rows["reported"], clock), 0.2),
            "Start_Date_Time": stamped(rows["start"], clock),
            "End_Date_Time": gaps(rng, stamped(rows["end"], clock), 0.5),
            "NIBRS Code": rows["kind"].map({k: f"13{chr(65 + n)}" for n, k in enumerate(US_OFFENCES)}),
            "Victims": flagged(rows["victim"] >= 0, "1", "2"),
            "Crime Name1": flagged(
                rows["kind"].isin(["theft", "damage"]), "Crime Against Property", "Crime Against Person"
            ),
            "Crime Name2": worded(rng, rows["kind"], {k: [v[0].title()] for k, v in US_OFFENCES.items()}),
            "Crime Name3": crime3,
            "Police District Name": rows["area"].map(
                lambda n: ("SILVER SPRING", "WHEATON", "BETHESDA", "ROCKVILLE", "X", "")[n]
            ),
            "Block Address": rows["area"].map("{}00 BLK INVENTED AVE".format),
            "City": rows["area"].map(
                lambda n: ("SILVER SPRING", "WHEATON", "BETHESDA", "ROCKVILLE", "OLNEY", "DERWOOD")[n]
            ),
            "State": "MD",
            "Zip Code": (rows["area"] + 20_901).astype(str),
            "Agency": "MCPD",
            "Place": worded(
                rng,
                rows["place"],
                {
                    "residential": ["Residence - Single Family", "Residence - Apartment/Condo"],
                    "public": ["Street - In vehicle", "Parking Lot - Residential"],
                    "licensed": ["Bar/Night Club"],
                    "retail": ["Retail - Department/Discount Store"],
                    "custody": ["Jail/Prison"],
                    "other": ["Other/Unknown"],
                },
                rows["event"],
            ),
            "Sector": rows["area"].map(lambda n: "ABDGHK"[n]),
            "Beat": rows["area"].map("{}B1".format),
            "PRA": (rows["area"] + 114).astype(str),
            "Latitude": (rows["lat"] + 39).map("{:.6f}".format),
            "Longitude": (rows["lon"] - 77).map("{:.6f}".format),
            "Police District Number": rows["area"].map("{}D".format),
            "Offender MNI": numbered(rows["offender"], "{}"),
            "Victim MNI": numbered(rows["victim"], "{}"),
            "Domestic": flagged(rows["da"], "DV", ""),
        }
    )


MONTGOMERY = Layout(
    name="montgomery",
    source="Crime, Montgomery County of Maryland icn6-v9z3; header from memory",
    note="Ids and Domestic are added. Offence Code is no Home Office code; Victims counts them.",
    table=montgomery,
    rows=partial(many, name="montgomery"),
    file=File("Crime.csv"),
    expected={
        "incident_id": "Incident ID",
        "offender_id": "Offender MNI",
        "victim_id": "Victim MNI",
        "occurred_from": "Start_Date_Time",
        "occurred_to": "End_Date_Time",
        "da_flag": "Domestic",
        "offence": "Crime Name3",
        "location_type": "Place",
        "borough": "Police District Name",
    },
    may={
        "CR Number": frozen("incident_id"),
        "Crime Name2": frozen("offence", "offence_family"),
        "Crime Name1": frozen("offence_family"),
        "Dispatch Date / Time": frozen("reported_at"),
        "Crime Name3": frozen("offence_family", "is_crime"),
        "City": frozen("borough"),
        "Sector": frozen("borough"),
        "Police District Number": frozen("borough"),
        "Beat": frozen("borough"),
        "PRA": frozen("borough"),
        "Zip Code": frozen("borough"),
    },
    values={"da_flag": {"dv": "true"}},
    person=frozen("Offender MNI", "Victim MNI"),
)


def vancouver(seed: int) -> pd.DataFrame:
    """Make Vancouver's crimes."""
    rng, rows = made(seed, "vancouver")
    start = rows["start"].dt
    return pd.DataFrame(
        {
            "TYPE": worded(rng, rows["kind"], {k: [v[0].title()] for k, v in US_OFFENCES.items()}),
            "YEAR": start.year.astype(str),
            "MONTH": start.month.astype(str),
            "DAY": start.day.astype(str),
            "HOUR": start.hour.astype(str),
            "MINUTE": start.minute.astype(str),
            "HUNDRED_BLOCK": rows["area"].map("{}XX INVENTED ST".format),
            "NEIGHBOURHOOD": rows["area"].map(
                lambda n: ("Strathcona", "Sunset", "Fairview", "West End", "Kits", "")[n]
            ),
            "X": (rows["lon"] * 1e4 + 490_000).map("{:.4f}".format),
            "Y": (rows["lat"] * 1e4 + 5_450_000).map("{:.4f}".format),
            "GO": numbered(rows["event"], "2019-{:06d}"),
            "SUSPECT": numbered(rows["offender"], "{}"),
            "VICTIM": numbered(rows["victim"], "{}"),
            "K_FILE": flagged(rows["da"], "Y", "N"),
        }
    )


VANCOUVER = Layout(
    name="vancouver",
    source="VPD open data, crimedata_csv_all_years; header from memory",
    note="GO, SUSPECT, VICTIM and K_FILE (what British Columbia calls a domestic file) are added. A moment is in five "
    "columns.",
    table=vancouver,
    rows=partial(many, name="vancouver"),
    file=File("crimedata_csv_all_years.csv"),
    expected={
        "incident_id": "GO",
        "offender_id": "SUSPECT",
        "victim_id": "VICTIM",
        "occurred_from": "YEAR",
        "offence": "TYPE",
        "borough": "NEIGHBOURHOOD",
        "da_flag": "K_FILE",
    },
    may={
        "TYPE": frozen("offence_family", "is_crime"),
        "MONTH": frozen("occurred_from"),
        "DAY": frozen("occurred_from"),
        "HOUR": frozen("occurred_from"),
        "MINUTE": frozen("occurred_from"),
    },
    values={"da_flag": YN},
    person=frozen("SUSPECT", "VICTIM"),
    accepts=frozen("K_FILE"),
    derived={"occurred_from": "YEAR, MONTH, DAY, HOUR and MINUTE"},
)

AMERICAN = (DALLAS, SAN_FRANCISCO, TORONTO, NASHVILLE, KANSAS_CITY, DENVER, BALTIMORE, MONTGOMERY, VANCOUVER)
