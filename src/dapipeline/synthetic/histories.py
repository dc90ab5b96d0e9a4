"""Draws everything that happens in a made-up force, before it is written as the rows of an extract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.synthetic.careers import draw_careers
from dapipeline.synthetic.circumstances import draw_circumstances
from dapipeline.synthetic.cohort import draw_cohort
from dapipeline.synthetic.counter import accuse_back, answer_allegations
from dapipeline.synthetic.joint import join_suspects
from dapipeline.synthetic.offending import draw_duration, draw_kinds, draw_offences, escalate, violence_before_16
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.shared_victims import share_victims
from dapipeline.synthetic.victimisation import count_incidents, free_ties, link_victims
from dapipeline.synthetic.victims import draw_people, draw_relatives, draw_ties


@dataclass(frozen=True)
class Histories:
    """What happened, to whom and by whom; tables refer to each other by row number.

    A tie is one offender and one person whom they harm, over all incidents between them.

    Attributes
    ----------
    cohort : DataFrame
        One row per offender: those with DA incidents, those outside the cohort, and last one row for all unidentified
        suspects.
    incidents : DataFrame
        One row per incident: offender, when, began, ended, reported (minutes since 1970), da, juvenile (violence in
        the family by an under-16), flagged (as DA without being it), final, together, kind and
        the circumstances; answers (for a counter-allegation the incident that it answers, else -1).
    offences : DataFrame
        One row per offence, sorted by incident: incident, kind, code.
    pairs : DataFrame
        One row per incident and victim: incident, tie.
    ties : DataFrame
        One row per tie: offender, purpose, relation, ends, person (a row of the cohort, or len(cohort) + tie for
        somebody else).
    joint : DataFrame
        One row per second suspect: incident, offender.
    people : DataFrame
        One row per tie: the person drawn for it.
    """

    cohort: pd.DataFrame
    incidents: pd.DataFrame
    offences: pd.DataFrame
    pairs: pd.DataFrame
    ties: pd.DataFrame
    joint: pd.DataFrame
    people: pd.DataFrame


def draw_histories(shares: np.ndarray, preset: Preset, areas: int, streams: Iterator[np.random.Generator]) -> Histories:
    """Draw everything that happens to a cohort, step by step.

    Parameters
    ----------
    shares : ndarray of int, shape (n_archetypes,)
        Number of offenders of each archetype.
    preset : Preset
    areas : int
        Number of areas, in order of deprivation.
    streams : iterator of numpy.random.Generator
        One generator per step, so that a change in one step does not change the draws of the others.

    Returns
    -------
    Histories
    """
    (
        for_cohort, for_careers, for_kinds, for_offences, for_duration, for_circumstances, for_ties, for_relatives,
        for_people, for_links,
    ) = (next(streams) for _ in range(10))  # fmt: skip
    for_joint, for_order, for_youth, for_accused, for_answers, for_shared = (next(streams) for _ in range(6))
    cohort = draw_cohort(shares, preset, areas, for_cohort)
    incidents = draw_careers(cohort, preset, for_careers)
    incidents, joint, cohort = join_suspects(incidents, cohort, preset, for_joint)
    archetype = cohort["archetype"].to_numpy()[incidents["offender"]]
    kinds = draw_kinds(incidents, archetype, preset, for_kinds)
    incidents["kind"] = escalate(kinds, incidents, archetype, preset, for_order)
    incidents = violence_before_16(incidents, joint, cohort, preset, for_youth)
    offences = draw_offences(incidents, archetype, preset, for_offences)
    incidents = draw_duration(incidents, cohort, preset, for_duration)
    incidents = draw_circumstances(incidents, cohort, preset, areas, for_circumstances)
    pairs = draw_ties(incidents, archetype, preset, for_ties)
    pairs, ties = draw_relatives(pairs, incidents, cohort, preset, for_relatives)
    people = draw_people(ties, cohort, for_people)
    ties["person"], ties["ends"] = link_victims(pairs, ties, people, incidents, cohort, preset=preset, rng=for_links)
    free = free_ties(pairs, ties, people, incidents, cohort)
    cohort, ties = accuse_back(cohort, ties, people, free, preset=preset, rng=for_accused)
    incidents = answer_allegations(incidents, pairs, ties, cohort, preset=preset, rng=for_answers)
    fit = count_incidents(pairs, incidents)["unfit"].to_numpy() == 0
    ties["person"] = share_victims(ties, people, fit, len(cohort), preset=preset, rng=for_shared)
    return Histories(cohort, incidents, offences, pairs, ties, joint, people)
