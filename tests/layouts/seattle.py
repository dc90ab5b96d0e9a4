"""Seattle's offences."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from .layout import File, Layout
from .nibrs import OFFENSES
from .world import gaps, generator, numbered, stamped, worded, world

CLOCK = "%m/%d/%Y %I:%M:%S %p"
SECTORS = ("N", "E", "W", "S", "SW", "UNKNOWN")
NEIGHBOURHOODS = ("BALLARD SOUTH", "CAPITOL HILL", "MAGNOLIA", "ROXHILL/WESTWOOD", "UNIVERSITY", "UNKNOWN")


def seattle(seed: int) -> pd.DataFrame:
    """Make Seattle's offences with people beside them."""
    rng, rows = generator(seed, "seattle"), world(seed, "seattle")
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
    rows=partial(world, name="seattle"),
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
