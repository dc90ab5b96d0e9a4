"""Writes the rows of the extract, in canonical columns, from incidents, offences, suspects and victims."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.reference.codes import RELATIONSHIPS
from dapipeline.synthetic.careers import YOUNGEST_AT_ALL
from dapipeline.synthetic.circumstances import GRADES, LOCATIONS, OUTCOME_CODES, draw_outcomes
from dapipeline.synthetic.clock import YEAR
from dapipeline.synthetic.cohort import ETHNICITIES
from dapipeline.synthetic.histories import Histories
from dapipeline.synthetic.offences import CODES, FOR_A_MALE, IS_CRIME, TITLES, VICTIM
from dapipeline.synthetic.victims import EX_PARTNER, PARTNER

COLUMNS = (
    "incident_id", "offence_id", "offender_id", "victim_id", "occurred_from", "occurred_to", "reported_at",
    "da_flag", "is_crime", "offence_code", "offence", "risk_grade", "outcome_code",
    "arrested", "relationship", "offender_dob", "victim_dob", "offender_sex", "victim_sex",
    "offender_ethnicity", "victim_ethnicity", "location_type", "lsoa", "imd_decile", "alcohol", "drugs",
    "honour_based", "forced_marriage", "fgm", "borough",
)  # fmt: skip
_FLAGS = ("alcohol", "drugs", "honour_based", "forced_marriage", "fgm")
NOBODY = -1
_WITH_OTHER = 0.04  # assumed: share of non-DA incidents with a second suspect from outside the cohort


def write_rows(
    histories: Histories, areas: pd.DataFrame, outsiders: int, mark: str, rng: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """Write the rows of the extract.

    Parameters
    ----------
    histories : Histories
    areas : DataFrame
        From `circumstances.draw_areas`.
    outsiders : int
        Row of the first person outside the cohort.
    mark : str
        Digits that follow the letter of every id: none, or two for the block.
    rng : numpy.random.Generator

    Returns
    -------
    rows : DataFrame
        One row per suspect and victim in one offence: `COLUMNS`, sorted by incident_id, offender_id, victim_id,
        offence_id.
    ids : ndarray of str, shape (n_cohort + n_ties,)
        Id of each person: first the rows of the cohort, then the person drawn for each tie.
    """
    cohort, incidents = histories.cohort, histories.incidents
    everyone = pd.concat([cohort[["woman", "ethnicity", "born"]], histories.people], ignore_index=True)
    numbers = rng.permutation(len(everyone)) + 1
    victims = _victims(histories)
    offences = _recorded(histories.offences, incidents, len(cohort) - 1, rng)
    first = victims.drop_duplicates("incident")
    men = first["incident"][~everyone["woman"].to_numpy(dtype=bool)[first["victim"]]]
    against_man = offences["incident"].isin(men).to_numpy()
    offences["code"] = np.where(against_man, FOR_A_MALE[offences["code"]], offences["code"])
    suspects = pd.concat([_suspects(cohort, incidents, outsiders, rng), histories.joint])
    facts = offences.merge(victims, on="incident", how="left").merge(suspects, on="incident")
    facts[["victim", "relation"]] = facts[["victim", "relation"]].fillna(NOBODY).astype(np.int64)
    for name in ("juvenile", "flagged"):
        facts[name] = incidents[name].to_numpy()[facts["incident"]]
    # Offences such as drugs or shop theft have no victim, even if another offence of the incident has one.
    without = ~facts["da"] & ~facts["juvenile"] & (VICTIM[facts["kind"]] == "none")
    facts.loc[without, ["victim", "relation"]] = NOBODY
    facts.loc[facts["offender"] == NOBODY, "relation"] = NOBODY
    facts = _in_order(facts[(facts["offender"] != NOBODY) | (facts["victim"] != NOBODY)], numbers)
    rows = _described(facts, incidents.iloc[facts["incident"]], areas, mark)
    ids = _numbered(f"N{mark}", numbers, 6)
    for role in ("offender", "victim"):
        for name, values in _persons(facts[role].to_numpy(), everyone, ids).items():
            rows[f"{role}_{name}"] = values
    return rows[list(COLUMNS)], ids


def _in_order(facts: pd.DataFrame, numbers: np.ndarray) -> pd.DataFrame:
    """Sort by the numbers in the ids, which is the order of the ids; rows without a person or crime come last."""
    last = np.append(numbers, len(numbers) + 1)
    crime = np.where(facts["crime"] == NOBODY, len(facts) + 1, facts["crime"])
    keys = (crime, last[facts["victim"]], last[facts["offender"]], facts["number"])
    return facts.iloc[np.lexsort(keys)]


def _recorded(
    offences: pd.DataFrame, incidents: pd.DataFrame, unidentified: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Number incidents and crimes in the order in which they were reported, and draw the outcome of each offence."""
    at = incidents.iloc[offences["incident"]]
    da, unsolved = at["da"].to_numpy(), (at["offender"] == unidentified).to_numpy()
    number = np.empty(len(incidents), np.int64)
    number[np.argsort(incidents["reported"].to_numpy(), kind="stable")] = np.arange(len(incidents)) + 1
    offences = offences.assign(number=number[offences["incident"]], da=da)
    offences = offences.sort_values("number", kind="stable", ignore_index=True)
    crime = IS_CRIME[offences["kind"]]
    offences["crime"] = np.where(crime, np.cumsum(crime), NOBODY)
    offences["outcome"] = draw_outcomes(offences["kind"].to_numpy(), offences["da"].to_numpy(), unsolved, rng)
    return offences


def _victims(histories: Histories) -> pd.DataFrame:
    """Return the victims of each incident, with their relationship to the offender at the time."""
    pairs, ties, incidents = histories.pairs, histories.ties, histories.incidents
    tie = ties.iloc[pairs["tie"]].reset_index(drop=True)
    over = incidents["when"].to_numpy()[pairs["incident"]] >= tie["ends"].to_numpy()
    relation = np.where((tie["relation"] == PARTNER) & over, EX_PARTNER, tie["relation"])
    return pd.DataFrame({"incident": pairs["incident"], "victim": tie["person"], "relation": relation})


def _suspects(cohort: pd.DataFrame, incidents: pd.DataFrame, outsiders: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return the suspects of each incident: its offender, and sometimes one from outside the cohort."""
    offender, began = incidents["offender"].to_numpy(), incidents["began"].to_numpy()
    unidentified = len(cohort) - 1
    own = pd.DataFrame({"incident": np.arange(len(incidents))})
    own["offender"] = np.where(offender == unidentified, NOBODY, offender)
    other = outsiders + np.floor(rng.random(len(incidents)) * (unidentified - outsiders)).astype(np.int64)
    with_other = (rng.random(len(incidents)) < _WITH_OTHER) & ~incidents["da"].to_numpy()
    with_other &= ~incidents["juvenile"].to_numpy() & (offender < outsiders) & (other < unidentified)
    with_other &= cohort["born"].to_numpy()[other] + YOUNGEST_AT_ALL * YEAR <= began
    second: pd.DataFrame = pd.DataFrame({"incident": own["incident"], "offender": other})[with_other]
    return pd.concat([own, second], ignore_index=True)


def _described(facts: pd.DataFrame, at: pd.DataFrame, areas: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Write the columns that are not about a person."""
    kind, code = facts["kind"].to_numpy(), facts["code"].to_numpy()
    known = (facts["offender"] != NOBODY).to_numpy()
    area = areas.iloc[at["area"]]
    texts = {
        "incident_id": _numbered(f"I{mark}", facts["number"].to_numpy(), 7),
        "offence_id": _only(IS_CRIME[kind], _numbered(f"F{mark}", facts["crime"].to_numpy(), 7)),
        "offence_code": _only(IS_CRIME[kind], CODES[code]),
        "offence": TITLES[code],
        "risk_grade": GRADES[at["risk"]],
        "outcome_code": OUTCOME_CODES[facts["outcome"]],
        "relationship": _with_nobody(np.array(RELATIONSHIPS, dtype=object))[facts["relation"]],
        "location_type": LOCATIONS[at["location"]],
        "lsoa": area["lsoa"].to_numpy(),
        "borough": area["borough"].to_numpy(),
    }
    rows = pd.DataFrame({name: pd.array(text, dtype="string") for name, text in texts.items()})
    for name, minute in (("occurred_from", "began"), ("occurred_to", "ended"), ("reported_at", "reported")):
        rows[name] = _moments(at[minute].to_numpy())
    rows["da_flag"] = pd.array((facts["da"] | facts["flagged"]).to_numpy(dtype=bool), dtype="boolean")
    rows["is_crime"] = pd.array(IS_CRIME[kind], dtype="boolean")
    rows["arrested"] = pd.array(at["arrested"].to_numpy(dtype=bool), dtype="boolean")
    rows.loc[~known, "arrested"] = pd.NA
    rows["imd_decile"] = pd.array(area["imd_decile"].to_numpy(), dtype="Int64")
    for name in _FLAGS:
        rows[name] = pd.array(at[name].to_numpy(dtype=bool), dtype="boolean")
    return rows


def _persons(person: np.ndarray, everyone: pd.DataFrame, ids: np.ndarray) -> dict[str, Any]:
    """Write the columns of one role, offender or victim."""
    sex = np.where(everyone["woman"], "F", "M")
    ethnicity = ETHNICITIES[everyone["ethnicity"]]
    born = np.append(_moments(everyone["born"].to_numpy()), np.datetime64("NaT", "us"))
    return {
        "id": pd.array(_with_nobody(ids)[person], dtype="string"),
        "sex": pd.array(_with_nobody(sex)[person], dtype="string"),
        "ethnicity": pd.array(_with_nobody(ethnicity)[person], dtype="string"),
        "dob": born[person],
    }


def _with_nobody(values: np.ndarray) -> np.ndarray:
    """Append a missing value, to which the index `NOBODY` (-1) points."""
    return np.array([*values, None], dtype=object)


def _only(wanted: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the values where wanted, and missing values elsewhere."""
    kept = np.full(len(wanted), None, dtype=object)
    np.copyto(kept, values, where=wanted)
    return kept


def _moments(minutes: np.ndarray) -> np.ndarray:
    return np.asarray(minutes, dtype="datetime64[m]").astype("datetime64[us]")


def _numbered(letter: str, numbers: np.ndarray, digits: int) -> np.ndarray:
    """Write ids such as N000123."""
    width = max(digits, len(str(int(numbers.max()))))
    return np.array([f"{letter}{number:0{width}d}" for number in numbers.tolist()], dtype=object)
