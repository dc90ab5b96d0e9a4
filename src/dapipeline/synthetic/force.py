"""A made-up force: the extract it would export, and which typology each of its offenders was made as."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.synthetic.careers import draw_careers
from dapipeline.synthetic.circumstances import draw_areas, draw_circumstances
from dapipeline.synthetic.cohort import draw_cohort
from dapipeline.synthetic.offending import draw_duration, draw_kinds, draw_offences
from dapipeline.synthetic.presets import ARCHETYPES, OUTSIDE, preset_named
from dapipeline.synthetic.rows import write_rows
from dapipeline.synthetic.victimisation import link_victims
from dapipeline.synthetic.victims import draw_people, draw_relatives, draw_ties


@dataclass(frozen=True)
class Force:
    """A made-up extract and its truth.

    Attributes
    ----------
    incidents : DataFrame
        The canonical columns, one row for each suspect and victim in one recorded offence or non-crime
        incident, sorted by incident_id, offender_id, victim_id and offence_id.
    truth : DataFrame
        offender_id and typology (a published one, or one of `presets.UNNAMED`) of everybody named as the
        suspect of a DA incident in the window, sorted by offender_id.
    """

    incidents: pd.DataFrame
    truth: pd.DataFrame


def make_force(offenders: int, seed: int, preset: str = "sample") -> Force:
    """Make a force with planted typologies.

    Careers are drawn from what the study printed about each typology, and from assumptions where it printed
    nothing (`typologies`, `shades`); no clustering and no naming rule was consulted. Everybody is invented.

    Parameters
    ----------
    offenders : int
        People in the cohort, at least 1.
    seed : int
        The same seed gives the same force.
    preset : str
        A key of `presets.PRESETS`.

    Returns
    -------
    Force

    Raises
    ------
    ConfigError
        C020 where there is no such preset.
    """
    chosen = preset_named(preset)
    # A stream for each step: a change in one leaves the draws of the others as they were.
    streams = iter(np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(12))
    areas = draw_areas(max(100, offenders // 40), next(streams))
    cohort = draw_cohort(offenders, chosen, len(areas), next(streams))
    incidents = draw_careers(cohort, next(streams))
    archetype = cohort["archetype"].to_numpy()[incidents["offender"]]
    born = cohort["born"].to_numpy()[incidents["offender"]]
    incidents["kind"] = draw_kinds(incidents, archetype, next(streams))
    offences = draw_offences(incidents, archetype, next(streams))
    incidents = draw_duration(incidents, archetype, born, next(streams))
    incidents = draw_circumstances(incidents, cohort, len(areas), next(streams))
    pairs = draw_ties(incidents, archetype, next(streams))
    pairs, ties = draw_relatives(pairs, incidents, cohort, next(streams))
    people = draw_people(ties, cohort, next(streams))
    ties["person"], ties["ends"] = link_victims(pairs, ties, people, incidents, cohort, rng=next(streams))
    rows, ids = write_rows(cohort, incidents, offences, pairs, ties, people=people, areas=areas, rng=next(streams))
    inside = (cohort["archetype"] != OUTSIDE).to_numpy()
    labels = np.array([archetype.typology for archetype in ARCHETYPES], dtype=object)
    truth = pd.DataFrame({"offender_id": ids[: len(cohort)][inside], "typology": labels[cohort["archetype"][inside]]})
    truth = truth.astype("string").sort_values("offender_id", ignore_index=True)
    return Force(rows, truth)
