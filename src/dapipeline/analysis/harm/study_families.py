"""Which of the study's four families an offence is in."""

from __future__ import annotations

from typing import Any

import ibis

from dapipeline.reference.tables import study_families

STUDY_FAMILIES: dict[str, str] = study_families().set_index("study_family")["title"].to_dict()


def with_study_family(offences: Any) -> Any:
    """Add the study's family to offences.

    Parameters
    ----------
    offences : ibis.Table
        With family and compliance.

    Returns
    -------
    ibis.Table
        The same rows with study_family: a key of `STUDY_FAMILIES`, missing for offences of no such family.
    """
    table = study_families().itertuples(index=False)
    lines = [(line.study_family, line.families.split(), line.compliance.split()) for line in table]
    by_compliance = [(offences.compliance.isin(words), name) for name, _, words in lines if words]
    by_family = [(offences.family.isin(words), name) for name, words, _ in lines]
    return offences.mutate(study_family=ibis.cases(*by_compliance, *by_family))


def other_crimes(offences: Any) -> Any:
    """Return the crimes outside DA, with the study's family.

    Parameters
    ----------
    offences : ibis.Table
        One row per suspect, incident and offence.

    Returns
    -------
    ibis.Table
        Those that are crimes and neither DA nor below its age, and study_family.
    """
    return with_study_family(offences.filter(offences.is_crime & ~offences.is_da & ~offences.below_age))
