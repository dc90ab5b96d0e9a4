"""How stable names are: everything clustered and named again with other seeds, and on halves of the people.

python -m studies.calibration.name_stability [--weight none] [--seed 2022] …
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from dapipeline.clustering.sampling import draw_people
from dapipeline.typology.definitions import Definitions
from studies.calibration.cohorts import WEIGHTS, Cohort, definitions, name_people, read_cohort, settings
from studies.calibration.forces import STUDY_SIZE, Force
from studies.calibration.results import RESULTS, keep
from studies.calibration.scores import UNNAMED

AGAIN = 10  # seeds, and halves
KEYS = ["preset", "offenders", "seed", "weight", "again", "number", "typology"]


def refitted(cohort: Cohort, weight: str, rules: Definitions) -> pd.DataFrame:
    """Name everybody, then again with ten other seeds and on ten halves, from the scaling on.

    Parameters
    ----------
    cohort : Cohort
    weight : str
        Of `WEIGHTS`.
    rules : Definitions

    Returns
    -------
    pandas.DataFrame
        again (seed or half), number (1 to 10), typology, named (people of the first fit who have the name and are in
        the second), kept (of them, those who have it in the second too).
    """
    seed = settings().seed
    first = name_people(cohort.cluster(weight, seed), cohort.features, rules).to_numpy()
    found = []
    for number in range(1, AGAIN + 1):
        labels = cohort.cluster(weight, seed + number)
        found.append(_kept(first, name_people(labels, cohort.features, rules), "seed", number))
        half = draw_people(cohort.ids, len(cohort.ids) // 2, seed, number)
        part = cohort.part(half)
        names = name_people(part.cluster(weight, seed + number), part.features, rules)
        found.append(_kept(first[half], names, "half", number))
        print(f"{weight}: {number} of {AGAIN}", flush=True)
    return pd.concat(found, ignore_index=True)


def _kept(first: np.ndarray, second: pd.Series, again: str, number: int) -> pd.DataFrame:
    same = pd.DataFrame({"typology": first, "named": 1, "kept": first == second.to_numpy()})
    counts = same.groupby("typology", as_index=False).sum().astype({"kept": int})
    return counts.assign(again=again, number=number)


def shares(kept: pd.DataFrame) -> pd.DataFrame:
    """Compute the share who keep their name, by typology.

    Parameters
    ----------
    kept : pandas.DataFrame
        Of one force and weight, from `refitted`.

    Returns
    -------
    pandas.DataFrame
        typology (``all named`` last: everybody with a name, together), people, and for seed and half the mean and the
        lowest share over the refits.
    """
    named = kept[kept["typology"] != UNNAMED]
    together = named.groupby(["again", "number"], as_index=False)[["named", "kept"]].sum()
    rows = pd.concat([kept, together.assign(typology="all named")], ignore_index=True)
    rows["share"] = rows["kept"] / rows["named"]
    table = rows.pivot_table(index="typology", columns="again", values="share", aggfunc=["mean", "min"], sort=False)
    table.columns = [f"{again}_{'lowest' if how == 'min' else how}" for how, again in table.columns]
    people = rows[rows["again"] == "seed"].groupby("typology")["named"].max().rename("people")
    return table.join(people).reset_index()


def main(arguments: list[str], results: Path = RESULTS) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m studies.calibration.name_stability")
    parser.add_argument("--weight", action="append", choices=WEIGHTS, help="may be repeated")
    parser.add_argument("--preset", default="west_midlands")
    parser.add_argument("--offenders", type=int, default=STUDY_SIZE)
    parser.add_argument("--seed", type=int, default=2022, help="of the force")
    asked = parser.parse_args(arguments)
    cohort = read_cohort(Force(asked.preset, asked.offenders, asked.seed))
    for weight in asked.weight or ("none", "incidents"):
        found = refitted(cohort, weight, definitions())
        about = {"preset": asked.preset, "offenders": asked.offenders, "seed": asked.seed, "weight": weight}
        keep(found.assign(**about)[[*KEYS, "named", "kept"]], "name_stability", KEYS, results)


if __name__ == "__main__":
    main(sys.argv[1:])
