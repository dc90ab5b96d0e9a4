"""Which columns tell the rows of a table apart, and which refer to another table."""

from __future__ import annotations

from collections.abc import Collection, Sequence

# Tables without an entry have no key: their rows are alike, or a part of the key may be missing.
PRIMARY: dict[str, tuple[str, ...]] = {
    "flag_audit": ("area", "year", "finding"),
    "missing_features": ("feature",),
    "features": ("offender_id",),
    "feature_catalogue": ("feature",),
    "components": ("component",),
    "stability": ("cluster",),
    "profiles": ("cluster", "feature"),
    "groups": ("group",),
    "criteria": ("cluster", "typology", "number"),
    "scores": ("cluster", "typology"),
    "own_records": ("typology",),
    "name_stability": ("typology",),
    "name_changes": ("typology", "became"),
    "clusters": ("cluster",),
    "assignments": ("offender_id",),
    "typologies": ("typology",),
    "measures": ("measure",),
    "timeline_people": ("cluster", "shown"),
    "equality_audit": ("characteristic", "value", "cluster"),
    "equality_by_typology": ("characteristic", "value", "typology"),
    "stand_ins": ("characteristic", "feature"),
    "overlap": ("measure", "cluster"),
    "offender_patterns": ("pattern", "cluster"),
    "cohort_hexagons": ("plane", "across", "up", "cluster", "group"),
    "severity_bands": ("band", "cluster"),
    "share_of_harm": ("dimension", "value"),
    "harm_and_history": ("band",),
    "harm_trend": ("question",),
    "harm_models": ("model",),
    "harm_order": ("design", "whom", "model", "study_family"),
    "harm_concentration": ("unit", "top_share"),
    "gini": ("unit",),
    "harm_parts": ("measure", "lower"),
    "comparisons": ("comparison", "group", "feature"),
    "harm_ranking": ("typology",),
    "harm_rank_agreement": ("severity",),
    "escalation": ("unit", "dimension", "value", "order"),
    "escalation_changes": ("unit", "measure", "dimension", "value", "order"),
    "reoffending": ("start", "victim", "dimension", "value", "within_days"),
    "risk_grades": ("dimension", "value", "grade"),
    "risk_transitions": ("first_grade", "later", "grade"),
    "offences_after_grade": ("study_family", "grade"),
    "first_risk": ("model", "value"),
    "after_outcome": ("model", "value"),
    "outcomes": ("kind", "dimension", "value", "outcome"),
    "arrests": ("kind", "dimension", "value"),
    "breaches": ("dimension", "value", "outcome"),
    "non_crimes_before_crime": ("dimension", "value", "non_crimes"),
    "homicides": ("what", "before"),
    "child_to_parent": ("dimension", "value"),
    "scrutiny": ("indicator", "area", "year", "breakdown", "group"),
    "scrutiny_changes": ("indicator", "area", "year"),
    "funnel": ("indicator", "area"),
    "hour_by_weekday": ("kind", "weekday", "hour"),
    "markers": ("marker", "dimension", "value"),
    "markers_by_typology": ("marker", "dimension", "value"),
    "offence_groups": ("factor",),
    "managed_by": ("top", "managed_by"),
    "concentration_by_area": ("area", "top"),
    "dictionary": ("file", "column"),
    "model/medoids": ("cluster",),
    "model/scaling": ("feature",),
    "model/components": ("component", "feature"),
    "work/rows": ("source_file", "source_row"),
    "work/described": ("source_file", "source_row"),
    "work/incidents": ("offender_id", "incident_id"),
    "work/offences": ("offender_id", "incident_id", "offence_key"),
    "work/victims": ("offender_id", "incident_id", "victim_key"),
    "work/victimisations": ("victim_id", "incident_id"),
    "work/vectors": ("offender_id",),
    "work/people": ("offender_id",),
    "work/assignments": ("offender_id",),
    "work/scores": ("offender_id",),
    "work/halves": ("offender_id",),
    "work/overlap": ("offender_id",),
    "work/average_course": ("typology", "year", "kind"),
    "work/scrutiny_people": ("indicator", "area", "year", "breakdown", "group"),
}
# Column to the table and column that it refers to.
REFERS: dict[str, tuple[str, str]] = {
    "cluster": ("clusters", "cluster"),
    "second_cluster": ("clusters", "cluster"),
    "typology": ("typologies", "typology"),
    "best": ("typologies", "typology"),
    "second": ("typologies", "typology"),
    "became": ("typologies", "typology"),
    "group": ("groups", "group"),
    "feature": ("feature_catalogue", "feature"),
    "component": ("components", "component"),
    "offender_id": ("features", "offender_id"),
}
# Columns of these names that hold something else, or people of every kind.
NOT_SO = {
    ("comparisons", "group"), ("comparisons", "feature"), ("scrutiny", "group"), ("work/scrutiny_people", "group"),
    ("work/person_facts", "group"), ("missing_features", "feature"), ("stand_ins", "feature"),
    ("work/average_course", "second"),
    *(("work/harm_people", name) for name in ("cluster", "typology", "group")),  # also "not clustered"
    *((f"work/{name}", "offender_id") for name in ("rows", "described", "incidents", "offences", "victims")),
}  # fmt: skip


def references(table: str, columns: Sequence[str], tables: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return what the columns of a table refer to.

    Parameters
    ----------
    table : str
        Its name.
    columns : sequence of str
    tables : collection of str
        The names of the tables that there are.

    Returns
    -------
    dict of str to (str, str)
        Column to table and column.
    """
    return {
        name: REFERS[name]
        for name in columns
        if name in REFERS and (table, name) not in NOT_SO and REFERS[name] != (table, name)
        if REFERS[name][0] in tables
    }
