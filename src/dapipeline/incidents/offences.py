"""What an offence or non-crime is: by the config, its code or its title; and its severity, on one scale per run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd

from dapipeline.reference import tables
from dapipeline.reference.severity import SeverityTable
from dapipeline.reference.tables import NON_CRIME
from dapipeline.reference.titles import FACTS, facts_of, match_non_crimes, match_titles

DEFAULT_SCALE = "Cambridge Crime Harm Index 2026, median days by offence subgroup"
OWN_SCALE = "the extract's own severity"
COMMON_ASSAULT = "10501"  # Home Office code
KEYS = ["is_crime", "offence_code", "offence", "offence_family"]
FOUND = ["family", "kind", *FACTS]


@dataclass(frozen=True)
class Resolved:
    """The offences of an extract with their families and severities.

    Attributes
    ----------
    offences : pandas.DataFrame
        One row per offence or non-crime as recorded: is_crime, offence_code, offence, offence_family; rows (of the
        extract); family; kind (of a non-crime that is about no crime: domestic, missing_person and so on;
        other where the config alone says so of a known title); against (child, vulnerable_adult) and compliance
        (breach, police_assault, witness, dangerous_driving, criminal_damage), missing where nothing tells; resolved_by
        (what told the family or subgroup: code, title, family or nothing); severity.
    scale : str
        The severity scale of the run.
    common_assault : float or None
        The scale's own figure for a common assault; None where it has none, or the scale is the extract's own.
    """

    offences: pd.DataFrame
    scale: str
    common_assault: float | None


def recorded_offences(rows: Any) -> pd.DataFrame:
    """Count the rows of each distinct offence or non-crime as recorded.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows, from `facts.complete`.

    Returns
    -------
    pandas.DataFrame
        is_crime, offence_code, offence, offence_family; rows.
    """
    return rows.group_by(KEYS).aggregate(rows=rows.count()).to_pandas()


def resolve_offences(recorded: pd.DataFrame, supplied: SeverityTable | None, own: bool) -> Resolved:
    """Find out what each distinct offence as recorded is, and its severity.

    Parameters
    ----------
    recorded : pandas.DataFrame
        From `recorded_offences`; any of the columns but is_crime and rows may be missing in a row.
    supplied : SeverityTable or None
        The severity table that the config names, if any.
    own : bool
        Whether the extract has a severity column; it is then the scale, and severity is missing here.

    Returns
    -------
    Resolved
        Sorted by the four columns. A non-crime has severity 0. A crime that a supplied table lacks has no severity;
        with the shipped table a crime of which nothing is known has that of the miscellaneous subgroup.
    """
    found = recorded[[*KEYS, "rows"]].sort_values(KEYS, na_position="first", ignore_index=True)
    crime = found["is_crime"].astype(bool)
    mapped = found["offence_family"].mask(crime & (found["offence_family"] == NON_CRIME))
    by_code = tables.offences().set_index("code").reindex(found["offence_code"]).set_index(found.index)
    as_crime = match_titles(found["offence"].where(by_code["family"].isna()))
    as_non_crime = match_non_crimes(found["offence"].mask(crime))
    titled = as_crime["family"].where(crime, as_non_crime["family"])
    # The code of a crime says more than its title; the title of a non-crime more than a code, which it seldom has.
    first, second = by_code["family"].where(crime, titled), titled.where(crime, by_code["family"])
    told = first.fillna(second)
    found["family"] = mapped.fillna(told).fillna(pd.Series("other", found.index).where(crime, NON_CRIME))
    found["kind"] = as_non_crime["kind"].where(found["family"] == as_non_crime["family"])
    # The config says that it is no crime, and its title or code something else: it is explained, and not domestic.
    found["kind"] = found["kind"].mask((mapped == NON_CRIME).fillna(False) & (told != NON_CRIME).fillna(False), "other")
    by_the_code = by_code["family"].notna() & (crime | titled.isna())
    found["resolved_by"] = (
        pd.Series("nothing", found.index)
        .mask(mapped.notna(), "family").mask(titled.notna(), "title").mask(by_the_code, "code")
    )  # fmt: skip
    facts = facts_of(found["offence"], found["family"])
    for fact in FACTS:
        found[fact] = by_code[fact].where(by_the_code, facts[fact]).astype("string")
    found["compliance"] = _with_families(found, told)
    subgroup = by_code["subgroup"].fillna(as_crime["subgroup"])
    stand_in = tables.families().set_index("family")["subgroup"]
    subgroup = subgroup.fillna(mapped.map(stand_in)).fillna("miscellaneous")
    severity, scale = _severity(found, subgroup, supplied, own)
    found["severity"] = severity.where(crime, 0.0)
    table = found[[*KEYS, "rows", *FOUND, "resolved_by", "severity"]]
    return Resolved(table, scale, _of_common_assault(supplied, own))


def _of_common_assault(supplied: SeverityTable | None, own: bool) -> float | None:
    """Look a common assault up in the scale itself, whether or not the extract has one."""
    offence = pd.DataFrame(
        {"offence_code": [COMMON_ASSAULT], "offence": ["common assault and battery"]}, dtype="string"
    )
    subgroup = offence["offence_code"].map(tables.offences().set_index("code")["subgroup"])
    found = float(_severity(offence, subgroup, supplied, own)[0].iloc[0])
    return found if found > 0 else None  # nor where it is missing


def own_common_assault(rows: Any) -> float | None:
    """Find what a common assault weighs on the extract's own scale.

    Parameters
    ----------
    rows : ibis.Table
        Rows of the extract with its severity.

    Returns
    -------
    float or None
        The median of its rows with the Home Office code of a common assault; None where there are none.
    """
    found = rows.filter((rows.offence_code == COMMON_ASSAULT) & rows.is_crime & rows.severity.notnull())
    values = found.select("severity").to_pandas()["severity"]
    return float(values.median()) if len(values) and values.median() > 0 else None


def untold(offences: pd.DataFrame, limit: int) -> pd.DataFrame:
    """List the titles that told nothing of an offence or non-crime, for a force to map under offence_family.

    Parameters
    ----------
    offences : pandas.DataFrame
        From `resolve_offences`.
    limit : int
        Titles of fewer rows are not named: a text that is written once may be about one person.

    Returns
    -------
    pandas.DataFrame
        is_crime, title (text; "no title" where there is none), titles (1, or how many were put together), rows; most
        rows first, and the titles that are not named last.
    """
    nothing = offences[offences["resolved_by"] == "nothing"]
    named = nothing.assign(title=nothing["offence"].fillna("no title"))
    found = named.groupby(["is_crime", "title"], as_index=False)["rows"].sum().assign(titles=1)
    rare = found[found["rows"] < limit].groupby("is_crime", as_index=False)[["rows", "titles"]].sum()
    rare = rare.assign(title=f"titles of fewer than {limit} rows")
    often = found[found["rows"] >= limit].sort_values(["rows", "title"], ascending=[False, True])
    listed: pd.DataFrame = pd.concat([often, rare], ignore_index=True)[["is_crime", "title", "titles", "rows"]]
    return listed


def _with_families(found: pd.DataFrame, told: pd.Series) -> pd.Series:
    """Return compliance, with criminal damage, and with breach where the config alone says so."""
    by_family = pd.Series(pd.NA, found.index, "string")
    by_family = by_family.mask(found["family"] == "criminal_damage", "criminal_damage")
    by_family = by_family.mask((found["family"] == "breach") & told.isna(), "breach")
    return found["compliance"].fillna(by_family)


def _severity(
    found: pd.DataFrame, subgroup: pd.Series, supplied: SeverityTable | None, own: bool
) -> tuple[pd.Series, str]:
    if own:
        return pd.Series(float("nan"), found.index), OWN_SCALE
    if supplied is not None:
        looked_up = supplied.look_up(found["offence_code"], found["offence"])
        return pd.Series(looked_up, found.index).astype(float), supplied.scale
    weights = tables.subgroups().set_index("subgroup")["severity"]
    return subgroup.map(weights).astype(float), DEFAULT_SCALE


def with_offence(rows: Any, offences: pd.DataFrame, own: bool) -> Any:
    """Add to each row what its offence is, and its severity.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows, from `facts.complete`.
    offences : pandas.DataFrame
        From `resolve_offences`.
    own : bool
        Whether severity comes from the rows themselves.

    Returns
    -------
    ibis.Table
        The same rows with family, kind, against, compliance and severity (points of the run's scale, three decimals; 0
        for a non-crime).
    """
    keyed = offences.assign(offence_key=_join_key(offences))
    lookup = ibis.memtable(
        keyed[["offence_key", *FOUND, "severity"]].rename(columns={"severity": "found_severity"}),
        schema={"offence_key": "string", **dict.fromkeys(FOUND, "string"), "found_severity": "float64"},
    )
    parts = [rows.is_crime.ifelse("1", "0"), *(rows[name].fill_null("") for name in KEYS[1:])]
    joined = rows.mutate(offence_key=ibis.literal("|").join(parts)).left_join(lookup, "offence_key")
    severity = joined.severity if own else joined.found_severity
    return joined.mutate(
        # Decimals, because a sum of floats depends on the order of the rows.
        severity=joined.is_crime.ifelse(severity, 0.0).round(3).cast("decimal(18, 3)"),
    ).drop("offence_key", "offence_key_right", "found_severity")


def _join_key(offences: pd.DataFrame) -> pd.Series:
    crime = offences["is_crime"].astype(bool).map({True: "1", False: "0"}).astype("string")
    texts = offences[KEYS[1:]].astype("string").fillna("")
    return crime.str.cat([texts[name] for name in KEYS[1:]], sep="|")
