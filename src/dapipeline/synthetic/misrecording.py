"""Recording faults of whole incidents and people: DA flags, relationships, second ids, double entries, first codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import WINDOW
from dapipeline.synthetic.force import Force
from dapipeline.synthetic.offences import CODES, TITLES
from dapipeline.synthetic.together import record_together

# Final code to the code recorded at first. Assumed: an offence slightly graver or less grave.
FIRST_CODES = {
    "00806": "10501", "10501": "00806", "00801": "00501", "00501": "00806", "19512": "19594", "00867": "19594",
    "12509": "12512",
}  # fmt: skip
_TITLE = dict(zip(CODES, TITLES, strict=True))
_SWAPPED = 0.4  # assumed: share of second ids with day and month of birth swapped, if that is a date
_LATE = 6  # longest time in days until an incident is entered again
_FIRST, _LAST = (np.datetime64(minute, "m") for minute in (WINDOW[0], WINDOW[1] - 1))


def misrecord(force: Force, rng: np.random.Generator) -> Force:
    """Plant the recording faults that the preset declares.

    Parameters
    ----------
    force : Force
    rng : numpy.random.Generator

    Returns
    -------
    Force
        With the rows as recorded; its truth has second ids too, with the typology of the person. `faults` has numbers
        of da_flag_lost, da_flag_gained and relationship_missing (incidents), second_id (people), entered_twice
        (incidents), reclassified (offences that are there under their first code too, without an outcome),
        recorded_together (incidents that stand under the number of one that they answer), and offenders_unflagged
        (people of the truth without an incident in the window that is still flagged).
    """
    rows, share = force.incidents.copy(), {name: rate.value for name, rate in force.preset.faults.items()}
    incident, domestic = pd.factorize(rows["incident_id"])[0], rows["da_flag"].to_numpy(dtype=bool)
    lost, lost_number = _choose(incident, domestic, share["da_flag_lost"], rng)
    gained, gained_number = _choose(
        incident, ~domestic & rows["victim_id"].notna().to_numpy(), share["da_flag_gained"], rng
    )
    flagged = (domestic & ~lost) | gained
    rows["da_flag"] = pd.array(flagged, dtype="boolean")
    rows.loc[lost, "risk_grade"] = pd.NA
    unrelated, unrelated_number = _choose(
        incident, rows["relationship"].notna().to_numpy(), share["relationship_missing"], rng
    )
    rows.loc[unrelated, "relationship"] = pd.NA
    found = {"da_flag_lost": lost_number, "da_flag_gained": gained_number, "relationship_missing": unrelated_number}
    within = (rows["reported_at"] >= _FIRST).to_numpy()
    still = rows["offender_id"][flagged & within].drop_duplicates()
    found["offenders_unflagged"] = int((~force.truth["offender_id"].isin(still)).sum())
    force, found["second_id"] = _give_second_ids(force, rows, incident, domestic & within, share["second_id"], rng)
    eligible = rows[flagged]
    first, found["reclassified"] = _first_codes(rows, share["reclassified"], rng)
    again, found["entered_twice"] = _entered_again(rows, incident, share["entered_twice"], rng)
    # First codes come directly before the final ones; incidents entered again come last, with the highest numbers.
    place = np.concatenate([first.index.to_numpy() - 0.5, np.arange(len(rows) + len(again))])
    parts = [part.astype(rows.dtypes) for part in (first, rows, again)]
    rows = pd.concat(parts).iloc[np.argsort(place, kind="stable")]
    rows, found["recorded_together"] = record_together(rows, eligible, share["recorded_together"], rng)
    return replace(force, incidents=rows, faults=found)


def _choose(group: np.ndarray, eligible: np.ndarray, share: float, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Choose a share of the groups that have an eligible row; return which rows are chosen, and how many groups."""
    possible = np.zeros(int(group.max(initial=0)) + 2, bool)  # the last element is for rows without a group, -1
    possible[group[eligible]] = True
    possible[-1] = False
    wanted = rng.choice(np.flatnonzero(possible), round(share * possible.sum()), replace=False)
    chosen = np.zeros(len(possible), bool)
    chosen[wanted] = True
    return chosen[group] & eligible, len(wanted)


def _give_second_ids(
    force: Force, rows: pd.DataFrame, incident: np.ndarray, domestic: np.ndarray, share: float,
    rng: np.random.Generator,
) -> tuple[Force, int]:  # fmt: skip
    """Record some people under a second offender id from one of their DA incidents on; changes `rows` in place."""
    offender, known = pd.factorize(rows["offender_id"])
    inside = np.append(known.isin(force.truth["offender_id"]), False)
    # Incident numbers ascend with the time of the report, so pairs are sorted by offender and time.
    own = domestic & inside[offender]
    pairs = np.unique(offender[own].astype(np.int64) * len(rows) + incident[own])
    person, start, size = np.unique(pairs // len(rows), return_index=True, return_counts=True)
    several = np.flatnonzero(size >= 2)
    several = several[np.sort(rng.choice(len(several), round(share * len(several)), replace=False))]
    after = 1 + np.floor(rng.random(len(several)) * (size[several] - 1)).astype(np.int64)
    cut = np.full(len(known) + 1, len(rows))
    cut[person[several]] = pairs[start[several] + after] % len(rows)
    second = np.full(len(known) + 1, None, dtype=object)
    highest = max(rows["offender_id"].dropna().max(), rows["victim_id"].dropna().max())
    second[person[several]] = _after(highest, len(several))[:-1]
    later = np.flatnonzero((incident >= cut[offender]) & (offender >= 0))
    rows.iloc[later, rows.columns.get_loc("offender_id")] = pd.array(second[offender[later]], dtype="string")
    swaps = np.zeros(len(known) + 1, bool)
    swaps[person[several]] = rng.random(len(several)) < _SWAPPED
    swapped = later[swaps[offender[later]]]
    place = rows.columns.get_loc("offender_dob")
    rows.iloc[swapped, place] = _day_and_month_swapped(rows["offender_dob"].iloc[swapped])
    planted = force.planted.set_index("offender_id").loc[known[person[several]]]
    planted = planted.assign(offender_id=pd.array(second[person[several]], dtype="string"))
    planted = pd.concat([force.planted, planted[force.planted.columns]]).sort_values("offender_id", ignore_index=True)
    return replace(force, truth=planted[["offender_id", "typology"]], planted=planted), len(several)


def _first_codes(rows: pd.DataFrame, share: float, rng: np.random.Generator) -> tuple[pd.DataFrame, int]:
    """Copy the rows of some offences under the code recorded at first, without an outcome."""
    eligible = rows["offence_code"].isin(list(FIRST_CODES)).to_numpy()
    chosen, number = _choose(pd.factorize(rows["offence_id"])[0], eligible, share, rng)
    first = rows[chosen].copy()
    first["offence_code"] = first["offence_code"].map(FIRST_CODES).astype("string")
    first["offence"] = first["offence_code"].map(_TITLE).astype("string")
    first["outcome_code"] = pd.array([None] * len(first), dtype="string")
    first["outcome_at"] = np.datetime64("NaT", "us")
    return first, number


def _entered_again(
    rows: pd.DataFrame, incident: np.ndarray, share: float, rng: np.random.Generator
) -> tuple[pd.DataFrame, int]:
    """Copy some incidents as entered again days later, with new incident and offence ids."""
    chosen, number = _choose(incident, np.ones(len(rows), bool), share, rng)
    again = rows[chosen].copy()
    late = rng.integers(1, _LATE + 1, number)[pd.factorize(again["incident_id"])[0]]
    moment = again["reported_at"] + pd.to_timedelta(late, unit="D")
    within = again["reported_at"] >= _FIRST
    # The copy stays on the same side of the start of the window, so that no count in the window changes by it.
    again["reported_at"] = moment.where(~within, moment.clip(upper=_LAST)).where(
        within, moment.clip(upper=_FIRST - np.timedelta64(1, "m"))
    )
    for name in ("incident_id", "offence_id"):
        code, found = pd.factorize(again[name])
        renamed = _after(rows[name].dropna().max(), len(found))
        again[name] = pd.array(renamed[code], dtype="string")
    return again, number


def _after(last: str, number: int) -> np.ndarray:
    """Return the next identifiers, and None at the end, where index -1 points."""
    start, width = int(last[1:]) + 1, len(last) - 1
    return np.array([*(f"{last[0]}{start + n:0{width}d}" for n in range(number)), None], dtype=object)


def _day_and_month_swapped(born: pd.Series) -> pd.Series:
    possible = born.dt.day <= 12
    parts = pd.DataFrame({"year": born.dt.year, "month": born.dt.day, "day": born.dt.month})[possible]
    return born.where(~possible, pd.to_datetime(parts).astype(born.dtype).reindex(born.index))
