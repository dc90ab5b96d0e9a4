"""Counter-allegations: the victim of one incident is the suspect in another, the same evening or days later."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import DAY, WINDOW
from dapipeline.synthetic.offending import separate_starts
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.victims import PARTNER

_SAME_EVENING = 0.65  # assumed: share of counter-allegations made within hours; the rest within days
_HOURS, _DAYS = (20, 4 * 60), 1.5 * DAY  # minutes: from and to within the evening; mean after it


def accuse_back(
    cohort: pd.DataFrame, ties: pd.DataFrame, people: pd.DataFrame, free: pd.DataFrame, *, preset: Preset,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Make offenders whose every incident is a counter-allegation the victims of somebody else in the cohort.

    Parameters
    ----------
    cohort, people : DataFrame
        From `cohort.draw_cohort` and `victims.draw_people`.
    ties : DataFrame
        One row per offender and victim, with person and ends.
    free : DataFrame
        The ties whose victim may be an offender of the cohort, from `victimisation.free_ties`.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    cohort : DataFrame
        Each of them with the birth, ethnicity and home of the victim they are.
    ties : DataFrame
        The two ties of such a couple lead to each other and end at the same time.
    """
    cohort, ties = cohort.copy(), ties.copy()
    accused = (preset.rate("counter")[cohort["archetype"]] >= 1) & (cohort["archetype"] != preset.background)
    own = ties[accused.to_numpy()[ties["offender"]]].drop_duplicates("offender")
    # Leave out the row of unidentified suspects and ties that lead to an offender already.
    free = free[~accused.to_numpy()[free["offender"]] & (free["offender"] < len(cohort) - 1)]
    free = free[ties["person"].to_numpy()[free.index] >= len(cohort)]
    for woman in (True, False):
        wanted = own[cohort["woman"].to_numpy()[own["offender"]] == woman]
        offered = free.index[free["woman"] == woman].to_numpy()
        number = min(len(wanted), len(offered))
        tie = rng.choice(offered, number, replace=False) if number else offered[:0]
        victim, back = wanted["offender"].to_numpy()[:number], wanted.index.to_numpy()[:number]
        ties.loc[tie, "person"] = victim
        ties.loc[back, "person"] = ties["offender"].to_numpy()[tie]
        ties.loc[back, "relation"] = PARTNER
        ties.loc[back, "ends"] = ties["ends"].to_numpy()[tie]
        for name in ("born", "ethnicity"):
            cohort.loc[victim, name] = people[name].to_numpy()[tie]
        cohort.loc[victim, "home"] = cohort["home"].to_numpy()[ties["offender"].to_numpy()[tie]]
    return cohort, ties


def answer_allegations(
    incidents: pd.DataFrame, pairs: pd.DataFrame, ties: pd.DataFrame, cohort: pd.DataFrame, *, preset: Preset,
    rng: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    """Move counter-allegations to shortly after the incident that they answer.

    Parameters
    ----------
    incidents, pairs, ties, cohort : DataFrame
        Of the whole force; `ties` with person.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        The incidents with `answers`: for a counter-allegation the row of the incident that it answers, else -1.
    """
    mutual = _mutual(ties, len(cohort))
    by_tie = pairs.sort_values(["tie", "incident"], kind="stable", ignore_index=True)
    first = pd.Series(by_tie.index).groupby(by_tie["tie"].to_numpy()).agg(["min", "size"])
    # Incidents with a second victim are not moved: that victim may have been too young at the earlier date.
    own = by_tie[by_tie["tie"].isin(mutual.index) & ~by_tie["incident"].duplicated(keep=False)]
    own = own[own["offender"].to_numpy() == incidents["offender"].to_numpy()[own["incident"]]]
    share = preset.rate("counter")[cohort["archetype"].to_numpy()[own["offender"]]]
    course = (incidents["when"] - incidents["began"]).to_numpy()[own["incident"]]
    own = own[(course <= 0) & (rng.random(len(own)) < share)]
    spans = first.loc[mutual.loc[own["tie"]]]
    pick = spans["min"].to_numpy() + np.floor(rng.random(len(own)) * spans["size"]).astype(np.int64)
    return _moved(incidents, own["incident"].to_numpy(), by_tie["incident"].to_numpy()[pick], rng)


def _mutual(ties: pd.DataFrame, cohort: int) -> pd.Series:
    """Map each tie between two offenders to the tie in the opposite direction, if there is one."""
    known = ties[ties["person"] < cohort][["offender", "person"]].rename_axis("tie").reset_index()
    known = known.drop_duplicates(["offender", "person"])
    both = known.merge(known, left_on=["offender", "person"], right_on=["person", "offender"], suffixes=("", "_back"))
    return both.set_index("tie")["tie_back"]


def _moved(incidents: pd.DataFrame, answer: np.ndarray, answered: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    evening = rng.random(len(answer)) < _SAME_EVENING
    gap = np.where(evening, rng.uniform(*_HOURS, len(answer)), rng.exponential(_DAYS, len(answer)) + _HOURS[1])
    table = {name: incidents[name].to_numpy().copy() for name in ("when", "began", "ended", "reported")}
    began = table["ended"][answered] + gap.astype(np.int64)
    lasts = table["ended"][answer] - table["began"][answer]
    # A counter-allegation is moved itself, so no other may be placed after it.
    in_time = (began + lasts < WINDOW[1] - DAY) & ~np.isin(answered, answer)
    answer, answered, began, lasts, evening = (values[in_time] for values in (answer, answered, began, lasts, evening))
    waits = table["reported"][answer] - table["ended"][answer]
    table["when"][answer], table["began"][answer] = began, began
    moved = incidents.assign(answers=-1, **table)
    moved.loc[answer, "answers"] = answered
    moved.loc[answer, "ended"] = began + lasts
    moved.loc[answer, "reported"] = np.minimum(began + lasts + waits, WINDOW[1] - 1)
    for name in ("area", "location"):
        moved.loc[answer[evening], name] = incidents[name].to_numpy()[answered[evening]]
    moved["began"] = separate_starts(moved["offender"].to_numpy(), moved["began"].to_numpy())
    moved["ended"] = np.maximum(moved["ended"], moved["began"])
    moved["reported"] = np.maximum(moved["reported"], moved["ended"])
    return moved
