"""The three measures behind the study's recommendations: DA-parallel, non-compliance and high-risk non-crime.

Source: Crest Advisory, summary of research findings, 22 February 2023, Recommendations 3 and 4 and its four categories
of offences; Initial response 4. ``docs/decisions/measures.md`` says how its words were read.
"""

from __future__ import annotations

from typing import Any

import ibis

from dapipeline.reference.codes import FAMILY, INTIMATE, RISK_RANKS
from dapipeline.reference.tables import NON_CRIME

ADULT = 18  # years; a child is younger (Children Act 1989)
TEENAGER = 13  # years from which what another under 18 does to them is taken for a fight among the young
CHILD_TO_PARENT = (10, 16)  # ages of the suspect, both included; printed: "between 10 and 16"
BODILY = ("homicide", "violence", "sexual")  # what done to a child is abuse of a child
AGAINST_A_PARENT = (*BODILY, "stalking_harassment", "controlling_coercive", "criminal_damage")
RELATED = ("police_assault", "witness", "dangerous_driving", "criminal_damage")  # no breach, a sign of non-compliance


def with_measures(rows: Any) -> Any:
    """Add what each row is for the measures.

    Parameters
    ----------
    rows : ibis.Table
        Rows with family, kind, against, compliance, relationship and the ages.

    Returns
    -------
    ibis.Table
        The same rows with three boolean columns, never missing: child_abuse (a child is abused: by what the record is
        called, or because the victim of a homicide, of violence or of a sexual offence is known to be under 18, unless
        they are 13 or older and the suspect is known to be under 18 too and neither family nor partner),
        vulnerable_adult_abuse (by what the record is called) and child_to_parent (a suspect of 10 to 16 does violence,
        harassment or damage to a parent, or is named in a domestic or unexplained non-crime against one).
    """
    young = rows.victim_age < ADULT
    close = rows.relationship.isin([*INTIMATE, *FAMILY]).fill_null(False)
    peers = (rows.offender_age < ADULT).fill_null(False) & (rows.victim_age >= TEENAGER) & ~close
    named = rows.family == "child_vulnerable"
    of_adults = (rows.against == "vulnerable_adult") | (named & (rows.kind == "vulnerable_adult"))
    called_so = (rows.against == "child") | (named & rows.against.isnull() & ~of_adults.fill_null(False))
    child = called_so | (rows.family.isin(BODILY) & young & ~peers)
    home = (rows.family == NON_CRIME) & (rows.kind.isnull() | (rows.kind == "domestic"))
    upwards = rows.offender_age.between(*CHILD_TO_PARENT) & (rows.relationship == "parent")
    return rows.mutate(
        child_abuse=child.fill_null(False),
        vulnerable_adult_abuse=of_adults.fill_null(False),
        child_to_parent=(upwards & (rows.family.isin(AGAINST_A_PARENT) | named | home)).fill_null(False),
    )


def measured(incidents: Any) -> Any:
    """Add the measures to incidents.

    Parameters
    ----------
    incidents : ibis.Table
        One row per suspect and incident, with is_da, is_crime, risk, child_abuse, vulnerable_adult_abuse,
        child_to_parent, breach and a boolean column for each of `RELATED`.

    Returns
    -------
    ibis.Table
        The same rows with da_parallel (outside DA, one of the three kinds of abuse, as crime or as non-crime),
        non_compliance (a breach or a related offence, in DA or outside) and high_risk_non_crime (a DA incident that
        holds no crime and is graded high).
    """
    return incidents.mutate(
        da_parallel=~incidents.is_da
        & (incidents.child_abuse | incidents.vulnerable_adult_abuse | incidents.child_to_parent),
        non_compliance=ibis.or_(incidents.breach, *(incidents[name] for name in RELATED)),
        high_risk_non_crime=incidents.is_da
        & ~incidents.is_crime
        & (incidents.risk == RISK_RANKS["high"]).fill_null(False),
    )
