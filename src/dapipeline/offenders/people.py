"""Recorded characteristics of offenders for the equality audit alone, where no feature has them already.

Sex and ethnicity are never a feature and never a criterion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

AUDITED = ("offender_sex", "offender_ethnicity", "imd_decile")  # age is a feature


def people_of(incidents: Any, cohort: Any, present: Sequence[str]) -> Any:
    """Find each offender's protected characteristics, as most of their incidents record them.

    Parameters
    ----------
    incidents : ibis.Table
        One row per suspect and incident.
    cohort : ibis.Table
        One row per offender.
    present : sequence of str
        The canonical columns that the extract has.

    Returns
    -------
    ibis.Table
        One row per offender, sorted by id: offender_id and a column for each of `AUDITED` that is present; missing
        where it was never recorded, and the first by alphabet (of deciles, the more deprived) where two values are
        recorded equally often. The decile is that of the areas of incidents: where a person lives is not recorded.
    """
    people = cohort.select("offender_id")
    for name in [column for column in AUDITED if column in present]:
        known = incidents.filter(incidents[name].notnull())
        counts = known.group_by(["offender_id", name]).aggregate(times=known.count())
        most = ibis.window(group_by="offender_id", order_by=[ibis.desc(counts.times), ibis.asc(counts[name])])
        usual = counts.mutate(rank=ibis.row_number().over(most)).filter(lambda t: t.rank == 0)
        people = people.left_join(usual.select("offender_id", name), "offender_id").select(*people.columns, name)
    return people.order_by("offender_id")
