"""Whether an effect of what came before is found, and not found where there is none: python -m studies.harm.order.

Writes studies/harm/results/order.csv.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.harm.order import harm_order
from dapipeline.analysis.harm.people import YEAR, Reach

RESULTS = Path(__file__).parent / "results"
FORCES = 100
PEOPLE = 30_000
REACH = Reach(datetime(2011, 1, 1), datetime(2021, 1, 1))
FAMILIES = ("violence", "acquisitive", "sexual", "criminal_damage")
MIX = (0.4, 0.35, 0.05, 0.2)
EFFECT = 2.0  # violence outside DA makes every later DA incident so many times as severe
REVERSE = 3.0  # further other offences of the tenth with most DA harm, after their first DA incident, over ten years
WORLDS = ("effect", "none", "reverse")


def force(seed: int, world: str) -> tuple[SimpleNamespace, pd.DataFrame]:
    """Make a force.

    Parameters
    ----------
    seed : int
    world : {"effect", "none", "reverse"}
        Violence raises the harm of what comes after; other offending and harm have nothing to do with each other; or
        harm raises the number of other offences that come after.

    Returns
    -------
    tables : SimpleNamespace
        incidents and offences, as `harm_order` reads them.
    people : pandas.DataFrame
        As from `people.harm_people`.
    """
    random = np.random.default_rng([seed, WORLDS.index(world)])
    days = REACH.years * YEAR
    first = random.uniform(0, days, PEOPLE)
    rate = random.gamma(0.5, 4.0, PEOPLE) / 10  # other offences a year; a few people have many
    count = random.poisson(rate * 10)
    who = np.repeat(np.arange(PEOPLE), count)
    when = random.uniform(0, days, len(who))
    family = random.choice(FAMILIES, len(who), p=MIX)
    earliest = np.full(PEOPLE, np.inf)
    np.minimum.at(earliest, who[family == "violence"], when[family == "violence"])
    more = 1 + random.poisson(random.gamma(0.5, 2.0, PEOPLE) * (days - first) / days)
    suspect = np.repeat(np.arange(PEOPLE), more)
    start = first[suspect] + np.where(np.arange(len(suspect)) == np.r_[0, np.cumsum(more)[:-1]][suspect], 0,
                                      random.uniform(0, 1, len(suspect)) * (days - first[suspect]))  # fmt: skip
    severity = np.where(random.random(len(suspect)) < 0.5, 0.0, random.lognormal(3, 1.8, len(suspect)))
    if world == "effect":
        severity = severity * np.where(earliest[suspect] < start, EFFECT, 1.0)
    severity = severity.round(2)
    harm = np.bincount(suspect, severity, minlength=PEOPLE)
    if world == "reverse":
        chosen = np.flatnonzero(harm >= np.quantile(harm, 0.9))
        extra = random.poisson(REVERSE * (days - first[chosen]) / days)
        people = np.repeat(chosen, extra)
        who, family = np.r_[who, people], np.r_[family, random.choice(FAMILIES, len(people), p=MIX)]
        when = np.r_[when, first[people] + random.uniform(0, 1, len(people)) * (days - first[people])]
    ids = np.array([f"P{at:05}" for at in range(PEOPLE)])

    def moment(day: np.ndarray) -> pd.Series:
        return pd.Timestamp(REACH.start) + pd.to_timedelta(pd.Series(day).round(4), unit="D").dt.floor("s")

    incidents = pd.DataFrame({"offender_id": ids[suspect], "is_da": True, "occurred_from": moment(start),
                              "severity": severity})  # fmt: skip
    offences = pd.DataFrame(
        {
            "offender_id": ids[who], "family": family, "is_crime": True, "is_da": False, "below_age": False,
            "compliance": pd.Series(None, index=range(len(who)), dtype="string"), "occurred_from": moment(when),
        }
    )  # fmt: skip
    everything = pd.concat([incidents[["offender_id", "occurred_from"]], offences[["offender_id", "occurred_from"]]])
    people = pd.DataFrame(
        {
            "first_da": incidents.groupby("offender_id")["occurred_from"].min(),
            "first_incident": everything.groupby("offender_id")["occurred_from"].min(),
            "da_severity_total": incidents.groupby("offender_id")["severity"].sum(),
        }
    )
    return SimpleNamespace(incidents=ibis.memtable(incidents), offences=ibis.memtable(offences)), people


def found(task: tuple[int, str]) -> pd.DataFrame:
    """Compare one force."""
    seed, world = task
    tables, people = force(seed, world)
    table = harm_order(tables, people, REACH, 10, seed)
    return table[table["study_family"] == "violent"].assign(world=world, significant=table["p"] < 0.05)


def main(forces: int) -> None:
    """Run the simulation and write its results."""
    tasks = [(seed, world) for world in WORLDS for seed in range(1, forces + 1)]
    with ProcessPoolExecutor(2) as pool:
        table = pd.concat(pool.map(found, tasks, chunksize=5))
    table["positive"] = table["significant"] & (table["effect"] > 0)
    summary = table.groupby(["world", "design", "whom", "model"], as_index=False)[["significant", "positive"]].sum()
    summary.insert(4, "forces", forces)
    summary.to_csv(RESULTS / "order.csv", index=False)
    print(summary.to_string())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FORCES)
