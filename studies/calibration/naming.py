"""What names are worth on forces that nobody tuned for: the rule, the one before it, own records, the best union.

python -m studies.calibration.naming                 the forces that are reported: ten seeds of varied, and four more
python -m studies.calibration.naming --choosing      the forces that the rule and the defaults were chosen on
python -m studies.calibration.naming --seed 101      one seed of varied

Every force is described with the default config: what a force gets that sets nothing but its columns.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from dapipeline.clustering.clusters import clusters_for
from dapipeline.config import Clustering, Features
from dapipeline.typology.averages import asked_values
from dapipeline.typology.evidence import gather_evidence
from dapipeline.typology.naming import UNNAMED, name_clusters, score_table
from dapipeline.typology.own_records import records_named
from studies.calibration.before import name_people_before
from studies.calibration.cohorts import Cohort, definitions, described_cohort
from studies.calibration.forces import STUDY_SIZE, Force
from studies.calibration.results import RESULTS, keep
from studies.calibration.scores import as_classes, best_unions, confusion, score_names

SIZE = 40_000
SHIFTED, STUDY = "west_midlands_shifted", "west_midlands"
CHOSEN_ON = [*(("varied", SIZE, seed) for seed in range(1, 11)), (STUDY, SIZE, 1), (STUDY, SIZE, 2),
             (SHIFTED, SIZE, 1), (SHIFTED, SIZE, 2)]  # fmt: skip
REPORTED = [*(("varied", SIZE, seed) for seed in range(101, 111)), (STUDY, SIZE, 11), (SHIFTED, SIZE, 11),
            (SHIFTED, STUDY_SIZE, 11), ("varied", STUDY_SIZE, 101)]  # fmt: skip
KS = (29, 60, 90)
DEFAULTS = {"transform": Features().transform, "weight": Clustering().weight, "metric": Clustering().metric}
BEFORE = {"transform": "log1p", "weight": "incidents", "metric": "euclidean"}  # the defaults before, with 29 clusters
KEYS = ["preset", "offenders", "seed", "k", "settings", "rule"]


def measure(force: Force, results: Path = RESULTS) -> None:
    """Cluster one force at the defaults and as before, name it by every rule, and keep the scores.

    Parameters
    ----------
    force : Force
    results : Path
    """
    cohort, names = described_cohort(force), list(definitions().typologies)
    planted = as_classes(cohort.planted, names)
    auto = clusters_for(Clustering().k, len(planted))
    fits = [("defaults", DEFAULTS, k) for k in sorted({*KS, auto})] + [("before", BEFORE, KS[0])]
    for settings, chosen, k in fits:
        labels = cohort.placed(chosen["transform"]).cluster(chosen["weight"], Clustering().seed, chosen["metric"], k)
        best = best_unions(labels, planted, names)
        given = _named(labels, cohort) | {"before": name_people_before(labels, cohort.features)}
        about = {"preset": force.preset, "offenders": force.offenders, "seed": force.seed, "k": k, "settings": settings}
        for rule, assigned in given.items():
            scores = score_names(confusion(planted, as_classes(assigned, names), names)).assign(rule=rule, **about)
            scores["best_f1"] = scores["typology"].map(best)
            scores["background_named"] = float((assigned[planted == UNNAMED] != UNNAMED).mean())
            keep(scores[[*KEYS, *scores.columns.difference(KEYS, sort=False)]], "naming", [*KEYS, "typology"], results)
        print(force.preset, force.offenders, force.seed, settings, k, flush=True)


def _named(labels: np.ndarray, cohort: Cohort) -> dict[str, pd.Series]:
    """Name everybody by their cluster, and by their own record alone."""
    rules, clusters = definitions(), labels + 1
    values = asked_values(cohort.features, rules)
    evidence = gather_evidence(values, clusters, rules)
    names = name_clusters(score_table(evidence, rules), {}, rules.margin)["typology"]
    own = pd.Series(records_named(evidence, values, names, rules)).replace("", UNNAMED)
    return {"clusters": pd.Series(clusters).map(names), "own record": own}


def main(arguments: list[str]) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m studies.calibration.naming")
    parser.add_argument("--choosing", action="store_true", help="the forces that were chosen on, not the reported ones")
    parser.add_argument("--seed", type=int, action="append", help="of varied, 40,000 people; may be repeated")
    asked = parser.parse_args(arguments)
    forces = [("varied", SIZE, seed) for seed in asked.seed or []] or (CHOSEN_ON if asked.choosing else REPORTED)
    for made in forces:
        measure(Force(*made))


if __name__ == "__main__":
    main(sys.argv[1:])
