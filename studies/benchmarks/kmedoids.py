"""Measures the k-medoids solver and other libraries' solvers, and writes docs/benchmarks.md.

python -m studies.benchmarks.kmedoids             everything, for hours
python -m studies.benchmarks.kmedoids --n 5000    one size anew, the others as they were measured before
python -m studies.benchmarks.kmedoids --huge      ten million points, for the default alone
python -m studies.benchmarks.kmedoids --table     the page alone, from the results
"""

from __future__ import annotations

import argparse
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from studies.benchmarks.datasets import Dataset
from studies.benchmarks.fit import measure
from studies.benchmarks.machine import describe
from studies.benchmarks.page import render
from studies.benchmarks.solvers import SOLVERS

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results" / "kmedoids.csv"
MACHINE = RESULTS.with_name("machine.txt")
PAGE = ROOT / "docs" / "benchmarks.md"
COLUMNS = ["data", "n", "solver", "seed", "seconds", "loss", "peak_mib", "rise_mib", "note"]
K = 29

FAMILIES = ("gaussian", "heavy")
MIXTURES = [Dataset(family, n, d) for n, d, family in product((5_000, 20_000, 137_661), (15, 37), FAMILIES)]
MILLION = [Dataset(family, 1_000_000, 15) for family in FAMILIES]
FEATURES = [Dataset("features", n) for n in (20_000, 145_000)]
GROWN = Dataset("gaussian", 1_376_610, 15)  # ten times 137,661, to measure growth; only for the default
HUGE = Dataset("gaussian", 10_000_000, 15)
DATASETS = sorted([*MIXTURES, *MILLION, *FEATURES, GROWN], key=lambda data: (data.n, data.name))

SEEDS, SLOW_SEEDS, PAIRED_SEEDS = 5, 3, 10
SLOW = 60  # seconds, above which a solver gets fewer seeds


def _solvers_for(data: Dataset) -> list[str]:
    """Return the solvers that are run on a data set, ours first."""
    if data in (GROWN, HUGE):
        return ["default"]
    return [key for key, solver in SOLVERS.items() if solver.least <= data.n <= solver.most]


def _seeds_for(data: Dataset, solver: str, first: dict[str, Any]) -> int:
    """Return how many seeds a solver gets on a data set, by how its first fit went."""
    if first["note"]:
        return 1
    if data.n == 20_000 and solver in ("exact", "fasterpam"):
        return PAIRED_SEEDS
    return SLOW_SEEDS if first["seconds"] > SLOW else SEEDS


def _measure_all(data: Dataset) -> pd.DataFrame:
    """Measure every solver on one data set, one fit after another.

    Parameters
    ----------
    data : Dataset

    Returns
    -------
    pandas.DataFrame
        One row per fit.
    """
    data.make()
    rows: list[dict[str, Any]] = []
    for solver in _solvers_for(data):
        seed, seeds = 0, 1
        while seed < seeds:
            found = measure(data.path, solver, K, seed)
            rows.append({"data": data.name, "n": data.n, "solver": solver, "seed": seed, **found})
            print(*(f"{key} {value}" for key, value in rows[-1].items() if value != ""), sep="  ", flush=True)
            if seed == 0:
                seeds = _seeds_for(data, solver, found)
            seed += 1
    return pd.DataFrame(rows, columns=COLUMNS)


def _save(measured: pd.DataFrame) -> None:
    """Replace earlier results on the same data, and note the machine that they were measured on."""
    if RESULTS.exists():
        earlier = pd.read_csv(RESULTS, keep_default_na=False, na_values=[""])
        keys = ["data", "n"]
        again = pd.MultiIndex.from_frame(earlier[keys]).isin(pd.MultiIndex.from_frame(measured[keys]))
        measured = pd.concat([earlier[~again], measured])
    measured = measured.sort_values(["n", "data"], kind="stable", ignore_index=True)
    RESULTS.parent.mkdir(exist_ok=True)
    measured.to_csv(RESULTS, index=False)
    MACHINE.write_text(describe() + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure what was asked for and write the page."""
    parser = argparse.ArgumentParser(prog="python -m studies.benchmarks.kmedoids")
    parser.add_argument("--n", type=int, action="append", help="a size to measure anew; may be repeated")
    parser.add_argument("--huge", action="store_true", help="measure ten million points")
    parser.add_argument("--table", action="store_true", help="measure nothing, write the page anew")
    asked = parser.parse_args(arguments)
    chosen = [data for data in DATASETS if asked.n is None or data.n in asked.n]
    if asked.huge or asked.table:
        chosen = [HUGE] if asked.huge else []
    for data in chosen:
        _save(_measure_all(data))
    results = pd.read_csv(RESULTS, keep_default_na=False, na_values=[""])
    PAGE.write_text(render(results, SOLVERS, K, MACHINE.read_text(encoding="utf-8").strip()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
