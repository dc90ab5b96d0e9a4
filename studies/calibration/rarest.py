"""Measures every formulation on one force: python -m studies.calibration.rarest [--only NAME] [--seed N] …"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

import numpy as np
import pandas as pd

from studies.calibration.cohorts import Cohort, definitions, name_people, read_cohort, settings
from studies.calibration.forces import STUDY_SIZE, Force
from studies.calibration.formulations import FORMULATIONS
from studies.calibration.published import published_ranks
from studies.calibration.results import keep
from studies.calibration.scores import as_classes, best_union, summarise

RAREST = "high_harm_offender"
KEYS = ["preset", "offenders", "force_seed", "seed", "formulation"]


def find_rarest(labels: np.ndarray, planted: np.ndarray, harm: pd.DataFrame) -> dict[str, Any]:
    """Find the clusters that the high harm offenders are in.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    planted : ndarray of str, shape (n,)
    harm : pandas.DataFrame
        da and non_da: total severity of each offender.

    Returns
    -------
    dict
        clusters, smallest (members), spread (clusters that hold any of the rarest); of the cluster that holds most of
        them (the smaller where two hold as many) size, held, purity, recall, rank_da and rank_non_da among the
        clusters by mean severity; best_f1 and best_clusters, of the union of clusters that finds them best.
    """
    counts = pd.DataFrame({"size": 1, "held": planted == RAREST}).groupby(labels).sum()
    ranks = harm.groupby(labels).mean().rank(ascending=False, method="min").astype(int)
    whole = int(counts["held"].sum())
    most = counts.sort_values(["held", "size"], ascending=[False, True], kind="stable").iloc[0]
    best_f1, best_clusters = best_union(labels, planted == RAREST)
    return {
        "clusters": len(counts),
        "smallest": int(counts["size"].min()),
        "spread": int((counts["held"] > 0).sum()),
        "size": int(most["size"]),
        "held": int(most["held"]),
        "purity": most["held"] / most["size"],
        "recall": most["held"] / whole if whole else float("nan"),
        "rank_da": int(ranks.loc[most.name, "da"]),
        "rank_non_da": int(ranks.loc[most.name, "non_da"]),
        "best_f1": best_f1,
        "best_clusters": best_clusters,
    }


def measure(cohort: Cohort, name: str, seed: int) -> dict[str, Any]:
    """Run one formulation and score it.

    Parameters
    ----------
    cohort : Cohort
    name : str
        A key of `FORMULATIONS`.
    seed : int
        Of the clustering.
    """
    chosen, rules = settings().model_copy(update={"seed": seed, "metric": "euclidean"}), definitions()
    started = time.perf_counter()
    labels = FORMULATIONS[name](cohort.vectors, cohort.kinds, cohort.weights, cohort.ids, chosen)
    seconds = time.perf_counter() - started
    names = list(rules.typologies)
    planted = as_classes(cohort.planted, names)
    assigned = as_classes(name_people(labels, cohort.features, rules), names)
    summary, by_name = summarise(planted, assigned, cohort.harm, published_ranks(), names)
    f1 = by_name.set_index("typology")["f1"]
    return {
        **find_rarest(labels, planted, cohort.harm),
        "f1": f1[RAREST],
        "macro_f1_others": f1.drop(RAREST).mean(),
        **{name: summary[name] for name in ("rand_among_planted", "rand_with_unnamed", "unnamed")},
        "seconds": round(seconds, 1),
    }


def main(arguments: list[str]) -> None:
    """Measure what was asked for and keep it among the results."""
    parser = argparse.ArgumentParser(prog="python -m studies.calibration.rarest")
    parser.add_argument("--only", action="append", choices=list(FORMULATIONS), help="a formulation; may be repeated")
    parser.add_argument("--preset", default="west_midlands")
    parser.add_argument("--offenders", type=int, default=STUDY_SIZE)
    parser.add_argument("--force-seed", type=int, default=2022, help="of the force")
    parser.add_argument("--seed", type=int, default=2022, help="of the clustering")
    asked = parser.parse_args(arguments)
    cohort = read_cohort(Force(asked.preset, asked.offenders, asked.force_seed))
    about = {"preset": asked.preset, "offenders": asked.offenders, "force_seed": asked.force_seed, "seed": asked.seed}
    for name in asked.only or FORMULATIONS:
        row = about | {"formulation": name} | measure(cohort, name, asked.seed)
        print(*(f"{key} {value}" for key, value in row.items()), sep="  ", flush=True)
        keep(pd.DataFrame([row]), "formulations", KEYS)


if __name__ == "__main__":
    main(sys.argv[1:])
