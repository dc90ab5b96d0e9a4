"""What is asked of finished runs: why an offender is in a cluster, and how two runs differ."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline.analysis.comparison import Comparison, compare_assignments, compare_features, compare_settings
from dapipeline.analysis.explanation import Explanation, explain_place
from dapipeline.artefacts.audit import record
from dapipeline.artefacts.finished import FinishedRun
from dapipeline.errors import CohortError
from dapipeline.refresh import read_model

INPUTS = ("extract", "severity", "imd", "definitions")
DIGEST = 12  # characters that tell files apart


@dataclass(frozen=True)
class Answer:
    """Why an offender is in a cluster, and what is needed to say it.

    Attributes
    ----------
    explanation : Explanation
    typologies : pandas.Series
        Cluster to its name.
    catalogue : pandas.DataFrame
        Indexed by feature: kind, unit, meaning.
    filled : frozenset of str
        Features that are not known of the offender, for which the cohort's median stands.
    """

    explanation: Explanation
    typologies: pd.Series
    catalogue: pd.DataFrame
    filled: frozenset[str]


def explain(out: Path, offender_id: str) -> Answer:
    """Say why an offender is in a cluster, and record in the run's audit log that it was asked.

    Parameters
    ----------
    out : Path
        The folder of a run.
    offender_id : str
        As in the extract.

    Raises
    ------
    RunError
        O104 to O107 where the folder does not hold a sound run, O108 where the question cannot be recorded.
    CohortError
        D111 to D116 where there is nothing to explain; that too is recorded.
    """
    run, person = FinishedRun(out, "run"), offender_id.strip()
    try:
        answer = _explained(run, person)
    except CohortError as error:
        record(run, "explain", person, error.code)
        raise
    record(run, "explain", person, "explained")
    return answer


def _explained(run: FinishedRun, person: str) -> Answer:
    vectors = run.frame("work/vectors.parquet")
    features = run.frame("tables/features.parquet")
    catalogue = run.frame("tables/feature_catalogue.csv").set_index("feature")
    own = features[features["offender_id"] == person].drop(columns="offender_id").isna().any()
    unknown = frozenset(name for name in vectors.columns if name in own.index and own[name])
    if not vectors["offender_id"].eq(person).any():
        raise _unexplained(run, person, features["offender_id"].eq(person).any(), sorted(unknown))
    model = read_model(run)
    if len(model.medoids) < 2:
        raise CohortError(
            "D116", "The run has one cluster: everybody is in it, and nothing decides.", "Make a run with more."
        )
    typologies = run.frame("tables/clusters.csv").set_index("cluster")["typology"]
    return Answer(explain_place(model, vectors, person), typologies, catalogue, unknown)


def _unexplained(run: FinishedRun, person: str, in_cohort: bool, unknown: list[str]) -> CohortError:
    """Say why somebody is in no cluster, as far as the run's tables know; the message does not repeat the id."""
    if in_cohort:
        return CohortError(
            "D111", f"This offender was left out of the clustering: {', '.join(unknown)} is not known of them.",
            "Complete the record in the extract, or set features.missing: median, and run again.",
        )  # fmt: skip
    if _holds(run, "work/incidents.parquet", "offender_id", person):
        return CohortError(
            "D112", "This person is named as a suspect, but of no DA incident in the window: the cohort is those who "
            "are.", "If an incident should count as DA, check its flag and the ages in the extract.",
        )  # fmt: skip
    if _holds(run, "work/victimisations.parquet", "victim_id", person):
        return CohortError(
            "D113", "This person is recorded as a victim alone, never as a suspect: no cluster is about them.",
            "Check the id.",
        )  # fmt: skip
    if _set_aside(run, person):
        return CohortError(
            "D114", "Every row that names this person as a suspect was set aside as faulty.",
            "quality/quarantine.parquet says why, row by row.",
        )  # fmt: skip
    return CohortError(
        "D115", "The run knows nobody by this id: they are not in its extract, or only in rows outside the window.",
        "Check the id; it is looked for as the extract writes it.",
    )  # fmt: skip


def _holds(run: FinishedRun, name: str, column: str, person: str) -> bool:
    return bool(run.frame(name, [column])[column].eq(person).any())


def _set_aside(run: FinishedRun, person: str) -> bool:
    """Whether a row in quarantine has this id where the extract has its suspects."""
    source = run.document("work/columns.json")["source"].get("offender_id")
    aside = run.frame("quality/quarantine.parquet", ["rule", "row"])
    written = json.dumps(person, ensure_ascii=False)[1:-1]
    near = aside[aside["rule"].ne("malformed_row") & aside["row"].str.contains(written, regex=False)]
    return any(str(json.loads(row).get(source) or "").strip() == person for row in near["row"])


def compare(first: Path, second: Path) -> Comparison:
    """Lay two runs side by side, or a run and what `assign` made of it.

    Raises
    ------
    RunError
        O104 to O107 where a folder does not hold a sound run.
    """
    runs = [FinishedRun(out, "run", "assign") for out in (first, second)]
    assigned = [run.frame("tables/assignments.parquet") for run in runs]
    features = [run.frame("tables/features.parquet") for run in runs]
    about, moves = compare_assignments(*assigned)
    moved = compare_features((assigned[0], features[0]), (assigned[1], features[1]))
    about["features_of_one_run"] = sorted(set(features[0].columns) ^ set(features[1].columns))
    # assign takes names from its run, and no definitions.
    inputs = [name for name in INPUTS if name != "definitions" or all(run.command == "run" for run in runs)]
    return Comparison(about, moves, moved, compare_settings(*(_settings(run, inputs) for run in runs)))


def _settings(run: FinishedRun, inputs: list[str]) -> dict[str, Any]:
    """The config, what the inputs held, and the versions; where the extract lay makes no difference."""
    config = dict(run.manifest.get("config", {}))
    config["extract"] = {name: value for name, value in config.get("extract", {}).items() if name != "path"}
    found = run.manifest.get("inputs", {})
    contents = {
        f"contents of {name}": ", ".join(sorted(digest[:DIGEST] for digest in found.get(name, {}).values()))
        for name in inputs
    }
    return config | contents | {"version of": run.manifest.get("versions", {})}
