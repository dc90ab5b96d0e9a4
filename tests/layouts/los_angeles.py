"""Los Angeles's crimes."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from .layout import File, Layout
from .nibrs import code_of, name_of
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

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
    rng, rows = generator(seed, "los angeles"), world(seed, "los angeles")
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
            "Crm Cd": code_of(crime),
            "Crm Cd Desc": name_of(crime),
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
            "Crm Cd 1": code_of(crime),
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
    rows=partial(world, name="los angeles"),
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
        "Status": frozenset({"outcome_code"}),
        "Status Desc": frozenset({"arrested", "outcome_code"}),
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
    missing={"victim_age": frozenset({"0"})},
    derived={
        "occurred_from": "with TIME OCC",
        "da_flag": "the title names an intimate partner",
        "arrested": "the status is of an arrest",
    },
)
