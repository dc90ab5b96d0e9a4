"""Four layouts of the United States: the FBI's incidents flattened, Chicago, Los Angeles and New York."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .layout import MARKERS, File, Layout
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

RELATIONS = {
    "partner": ["BG Victim Was Boyfriend/Girlfriend", "SE Victim Was Spouse", "CS Victim Was Common-Law Spouse"],
    "ex_partner": [
        "XR Victim Was Ex-Relationship (Ex-Boyfriend/Ex-Girlfriend)",
        "XS Victim Was Ex-Spouse",
    ],
    "parent": ["PA Victim Was Parent", "SP Victim Was Stepparent"],
    "child": ["CH Victim Was Child", "SC Victim Was Stepchild", "CF Victim Was Child of Boyfriend/Girlfriend"],
    "sibling": ["SB Victim Was Sibling", "SS Victim Was Stepsibling"],
    "other_family": ["OF Victim Was Other Family Member", "GP Victim Was Grandparent", "IL Victim Was In-law"],
    "acquaintance": ["AQ Victim Was Acquaintance", "FR Victim Was Friend", "NE Victim Was Neighbor",
                     "OK Victim Was Otherwise Known"],
    "stranger": ["ST Victim Was Stranger"],
    "none": ["RU Relationship Unknown", "VO Victim Was Offender"],
}  # fmt: skip
DOUBTFUL = ("SP", "SC", "CF", "SS", "RU", "VO")
PLACES = {
    "residential": ["20 Residence/Home"],
    "public": ["13 Highway/Road/Alley/Street/Sidewalk", "18 Parking Lot/Garage", "50 Park/Playground"],
    "licensed": ["03 Bar/Nightclub"],
    "retail": ["07 Convenience Store", "08 Department/Discount Store", "12 Grocery/Supermarket", "24 Specialty Store"],
    "custody": ["15 Jail/Prison/Penitentiary/Corrections Facility"],
    "other": ["25 Other/Unknown", "05 Commercial/Office Building", "14 Hotel/Motel/Etc."],
}
OFFENSES = {
    "injury": ["13A Aggravated Assault"],
    "assault": ["13B Simple Assault"],
    "threats": ["13C Intimidation"],
    "harassment": ["13C Intimidation"],
    "stalking": ["13C Intimidation"],
    "coercion": ["13C Intimidation"],
    "rape": ["11A Rape"],
    "damage": ["290 Destruction/Damage/Vandalism of Property", "200 Arson"],
    "theft": ["23H All Other Larceny", "23C Shoplifting"],
    "burglary": ["220 Burglary/Breaking & Entering"],
    "robbery": ["120 Robbery"],
    "drugs": ["35A Drug/Narcotic Violations"],
    "weapons": ["520 Weapon Law Violations"],
    "public_order": ["90C Disorderly Conduct"],
    "breach": ["90Z All Other Offenses"],
    "no_crime": ["90F Family Offenses, Nonviolent"],
}
RACES = ("White", "Black or African American", "Asian", "American Indian or Alaska Native", "Unknown")


def _code(cells: pd.Series) -> pd.Series:
    return cells.str.partition(" ")[0]


def _name(cells: pd.Series) -> pd.Series:
    return cells.str.partition(" ")[2]


def _both(words: dict[str, list[str]], *doubtful: str) -> dict[str, str]:
    """Turn words of a code and a name into what either means."""
    pairs = {key: [word for word in options if word.split(" ", 1)[0] not in doubtful] for key, options in words.items()}
    return sure({key: [part for word in options for part in word.split(" ", 1)] for key, options in pairs.items()})


def nibrs(seed: int) -> pd.DataFrame:
    """Make incidents of one agency, the segments joined on the incident."""
    rng, rows = generator(seed, "nibrs"), world(seed)
    relation = worded(rng, rows["relation"], RELATIONS).mask((rows["victim"] < 0) | (rows["offender"] < 0), "")
    place, offense = worded(rng, rows["place"], PLACES, rows["event"]), worded(rng, rows["kind"], OFFENSES)
    using = np.select([rows["alcohol"], rows["drugs"]], ["A", "D"], "N")
    race = {
        who: gaps(rng, rows[f"{who}_race"].map(dict(enumerate(RACES))).fillna(""), 0.05)
        for who in ("offender", "victim")
    }
    arrest = stamped(rows["reported"].where(rows["arrested"]), "%Y-%m-%d")
    return pd.DataFrame(
        {
            "DATA_YEAR": stamped(rows["start"], "%Y"),
            "AGENCY_ID": "4417",
            "INCIDENT_ID": numbered(rows["event"] + 81_204_000, "{}"),
            "INCIDENT_NUMBER": numbered(rows["event"], "QX{:010d}"),
            "SUBMISSION_DATE": "2021-03-31",
            "INCIDENT_DATE": stamped(rows["start"], "%Y-%m-%d"),
            "REPORT_DATE_FLAG": flagged(rng.random(len(rows)) < 0.04, "R", ""),
            "INCIDENT_HOUR": gaps(rng, stamped(rows["start"], "%-H"), 0.03),
            "CLEARED_EXCEPT": "N",
            "OFFENSE_ID": numbered(rows["offence"] + 97_000_000, "{}"),
            "UCR_OFFENSE_CODE": _code(offense),
            "OFFENSE_NAME": _name(offense),
            "ATTEMPT_COMPLETE_FLAG": flagged(rng.random(len(rows)) < 0.95, "C", "A"),
            "LOCATION_CODE": _code(place),
            "LOCATION_NAME": _name(place),
            "SUSPECTED_USING_CODE": using,
            "VICTIM_ID": numbered((rows["offence"] + 55_000_000).where(rows["victim"] >= 0, -1), "{}"),
            "VICTIM_SEQ_NUM": gaps(rng, pd.Series("1", index=rows.index), 0.1, "2"),
            "VICTIM_AGE_NUM": numbered(rows["victim_age"], "{}"),
            "VICTIM_SEX_CODE": gaps(rng, rows["victim_sex"], 0.03, "U"),
            "VICTIM_RACE": race["victim"],
            "OFFENDER_ID": numbered((rows["offence"] + 66_000_000).where(rows["offender"] >= 0, -1), "{}"),
            "OFFENDER_SEQ_NUM": flagged(rows["offender"] >= 0, "1", "0"),
            "OFFENDER_AGE_NUM": gaps(rng, numbered(rows["offender_age"], "{}"), 0.12, "0"),
            "OFFENDER_SEX_CODE": gaps(rng, rows["offender_sex"], 0.04, "U"),
            "OFFENDER_RACE": race["offender"],
            "RELATIONSHIP_CODE": _code(relation),
            "RELATIONSHIP_NAME": _name(relation),
            "ARREST_DATE": arrest,
            "ARREST_TYPE_CODE": flagged(arrest != "", "T", ""),
            "VICTIM_PERSON_NUM": numbered(rows["victim"], "MNI{:07d}"),
            "OFFENDER_PERSON_NUM": numbered(rows["offender"], "MNI{:07d}"),
        }
    )  # fmt: skip


NIBRS = Layout(
    name="nibrs",
    source="National Incident-Based Reporting System, FBI Crime Data Explorer downloads, "
    "https://cde.ucr.cjis.gov/; location codes read at http://ininet.org/"
    "statewide-nibrs-rms-technical-document-september-2016-lexisnex.html, tables and relationship codes in public code",
    note="Segments joined into one table. VICTIM_PERSON_NUM and OFFENDER_PERSON_NUM are added and invented: the FBI's "
    "VICTIM_ID and OFFENDER_ID number the rows of an incident and never come back, so they are no person's. Nothing "
    "says domestic but the relationship. An offender's age of 0 is unknown. INCIDENT_DATE has no clock. The codes are "
    "not the Home Office's.",
    table=nibrs,
    file=File("NIBRS_flat.csv", date_format="%Y-%m-%d"),
    expected={
        "incident_id": "INCIDENT_ID",
        "offence_id": "OFFENSE_ID",
        "offender_id": "OFFENDER_PERSON_NUM",
        "victim_id": "VICTIM_PERSON_NUM",
        "occurred_from": "INCIDENT_DATE",
        "da_flag": "RELATIONSHIP_CODE",
        "relationship": "RELATIONSHIP_CODE",
        "offence": "OFFENSE_NAME",
        "location_type": "LOCATION_NAME",
        "offender_age": "OFFENDER_AGE_NUM",
        "victim_age": "VICTIM_AGE_NUM",
        "offender_sex": "OFFENDER_SEX_CODE",
        "victim_sex": "VICTIM_SEX_CODE",
        "offender_ethnicity": "OFFENDER_RACE",
        "victim_ethnicity": "VICTIM_RACE",
        "alcohol": "SUSPECTED_USING_CODE",
        "drugs": "SUSPECTED_USING_CODE",
        "arrested": "ARREST_DATE",
    },
    may={
        "INCIDENT_NUMBER": frozenset({"incident_id"}),
        "INCIDENT_HOUR": frozenset({"occurred_from"}),
        "RELATIONSHIP_NAME": frozenset({"relationship", "da_flag"}),
        "LOCATION_CODE": frozenset({"location_type"}),
        "UCR_OFFENSE_CODE": frozenset({"offence", "offence_family", "is_crime"}),
        "OFFENSE_NAME": frozenset({"offence_family", "is_crime"}),
        "ARREST_TYPE_CODE": frozenset({"arrested"}),
        "AGENCY_ID": frozenset({"force", "borough"}),
    },
    values={
        "relationship": _both(RELATIONS, *DOUBTFUL),
        "location_type": _both(PLACES, "14", "25"),
        "offender_sex": {"m": "M", "f": "F", "u": "U"},
        "victim_sex": {"m": "M", "f": "F", "u": "U"},
    },
    person=frozenset({"OFFENDER_PERSON_NUM", "VICTIM_PERSON_NUM", "OFFENDER_ID", "VICTIM_ID"}),
    accepts=frozenset({"ARREST_DATE", "SUSPECTED_USING_CODE", "INCIDENT_HOUR"}),
    derived={
        "occurred_from": "with INCIDENT_HOUR",
        "da_flag": "the relationship is of a partner or family",
        "alcohol": "the code is A",
        "drugs": "the code is D",
        "arrested": "there is a date",
    },
)

CHICAGO_TYPES = {
    "injury": ["0430 BATTERY/AGGRAVATED - OTHER DANGEROUS WEAPON",
               "0520 ASSAULT/AGGRAVATED - KNIFE / CUTTING INSTRUMENT"],
    "assault": ["0460 BATTERY/SIMPLE", "0560 ASSAULT/SIMPLE"],
    "threats": ["0560 ASSAULT/SIMPLE"],
    "harassment": ["2826 OTHER OFFENSE/HARASSMENT BY ELECTRONIC MEANS", "2825 OTHER OFFENSE/HARASSMENT BY TELEPHONE"],
    "stalking": ["0580 STALKING/SIMPLE"],
    "coercion": ["4255 KIDNAPPING/UNLAWFUL RESTRAINT"],
    "rape": ["0281 CRIMINAL SEXUAL ASSAULT/NON-AGGRAVATED"],
    "damage": ["1310 CRIMINAL DAMAGE/TO PROPERTY", "1320 CRIMINAL DAMAGE/TO VEHICLE"],
    "theft": ["0820 THEFT/$500 AND UNDER", "0860 THEFT/RETAIL THEFT"],
    "burglary": ["0610 BURGLARY/FORCIBLE ENTRY"],
    "robbery": ["0320 ROBBERY/STRONG ARM - NO WEAPON"],
    "drugs": ["1811 NARCOTICS/POSSESS - CANNABIS 30 GRAMS OR LESS"],
    "weapons": ["143A WEAPONS VIOLATION/UNLAWFUL POSSESSION - HANDGUN"],
    "public_order": ["2870 PUBLIC PEACE VIOLATION/RECKLESS CONDUCT"],
    "breach": ["4387 OTHER OFFENSE/VIOLATE ORDER OF PROTECTION"],
    "no_crime": ["5114 NON-CRIMINAL/FOID - REVOCATION"],
}  # fmt: skip
CHICAGO_PLACES = {
    "residential": ["APARTMENT", "RESIDENCE", "RESIDENCE - PORCH / HALLWAY"],
    "public": ["STREET", "SIDEWALK", "ALLEY", "PARK PROPERTY"],
    "licensed": ["BAR OR TAVERN"],
    "retail": ["SMALL RETAIL STORE", "DEPARTMENT STORE", "GROCERY FOOD STORE"],
    "custody": ["JAIL / LOCK-UP FACILITY"],
    "other": ["OTHER", "SCHOOL - PUBLIC BUILDING", "VEHICLE NON-COMMERCIAL"],
}


def chicago(seed: int) -> pd.DataFrame:
    """Make Chicago's crimes with people beside them."""
    rng, rows = generator(seed, "chicago"), world(seed)
    offense = worded(rng, rows["kind"], CHICAGO_TYPES)
    domestic = rows["da"] & rows["kind"].eq("assault")
    title = _name(offense).str.partition("/")
    district = rows["area"] + 5
    lat, lon = (rows["lat"] + 41.8).map("{:.9f}".format), (rows["lon"] - 87.7).map("{:.9f}".format)
    return pd.DataFrame(
        {
            "ID": numbered(rows["offence"] + 10_230_000, "{}"),
            "Case Number": numbered(rows["event"] + 400_000, "HY{}"),
            "Date": stamped(rows["start"], "%m/%d/%Y %I:%M:%S %p"),
            "Block": (rows["area"] * 7 + 1).map("0{:02d}XX S INVENTED AVE".format),
            "IUCR": _code(offense).mask(domestic, "0486"),
            "Primary Type": title[0].mask(domestic, "BATTERY"),
            "Description": title[2].mask(domestic, "DOMESTIC BATTERY SIMPLE"),
            "Location Description": gaps(rng, worded(rng, rows["place"], CHICAGO_PLACES, rows["event"]), 0.02),
            "Arrest": flagged(rows["arrested"], "true", "false"),
            "Domestic": flagged(rows["da"], "true", "false"),
            "Beat": (district * 100 + 13).map("{:04d}".format),
            "District": district.map("{:03d}".format),
            "Ward": (rows["area"] + 20).astype(str),
            "Community Area": (rows["area"] + 40).astype(str),
            "FBI Code": rows["kind"].map({"assault": "08B", "injury": "04B", "theft": "06"}).fillna("26"),
            "X Coordinate": (1_160_000 + rows["lon"] * 100_000).map("{:.0f}".format),
            "Y Coordinate": (1_880_000 + rows["lat"] * 100_000).map("{:.0f}".format),
            "Year": stamped(rows["start"], "%Y"),
            "Updated On": stamped(rows["reported"] + pd.Timedelta(days=7), "%m/%d/%Y %I:%M:%S %p"),
            "Latitude": lat,
            "Longitude": lon,
            "Location": "(" + lat + ", " + lon + ")",
            "Offender IR": numbered(rows["offender"], "IR{:07d}"),
            "Victim IR": numbered(rows["victim"], "IR{:07d}"),
        }
    )  # fmt: skip


CHICAGO = Layout(
    name="chicago",
    source="Crimes - 2001 to Present, City of Chicago, "
    "https://data.cityofchicago.org/Public-Safety/Crimes-2001-to-Present/ijzp-q8t2; columns read at "
    "https://opendatanetwork.herokuapp.com/dataset/data.cityofchicago.org/g9qy-h66j and the header in public code",
    note="Offender IR and Victim IR are added and invented. Updated On is written as Date is and means nothing here. "
    "NON-CRIMINAL is a primary type; IUCR looks like a Home Office code and is none.",
    table=chicago,
    file=File("Crimes_-_2001_to_Present.csv", datetime_format="%m/%d/%Y %I:%M:%S %p"),
    expected={
        "incident_id": "Case Number",
        "offence_id": "ID",
        "offender_id": "Offender IR",
        "victim_id": "Victim IR",
        "occurred_from": "Date",
        "da_flag": "Domestic",
        "is_crime": "Primary Type",
        "offence": "Description",
        "arrested": "Arrest",
        "location_type": "Location Description",
        "borough": "District",
    },
    may={
        "Primary Type": frozenset({"offence", "offence_family"}),
        "IUCR": frozenset({"offence_family"}),
        "FBI Code": frozenset({"offence_family"}),
        "Beat": frozenset({"borough"}),
        "Ward": frozenset({"borough"}),
        "Community Area": frozenset({"borough"}),
    },
    values={
        "da_flag": {"true": "true", "false": "false"},
        "arrested": {"true": "true", "false": "false"},
        "is_crime": {"non-criminal": "false", "battery": "true", "theft": "true"},
        "location_type": sure(CHICAGO_PLACES, "VEHICLE NON-COMMERCIAL", "SCHOOL - PUBLIC BUILDING"),
    },
    person=frozenset({"Offender IR", "Victim IR"}),
    accepts=frozenset({"ID", "Primary Type"}),
    derived={"is_crime": "the primary type is not NON-CRIMINAL"},
)

LA_CRIMES = {
    "injury": ["230 ASSAULT WITH DEADLY WEAPON, AGGRAVATED ASSAULT"],
    "assault": ["624 BATTERY - SIMPLE ASSAULT"],
    "threats": ["930 CRIMINAL THREATS - NO WEAPON DISPLAYED"],
    "harassment": ["956 LETTERS, LEWD  -  TELEPHONE CALLS, LEWD"],
    "stalking": ["763 STALKING"],
    "coercion": ["922 FALSE IMPRISONMENT"],
    "rape": ["121 RAPE, FORCIBLE"],
    "damage": ["740 VANDALISM - FELONY ($400 & OVER, ALL CHURCH VANDALISMS)"],
    "theft": ["440 THEFT PLAIN - PETTY ($950 & UNDER)", "442 SHOPLIFTING - PETTY THEFT ($950 & UNDER)"],
    "burglary": ["310 BURGLARY"],
    "robbery": ["210 ROBBERY"],
    "drugs": ["946 OTHER MISCELLANEOUS CRIME"],
    "weapons": ["946 OTHER MISCELLANEOUS CRIME"],
    "public_order": ["886 DISTURBING THE PEACE"],
    "breach": ["900 VIOLATION OF COURT ORDER", "901 VIOLATION OF RESTRAINING ORDER"],
    "no_crime": ["946 OTHER MISCELLANEOUS CRIME"],
}
LA_PLACES = {
    "residential": ["SINGLE FAMILY DWELLING", "MULTI-UNIT DWELLING (APARTMENT, DUPLEX, ETC)"],
    "public": ["STREET", "SIDEWALK", "PARKING LOT", "ALLEY"],
    "licensed": ["BAR/COCKTAIL/NIGHTCLUB"],
    "retail": ["MARKET", "DEPARTMENT STORE", "CLOTHING STORE"],
    "custody": ["JAIL FACILITY"],
    "other": ["OTHER BUSINESS", "HOTEL", "VEHICLE, PASSENGER/TRUCK"],
}
LA_AREAS = ("Central", "Rampart", "Southwest", "Hollenbeck", "Harbor", "Hollywood")


def los_angeles(seed: int) -> pd.DataFrame:
    """Make Los Angeles's crimes with people beside them."""
    rng, rows = generator(seed, "los angeles"), world(seed)
    crime = worded(rng, rows["kind"], LA_CRIMES)
    crime = crime.mask(rows["da"] & rows["kind"].eq("assault"), "626 INTIMATE PARTNER - SIMPLE ASSAULT")
    crime = crime.mask(rows["da"] & rows["kind"].eq("injury"), "236 INTIMATE PARTNER - AGGRAVATED ASSAULT")
    place = worded(rng, rows["place"], LA_PLACES, rows["event"])
    status = np.select([rows["arrested"], rows["outcome"].eq(18)], ["AA", "IC"], "AO")
    weapon = worded(rng, rows["kind"].where(rows["kind"].isin(["injury", "assault"]), "no"), {
        "injury": ["KNIFE WITH BLADE 6INCHES OR LESS", "HAND GUN"],
        "assault": ["STRONG-ARM (HANDS, FIST, FEET OR BODILY FORCE)"],
    })  # fmt: skip
    return pd.DataFrame(
        {
            "DR_NO": numbered(rows["offence"] + 200_100_500, "{}"),
            "Date Rptd": stamped(rows["reported"].dt.normalize(), "%m/%d/%Y %I:%M:%S %p"),
            "DATE OCC": stamped(rows["start"].dt.normalize(), "%m/%d/%Y %I:%M:%S %p"),
            "TIME OCC": stamped(rows["start"], "%H%M"),
            "AREA": (rows["area"] + 1).map("{:02d}".format),
            "AREA NAME": rows["area"].map(lambda area: LA_AREAS[area]),
            "Rpt Dist No": (rows["area"] * 100 + 163).map("{:04d}".format),
            "Part 1-2": rows["kind"].isin(["assault", "threats", "breach"]).map({True: "2", False: "1"}),
            "Crm Cd": _code(crime),
            "Crm Cd Desc": _name(crime),
            "Mocodes": gaps(rng, pd.Series("0444 1218 2000", index=rows.index), 0.2),
            "Vict Age": rows["victim_age"].clip(lower=0).astype(str),
            "Vict Sex": gaps(rng, gaps(rng, rows["victim_sex"], 0.03, "X"), 0.01, "H"),
            "Vict Descent": rows["victim_race"].map({0: "W", 1: "H", 2: "B", 3: "A", 4: "X"}).fillna(""),
            "Premis Cd": rows["place"].map({"residential": "501", "public": "101"}).fillna("203"),
            "Premis Desc": gaps(rng, place, 0.02),
            "Weapon Used Cd": flagged(weapon != "", "400", ""),
            "Weapon Desc": weapon,
            "Status": status,
            "Status Desc": pd.Series(status).map({"AA": "Adult Arrest", "IC": "Invest Cont", "AO": "Adult Other"}),
            "Crm Cd 1": _code(crime),
            "Crm Cd 2": "",
            "Crm Cd 3": "",
            "Crm Cd 4": "",
            "LOCATION": (rows["area"] * 100 + 1100).map("{} W  INVENTED                    BL".format),
            "Cross Street": "",
            "LAT": (rows["lat"] + 34).map("{:.4f}".format),
            "LON": (rows["lon"] - 118.3).map("{:.4f}".format),
            "Susp No": numbered(rows["offender"], "{:08d}"),
            "Vict No": numbered(rows["victim"], "{:08d}"),
        }
    )  # fmt: skip


LOS_ANGELES = Layout(
    name="los_angeles",
    source="Crime Data from 2020 to Present, City of Los Angeles, "
    "https://data.lacity.org/Public-Safety/Crime-Data-from-2020-to-Present/2nrs-mtv8; header and dictionary read in "
    "public code",
    note="Susp No and Vict No are added and invented. The clock is in a column of its own; the day always says "
    "12:00:00 AM. A victim's age of 0 is unknown, a sex of H is a slip that nobody explains, X is unknown. Only some "
    "crime titles say that a partner was hurt. Crm Cd looks like a code of the Home Office.",
    table=los_angeles,
    file=File("Crime_Data_from_2020_to_Present.csv", datetime_format="%m/%d/%Y %I:%M:%S %p"),
    expected={
        "incident_id": "DR_NO",
        "offender_id": "Susp No",
        "victim_id": "Vict No",
        "occurred_from": "DATE OCC",
        "reported_at": "Date Rptd",
        "da_flag": "Crm Cd Desc",
        "offence": "Crm Cd Desc",
        "victim_age": "Vict Age",
        "victim_sex": "Vict Sex",
        "victim_ethnicity": "Vict Descent",
        "location_type": "Premis Desc",
        "arrested": "Status",
        "borough": "AREA NAME",
    },
    may={
        "DR_NO": frozenset({"offence_id"}),
        "TIME OCC": frozenset({"occurred_from"}),
        "AREA": frozenset({"borough"}),
        "Rpt Dist No": frozenset({"borough"}),
        "Crm Cd": frozenset({"offence_family", "da_flag"}),
        "Crm Cd 1": frozenset({"offence_family", "da_flag"}),
        "Crm Cd Desc": frozenset({"offence_family"}),
        "Premis Cd": frozenset({"location_type"}),
        "Status Desc": frozenset({"arrested"}),
    },
    values={
        "victim_sex": {"m": "M", "f": "F", "x": "U"},
        "location_type": sure(LA_PLACES, "HOTEL", "VEHICLE, PASSENGER/TRUCK", "OTHER BUSINESS"),
        "arrested": {"aa": "true", "adult arrest": "true", "ic": "false", "invest cont": "false"},
        "da_flag": {
            "intimate partner - simple assault": "true",
            "intimate partner - aggravated assault": "true",
        },
    },
    person=frozenset({"Susp No", "Vict No"}),
    accepts=frozenset({"TIME OCC"}),
    derived={
        "occurred_from": "with TIME OCC",
        "da_flag": "the title names an intimate partner",
        "arrested": "the status is of an arrest",
    },
)

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
    rng, rows = generator(seed, "new york"), world(seed)
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
            "KY_CD": _code(offense),
            "OFNS_DESC": _name(offense),
            "PD_CD": _code(offense),
            "PD_DESC": _name(offense).str.replace(" & RELATED OFFENSES", "", regex=False) + ",UNCLASSIFIED",
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
    file=File("NYPD_Complaint_Data_Historic.csv", datetime_format="%m/%d/%Y", date_format="%m/%d/%Y"),
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
