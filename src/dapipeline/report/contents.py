"""Everything the report shows: the tables of a run and what is needed to explain them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dapipeline.config import Config
from dapipeline.report.words import day
from dapipeline.typology.definitions import Definitions


@dataclass(frozen=True)
class HarmTables:
    """The outputs of the stage that analyses harm.

    Attributes
    ----------
    share_of_harm, harm_and_history, harm_trend, harm_regression, harm_models, harm_found_by_all, harm_order,
    harm_concentration, lorenz, gini, harm_parts : pandas.DataFrame
        The files of those names under tables/.
    harm_people, harm_units : pandas.DataFrame
        Those under work/. They decide whether a figure of harm may be printed and are never shown: one row per offender
        (typology, group and other dimensions, severity), and one per offender, victim and pair (unit, severity).
    """

    share_of_harm: pd.DataFrame
    harm_and_history: pd.DataFrame
    harm_trend: pd.DataFrame
    harm_regression: pd.DataFrame
    harm_models: pd.DataFrame
    harm_found_by_all: pd.DataFrame
    harm_order: pd.DataFrame
    harm_concentration: pd.DataFrame
    lorenz: pd.DataFrame
    gini: pd.DataFrame
    harm_parts: pd.DataFrame
    harm_people: pd.DataFrame
    harm_units: pd.DataFrame


@dataclass(frozen=True)
class CourseTables:
    """The outputs of the stage that analyses the course.

    Attributes
    ----------
    escalation, escalation_changes, reoffending, non_crimes_before_crime, homicides, recording_breaks, course_gaps :
    pandas.DataFrame
        The files of those names under tables/.
    risk_grades, risk_transitions, offences_after_grade, first_risk : pandas.DataFrame or None
        None without risk grades; the last also without severity.
    outcomes, breaches, after_outcome : pandas.DataFrame or None
        None without outcomes; the last also without severity.
    arrests, child_to_parent : pandas.DataFrame or None
        None where the extract has no column for them.
    course_holders : pandas.DataFrame
        table, of, held_by_two: what decides whether harm may be printed; never shown.
    """

    escalation: pd.DataFrame
    escalation_changes: pd.DataFrame
    reoffending: pd.DataFrame
    risk_grades: pd.DataFrame | None
    risk_transitions: pd.DataFrame | None
    offences_after_grade: pd.DataFrame | None
    first_risk: pd.DataFrame | None
    outcomes: pd.DataFrame | None
    arrests: pd.DataFrame | None
    breaches: pd.DataFrame | None
    after_outcome: pd.DataFrame | None
    non_crimes_before_crime: pd.DataFrame
    homicides: pd.DataFrame
    child_to_parent: pd.DataFrame | None
    recording_breaks: pd.DataFrame
    course_gaps: pd.DataFrame
    course_holders: pd.DataFrame


@dataclass(frozen=True)
class ScrutinyTables:
    """The outputs of the stages that count for scrutiny.

    Attributes
    ----------
    scrutiny, scrutiny_gaps, funnel, hour_by_weekday, offence_groups : pandas.DataFrame
        The files of those names under tables/.
    flag_audit : pandas.DataFrame or None
        None without relationships.
    markers, markers_by_typology : pandas.DataFrame or None
        None where the config names no marker.
    managed_by : pandas.DataFrame or None
        None where the extract does not say who is managed.
    scrutiny_people : pandas.DataFrame
        The persons behind a cell, which decide whether it may be printed; never shown.
    """

    scrutiny: pd.DataFrame
    scrutiny_gaps: pd.DataFrame
    funnel: pd.DataFrame
    hour_by_weekday: pd.DataFrame
    offence_groups: pd.DataFrame
    flag_audit: pd.DataFrame | None
    markers: pd.DataFrame | None
    markers_by_typology: pd.DataFrame | None
    managed_by: pd.DataFrame | None
    scrutiny_people: pd.DataFrame


@dataclass(frozen=True)
class Contents:
    """The outputs of a run that the report reads.

    Attributes
    ----------
    clusters, profiles, groups, medoids, timeline_people, timeline_records, timeline_others, components,
    feature_catalogue, overlap, cohort_hexagons : pandas.DataFrame
        The files of those names under tables/.
    criteria, scores, own_records, name_stability, name_changes : pandas.DataFrame or None
        None where the run has no definitions.
    offender_patterns : pandas.DataFrame or None
        None where victims are not named.
    severity_bands : pandas.DataFrame or None
        None where the run's severity is on another scale than the bands.
    missing_features, reconciliation, offences, warnings : pandas.DataFrame
        The files of those names under quality/.
    harm_ranking, harm_rank_agreement : pandas.DataFrame or None
        None where offences have no severity.
    harm : HarmTables or None
        As these.
    course : CourseTables
    counted_for_scrutiny : ScrutinyTables
        As these.
    harm_holders : pandas.DataFrame
        What decides whether a comparison may be printed, and is itself never shown: table, of, held_by_two (the share
        of the harm compared that the two people with most of it hold).
    comparisons, harm_gaps : pandas.DataFrame
        Groups of offenders compared; what of the analyses of harm the extract cannot answer.
    equality_audit, stand_ins : pandas.DataFrame
        Empty where the extract records no characteristic.
    people : pandas.DataFrame
        One row per offender: cluster, non_da_incidents and, where offences have a severity, da_severity_total and
        non_da_severity_total. Counted and added up, never shown.
    definitions : Definitions or None
        What the typologies are; None where clusters stay numbered.
    config : Config
        The settings of the run.
    scale : str
        The severity scale.
    common_assault : float or None
        What a common assault weighs on it; None where it has no figure for one.
    unresolved : dict of str to int
        crimes, crimes_without_severity, areas, areas_unknown: rows that a look-up found nothing for.
    model : dict
        The model.json of the run.
    columns : tuple of str
        The canonical columns that the extract has.
    settings_sha256 : str
        SHA-256 of the settings that may change a result.
    inputs : dict of str to str
        Input file to SHA-256.
    versions : dict of str to str
        Program or package to version.
    made_on : datetime.date
        The day on which the page is made.
    """

    clusters: pd.DataFrame
    profiles: pd.DataFrame
    groups: pd.DataFrame
    criteria: pd.DataFrame | None
    scores: pd.DataFrame | None
    own_records: pd.DataFrame | None
    name_stability: pd.DataFrame | None
    name_changes: pd.DataFrame | None
    medoids: pd.DataFrame
    timeline_people: pd.DataFrame
    timeline_records: pd.DataFrame
    timeline_others: pd.DataFrame
    components: pd.DataFrame
    feature_catalogue: pd.DataFrame
    missing_features: pd.DataFrame
    reconciliation: pd.DataFrame
    offences: pd.DataFrame
    warnings: pd.DataFrame
    measures: pd.DataFrame
    overlap: pd.DataFrame
    cohort_hexagons: pd.DataFrame
    offender_patterns: pd.DataFrame | None
    severity_bands: pd.DataFrame | None
    harm_ranking: pd.DataFrame | None
    harm_rank_agreement: pd.DataFrame | None
    harm: HarmTables | None
    course: CourseTables
    counted_for_scrutiny: ScrutinyTables
    comparisons: pd.DataFrame
    harm_gaps: pd.DataFrame
    harm_holders: pd.DataFrame
    equality_audit: pd.DataFrame
    stand_ins: pd.DataFrame
    people: pd.DataFrame
    definitions: Definitions | None
    config: Config
    scale: str
    common_assault: float | None
    unresolved: dict[str, int]
    model: dict[str, Any]
    columns: tuple[str, ...]
    settings_sha256: str
    inputs: dict[str, str]
    versions: dict[str, str]
    made_on: date

    @property
    def made(self) -> str:
        """When and with what version the pages are made, in words."""
        return f"Made on {day(self.made_on)} with dapipeline {self.versions['dapipeline']}"

    @property
    def has_severity(self) -> bool:
        """Whether there is any severity; without crimes there is none, and nothing is said of harm."""
        totals = "mean_da_severity_total"
        return totals in self.clusters and bool((self.clusters[totals] > 0).any())
