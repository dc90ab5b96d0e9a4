"""The commands that write a folder of outputs (run, choose-k, assign) as Python functions, and how to open it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dapipeline.clustering.choosing_k import range_of_k
from dapipeline.config import Config, Window, checked, load_config
from dapipeline.workflow.assign import inputs_of_assignment, read_fit, settings_of_assignment, stages_of_assignment
from dapipeline.workflow.choose_k import stages_of_choice
from dapipeline.workflow.inputs import Inputs, resolve_inputs
from dapipeline.workflow.keys import key_of_run
from dapipeline.workflow.pipeline import STAGES
from dapipeline.workflow.retention import warn_of
from dapipeline.workflow.run import Run
from dapipeline.workflow.runner import Progress, Silent, run_stages
from dapipeline.workflow.stage import Stage

Settings = Config | str | Path
Told = Progress | Callable[[str], object] | None


class Lines(Silent):
    """Progress as lines of text, one per stage.

    Parameters
    ----------
    line : callable
        Called with each line.
    """

    def __init__(self, line: Callable[[str], object]) -> None:
        self.line = line

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        """Write a line: which stage begins and why, or that it is reused.

        Parameters
        ----------
        stage : Stage
            The stage that begins.
        reasons : list of str
            Why it runs; empty if it is reused.
        """
        self.line(f"{stage.title}: {'; '.join(reasons) or 'reused, nothing it depends on changed'}")


def run(
    config: Settings, *, extract: str | Path | None = None, out: str | Path | None = None, progress: Told = None
) -> Run:
    """Turn an extract into named typologies and a report; stages are reused if nothing they depend on changed.

    Parameters
    ----------
    config : Config, str or Path
        Settings, or the YAML file they stand in.
    extract : str or Path, optional
        The extract, instead of the config's path.
    out : str or Path, optional
        Where outputs go; outputs/<the config file's name> by default. Replaced whole at the end; unchanged if the run
        fails.
    progress : callable, optional
        Called with a line of text per stage; `print`, for example.

    Returns
    -------
    Run

    Raises
    ------
    DapipelineError
        If something is wrong with the config, the extract or the place of the outputs.

    Examples
    --------
    >>> import dapipeline as dap
    >>> run = dap.run("my_force.yaml", out="outputs/my_force")
    >>> run.report.as_posix()
    'outputs/my_force/report/index.html'
    >>> run.stages["stage"].tolist()[:3]
    ['extract', 'incidents', 'offenders']
    """
    settings = settings_of(config)
    inputs = resolve_inputs(settings, path_of(extract))
    return done_by("run", STAGES, settings, inputs, place_of(settings, out), progress)


def open_run(path: str | Path) -> Run:
    """Open the outputs of a finished run, of assign or of choose-k.

    Parameters
    ----------
    path : str or Path
        The folder of the outputs.

    Returns
    -------
    Run

    Raises
    ------
    RunError
        O104 if there is no readable run.json, O109 if it was changed since a run wrote it, O111 if the folder's name
        cannot be used.

    Examples
    --------
    >>> import dapipeline as dap
    >>> dap.open_run("outputs/my_force").config.name
    'my force'
    """
    return Run(path)


def choose_k(
    config: Settings,
    *,
    first: int = 2,
    last: int = 40,
    extract: str | Path | None = None,
    out: str | Path | None = None,
    progress: Told = None,
) -> Run:
    """Cluster with every number of clusters in a range, and measure the evidence for each.

    Parameters
    ----------
    config : Config, str or Path
        Settings, or the YAML file they stand in.
    first, last : int
        The numbers of clusters to try, at least 2.
    extract, out, progress
        As for `run`; `out` is outputs/<the config file's name>_choose_k by default.

    Returns
    -------
    Run
        With the tables choose_k and choose_k_clusters, and a page of its own.

    Raises
    ------
    ConfigError
        C024 if the first is larger than the last.
    DapipelineError
        As for `run`; D108 if there are not enough different offenders for the largest k.

    Examples
    --------
    >>> import dapipeline as dap
    >>> tried = dap.choose_k("my_force.yaml", first=2, last=3, out="outputs/my_force_choose_k")
    >>> tried.frame("choose_k")["k"].tolist()
    [2, 3]
    """
    settings = settings_of(config)
    stages = stages_of_choice(range_of_k(first, last))
    inputs = resolve_inputs(settings, path_of(extract))
    return done_by("choose-k", stages, settings, inputs, place_of(settings, out, "_choose_k"), progress)


def assign(
    run: Run | str | Path,
    extract: str | Path,
    *,
    out: str | Path,
    first: date | None = None,
    last: date | None = None,
    key: str | Path | None = None,
    progress: Told = None,
) -> Run:
    """Place a refreshed extract in the typology of a finished run without refitting, and measure how far it drifted.

    Parameters
    ----------
    run : Run, str or Path
        A run, or its folder; its config is used.
    extract : str or Path
        The refreshed extract, with the same columns as the run's.
    out : str or Path
        Where outputs go.
    first, last : date, optional
        First and last day that count, instead of the run's.
    key : str or Path, optional
        The file with the secret key, if the run's ids are pseudonyms; by default the one that its config names.
    progress : callable, optional
        As for `run`.

    Returns
    -------
    Run
        With the tables assignments, features and drift.

    Raises
    ------
    RunError, ConfigError
        O104 to O107 if the folder does not hold an unchanged run, C003 if the days are in the wrong order.
    CohortError
        D109 or D110 if the extract cannot be compared with the run's.
    PrivacyError
        P001 to P005 or P007 if the key cannot be used, P012 if a medoid of the run was erased.

    Examples
    --------
    >>> import dapipeline as dap
    >>> placed = dap.assign("outputs/my_force", "incidents.csv", out="outputs/refreshed")
    >>> set(placed.frame("drift")["drift"]) <= {"none", "too few"}
    True
    """
    finished = Run(run.out if isinstance(run, Run) else run, "run")
    warn_of(finished)
    fit = read_fit(finished)
    own = finished.config.window.model_dump(by_alias=True)
    days = {"from": first, "to": last}
    window = checked(Window, own | {name: day for name, day in days.items() if day}, "The window")
    settings = settings_of_assignment(finished.config, fit.model, window)
    inputs = inputs_of_assignment(finished, Path(extract), key_of_run(finished, path_of(key)))
    return done_by("assign", stages_of_assignment(fit), settings, inputs, Path(out), progress)


def settings_of(config: Settings) -> Config:
    """Return settings, read from their file if they are given as a path.

    Parameters
    ----------
    config : Config, str or Path

    Returns
    -------
    Config

    Raises
    ------
    ConfigError
        If the file is missing or has a wrong setting.
    """
    return config if isinstance(config, Config) else load_config(config)


def done_by(
    command: str, stages: tuple[Stage, ...], settings: Config, inputs: Inputs, out: Path, progress: Told
) -> Run:
    """Run stages, and return their outputs under the path that was asked for, not the place it leads to.

    Parameters
    ----------
    command, stages, settings, inputs, out
        As for `run_stages`.
    progress : callable or Progress, optional

    Returns
    -------
    Run
    """
    ran = run_stages(command, stages, settings, inputs, out, _told(progress)).ran
    done = Run(out, command, ran=ran)
    warn_of(done)
    return done


def path_of(path: str | Path | None) -> Path | None:
    """Return a path, if one is given.

    Parameters
    ----------
    path : str or Path, optional

    Returns
    -------
    Path or None
    """
    return None if path is None else Path(path)


def place_of(config: Config, out: str | Path | None, ending: str = "") -> Path:
    """Return where outputs go: `out`, else a folder named after the config.

    Parameters
    ----------
    config : Config
    out : str or Path, optional
    ending : str
        Of the name of the folder.

    Returns
    -------
    Path
    """
    name = config.file.stem if config.file else config.name.lower().replace(" ", "_")
    return Path(out) if out is not None else Path("outputs") / f"{name}{ending}"


def _told(progress: Any) -> Progress:
    if progress is None:
        return Silent()
    return progress if hasattr(progress, "tell") else Lines(progress)
