"""Chicago's crimes."""

from __future__ import annotations

from functools import partial

import pandas as pd

from .layout import File, Layout
from .nibrs import code_of, name_of
from .world import flagged, gaps, generator, numbered, stamped, sure, worded, world

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
    rng, rows = generator(seed, "chicago"), world(seed, "chicago")
    offense = worded(rng, rows["kind"], CHICAGO_TYPES)
    domestic = rows["da"] & rows["kind"].eq("assault")
    title = name_of(offense).str.partition("/")
    district = rows["area"] + 5
    lat, lon = (rows["lat"] + 41.8).map("{:.9f}".format), (rows["lon"] - 87.7).map("{:.9f}".format)
    return pd.DataFrame(
        {
            "ID": numbered(rows["offence"] + 10_230_000, "{}"),
            "Case Number": numbered(rows["event"] + 400_000, "HY{}"),
            "Date": stamped(rows["start"], "%m/%d/%Y %I:%M:%S %p"),
            "Block": (rows["area"] * 7 + 1).map("0{:02d}XX S INVENTED AVE".format),
            "IUCR": code_of(offense).mask(domestic, "0486"),
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
    rows=partial(world, name="chicago"),
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
