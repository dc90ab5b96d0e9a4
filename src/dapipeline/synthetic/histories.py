"""Everything that happened in a made-up force, before it is written as the rows of an extract."""

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
from dapipeline.synthetic.offending import draw_duration, draw_kinds, draw_offences, escalate, flag_violence_before_16
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.shared_victims import share_victims
from dapipeline.synthetic.victimisation import free_ties, link_victims, survived
from dapipeline.synthetic.victims import draw_people, draw_relatives, draw_ties


@dataclass(frozen=True)
class Histories:
    """What happened, to whom and by whom; people, incidents and ties are numbered by their rows.

    Attributes
    ----------
    cohort : DataFrame
        The offenders: those with DA incidents, those outside the cohort, and last the unidentified.
    incidents : DataFrame
        offender, when, began, ended, reported (minutes since 1970), da, flagged (as DA, and not DA), final, together,
        kind and the circumstances; answers: the incident that one is a counter-allegation to, or -1.
    offences : DataFrame
        incident, kind, code; by incident.
    pairs : DataFrame
        incident, tie: who was harmed.
    ties : DataFrame
        offender, purpose, relation, ends, person (row of the cohort, or their number plus the tie).
    joint : DataFrame
        incident, offender: second suspects.
    people : DataFrame
        The person drawn for each tie.
    """

    cohort: pd.DataFrame
    incidents: pd.DataFrame
    offences: pd.DataFrame
    pairs: pd.DataFrame
    ties: pd.DataFrame
    joint: pd.DataFrame
    people: pd.DataFrame


def draw_histories(shares: np.ndarray, preset: Preset, areas: int, streams: Iterator[np.random.Generator]) -> Histories:
    """Draw the careers of a cohort, step by step, each from a stream of its own.

    Parameters
    ----------
    shares : ndarray of int
        People of each archetype.
    preset : Preset
    areas : int
        Number of areas, in order of deprivation.
    streams : iterator of numpy.random.Generator
        A stream for each step: a change in one leaves the draws of the others as they were.
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
    incidents = flag_violence_before_16(incidents, joint, cohort, preset, for_youth)
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
    fit = survived(pairs, incidents)["unfit"].to_numpy() == 0
    ties["person"] = share_victims(ties, people, fit, len(cohort), preset=preset, rng=for_shared)
    return Histories(cohort, incidents, offences, pairs, ties, joint, people)
