"""dapipeline explain: why an offender is in a cluster of a finished run; each question goes into the access log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from dapipeline.artefacts.access_log import record
from dapipeline.errors import CohortError, PrivacyError
from dapipeline.review.explanation import Explanation, explain_place
from dapipeline.workflow import outputs
from dapipeline.workflow.assign import read_model
from dapipeline.workflow.commands import path_of
from dapipeline.workflow.keys import ids_of_run
from dapipeline.workflow.retention import warn_of
from dapipeline.workflow.run import Run


@dataclass(frozen=True)
class Answer:
    """Why an offender is in a cluster, with the names and units needed to show it.

    Attributes
    ----------
    explanation : Explanation
    typologies : pandas.Series
        Cluster to its name.
    catalogue : pandas.DataFrame
        Indexed by feature: kind, unit, meaning.
    filled : frozenset of str
        Features that are missing for the offender and were filled with the cohort's median.
    """

    explanation: Explanation
    typologies: pd.Series
    catalogue: pd.DataFrame
    filled: frozenset[str]


def explain(run: Run | str | Path, offender_id: str, *, key: str | Path | None = None) -> Answer:
    """Explain why an offender is in a cluster, and record the question in the run's access log.

    For audit and complaints, not for decisions: the answer is no score, no prediction and no finding about a person.

    Parameters
    ----------
    run : Run, str or Path
        A run, or its folder.
    offender_id : str
        As in the extract; or the pseudonym, if the run's ids are pseudonyms.
    key : str or Path, optional
        The file with the secret key, if the run's ids are pseudonyms; by default the one that its config names.

    Returns
    -------
    Answer

    Raises
    ------
    RunError
        O104 to O107 if the folder does not hold an unchanged run, O108 if the question cannot be recorded.
    CohortError
        D111 to D116 if there is nothing to explain; that question is recorded too.
    PrivacyError
        P001 to P005 or P007 if the key cannot be used, P012 if the person at the centre of the cluster was erased.

    Examples
    --------
    >>> import dapipeline as dap
    >>> run = dap.open_run("outputs/my_force")
    >>> somebody = run.frame("assignments")["offender_id"].iloc[0]
    >>> answer = dap.explain(run, somebody)
    >>> answer.explanation.cluster == int(run.frame("assignments")["cluster"].iloc[0])
    True
    >>> list(answer.explanation.features.columns)
    ['feature', 'value', 'nearest', 'second', 'contribution']
    """
    asked, written = Run(run.out if isinstance(run, Run) else run, "run"), offender_id.strip()
    warn_of(asked)
    person = ids_of_run(asked, [written], path_of(key))[0]
    log = partial(record, asked.out, asked.manifest["config_sha256"], asked.digest(outputs.ASSIGNMENTS), "explain")
    try:
        answer = _explained(asked, person, written)
    except (CohortError, PrivacyError) as error:
        log(person, error.code)
        raise
    log(person, "explained")
    return answer


def _explained(run: Run, person: str, written: str) -> Answer:
    vectors = run.frame(outputs.VECTORS)
    features = run.frame(outputs.FEATURES)
    catalogue = run.frame(outputs.FEATURE_CATALOGUE).set_index("feature")
    own = features[features["offender_id"] == person].drop(columns="offender_id").isna().any()
    unknown = frozenset(name for name in vectors.columns if name in own.index and own[name])
    if not vectors["offender_id"].eq(person).any():
        raise _unexplained(run, person, features["offender_id"].eq(person).any(), sorted(unknown), written)
    model = read_model(run)
    if len(model.medoids) < 2:
        raise CohortError(
            "D116", "The run has one cluster: everybody is in it, and nothing decides.", "Make a run with more."
        )
    _refuse_erased_medoids(run, person)
    typologies = run.frame(outputs.CLUSTERS).set_index("cluster")["typology"]
    return Answer(explain_place(model, vectors, person), typologies, catalogue, unknown)


def _refuse_erased_medoids(run: Run, person: str) -> None:
    gone = {cluster for erasure in run.erased for cluster in erasure["medoids"]}
    place = run.frame(outputs.PLACES).set_index("offender_id").loc[person]
    if gone & {place["cluster"], place["second_cluster"]}:
        raise PrivacyError(
            "P012", "The person at the centre of this cluster, or of the second nearest, was erased from the run.",
            "Nobody is to be measured against a record that was erased: make the run again, which finds other medoids.",
        )  # fmt: skip


def _unexplained(run: Run, person: str, in_cohort: bool, unknown: list[str], written: str) -> CohortError:
    """Return the error for a person in no cluster, with the reason found in the run's tables and without the id."""
    if in_cohort:
        return CohortError(
            "D111", f"This offender was left out of the clustering: {', '.join(unknown)} is not known of them.",
            "Complete the record in the extract, or set features.missing: median, and run again.",
        )  # fmt: skip
    if _holds(run, outputs.INCIDENTS, "offender_id", person):
        return CohortError(
            "D112", "This person is named as a suspect, but of no DA incident in the window: the cohort is those who "
            "are.", "If an incident should count as DA, check its flag and the ages in the extract.",
        )  # fmt: skip
    if _holds(run, outputs.VICTIMISATIONS, "victim_id", person):
        return CohortError(
            "D113", "This person is recorded as a victim alone, never as a suspect: no cluster is about them.",
            "Check the id.",
        )  # fmt: skip
    if _quarantined(run, written):
        return CohortError(
            "D114", "Every row that names this person as a suspect was quarantined as faulty.",
            f"{outputs.QUARANTINE} says why, row by row.",
        )  # fmt: skip
    elsewhere = " or in rows that were set aside" if run.manifest.get("privacy", {}).get("pseudonyms") else ""
    return CohortError(
        "D115", "The run knows nobody by this id: they are not in its extract, or only in rows outside the window"
        f"{elsewhere}.",
        "Check the id; it is looked for as the extract writes it.",
    )  # fmt: skip


def _holds(run: Run, name: str, column: str, person: str) -> bool:
    return bool(run.frame(name, [column])[column].eq(person).any())


def _quarantined(run: Run, person: str) -> bool:
    """Return whether a quarantined row has this id in the extract's column of suspects."""
    source = run.document(outputs.COLUMNS)["source"].get("offender_id")
    aside = run.frame(outputs.QUARANTINE, ["rule", "row"])
    written = json.dumps(person, ensure_ascii=False)[1:-1]
    holding = aside["row"].astype("string").str.contains(written, regex=False).fillna(False)
    near = aside[aside["rule"].ne("malformed_row") & holding.astype(bool)]
    return any(str(json.loads(row).get(source) or "").strip() == person for row in near["row"])
