"""Whether planted effects are found, and none where there is none: python -m studies.course.planted [FORCES].

Writes studies/course/results/planted.csv: the first hundred forces of each world, and all. With a hundred, chance alone
takes the coverage of an interval of 95% out of 92 to 98% one time in ten, and the share of p below 0.05 over 7% where
nothing is planted one time in eight; with four hundred it hardly ever does. Takes about ten minutes on two cores with
nothing else to do, with [FORCES] 100 a quarter of that.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numba
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from dapipeline.analysis.course.afterwards import MODELS, after_outcome, first_risk
from dapipeline.analysis.course.again import STARTS, gaps_of, reoffending
from dapipeline.analysis.course.changes import escalation_changes
from dapipeline.analysis.course.escalation import in_order
from dapipeline.analysis.course.outcomes import COMPARED, REFERENCE
from dapipeline.analysis.course.records import ALL
from dapipeline.analysis.harm.significance import NORMAL_95, normal_p
from dapipeline.reference.tables import NON_CRIME
from studies.course.forces import CHARGE, TYPES, WORLDS, Force, force

RESULTS = Path(__file__).parent / "results"
FORCES, FEWER = 400, 100
POPULATION = 400_000
ORDERS = 2, 3, 5
FEWEST = 10  # as configs have it
WITHIN = 365
PAIR = TYPES[0], NON_CRIME  # types of first incidents; where that is planted, more comes after the one
AS_PLANTED = {"escalation": 1, "grade": 1, "outcome": -1, "recurrence": 1}  # the direction
BY_LAW = "escalation", "adjusted", "against"  # in the names of estimates that are of 0 where nothing is planted


def estimates(made: Force, seed: int) -> pd.DataFrame:
    """Estimate the four effects of a force.

    Parameters
    ----------
    made : Force
    seed : int
        Of permutations and resamples.

    Returns
    -------
    pandas.DataFrame
        One row per estimate: effect, estimate (the row of a table), value, low, high, p. Recurrence has none of the
        share of each type; the difference of the types is of log(-log(1 - share)), its error that of the two intervals.
    """
    records = made.records
    changes = escalation_changes(records, in_order(records, None))
    changes = changes[(changes["measure"] == "severity") & (changes["dimension"] == ALL)].set_index("order")
    rows: list[tuple[object, ...]] = []
    for order in ORDERS:
        name = f"escalation_changes person severity {order}"
        rows.append(("escalation", name, *changes.loc[order, ["change", "low", "high", "p"]]))
    risk, outcome = first_risk(records, FEWEST, seed), after_outcome(records, COMPARED, REFERENCE, FEWEST, seed)
    for effect, table, name, value in (
        ("grade", risk, "first_risk", "high"), ("outcome", outcome, "after_outcome", CHARGE),
    ):  # fmt: skip
        lines = table[table["value"] == value].set_index("model")[["effect", "low", "high", "p"]]
        rows += [(effect, f"{name} {model} {value}", *lines.loc[model]) for model in MODELS]
    again = reoffending(records, gaps_of(records, None), seed)
    again = again[(again["dimension"] == "first_type") & (again["within_days"] == WITHIN)].set_index(["start", "value"])
    for start in STARTS:
        shares = again.loc[start].loc[list(PAIR), ["share", "low", "high"]]
        rows += [("recurrence", f"reoffending {start} {of}", *shares.loc[of], np.nan) for of in PAIR]
        rows.append(("recurrence", f"reoffending {start} {' against '.join(PAIR)}", *_difference(shares.to_numpy())))
    return pd.DataFrame(rows, columns=["effect", "estimate", "value", "low", "high", "p"])


def _difference(shares: np.ndarray) -> tuple[float, float, float, float]:
    """Return the difference of two shares on the scale of their intervals, with interval and p."""
    (value, low, high), (less, less_low, less_high) = np.log(-np.log(1 - shares))
    error = float(np.hypot(high - low, less_high - less_low)) / (2 * NORMAL_95)
    found = value - less
    return found, found - NORMAL_95 * error, found + NORMAL_95 * error, float(normal_p(found / error))


def truth(world: str) -> pd.DataFrame:
    """Find what the estimates of a world are of.

    Parameters
    ----------
    world : str
        One of `WORLDS`.

    Returns
    -------
    pandas.DataFrame
        world, estimate, truth: of a very large force of the same law the same estimate, but for two. What the law says
        is 0 is 0; and the share with a second incident after the first is that of those who have one within so many
        days, whenever the records end. After any incident there is no such share apart from the records: people with
        much to come stand behind more incidents, and behind more of those with little time left. What is asked there is
        how well the interval holds what the same estimate comes to over records of ten years of very many people.
    """
    made = force(0, WORLDS[world], POPULATION)
    with threadpool_limits(1):
        found = estimates(made, 0).set_index("estimate")
    value = found["value"].copy()
    first = made.records.people["first_type"].to_numpy()
    shares = [float((made.waited[first == of] < WITHIN).mean()) for of in PAIR]
    value[[f"reoffending first {of}" for of in PAIR]] = shares
    value[f"reoffending first {' against '.join(PAIR)}"] = np.subtract(*np.log(-np.log(1 - np.array(shares))))
    if world == "none":
        value[found.index.str.contains("|".join(BY_LAW))] = 0.0
    return value.rename("truth").reset_index().assign(world=world)


def judged(task: tuple[int, str]) -> pd.DataFrame:
    """Estimate the effects of one force.

    Parameters
    ----------
    task : (int, str)
        Its seed, from 1 on, and world.

    Returns
    -------
    pandas.DataFrame
        As from `estimates`, with seed and world.
    """
    seed, world = task
    with threadpool_limits(1):
        return estimates(force(seed, WORLDS[world]), seed).assign(seed=seed, world=world)


def summary(found: pd.DataFrame, truths: pd.DataFrame) -> pd.DataFrame:
    """Count what was found and how often intervals hold the truth.

    Parameters
    ----------
    found : pandas.DataFrame
        From `judged`, of many forces.
    truths : pandas.DataFrame
        From `truth`, of each world.

    Returns
    -------
    pandas.DataFrame
        One row per world, effect and estimate: forces, found (with p below 0.05; missing where there is no test),
        found_positive (those in the direction that is planted), intervals, holds (the truth), coverage, truth.
    """
    told = found.merge(truths, on=["world", "estimate"])
    small = told["p"] < 0.05
    told = told.assign(
        found=small.where(told["p"].notna()).astype("float64"),
        found_positive=(small & (told["value"] * told["effect"].map(AS_PLANTED) > 0)).where(told["p"].notna()),
        intervals=told["low"].notna(),
        holds=told["truth"].between(told["low"], told["high"]),
    ).astype({"found_positive": "float64"})
    grouped = told.groupby(["world", "effect", "estimate"], sort=False)
    table = grouped[["intervals", "holds"]].sum()
    for at, name in enumerate(("found", "found_positive")):
        table.insert(at, name, grouped[name].sum(min_count=1).astype("Int64"))
    table.insert(0, "forces", grouped.size())
    table["coverage"] = (table["holds"] / table["intervals"]).round(4)
    return table.assign(truth=grouped["truth"].first().round(4)).reset_index()


def main(forces: int) -> None:
    """Run the simulation and write its results."""
    tasks = [(seed, world) for seed in range(1, forces + 1) for world in WORLDS]
    with ProcessPoolExecutor(2, initializer=numba.set_num_threads, initargs=(1,)) as pool:
        truths = pd.concat(pool.map(truth, WORLDS))
        found = pd.concat(pool.map(judged, tasks, chunksize=5))
    table = pd.concat(
        [summary(found[found["seed"] <= number], truths) for number in sorted({min(FEWER, forces), forces})]
    )
    table.to_csv(RESULTS / "planted.csv", index=False)
    print(table.to_string(index=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FORCES)
