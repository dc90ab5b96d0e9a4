"""Coverage of intervals and false discoveries, over 400 made-up forces: python -m studies.harm.coverage [FORCES].

Writes studies/harm/results/coverage.csv and false_discovery.csv. Takes about half an hour on two cores.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numba
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from dapipeline.analysis.harm.regression import IN_POINTS, harm_regression
from dapipeline.analysis.harm.significance import NORMAL_95, wilson
from studies.harm.forces import force_by_volume, force_with_effects, population

RESULTS = Path(__file__).parent / "results"
FORCES = 400
RARITY = (10, 20, 50, 100, 200, 500, 1_000, 10**9)
FEWEST = 10
KINDS = ("line", "as recorded")


def covered(seed: int) -> pd.DataFrame:
    """Count, by model and rarity, intervals of one force that hold the truth, and small p of types without effect."""
    types, outcome, truth = force_with_effects(seed)
    with threadpool_limits(1):
        found = harm_regression(types, outcome, FEWEST, seed)
    found = found[found["effect"].notna() & found["model"].isin(IN_POINTS)].merge(truth, on="offence_code")
    value = found["univariate"].where(found["model"] == "univariate", found["joint"])
    reach = NORMAL_95 * found["standard_error"]
    counts = found.assign(
        rarity=pd.cut(found["offenders"], RARITY, right=False, labels=RARITY[:-1]).astype(int),
        estimates=1,
        normal_holds=(value - found["effect"]).abs() <= reach,
        intervals=found["low"].notna(),
        holds=value.between(found["low"], found["high"]),
        nulls=(value == 0) & found["p"].notna(),
        p_below=(value == 0) & (found["p"] < 0.05),
        normal_p_below=(value == 0) & (found["effect"].abs() > reach),
    )
    names = ["estimates", "normal_holds", "intervals", "holds", "nulls", "p_below", "normal_p_below"]
    return counts.groupby(["model", "rarity"], as_index=False)[names].sum()


def discovered(seed: int) -> pd.DataFrame:
    """Tell of one force in which no type has an effect of its own how many types each model finds, by q below 0.05."""
    rows = []
    for kind in KINDS:
        types, outcome = force_by_volume(seed, kind)
        with threadpool_limits(1):
            found = harm_regression(types, outcome, FEWEST, seed)
        for model, lines in found[found["q"].notna()].groupby("model"):
            q = int((lines["q"] < 0.05).sum())
            rows.append((kind, model, len(lines), q, int(q > 0)))
    return pd.DataFrame(rows, columns=["harm", "model", "tests", "found", "any_found"])


def main(forces: int) -> None:
    """Run both simulations and write their results."""
    population()
    with ProcessPoolExecutor(2, initializer=numba.set_num_threads, initargs=(1,)) as pool:
        parts = list(pool.map(covered, range(1, forces + 1), chunksize=5))
        nulls = list(pool.map(discovered, range(1, forces + 1), chunksize=5))
    table = pd.concat(parts).groupby(["model", "rarity"], as_index=False).sum()
    table.insert(2, "forces", forces)
    for name, number, of in (
        ("normal_coverage", "normal_holds", "estimates"), ("coverage", "holds", "intervals"),
        ("rejected", "p_below", "nulls"), ("normal_rejected", "normal_p_below", "nulls"),
    ):  # fmt: skip
        with np.errstate(invalid="ignore"):
            table[name] = (table[number] / table[of]).round(4)
    table.to_csv(RESULTS / "coverage.csv", index=False)
    false = pd.concat(nulls).groupby(["harm", "model"], as_index=False)[["tests", "found", "any_found"]].sum()
    false.insert(2, "forces", forces)
    false["share_of_forces"] = false["any_found"] / forces
    low, high = wilson(false["any_found"].to_numpy(), np.full(len(false), forces))
    false["low"], false["high"] = low.round(4), high.round(4)
    false["found_of_tests"] = (false["found"] / false["tests"]).round(4)
    false.to_csv(RESULTS / "false_discovery.csv", index=False)
    print(table.to_string(), false.to_string(), sep="\n\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FORCES)
