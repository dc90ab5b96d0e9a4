"""The medoids' offences in words: month, age, offence, victim, place and outcome, never a date or an id."""

from __future__ import annotations

import pandas as pd

from dapipeline.reference.codes import OUTCOMES
from dapipeline.reference.tables import families
from dapipeline.report.words import MONTHS, NOT_RECORDED, lasting, plain

LONG = 30 * 24  # hours from which a record says how long it lasted


def records_in_words(medoids: pd.DataFrame) -> pd.DataFrame:
    """Write out the medoids' offences.

    Parameters
    ----------
    medoids : pandas.DataFrame
        From `analysis.medoids`: a row per offence of each medoid.

    Returns
    -------
    pandas.DataFrame
        One row per offence in the same order, with nothing that names a person or a day: cluster, year,
        month (1 to 12), when ("Mar 2014"), age, is_da, below_age, is_crime, offence, family, victim, place, outcome,
        lasted, severity.
    """
    start, end = pd.to_datetime(medoids["occurred_from"]), pd.to_datetime(medoids["occurred_to"])
    titles = families().set_index("family")["title"]
    family = medoids["family"].astype("string")
    age = pd.to_numeric(medoids["offender_age"], errors="coerce")
    outcome = pd.to_numeric(medoids["outcome_code"], errors="coerce")
    hours = (end - start).dt.total_seconds() / 3600
    written = pd.DataFrame(
        {
            "cluster": medoids["cluster"],
            "year": start.dt.year,
            "month": start.dt.month,
            "when": [f"{MONTHS[m - 1][:3]} {y}" for y, m in zip(start.dt.year, start.dt.month, strict=True)],
            "age": [NOT_RECORDED if pd.isna(a) else f"{a:.0f}" for a in age],
            "is_da": medoids["is_da"].astype(bool),
            "below_age": medoids["below_age"].astype(bool),
            "is_crime": medoids["is_crime"].astype(bool),
            "family": family.map(titles).fillna(family.map(plain, na_action="ignore")).fillna("Other"),
            "victim": _victim(medoids),
            "place": _words(medoids["location_type"]),
            "outcome": ["" if pd.isna(o) else f"{OUTCOMES.get(f'{o:.0f}', 'unknown')} ({o:.0f})" for o in outcome],
            "lasted": [lasting(h) if h >= LONG else "" for h in hours],
            "severity": pd.to_numeric(medoids["severity"], errors="coerce").fillna(0.0),
        }
    )
    written.insert(8, "offence", medoids["offence"].astype("string").fillna(written["family"]))
    return written


def _words(codes: pd.Series) -> pd.Series:
    return codes.astype("string").map(plain, na_action="ignore").fillna("")


def _victim(medoids: pd.DataFrame) -> pd.Series:
    """Write the victim: "F 31, ex-partner", and how many others there are."""
    age = pd.to_numeric(medoids["victim_age"], errors="coerce")
    sex = medoids["victim_sex"].astype("string").fillna("")
    words = (sex + " " + age.map("{:.0f}".format, na_action="ignore").fillna("").astype("string")).str.strip()
    relation = _words(medoids["relationship"]).replace("none", "no relationship")
    words = words.str.cat(relation, sep=", ").str.strip(", ")
    others = medoids["victims"].fillna(0).astype(int) - 1
    more = others.map(lambda n: f" and {n} more" if n > 0 else "")
    none = (medoids["victims"].fillna(0) == 0).to_numpy()
    return words.mask(words == "", "details not recorded").str.cat(more).mask(none, "")
