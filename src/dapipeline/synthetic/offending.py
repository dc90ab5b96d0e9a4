"""Draws what each incident was: the offences recorded, how long it lasted and when it was reported."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.archetype import Mix
from dapipeline.synthetic.clock import DAY, WINDOW, YEAR
from dapipeline.synthetic.offences import (
    COURSE_DAYS,
    IN_FORCE,
    IS_CRIME,
    KIND,
    KIND_SEVERITY,
    KINDS,
    VICTIM,
    draw_codes,
)
from dapipeline.synthetic.preset import Preset

_OF_AGE = 16  # years; the published definition of domestic abuse
# Assumed: offences recorded for violence in the family by under-16s.
_BEFORE_16 = {"common_assault": 0.55, "actual_bodily_harm": 0.15, "criminal_damage": 0.15, "non_crime": 0.15}
_SECOND_OFFENCE = 0.08  # assumed: share of crimes recorded with a second offence


def _matrix(mixes: list[Mix | None]) -> np.ndarray:
    """Return mixes as shares, shape (n_archetypes, n_kinds)."""
    shares = np.zeros((len(mixes), len(KINDS)))
    for row, mix in enumerate(mixes):
        for name, percent in (mix.shares if mix else {}).items():
            shares[row, KIND[name]] = percent / 100
    return shares


def _mixes(preset: Preset) -> np.ndarray:
    """Return shares by stage (other, domestic, final), archetype and kind: shape (3, n_archetypes, n_kinds)."""
    return np.stack(
        [
            _matrix([archetype.non_da_mix for archetype in preset.archetypes]),
            _matrix([archetype.da_mix for archetype in preset.archetypes]),
            _matrix([archetype.final_mix for archetype in preset.archetypes]),
        ]
    )


_NEW_OFFENCES = WINDOW[0] < IN_FORCE


def draw_kinds(incidents: pd.DataFrame, archetype: np.ndarray, preset: Preset, rng: np.random.Generator) -> np.ndarray:
    """Draw the kind of the first offence of each incident.

    Parameters
    ----------
    incidents : DataFrame
        From `careers.draw_careers`.
    archetype : ndarray of int, shape (n_incidents,)
        Archetype of each incident's offender.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (n_incidents,)
        Index into `KINDS`; offences that were not in force yet are not drawn.
    """
    mixes = _mixes(preset)
    stage = np.where(incidents["final"], 2, incidents["da"].astype(int))
    kinds = _draw(mixes, stage, archetype, rng)
    early = incidents["when"].to_numpy() < IN_FORCE[kinds]
    old_law = np.where(_NEW_OFFENCES, 0, mixes)
    kinds[early] = _draw(old_law, stage[early], archetype[early], rng)
    return kinds


def escalate(
    kinds: np.ndarray, incidents: pd.DataFrame, archetype: np.ndarray, preset: Preset, rng: np.random.Generator
) -> np.ndarray:
    """Sort the DA offences of a career by severity, as strongly as its archetype escalates.

    Parameters
    ----------
    kinds : ndarray of int
        Kind of each incident.
    incidents : DataFrame
        Sorted by offender and time.
    archetype : ndarray of int
        Archetype of each incident's offender.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int
        The same kinds for each offender; offences that came into force within the window are not moved.
    """
    strength = preset.rate("escalation")[archetype]
    movable = incidents["da"].to_numpy() & ~incidents["final"].to_numpy() & ~_NEW_OFFENCES[kinds] & (strength > 0)
    row = np.flatnonzero(movable)
    rank = np.argsort(np.argsort(KIND_SEVERITY, kind="stable")) / len(KINDS)
    pull = strength[row] * rank[kinds[row]] + (1 - strength[row]) * rng.random(len(row))
    ordered = kinds.copy()
    ordered[row] = kinds[row[np.lexsort((pull, incidents["offender"].to_numpy()[row]))]]
    return ordered


def violence_before_16(
    incidents: pd.DataFrame, joint: pd.DataFrame, cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator
) -> pd.DataFrame:
    """Turn some incidents of under-16s into violence in the family, and flag some of it as DA, which it is not.

    Parameters
    ----------
    incidents : DataFrame
        With `when`, `da` and `kind`.
    joint : DataFrame
        Incidents with a second suspect; they are left alone, as that suspect may be older.
    cohort : DataFrame
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        The incidents with `juvenile` (violence in the family by an under-16) and `flagged` (as DA without being it).
    """
    age = incidents["when"].to_numpy() - cohort["born"].to_numpy()[incidents["offender"]]
    inside = cohort["archetype"].to_numpy()[incidents["offender"]] != preset.background
    early = ~incidents["da"].to_numpy() & (age < _OF_AGE * YEAR - DAY) & inside
    early[joint["incident"]] = False
    juvenile = early & (rng.random(len(incidents)) < preset.family_under_16.value)
    flagged = juvenile & (rng.random(len(incidents)) < preset.flagged_under_16.value)
    drawn = rng.choice([KIND[name] for name in _BEFORE_16], p=list(_BEFORE_16.values()), size=len(incidents))
    kind = np.where(juvenile, drawn, incidents["kind"])
    return incidents.assign(juvenile=juvenile, flagged=flagged, kind=kind)


def draw_offences(
    incidents: pd.DataFrame, archetype: np.ndarray, preset: Preset, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the offences of each incident: the first, and sometimes a second.

    Parameters
    ----------
    incidents : DataFrame
        With `da`, `final` and `kind`.
    archetype : ndarray of int
        Archetype of each incident's offender.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row per offence, sorted by incident: incident (row of the incidents), kind and code (indices).
    """
    first = pd.DataFrame({"incident": np.arange(len(incidents)), "kind": incidents["kind"].to_numpy()})
    stage = incidents["da"].to_numpy().astype(int)
    crimes = np.where(_NEW_OFFENCES | ~IS_CRIME, 0, _mixes(preset))
    second = pd.DataFrame({"incident": first["incident"], "kind": _draw(crimes, stage, archetype, rng)})
    wanted = IS_CRIME[first["kind"]] & (rng.random(len(first)) < _SECOND_OFFENCE)
    # The second offence needs the same sort of victim as the first, or none, and must be of another kind.
    same_victim = (VICTIM[second["kind"]] == VICTIM[first["kind"]]) | (VICTIM[second["kind"]] == "none")
    wanted &= (incidents["da"].to_numpy() | same_victim) & (second["kind"] != first["kind"]).to_numpy()
    wanted &= ~(incidents["final"] | incidents["juvenile"]).to_numpy()
    offences = pd.concat([first, second[wanted]]).sort_values("incident", kind="stable", ignore_index=True)
    offences["code"] = draw_codes(offences["kind"].to_numpy(), rng)
    return offences


def draw_duration(
    incidents: pd.DataFrame, cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw when each incident began, ended and was reported.

    Parameters
    ----------
    incidents : DataFrame
        With `when` and `kind`; `when` is the end of a course of conduct, or the start of a single event.
    cohort : DataFrame
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        The incidents with began, ended, reported (minutes since 1970); no two of an offender begin in the same minute.
    """
    size, when, kind = len(incidents), incidents["when"].to_numpy(), incidents["kind"].to_numpy()
    offender = incidents["offender"].to_numpy()
    archetype, born = (cohort[name].to_numpy()[offender] for name in ("archetype", "born"))
    course = rng.gamma(0.7, size=size) * COURSE_DAYS[kind] / 0.7 * DAY
    against_child = VICTIM[kind] == "child"
    late = (rng.random(size) < preset.rate("retrospective")[archetype]) & (incidents["da"].to_numpy() | against_child)
    late &= ~incidents["final"].to_numpy() & (when >= WINDOW[0])
    years = rng.gamma(4, size=size) * preset.rate("retrospective_years")[archetype] / 4
    course = np.where(late, years * YEAR, course)
    # A course of conduct cannot begin before the offender was 16: it is cut to a random part of the years since.
    possible = np.maximum(when - born - 16 * YEAR, 0)
    course = np.where(course > possible, possible * rng.uniform(0.5, 1, size), course)
    event = rng.exponential(25, size).astype(np.int64)
    incidents = incidents.assign(began=when - course.astype(np.int64))
    incidents["ended"] = np.where(course > 0, when, when + event)
    incidents["began"] = separate_starts(offender, incidents["began"].to_numpy())
    incidents["ended"] = np.maximum(incidents["ended"], incidents["began"])
    last = np.where(when < WINDOW[0], WINDOW[0], WINDOW[1]) - 1
    incidents["ended"] = np.minimum(incidents["ended"], last)
    incidents["reported"] = np.minimum(incidents["ended"] + _delay(late, rng), last)
    return incidents


def _draw(shares: np.ndarray, stage: np.ndarray, archetype: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    cumulative = np.cumsum(shares, axis=2)
    total = cumulative[stage, archetype, -1]
    point = rng.random(len(stage)) * total
    drawn: np.ndarray = (point[:, None] >= cumulative[stage, archetype, :-1]).sum(axis=1)
    return drawn


def separate_starts(offender: np.ndarray, began: np.ndarray) -> np.ndarray:
    """Move incidents of one offender that began in the same minute to later minutes.

    Parameters
    ----------
    offender, began : ndarray of int, shape (n_incidents,)
        Offender and first minute of each incident.

    Returns
    -------
    ndarray of int, shape (n_incidents,)
        First minute of each incident, no two of one offender the same.
    """
    table = pd.DataFrame({"offender": offender, "began": began})
    while table.duplicated().any():
        table["began"] += table.groupby(["offender", "began"]).cumcount()
    return table["began"].to_numpy()


def _delay(late: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw minutes until the report; assumed: three in four within hours, one in five within days, others in months."""
    speed = rng.choice([3 * 60, 4 * DAY, 60 * DAY], p=[0.75, 0.2, 0.05], size=len(late))
    return (rng.exponential(np.where(late, 30 * DAY, speed))).astype(np.int64)
