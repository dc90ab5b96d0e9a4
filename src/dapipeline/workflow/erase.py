"""dapipeline erase: people are removed from the outputs of a finished run, in one step or not at all."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dapipeline import interruption
from dapipeline.artefacts import access_log, formats
from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts.folder import RunFolder
from dapipeline.artefacts.ids_file import read_ids
from dapipeline.artefacts.provenance import today
from dapipeline.artefacts.secret_key import PSEUDONYM
from dapipeline.errors import PrivacyError
from dapipeline.extract.columns import IDS
from dapipeline.extract.forms import plain_id
from dapipeline.report.erased import render_notice
from dapipeline.workflow import outputs
from dapipeline.workflow.commands import path_of
from dapipeline.workflow.files import TWINNED
from dapipeline.workflow.keys import ids_of_run
from dapipeline.workflow.output import INTERNAL, twin
from dapipeline.workflow.retention import reads_the_extract
from dapipeline.workflow.run import Run
from dapipeline.workflow.traces import (
    AS_WRITTEN,
    PERSONS,
    TELLING,
    TIMELINES,
    Traces,
    people_in,
    traces_of,
    which_are_mentioned,
)

BY_PATH = {str(output): output for output in (*outputs.ALL, *map(twin, TWINNED))}
ROW_BY_ROW = (outputs.QUARANTINE, outputs.BLANKED, outputs.FLAG_AUDIT_ROWS, *TIMELINES)
KEPT_AS_READ = ("severity", "imd")  # stems of the copies of the force's own tables


@dataclass(frozen=True)
class Erased:
    """What an erasure did; no id is in it.

    Attributes
    ----------
    people, not_found : int
        How many of the ids were in the outputs and are no more, and how many were not.
    rows : dict of str to int
        Table to the rows that it lost.
    medoids : list of int
        The clusters at whose centre an erased person stood: the model keeps component scores there, without an id.
    foreign : list of str
        Files in the folder that no run wrote, which were not looked into.
    """

    people: int
    not_found: int
    rows: dict[str, int]
    medoids: list[int]
    foreign: list[str]


def erase(run: Run | str | Path, ids: str | Path | Iterable[str], *, key: str | Path | None = None) -> Erased:
    """Remove people from the tables of a finished run, as suspects and as victims.

    Every row that names one of them goes, whoever else it names. Tables of counts stay as they were and are marked in
    run.json; the report goes, until the run is made again. Killed at any moment, it leaves the folder as before or as
    after.

    Parameters
    ----------
    run : Run, str or Path
        The outputs of any command, or their folder.
    ids : str, Path, or iterable of str
        The file that names the people, one id per line; or the ids themselves.
    key : str or Path, optional
        The file with the secret key, if the run's ids are pseudonyms; by default the one that its config names.

    Returns
    -------
    Erased

    Raises
    ------
    RunError
        O102 if another run is writing to the folder, O104, O107 or O109 if it does not hold an unchanged run, O101 or
        O110 if it cannot be written.
    PrivacyError
        P001 to P005 or P007 if the key cannot be used, P010 if the file of ids cannot be used, P013 if pseudonyms
        cannot be looked for.

    Examples
    --------
    >>> import dapipeline as dap
    >>> dap.erase("outputs/my_force", ["nobody has this id"]).not_found
    1
    """
    out = Run(run.out if isinstance(run, Run) else run).out  # O104 before anything is made beside it
    with artefacts.open_run(out) as folder:
        finished = Run(out)
        written = _as_given(finished, ids)
        held = ids_of_run(finished, written, path_of(key))
        # One line of the list for each person, the first: the same id may stand there in two forms.
        by_written = {one: own for own, one in dict(zip(reversed(held), reversed(written), strict=True)).items()}
        _refuse_what_cannot_be_looked_for(finished, written)
        forms = dict.fromkeys([*written, *map(plain_id, written)])
        traces = traces_of(finished, held, [one for one in forms if not PSEUDONYM.fullmatch(one)])
        found = _found(finished, by_written, traces)
        foreign = [name for name in folder.foreign_files() if not name.startswith(f"{access_log.FOLDER}/")]
        if not found:
            return Erased(0, len(by_written), {}, [], foreign)
        lost = {name: rows for name in _tables_of_people(finished) if (rows := _lost(finished, name, traces)).any()}
        manifest = _write(folder, finished, lost, len(found), traces)
        folder.commit(manifest)
        interruption.outputs_are_complete()
    return Erased(len(found), len(by_written) - len(found), manifest["erased"][-1]["rows"], traces.medoids, foreign)


def _as_given(run: Run, ids: str | Path | Iterable[str]) -> list[str]:
    if isinstance(ids, str | Path):
        source = run.document(outputs.COLUMNS)["source"]
        return read_ids(Path(ids), {*IDS, *(source[name] for name in PERSONS if name in source)})
    return list(dict.fromkeys(one.strip() for one in ids if one.strip()))


def _refuse_what_cannot_be_looked_for(run: Run, written: list[str]) -> None:
    privacy = run.config.privacy
    if privacy.pseudonymise and privacy.keep_raw_rows and any(PSEUDONYM.fullmatch(one) for one in written):
        raise PrivacyError(
            "P013", f"The run in {run.out} keeps rows that were set aside with their real ids, in which a pseudonym "
            "cannot be looked for.",
            "Give the ids as the extract writes them, and the key.",
        )  # fmt: skip


def _found(run: Run, by_written: dict[str, str], traces: Traces) -> set[str]:
    """Return which of the ids, as they were given, the outputs hold anywhere."""
    here = people_in(run)
    found = {written for written, held in by_written.items() if held in here}
    others = [one for one in by_written if one not in found and not PSEUDONYM.fullmatch(one)]
    for name in AS_WRITTEN:
        aside = run.frame(name)
        for column in {"value", "row"} & set(aside):
            found |= which_are_mentioned(aside[column], others)
    return found


def _tables_of_people(run: Run) -> list[str]:
    """Return the outputs with rows about people; counts for scrutiny and shares of harm have none."""
    internal = [name for name in run.manifest["files"] if name in BY_PATH and BY_PATH[name].readers == INTERNAL]
    return [name for name in internal if name.endswith((".csv", ".parquet"))]


def _lost(run: Run, name: str, traces: Traces) -> np.ndarray:
    """Find which rows of a table are about the people."""
    if name.endswith(".csv"):
        return traces.found_in(name, run.frame(name))
    stored = formats.read_arrow(run.path(name))
    columns = [column for column in stored.column_names if column in TELLING]
    return traces.found_in(name, stored.select(columns).to_pandas())


def _without(run: Run, name: str, lost: np.ndarray) -> Any:
    """Return a table without some rows; of the model, with them and without their ids."""
    if name == outputs.MODEL_MEDOIDS:
        table = run.frame(name)
        return table.assign(offender_id=table["offender_id"].mask(lost, None))
    return run.frame(name)[~lost] if name.endswith(".csv") else formats.read_arrow(run.path(name)).filter(~lost)


def _write(folder: RunFolder, run: Run, lost: dict[str, np.ndarray], people: int, traces: Traces) -> dict[str, Any]:
    """Write what changed, take over what did not, and return the run.json of both."""
    manifest = copy.deepcopy(run.manifest)
    rows = {name: int(which.sum()) for name, which in lost.items() if name != outputs.MODEL_MEDOIDS}
    changed = {name: _without(run, name, which) for name, which in lost.items()}
    if kept_no_more := rows.get(outputs.ROWS, 0):
        changed[outputs.EXTRACT_COUNTS] = _with_erased(run.frame(outputs.EXTRACT_COUNTS), kept_no_more)
    gone: set[str] = set()
    if outputs.PAGE in manifest["files"]:
        by_stage = [record["files"] for record in manifest["stages"].values()]
        gone = {name for files in by_stage if outputs.PAGE in files for name in files} - {outputs.PAGE}
        changed[outputs.PAGE] = render_notice(run.config, today(), people)
    left = {name: digest for name, digest in manifest["files"].items() if name not in gone and name not in changed}
    folder.take_over(left)
    manifest["files"] = left | {name: folder.write(name, content) for name, content in changed.items()}
    for record in manifest["stages"].values():
        record["files"] = {name: manifest["files"][name] for name in record["files"] if name not in gone}
        record["rows"] |= {name: formats.count_rows(folder.path(name)) for name in record["rows"] if name in changed}
        record["erased"] = not reads_the_extract(record)
    manifest["erased"] = [
        *run.erased,
        {
            "on": today().isoformat(),
            "people": people,
            "extract": _files_that_held(run, traces),
            "rows": rows,
            "medoids": traces.medoids,
            "counted_with_them": sorted(name for name in left if not _about_nobody(name)),
        },
    ]
    return manifest


def _about_nobody(name: str) -> bool:
    """Return whether an output that did not change counts nobody: its rows are single records, or no records at all."""
    return name in (*ROW_BY_ROW, outputs.COLUMNS, outputs.FEATURE_CATALOGUE) or Path(name).stem in KEPT_AS_READ


def _with_erased(counts: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Count rows that were kept as erased, so that every row that was read stays accounted for."""
    kept = counts["rule"] == "rows_kept"
    before = counts["rule"] == "erased"
    line = {"stage": "extract", "rule": "erased", "column": "", "effect": "out of scope",
            "rows": rows + int(counts.loc[before, "rows"].sum())}  # fmt: skip
    left = counts.assign(rows=counts["rows"].where(~kept, counts["rows"] - rows))[~before]
    return pd.concat([left, pd.DataFrame([line])], ignore_index=True)


def _files_that_held(run: Run, traces: Traces) -> list[str]:
    """Return the hashes of the files of the extract whose rows named the people; of all, where none did."""
    files: dict[str, str] = run.manifest["inputs"]["extract"]
    sources = set(traces.rows["source_file"].unique())
    held = {digest for name, digest in files.items() if any(s == name or s.startswith(f"{name}, ") for s in sources)}
    return sorted(held or files.values())
