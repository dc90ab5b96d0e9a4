"""How to read a timeline: an invented record, and the outcomes that occur."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.reference.tables import outcomes
from dapipeline.report.figure import inline
from dapipeline.report.table import table
from dapipeline.report.timeline.incidents import Incident, Person
from dapipeline.report.timeline.people import known_people
from dapipeline.report.timeline.strip import strip_figure
from dapipeline.report.timeline.years import years_of

PARTNER = Person("V1", "female", "29", "ex-partner", "intimate")
MOTHER = Person("V2", "female", "58", "parent", "family")
NOTHING: dict[str, Any] = {"below_age": False, "ended": None, "reported": None, "spread": "", "lasted": "", "grade": "",
                           "severity": 0.0, "gravity": 0, "family": "", "outcome": "", "people": ()}  # fmt: skip
MARCH = 12 * 2018 + 2

INVENTED = tuple(
    Incident(**(NOTHING | incident))
    for incident in (
        {"suspect": True, "da": True, "crime": True, "month": MARCH, "age": "31", "offence": "Common assault",
         "family": "Violence", "place": "residential", "outcome": "victim does not support (16)", "severity": 10.0,
         "grade": "medium", "people": (PARTNER,)},
        {"suspect": True, "da": True, "crime": False, "month": MARCH + 4, "age": "31",
         "offence": "Domestic incident, no crime", "place": "residential", "people": (MOTHER,)},
        {"suspect": True, "da": False, "crime": True, "month": MARCH + 7, "age": "32", "offence": "Theft from a shop",
         "family": "Acquisitive crime", "place": "retail", "outcome": "charged (1)", "severity": 2.0},
        {"suspect": True, "da": True, "crime": True, "month": MARCH + 14, "age": "32", "offence": "Stalking",
         "family": "Stalking and harassment", "place": "public", "grade": "high", "severity": 400.0,
         "people": (PARTNER,)},
        {"suspect": False, "da": True, "crime": True, "month": MARCH + 18, "age": "33", "offence": "Common assault",
         "family": "Violence", "place": "residential", "severity": 10.0, "people": (PARTNER,)},
    )
)  # fmt: skip


def timeline_key(medoids: pd.DataFrame) -> dict[str, Any]:
    """Return what it takes to read the timelines.

    Parameters
    ----------
    medoids : pandas.DataFrame
        The table of that name.

    Returns
    -------
    dict
        outcomes (Table), and strip, people and years of an invented record.
    """
    codes = pd.to_numeric(medoids["outcome_code"], errors="coerce").dropna().astype(int).unique()
    titles = outcomes().set_index("code")["title"]
    found = [(str(code), str(titles.get(str(code), "not on the list"))) for code in sorted(codes)]
    return {
        "outcomes": table("Outcome codes that occur", ["Code", "Home Office outcome"], found),
        "strip": inline(strip_figure(INVENTED, "An invented record")),
        "people": known_people(INVENTED),
        "years": years_of(INVENTED),
    }
