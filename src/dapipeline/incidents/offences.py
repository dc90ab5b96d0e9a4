"""What an offence is and how severe: family and severity by code, else by title, on one scale a run."""

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
    """The offences of an extract with what is known of them.

    Attributes
    ----------
    offences : pandas.DataFrame
        offence_code, offence, offence_family as recorded; family, severity, resolved_by.
    scale : str
        The severity scale, one for the run.
    """

    offences: pd.DataFrame
    scale: str


def resolve_offences(recorded: pd.DataFrame, supplied: SeverityTable | None, own: bool) -> Resolved:
    """Find family and severity of each distinct offence as recorded.

    Parameters
    ----------
    recorded : pandas.DataFrame
        Distinct offence_code, offence, offence_family; any of them may be missing.
    supplied : SeverityTable or None
        A table that the config names.
    own : bool
        Whether the extract has a severity of its own, which then is the scale.

    Returns
    -------
    Resolved
        In the order of the keys. A severity that a supplied table lacks is missing; in the shipped table an
        offence that nothing is known of weighs as a miscellaneous one.
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
    """Add family and severity to each row; a non-crime is its own family unless the config gave one.

    Parameters
    ----------
    rows : ibis.Table
        Completed canonical rows.
    offences : pandas.DataFrame
        From `resolve_offences`.
    own : bool
        Whether severity comes from the rows themselves.
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
        # Decimals, because sums of floats depend on their order; a non-crime has no severity.
        severity=joined.is_crime.ifelse(severity, 0.0).round(3).cast("decimal(18, 3)"),
    ).drop("found_family", "found_severity", "offence_key")


def _join_key(keys: pd.DataFrame) -> pd.Series:
    return keys["offence_code"] + "|" + keys["offence"] + "|" + keys["offence_family"]
