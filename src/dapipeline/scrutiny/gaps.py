"""Which indicators an extract allows, and which not, with the column that is missing beside each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from dapipeline.offenders.feature import missing_columns
from dapipeline.scrutiny.catalogue import CATALOGUE, NEVER
from dapipeline.scrutiny.indicator import BREAKDOWN_NEEDS, BREAKDOWNS, Indicator

COLUMNS = ["indicator", "title", "breakdown", "missing", "because", "source"]
OF_SUSPECTS = "the extract was drawn round DA suspects (extract.covers), so that other crime is not all of it"
NO_RESIDENTS = "no table of residents (reference.population)"
LACKS = "the extract lacks the column"
NONE_THERE = "none is in the records"
NO_COLUMN = "no canonical column holds it"
AREAS = {"borough": "borough", "force": "force", "lsoa": "small area"}


def computable(present: Sequence[str], all_crime: bool, population: bool) -> list[Indicator]:
    """Return the indicators that can be computed.

    Parameters
    ----------
    present : sequence of str
        Canonical columns of the extract.
    all_crime : bool
        Whether the extract covers all recorded crime.
    population : bool
        Whether the force supplied a table of residents.

    Returns
    -------
    list of Indicator
    """
    return [indicator for indicator in CATALOGUE if not _lack(indicator, present, all_crime, population)]


def _lack(indicator: Indicator, present: Sequence[str], all_crime: bool, population: bool) -> tuple[str, str] | None:
    """Return what is missing and why an indicator cannot be computed; None where it can."""
    missing = missing_columns(indicator.needs, present)
    if missing:
        return "; ".join(missing), LACKS
    if indicator.all_crime and not all_crime:
        return "all recorded crime", OF_SUSPECTS
    if indicator.over_unit == "population" and not population:
        return "reference.population", NO_RESIDENTS
    return None


def scrutiny_gaps(
    present: Sequence[str], all_crime: bool, population: bool, area: str, computed: Collection[str]
) -> pd.DataFrame:
    """List what cannot be computed.

    Parameters
    ----------
    present : sequence of str
    all_crime, population : bool
        As for `computable`.
    area : str
        The column of areas.
    computed : collection of str
        The indicators that have any row.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`; breakdown is empty for a whole indicator.
    """
    rows = []
    if area not in present:
        rows.append(("", f"Every indicator by {AREAS[area]}", "area", area, LACKS, ""))
    for indicator in CATALOGUE:
        lack = _lack(indicator, present, all_crime, population)
        if lack:
            rows.append((indicator.key, indicator.title, "", *lack, indicator.source))
            continue
        if indicator.key not in computed:
            counted = indicator.denominator or indicator.numerator
            rows.append((indicator.key, indicator.title, "", counted, NONE_THERE, indicator.source))
        for name in (*indicator.within, *indicator.shared_by):
            missing = missing_columns(BREAKDOWN_NEEDS.get((indicator.unit, name), ()), present)
            if missing:
                by = f"by {BREAKDOWNS[name]}"
                about = (indicator.key, indicator.title, by, "; ".join(missing), LACKS, indicator.source)
                rows.append(about)
    rows += [(key, title, "", wanted, NO_COLUMN, source) for key, title, wanted, source in NEVER]
    return pd.DataFrame(rows, columns=COLUMNS)
