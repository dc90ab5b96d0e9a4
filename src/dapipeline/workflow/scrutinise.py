"""dapipeline scrutiny: the indicators added to a finished run or made alone, and published figures beside them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dapipeline.errors import RunError
from dapipeline.reference.published import read_published
from dapipeline.scrutiny import published
from dapipeline.workflow import outputs
from dapipeline.workflow.commands import Settings, Told, done_by, path_of, place_of, settings_of
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.pipeline import STAGES
from dapipeline.workflow.run import Run
from dapipeline.workflow.scrutiny import SCRUTINY
from dapipeline.workflow.to_vectors import TO_VECTORS


def scrutinise(
    config: Settings, *, extract: str | Path | None = None, out: str | Path | None = None, progress: Told = None
) -> Run:
    """Count the indicators that inspectors, boards and boroughs ask for.

    Parameters
    ----------
    config, extract, progress
        As for `run`.
    out : str or Path, optional
        Where outputs go. If a finished run is there (by default at outputs/<the config file's name>), the indicators
        are added to it, and to its page; what has not changed is reused. Else the extract, its incidents and the
        indicators are made alone; by default at outputs/<the config file's name>_scrutiny.

    Returns
    -------
    Run
        With the table scrutiny and those beside it.

    Raises
    ------
    DapipelineError
        As for `run`.

    Examples
    --------
    >>> import dapipeline as dap
    >>> counted = dap.scrutinise("my_force.yaml", out="outputs/my_force_scrutiny")
    >>> table = counted.frame("scrutiny")
    >>> table.columns.tolist()[:5]
    ['indicator', 'area', 'year', 'breakdown', 'group']
    """
    settings = settings_of(config)
    inputs = resolve_inputs(settings, path_of(extract))
    if holds_run(place_of(settings, out)):
        return done_by("run", STAGES, settings, inputs, place_of(settings, out), progress)
    alone = (*TO_VECTORS[:2], SCRUTINY)
    return done_by("scrutiny", alone, settings, inputs, place_of(settings, out, "_scrutiny"), progress)


def holds_run(place: Path) -> bool:
    """Return whether a folder holds a finished run.

    Parameters
    ----------
    place : Path

    Returns
    -------
    bool
    """
    try:
        Run(place, "run")
    except RunError:
        return False
    return True


def check_published(run: Run | str | Path, file: str | Path) -> pd.DataFrame:
    """Check published figures line by line: against each other, and against the indicators of a run.

    Parameters
    ----------
    run : Run, str or Path
        With the table scrutiny, or its folder.
    file : str or Path
        The figures, one line each, in the form of docs/scrutiny.md.

    Returns
    -------
    pandas.DataFrame
        One row per line and check: table, row, figure, value, against, finding, computed, text, note.

    Raises
    ------
    RunError, ReferenceTableError
        O104 to O107 if there is no such run, R001, R016 or R017 if the file cannot be read.

    Examples
    --------
    >>> import dapipeline as dap
    >>> import numpy as np
    >>> np.savetxt("figures.csv", ["table,row,figure,value,block", "p,a,n,3,x", "p,total,n,4,x"], fmt="%s")
    >>> dap.check_published("outputs/my_force", "figures.csv")["finding"].tolist()
    ['parts do not add up']
    """
    made = Run(run.out if isinstance(run, Run) else run, "run", "scrutiny")
    return published.check_published(read_published(file), made.frame(outputs.SCRUTINY))
