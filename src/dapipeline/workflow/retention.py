"""How long outputs may stand: when a run is due for review, and who was erased from it."""

from __future__ import annotations

import warnings
from collections.abc import Container
from datetime import date, timedelta
from typing import Any

from dapipeline.artefacts.folder import RunFolder
from dapipeline.artefacts.provenance import today
from dapipeline.config import Config
from dapipeline.errors import PrivacyError, PrivacyWarning
from dapipeline.workflow.inputs import Inputs
from dapipeline.workflow.run import Run

PAGE = "docs/retention.md"


def reads_the_extract(record: dict[str, Any]) -> bool:
    """Return whether a stage reads the files of the extract.

    Parameters
    ----------
    record : dict
        The entry of the stage in run.json.

    Returns
    -------
    bool
    """
    return "extract" in record["ingredients"]["inputs"]


def privacy_record(
    config: Config, inputs: Inputs, stages: dict[str, Any], ran: Container[str], before: dict[str, Any]
) -> dict[str, Any]:
    """Return what run.json says of pseudonyms and of the review of a run.

    The day is that on which the extract was last read: a page that is written anew does not make the data younger.

    Parameters
    ----------
    config : Config
    inputs : Inputs
    stages : dict
        The stages of run.json.
    ran : container of str
        The names of those that ran, and were not reused.
    before : dict
        The run.json of the previous run; empty if there was none.

    Returns
    -------
    dict
        pseudonyms, key_check, read_on, review_on.
    """
    known = before.get("privacy")
    anew = any(name in ran for name, record in stages.items() if reads_the_extract(record))
    read_on = today() if anew or not known else date.fromisoformat(known["read_on"])
    return {
        "pseudonyms": inputs.key is not None,
        "key_check": inputs.key and inputs.key.check,
        "read_on": read_on.isoformat(),
        "review_on": (read_on + timedelta(days=config.privacy.review_after_days)).isoformat(),
    }


def erasures_left(before: dict[str, Any], stages: dict[str, Any], ran: Container[str]) -> list[dict[str, Any]]:
    """Return the erasures that the previous run.json records; outputs made anew no longer count those people.

    Parameters
    ----------
    before : dict
        The run.json of the previous run.
    stages : dict
        The stages of the new one.
    ran : container of str
        The names of those that ran.

    Returns
    -------
    list of dict
    """
    reused = {name for stage, record in stages.items() if stage not in ran for name in record["files"]}
    return [
        erasure | {"counted_with_them": [name for name in erasure["counted_with_them"] if name in reused]}
        for erasure in before.get("erased", [])
    ]


def refuse_to_bring_back(folder: RunFolder, files: dict[str, str]) -> None:
    """Refuse to read the same files again from which people were erased: they would be back.

    Parameters
    ----------
    folder : RunFolder
    files : dict of str to str
        File of the extract to SHA-256.

    Raises
    ------
    PrivacyError
        P011.
    """
    held = [erasure for erasure in folder.manifest.get("erased", []) if {*erasure["extract"]} & {*files.values()}]
    if held:
        people = sum(erasure["people"] for erasure in held)
        raise PrivacyError(
            "P011",
            f"{_people(people)} erased from {folder.out}, and would be back: the extract has to be read again, and its "
            "file is still the one that holds them.",
            "Take them out of the extract first. With the same extract and settings the run goes on without them; for "
            f"other settings choose another --out, and erase them there: {PAGE}.",
        )


def warn_of(run: Run) -> None:
    """Warn that a run is due for review, and that people were erased from it.

    Parameters
    ----------
    run : Run
    """
    for text in notices(run):
        warnings.warn(text, PrivacyWarning, stacklevel=3)


def notices(run: Run) -> list[str]:
    """Return what whoever uses a run should know of the people in it.

    Parameters
    ----------
    run : Run

    Returns
    -------
    list of str
        One sentence or two each; empty where there is nothing to say.
    """
    found = []
    if run.review_on and today() >= run.review_on:
        found.append(
            f"The outputs in {run.out} were due for review on {run.review_on}. Decide whether they are still needed: "
            f"if not, delete the folder; if so, make the run again from a current extract ({PAGE})."
        )
    if run.erased:
        people = sum(erasure["people"] for erasure in run.erased)
        counted = any(record.get("erased") for record in run.manifest["stages"].values())
        still = " Figures in it still count them: make the run again." if counted else ""
        found.append(
            f"{_people(people)} erased from {run.out}, last on {run.erased[-1]['on']}: the extract must no longer hold "
            f"them, nor must backups and copies.{still}"
        )
    return found


def _people(number: int) -> str:
    return "1 person was" if number == 1 else f"{number:,} people were"
