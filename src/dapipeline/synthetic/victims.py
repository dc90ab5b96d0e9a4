"""Draws the victim of each incident: ties between an offender and the people they harm, one after another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.reference.codes import FAMILY, INTIMATE, RELATIONSHIPS
from dapipeline.synthetic.clock import DAY, YEAR
from dapipeline.synthetic.cohort import draw_ethnicities
from dapipeline.synthetic.offences import VICTIM
from dapipeline.synthetic.preset import Preset

PARTNER, EX_PARTNER = (RELATIONSHIPS.index(tie) for tie in INTIMATE)
PARENT, CHILD, SIBLING, OTHER_FAMILY = (RELATIONSHIPS.index(tie) for tie in FAMILY)
ACQUAINTANCE, STRANGER, NONE = (RELATIONSHIPS.index(tie) for tie in ("acquaintance", "stranger", "none"))
# The purpose of a tie: domestic abuse, offences against adults, offences against children, violence in the family by
# an under-16.
DOMESTIC, ADULT, MINOR, JUVENILE = range(4)

# Assumed: relationships by the purpose of the tie; whether a DA victim is a partner is drawn separately.
_SHARES = np.zeros((4, len(RELATIONSHIPS)))
_SHARES[DOMESTIC, [PARENT, CHILD, SIBLING, OTHER_FAMILY]] = [0.36, 0.22, 0.27, 0.15]
_SHARES[ADULT, [STRANGER, ACQUAINTANCE, NONE]] = [0.55, 0.35, 0.1]
_SHARES[MINOR, [CHILD, OTHER_FAMILY, ACQUAINTANCE, NONE]] = [0.6, 0.2, 0.12, 0.08]
_SHARES[JUVENILE, [PARENT, SIBLING, OTHER_FAMILY]] = [0.65, 0.25, 0.1]
_EX_AT_FIRST = 0.3  # assumed: share of intimate relationships that had ended before the first incident
_TOGETHER_YEARS = 3  # assumed: mean years that the others last after the first incident
_PARENT_GAP = 17  # smallest age difference in years between parent and child


def draw_ties(incidents: pd.DataFrame, archetype: np.ndarray, preset: Preset, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the tie of each incident: a new one, the latest, or an earlier one again.

    Parameters
    ----------
    incidents : DataFrame
        Sorted by offender and time, with `da`, `juvenile` and `kind`.
    archetype : ndarray of int
        Archetype of each incident's offender.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row per incident with a victim: incident (row), tie (running number; those of one offender and purpose
        follow each other in the order in which they began), offender, purpose.
    """
    victim = VICTIM[incidents["kind"]]
    purpose = np.select(
        [incidents["da"], incidents["juvenile"], victim == "adult", victim == "child"],
        [DOMESTIC, JUVENILE, ADULT, MINOR], -1,
    )  # fmt: skip
    about = np.flatnonzero(purpose >= 0)
    pairs = pd.DataFrame({"incident": about, "offender": incidents["offender"].to_numpy()[about]})
    pairs["purpose"] = purpose[about]
    pairs = pairs.sort_values(["offender", "purpose", "incident"], ignore_index=True)
    group = pairs["offender"].to_numpy() * len(_SHARES) + pairs["purpose"].to_numpy()
    first = np.r_[True, group[1:] != group[:-1]]
    kind = archetype[pairs["incident"]]
    domestic = (pairs["purpose"] == DOMESTIC).to_numpy()
    spread = np.maximum(preset.rate("da_incidents") - 1, 1e-9)
    new_domestic = np.minimum((preset.rate("da_victims") - 1) / spread, 1)
    new_other = preset.rate("non_da_new_victim")
    new = first | (rng.random(len(pairs)) < np.where(domestic, new_domestic[kind], new_other[kind]))
    latest = np.cumsum(new) - 1
    first_tie = np.maximum.accumulate(np.where(first, latest, 0))
    earlier = first_tie + np.floor(rng.random(len(pairs)) * (latest - first_tie)).astype(np.int64)
    again = ~new & (rng.random(len(pairs)) >= preset.rate("stays")[kind])
    pairs["tie"] = np.where(again, earlier, latest)
    return pairs


def draw_relatives(
    pairs: pd.DataFrame, incidents: pd.DataFrame, cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the relationship of each tie, and add family members as second victims of some incidents.

    Parameters
    ----------
    pairs : DataFrame
        From `draw_ties`.
    incidents : DataFrame
        With `began`, `when` and `together`.
    cohort : DataFrame
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    pairs : DataFrame
        With the second victims, sorted by incident and tie.
    ties : DataFrame
        One row per tie: offender, purpose, relation (index into `RELATIONSHIPS`), began and first (minutes: earliest
        start of an incident, and its first date), ends (minute in which an intimate relationship ended).
    """
    ties = pairs.drop_duplicates("tie").sort_values("tie", ignore_index=True)[["offender", "purpose"]]
    purpose, archetype = ties["purpose"].to_numpy(), cohort["archetype"].to_numpy()[ties["offender"]]
    cumulative = np.cumsum(_SHARES, axis=1)
    relation = (rng.random(len(ties))[:, None] >= cumulative[purpose, :-1]).sum(axis=1)
    intimate = (purpose == DOMESTIC) & (rng.random(len(ties)) < preset.rate("intimate")[archetype])
    together = incidents["together"].to_numpy()[pairs.drop_duplicates("tie").sort_values("tie")["incident"]]
    ties["relation"] = np.where(intimate & ~together, PARTNER, relation)
    pairs = _with_second_victims(pairs, ties, preset.rate("second_victim")[archetype], rng)
    times = incidents[["began", "when"]].iloc[pairs["incident"]].reset_index(drop=True)
    spans = times.groupby(pairs["tie"].to_numpy()).min()
    ties["began"], ties["first"] = spans["began"].to_numpy(), spans["when"].to_numpy()
    born = cohort["born"].to_numpy()[ties["offender"]]
    youngest_child = np.where(purpose == DOMESTIC, 16, 1) + _PARENT_GAP
    too_young = (ties["relation"] == CHILD) & (ties["began"] - born < youngest_child * YEAR)
    ties.loc[too_young, "relation"] = np.where(purpose[too_young] == DOMESTIC, SIBLING, OTHER_FAMILY)
    ties["ends"] = _endings(ties, rng)
    return pairs, ties


def _with_second_victims(
    pairs: pd.DataFrame, ties: pd.DataFrame, share: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Add the person of the offender's next domestic tie as a second victim, if it is family."""
    tie = pairs["tie"].to_numpy()
    beside = np.minimum(tie + 1, len(ties) - 1)
    fits = (ties["offender"].to_numpy()[beside] == ties["offender"].to_numpy()[tie]) & (beside != tie)
    fits &= (pairs["purpose"].to_numpy() == DOMESTIC) & (ties["purpose"].to_numpy()[beside] == DOMESTIC)
    fits &= ties["relation"].to_numpy()[beside] != PARTNER
    fits &= rng.random(len(pairs)) < share[tie]
    second: pd.DataFrame = pairs[fits].assign(tie=beside[fits])
    return pd.concat([pairs, second]).sort_values(["incident", "tie"], kind="stable", ignore_index=True)


def _endings(ties: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Draw the end of each relationship: before or after the first incident, and before the next partner's first."""
    first = ties["first"].to_numpy()
    ends = first + np.maximum(rng.exponential(_TOGETHER_YEARS * YEAR, len(ties)), 1).astype(np.int64)
    ends = np.where(rng.random(len(ties)) < _EX_AT_FIRST, ties["began"].to_numpy(), ends)
    intimate = ties[ties["relation"] == PARTNER]
    following = intimate.groupby("offender")["first"].shift(-1)
    ends[following.dropna().index] = np.minimum(ends[following.dropna().index], following.dropna())
    return ends


def draw_people(ties: pd.DataFrame, cohort: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the victim of each tie.

    Parameters
    ----------
    ties : DataFrame
        From `draw_relatives`.
    cohort : DataFrame
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row per tie: woman, ethnicity (index), born (minute). Partners and victims of domestic abuse are 16 or
        older at every incident; children in other offences are under 14 at the first.
    """
    size = len(ties)
    offender = cohort.iloc[ties["offender"]].reset_index(drop=True)
    relation, purpose = ties["relation"].to_numpy(), ties["purpose"].to_numpy()
    intimate = relation == PARTNER
    opposite = np.where(rng.random(size) < 0.96, ~offender["woman"], offender["woman"])
    people = pd.DataFrame({"woman": np.where(intimate, opposite, rng.random(size) < 0.52)})
    # Assumed: four in five partners and nearly all relatives have the offender's ethnicity.
    alike = rng.random(size) < np.select([intimate, relation < ACQUAINTANCE], [0.8, 0.97], 0)
    drawn = draw_ethnicities(np.full(size, 0.2), np.full(size, 0.08), rng)
    people["ethnicity"] = np.where(alike, offender["ethnicity"], drawn)
    people["born"] = _births(ties, offender["born"].to_numpy(), np.where(offender["woman"], -2, 2), rng)
    minor = purpose == MINOR
    began = ties["began"].to_numpy()
    people.loc[~minor, "born"] = np.minimum(people["born"], began - 16.1 * YEAR)[~minor]
    people["born"] = np.maximum(people["born"], began - 100 * YEAR) // DAY * DAY
    people["born"] = people["born"].astype(np.int64)
    return people


def _births(ties: pd.DataFrame, born: np.ndarray, gap: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw births by relationship: partners two years younger than men, parents and children a generation apart."""
    size, began = len(ties), ties["began"].to_numpy()
    relation, purpose = ties["relation"].to_numpy(), ties["purpose"].to_numpy()
    generation = rng.uniform(_PARENT_GAP + 1, 38, size) * YEAR
    near = born + rng.normal(0, 5, size) * YEAR
    adult = began - (16.1 + rng.gamma(2, 11, size)) * YEAR
    # Children are under 13 at the first incident; the offender's own were born when the offender was 17 or older.
    oldest = began - 13 * YEAR
    oldest = np.where(relation == CHILD, np.maximum(oldest, born + _PARENT_GAP * YEAR), oldest)
    minor = oldest + rng.random(size) * np.maximum(began - 90 * DAY - oldest, 0)
    grown = born + np.minimum(generation, began - born - 16.1 * YEAR)
    return np.select(
        [purpose == MINOR, relation == PARTNER, relation == PARENT, relation == CHILD, relation == SIBLING],
        [minor, near + gap * YEAR, born - generation, grown, near],
        adult,
    )
