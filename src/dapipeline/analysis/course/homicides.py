"""Domestic homicides and attempts, and what the records hold of the suspect before them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import DAY, Records, with_person
from dapipeline.analysis.harm.people import YEAR
from dapipeline.analysis.harm.significance import wilson
from dapipeline.incidents.scope import cohort_of
from dapipeline.incidents.tables import IncidentTables
from dapipeline.reference.codes import RISK_RANKS
from dapipeline.reference.tables import offences as offence_codes
from dapipeline.reference.titles import match_titles, normalise_titles

HOMICIDE, ATTEMPT, THREAT = "homicide", "attempted murder", "threat to kill"
THREAT_CODE = "00301"  # Home Office: making threats to kill
AROUND = (
    r"\b(?:assist|accessor|abet|aid(?:s|ed|ing)?\b|harbour|conceal|conspir|solicit|incit|encourag|threat|attempt|prepar"
    r"|pervert|obstruct|fail\w* to)"
)
THREAT_WORDS = r"threat\w*.*\bkill"
RECENT = 2  # years
BEFORE = {
    "any_da": "any DA incident before",
    "recent_da": f"a DA incident in the {RECENT} years before",
    "da_crime": "a DA crime before",
    "graded": "a graded DA incident before",
    "graded_high": "a DA incident graded high before",
    "threat": "a threat to kill before, in DA or outside",
    "same_victim": "a DA incident against the same victim before",
}
COLUMNS = [
    "what", "before", "meaning", "people", "of", "share", "low", "high", "incidents_median", "days_median", "days_q1",
    "days_q3",
]  # fmt: skip


def lethal_crimes(tables: IncidentTables, people: pd.DataFrame) -> pd.DataFrame:
    """Find homicides, attempted murders and threats to kill of the cohort.

    Parameters
    ----------
    tables : IncidentTables
    people : pandas.DataFrame
        Indexed by offender_id.

    Returns
    -------
    pandas.DataFrame
        One row per crime, by person and time: person, incident_id, occurred_from, is_da, what. Told by code, else by
        title; conspiring, inciting, assisting an offender and the like are no homicides, attempts or threats.
    """
    crimes = tables.offences.filter(tables.offences.is_crime & ~tables.offences.below_age)
    kind = ["offence_code", "offence", "family"]
    kinds = crimes.filter(crimes.family.isin(["homicide", "violence"])).select(*kind).distinct().to_pandas()
    kinds["what"] = lethal_of(kinds)
    kinds = kinds[kinds["what"].notna()]
    asked = crimes.filter(
        crimes.family.isin(sorted(set(kinds["family"])))
        & (crimes.offence_code.isin(sorted(set(kinds["offence_code"].dropna())))
           | crimes.offence.isin(sorted(set(kinds["offence"].dropna()))) | (crimes.family == HOMICIDE))
    )  # fmt: skip
    found = (
        asked.semi_join(cohort_of(tables.incidents), "offender_id")
        .select("offender_id", "incident_id", "occurred_from", "is_da", *kind)
        .order_by(["offender_id", "occurred_from", "incident_id", *kind])
        .to_pandas()
    )
    found["what"] = lethal_of(found)
    found = with_person(found, people)
    return found.loc[found["what"].notna(), ["person", "incident_id", "occurred_from", "is_da", "what"]]


def lethal_of(crimes: pd.DataFrame) -> np.ndarray:
    """Return what each crime is: homicide, attempted murder, threat to kill, or none of these.

    Parameters
    ----------
    crimes : pandas.DataFrame
        offence_code, offence, family.

    Returns
    -------
    ndarray of str or None
    """
    codes = offence_codes().set_index("code")["subgroup"]
    by_code = crimes["offence_code"].map(codes)
    untold = by_code.isna()
    titles = crimes["offence"].where(untold)
    subgroup = by_code.fillna(match_titles(titles)["subgroup"])
    threat = normalise_titles(titles).str.contains(THREAT_WORDS, regex=True).fillna(False).to_numpy(dtype=bool)
    threat |= (crimes["offence_code"] == THREAT_CODE).fillna(False).to_numpy(dtype=bool)
    # Without a code the word murder alone is no murder: the title may be of what goes before or after one.
    around = normalise_titles(titles).str.contains(AROUND, regex=True).fillna(False).to_numpy(dtype=bool)
    conditions = [
        (crimes["family"] == HOMICIDE).to_numpy(dtype=bool) & ~around,
        (subgroup == "attempted_murder").fillna(False).to_numpy(dtype=bool),
        threat,
    ]
    told = np.select(conditions, [HOMICIDE, ATTEMPT, THREAT], "").astype(object)
    told[told == ""] = None
    return told


def homicides(records: Records, lethal: pd.DataFrame, victims: pd.DataFrame | None) -> pd.DataFrame:
    """Count what came before people's first domestic homicide, and before their first attempt.

    Parameters
    ----------
    records : Records
    lethal : pandas.DataFrame
        From `lethal_crimes`.
    victims : pandas.DataFrame or None
        person, incident_id, victim_id of DA incidents; None where no victim has an id.

    Returns
    -------
    pandas.DataFrame
        One row per what (homicide, attempted murder; DA alone, whose suspect counts once by the first) and key of
        `BEFORE`: what, before, meaning, people, of, share, low, high (Wilson); for any_da and recent_da also
        incidents_median (of those with any) and days_median, days_q1, days_q3 from the last of them to the event.
    """
    rows = []
    for what in (HOMICIDE, ATTEMPT):
        events = lethal[lethal["is_da"] & (lethal["what"] == what)].drop_duplicates("person")
        if len(events):
            rows += _before(records, events, lethal, victims)
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("share", "low", "high")])
    low, high = wilson(table["people"].to_numpy(), table["of"].to_numpy())
    return table.assign(share=table["people"] / table["of"], low=low, high=high)[COLUMNS]


def _before(
    records: Records, events: pd.DataFrame, lethal: pd.DataFrame, victims: pd.DataFrame | None
) -> list[tuple[Any, ...]]:
    """Count what came before some events, one of a person."""
    moment, own = (events.set_index("person")[name] for name in ("occurred_from", "incident_id"))
    known = records.incidents[records.incidents["person"].isin(moment.index)]
    known = known.assign(event=known["person"].map(moment), own=known["person"].map(own))
    earlier = known[(known["occurred_from"] < known["event"]) & (known["incident_id"] != known["own"])]
    ago = (earlier["event"] - earlier["occurred_from"]).dt.total_seconds() / DAY
    recent = ago <= RECENT * YEAR
    threats = lethal[(lethal["what"] == THREAT) & lethal["person"].isin(moment.index)]
    threats = threats[threats["occurred_from"] < threats["person"].map(moment)]
    found = {
        "any_da": earlier, "recent_da": earlier[recent], "da_crime": earlier[earlier["is_crime"]],
        "graded": earlier[earlier["risk"].notna()], "graded_high": earlier[earlier["risk"] == RISK_RANKS["high"]],
        "threat": threats,
    }  # fmt: skip
    if victims is not None:
        keys = ["person", "incident_id"]
        own = victims[victims["person"].isin(moment.index)]
        of_event = own.merge(events[keys], on=keys)
        found["same_victim"] = earlier[keys].merge(own, on=keys).merge(of_event, on=["person", "victim_id"])
    rows = []
    for key, meaning in BEFORE.items():
        if key not in found:
            continue
        which = found[key]
        row = [events["what"].iloc[0], key, meaning, which["person"].nunique(), len(events)]
        if key in ("any_da", "recent_da") and len(which):
            last = ago[which.index].groupby(which["person"]).min()
            row += [float(which.groupby("person").size().median()), *last.quantile([0.5, 0.25, 0.75])]
        else:
            row += [np.nan] * 4
        rows.append(tuple(row))
    return rows
