"""The family and severity of an offence: by its code, else by its title; one severity scale per run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd

from dapipeline.reference import tables
from dapipeline.reference.severity import SeverityTable

NON_CRIME = "non_crime"
DEFAULT_SCALE = "Cambridge Crime Harm Index 2026, median days by offence subgroup"
OWN_SCALE = "the extract's own severity"
KEYS = ["offence_code", "offence", "offence_family"]


@dataclass(frozen=True)
class Resolved:
    """The offences of an extract with their families and severities.

    Attributes
    ----------
    offences : pandas.DataFrame
        One row per offence as recorded: offence_code, offence, offence_family; family, resolved_by (what told the
        family or subgroup: code, title, family or nothing), severity.
    scale : str
        The severity scale of the run.
    """

    offences: pd.DataFrame
    scale: str


def resolve_offences(recorded: pd.DataFrame, supplied: SeverityTable | None, own: bool) -> Resolved:
    """Find family and severity of each distinct offence as recorded.

    Parameters
    ----------
    recorded : pandas.DataFrame
        offence_code, offence, offence_family; any of them may be missing.
    supplied : SeverityTable or None
        The severity table that the config names, if any.
    own : bool
        Whether the extract has a severity column; it is then the scale, and severity is missing here.

    Returns
    -------
    Resolved
        Sorted by the three columns. An offence that a supplied table lacks has no severity; with the shipped table an
        offence of which nothing is known has that of the miscellaneous subgroup.
    """
    found = recorded[KEYS].drop_duplicates().sort_values(KEYS, na_position="first", ignore_index=True)
    by_code = tables.offences().set_index("code").reindex(found["offence_code"])
    by_title = tables.match_titles(found["offence"].where(by_code["family"].isna().to_numpy()))
    by_family = tables.families().set_index("family").reindex(found["offence_family"])
    family, subgroup = found["offence_family"].copy(), pd.Series(pd.NA, index=found.index, dtype="string")
    how = pd.Series("nothing", index=found.index)
    for name, source in (("code", by_code), ("title", by_title)):
        known = source["family"].notna().to_numpy()
        how = how.mask((how == "nothing") & known, name)
        family = family.fillna(pd.Series(source["family"].to_numpy(), index=found.index))
        subgroup = subgroup.fillna(pd.Series(source["subgroup"].to_numpy(), index=found.index, dtype="string"))
    how = how.mask((how == "nothing") & found["offence_family"].notna(), "family")
    subgroup = subgroup.fillna(pd.Series(by_family["subgroup"].to_numpy(), index=found.index, dtype="string"))
    found["family"], found["resolved_by"] = family.fillna("other"), how
    if own:
        found["severity"], scale = float("nan"), OWN_SCALE
    elif supplied is not None:
        found["severity"], scale = supplied.look_up(found["offence_code"], found["offence"]), supplied.scale
    else:
        weights = tables.subgroups().set_index("subgroup")["severity"]
        found["severity"] = subgroup.fillna("miscellaneous").map(weights).astype(float).to_numpy()
        scale = DEFAULT_SCALE
    return Resolved(found, scale)


def with_offence(rows: Any, offences: pd.DataFrame, own: bool) -> Any:
    """Add family and severity to each row.

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
        The same rows with family and severity (points of the run's scale, three decimals). A non-crime has severity 0,
        and the family that the config maps it to, else `NON_CRIME`.
    """
    keyed = offences.assign(offence_key=_join_key(offences[KEYS].fillna("")))
    lookup = ibis.memtable(
        keyed[["offence_key", "family", "severity"]].rename(
            columns={"family": "found_family", "severity": "found_severity"}
        ),
        schema={"offence_key": "string", "found_family": "string", "found_severity": "float64"},
    )
    key = rows.offence_code.fill_null("") + "|" + rows.offence.fill_null("") + "|" + rows.offence_family.fill_null("")
    joined = rows.mutate(offence_key=key).left_join(lookup, "offence_key").drop("offence_key_right")
    severity = joined.severity if own else joined.found_severity
    return joined.mutate(
        family=joined.is_crime.ifelse(
            joined.found_family, ibis.coalesce(joined.offence_family, ibis.literal(NON_CRIME))
        ),
        # Decimals, because a sum of floats depends on the order of the rows.
        severity=joined.is_crime.ifelse(severity, 0.0).round(3).cast("decimal(18, 3)"),
    ).drop("found_family", "found_severity", "offence_key")


def _join_key(keys: pd.DataFrame) -> pd.Series:
    return keys["offence_code"] + "|" + keys["offence"] + "|" + keys["offence_family"]
