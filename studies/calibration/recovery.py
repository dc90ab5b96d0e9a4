"""Whether planted typologies are found again: F1 by name over forces, seeds, weights and sizes.

python -m studies.calibration.recovery                                 five seeds, each weight and metric, study's size
python -m studies.calibration.recovery --seed 1 --weight incidents     a part of it
python -m studies.calibration.recovery --offenders 20000 --faults      another size, or with recording faults
python -m studies.calibration.recovery --k 60 --k 90                   more clusters than the study

The seed is both the force's and the clustering's: a fit differs from the next in everybody who is made up and in every
draw of the search.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pandas as pd

from studies.calibration.cohorts import METRICS, WEIGHTS, definitions, name_people, read_cohort, settings
from studies.calibration.forces import STUDY_SIZE, Force
from studies.calibration.published import published_ranks
from studies.calibration.results import RESULTS, keep
from studies.calibration.scores import as_classes, best_unions, summarise

PRESET = "west_midlands_shifted"  # rates changed by a third, two archetypes without a name: no criterion has seen it
SEEDS = (1, 2, 3, 4, 5)
KEYS = ["preset", "offenders", "faults", "k", "seed", "weight", "metric"]


def recover(force: Force, fits: Iterable[tuple[int, str, str]], results: Path = RESULTS) -> None:
    """Cluster and name one force in several ways, and keep the scores.

    Parameters
    ----------
    force : Force
        Its seed is the clustering's too.
    fits : iterable of (int, str, str)
        Number of clusters, weight (of `WEIGHTS`) and metric (of `METRICS`).
    results : Path
    """
    cohort, rules = read_cohort(force), definitions()
    names = list(rules.typologies)
    planted = as_classes(cohort.planted, names)
    for k, weight, metric in fits:
        started = time.perf_counter()
        labels = cohort.cluster(weight, force.seed, metric, k)
        assigned = as_classes(name_people(labels, cohort.features, rules), names)
        seconds = round(time.perf_counter() - started, 1)
        summary, by_name = summarise(planted, assigned, cohort.harm, published_ranks(), names)
        made = (force.preset, force.offenders, force.faults, k, force.seed, weight, metric)
        about = dict(zip(KEYS, made, strict=True))
        row = about | {"clusters": len(set(labels))} | summary | {"seconds": seconds}
        print(*(f"{key} {value}" for key, value in row.items()), sep="  ", flush=True)
        keep(pd.DataFrame([row]), "recovery", KEYS, results)
        by_name["best_f1"] = by_name["typology"].map(best_unions(labels, planted, names))
        keep(by_name.assign(**about)[[*KEYS, *by_name.columns]], "recovery_by_name", [*KEYS, "typology"], results)


def main(arguments: list[str]) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m studies.calibration.recovery")
    parser.add_argument("--seed", type=int, action="append", help="of force and clustering; may be repeated")
    parser.add_argument("--weight", action="append", choices=WEIGHTS, help="may be repeated")
    parser.add_argument("--metric", action="append", choices=METRICS, help="may be repeated")
    parser.add_argument(
        "--k", action="append", type=int, help="clusters, the study's number by default; may be repeated"
    )
    parser.add_argument("--preset", default=PRESET)
    parser.add_argument("--offenders", type=int, default=STUDY_SIZE)
    parser.add_argument("--faults", action="store_true", help="with recording faults")
    asked = parser.parse_args(arguments)
    fits = list(product(asked.k or [settings().k], asked.weight or WEIGHTS, asked.metric or METRICS))
    for seed in asked.seed or SEEDS:
        force = Force(asked.preset, asked.offenders, seed, asked.faults)
        recover(force, fits)


if __name__ == "__main__":
    main(sys.argv[1:])
