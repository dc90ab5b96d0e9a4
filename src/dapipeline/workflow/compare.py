"""dapipeline compare: how two runs differ, or a run and the outputs of assign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dapipeline.artefacts.folder import open_plain
from dapipeline.review.comparison import Comparison, compare_assignments, compare_features, compare_settings
from dapipeline.workflow import outputs
from dapipeline.workflow.keys import check_same_ids
from dapipeline.workflow.retention import warn_of
from dapipeline.workflow.run import Run

INPUTS = ("extract", "severity", "imd", "definitions")
DIGEST = 12  # characters of a SHA-256, enough to tell files apart


def compare(first: Run | str | Path, second: Run | str | Path, *, out: str | Path | None = None) -> Comparison:
    """Compare two runs, or a run with the outputs of `assign`.

    Parameters
    ----------
    first, second : Run, str or Path
        Outputs of run or assign, or their folders.
    out : str or Path, optional
        A folder to write the tables to.

    Returns
    -------
    Comparison

    Raises
    ------
    RunError
        O104 to O107 if a folder does not hold an unchanged run; O101, O110 or O111 if `out` cannot be written.
    PrivacyError
        P006 if the ids of the two are not written alike.

    Examples
    --------
    >>> import dapipeline as dap
    >>> found = dap.compare("outputs/my_force", "outputs/my_force")
    >>> found.about["adjusted_rand_index_cluster"]
    1.0
    >>> found.settings.empty
    True
    """
    runs = [Run(one.out if isinstance(one, Run) else one, "run", "assign") for one in (first, second)]
    for run in runs:
        warn_of(run)
    check_same_ids(*runs)
    assigned = [run.frame(outputs.ASSIGNMENTS) for run in runs]
    features = [run.frame(outputs.FEATURES) for run in runs]
    about, moves = compare_assignments(*assigned)
    moved = compare_features((assigned[0], features[0]), (assigned[1], features[1]))
    about["features_of_one_run"] = sorted(set(features[0].columns) ^ set(features[1].columns))
    # assign takes the names of its run and reads no definitions, so there is none to compare.
    inputs = [name for name in INPUTS if name != "definitions" or all(run.command == "run" for run in runs)]
    found = Comparison(about, moves, moved, compare_settings(*(_settings(run, inputs) for run in runs)))
    if out is not None:
        with open_plain(Path(out)) as write:
            write(outputs.COMPARISON, found.moves)
            write(outputs.COMPARISON_FEATURES, found.features)
            write(outputs.COMPARISON_SETTINGS, found.settings)
            write(outputs.COMPARISON_ABOUT, found.about)
    return found


def _settings(run: Run, inputs: list[str]) -> dict[str, Any]:
    """Return config, hashes of inputs and versions; without the paths of extract and key, which change no result."""
    config = dict(run.manifest.get("config", {}))
    config["extract"] = {name: value for name, value in config.get("extract", {}).items() if name != "path"}
    config["privacy"] = {name: value for name, value in config.get("privacy", {}).items() if name != "key_file"}
    found = run.manifest.get("inputs", {})
    contents = {
        f"contents of {name}": ", ".join(sorted(digest[:DIGEST] for digest in found.get(name, {}).values()))
        for name in inputs
    }
    return config | contents | {"version of": run.manifest.get("versions", {})}
