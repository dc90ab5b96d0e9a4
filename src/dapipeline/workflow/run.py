"""A finished run, as Python code and notebooks read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from dapipeline.artefacts.finished import FinishedRun
from dapipeline.artefacts.provenance import today
from dapipeline.errors import ConfigError, RunError, did_you_mean
from dapipeline.workflow import outputs

COMMANDS = ("run", "assign", "choose-k", "scrutiny")
PAGES = {"run": outputs.PAGE, "choose-k": outputs.CHOICE_PAGE}
TABLE_ENDINGS = (".csv", ".parquet")
LISTED = ("tables", "quality")  # folders whose tables are called by their name alone


class Run(FinishedRun):
    """The outputs of a finished run; each file is checked against its hash in run.json before it is read.

    Parameters
    ----------
    out : str or Path
        The folder of the outputs.
    *commands : str
        The commands whose outputs are accepted; all by default.
    ran : mapping of str to list of str, optional
        Stages that have just run, with the reasons.

    Attributes
    ----------
    out : Path
        The folder of the outputs.
    manifest : dict
        The content of run.json: versions, config and its hash, hashes of every input and output, rows, seconds.
    command : str
        The command that wrote them: run, assign, choose-k or scrutiny.
    ran : dict of str to list of str
        Stages that ran to make this object, with the reasons; the others were reused.
    config : Config
        The settings, as run.json keeps them; it is not known which file they came from.
    report : Path or None
        The page for readers.
    review_on : date or None
        The day from which the outputs are due for review; None of outputs of an earlier version.
    erased : list of dict
        The erasures since the extract was read: on, people, rows (that each table lost), medoids (clusters whose medoid
        was erased), counted_with_them (outputs that still count those people).
    tables : list of str
        What `frame` can read by its name.
    stages : pandas.DataFrame
        One row per stage: seconds, files, and why it was done.

    Raises
    ------
    RunError
        O104 if there is no readable run.json, O109 if it was changed since a run wrote it, O106 if another command
        wrote it, O111 if the folder's name cannot be used.

    Examples
    --------
    >>> import dapipeline as dap
    >>> run = dap.open_run("outputs/my_force")
    >>> run.command
    'run'
    >>> "clusters" in run.tables
    True
    >>> int(run.frame("clusters")["size"].sum()) == len(run.frame("assignments"))
    True
    """

    def __init__(self, out: str | Path, *commands: str, ran: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(Path(out), *(commands or COMMANDS))
        self.ran = dict(ran or {})

    @property
    def report(self) -> Path | None:
        """The report page; None for outputs of `assign` and `scrutiny`, which have none."""
        page = PAGES.get(self.command)
        return self.out / page if page else None

    @property
    def review_on(self) -> date | None:
        """The day from which the outputs are due for review; None of outputs of an earlier version."""
        about = self.manifest.get("privacy")
        return date.fromisoformat(about["review_on"]) if about else None

    @property
    def erased(self) -> list[dict[str, Any]]:
        """The erasures of people from this folder, the last at the end."""
        return list(self.manifest.get("erased", []))

    @property
    def tables(self) -> list[str]:
        """The names of the tables of results and of data quality, for `frame`."""
        return sorted(self._places())

    @property
    def stages(self) -> pd.DataFrame:
        """One row per stage, in order: stage, seconds, files (how many), because (why it ran, or "reused")."""
        stages = self.manifest["stages"]
        rows = [
            (name, about["seconds"], len(about["files"]), "; ".join(self.ran.get(name, [])) or "reused")
            for name, about in sorted(stages.items(), key=lambda pair: (_depth(pair[0], stages), pair[0]))
        ]
        return pd.DataFrame(rows, columns=["stage", "seconds", "files", "because"])

    def frame(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Read a table with the types it was written with.

        Parameters
        ----------
        name : str
            One of `tables`, or the path of any other table below the folder, such as model/components.parquet.
        columns : list of str, optional
            Some of its columns; all by default.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        ConfigError
            C029 if the run has no such table.
        RunError
            O107 if it is missing or changed since the run wrote it.
        """
        name = str(name)
        place = self._places().get(name, name)
        if place not in self.manifest["files"] or not place.endswith(TABLE_ENDINGS):
            raise ConfigError(
                "C029", f"The run in {self.out} has no table {name}{did_you_mean(name, self.tables)}.",
                "Its tables are listed by: run.tables",
            )  # fmt: skip
        if columns is not None and place.endswith(".csv"):
            return super().frame(place)[columns]
        return super().frame(place, columns)

    def _places(self) -> dict[str, str]:
        """Return the tables that can be read by their name alone: name to path below the folder."""
        # A table in Parquet comes after its copy in CSV, and takes the name.
        files = (PurePosixPath(name) for name in sorted(self.manifest["files"]))
        return {f.stem: str(f) for f in files if f.suffix in TABLE_ENDINGS and str(f.parent) in LISTED}

    def _found(self) -> list[str]:
        """Return a summary of the run, one line per item."""
        lines = [f"dapipeline {self.command}: {self.manifest['config']['name']}"]
        try:
            lines += self._groups()
        except RunError as error:  # whoever looks at a run is told, and gets no traceback
            lines.append(str(error))
        if warned := len(self.manifest["warnings"]):
            lines.append(f"{warned} to be looked at: run.frame('warnings')")
        if self.review_on and today() >= self.review_on:
            lines.append(f"due for review since {self.review_on}: delete the folder, or run again on a current extract")
        if self.erased:
            people = sum(erasure["people"] for erasure in self.erased)
            lines.append(f"people erased since the extract was read: {people:,}")
        return [*lines, f"report: {self.report}" if self.report else f"tables: {self.out / 'tables'}"]

    def _groups(self) -> list[str]:
        """Return how many offenders, clusters and names there are; nothing for outputs of `choose-k`."""
        if outputs.CLUSTERS in self.manifest["files"]:
            clusters = self.frame("clusters")
            names = clusters.loc[clusters["named_by"] != "nothing", "typology"].nunique()
            typologies = "typology" if names == 1 else "typologies"
            return [f"{clusters['size'].sum():,} offenders in {len(clusters)} clusters; {names} {typologies}"]
        if outputs.ASSIGNMENTS in self.manifest["files"]:
            return [f"{len(self.frame('assignments', ['cluster'])):,} offenders placed"]
        return []

    def __repr__(self) -> str:
        """Return the summary as text."""
        return "\n".join(self._found())

    def _repr_html_(self) -> str:
        """Return the summary as HTML, which notebooks show."""
        first, *others = self._found()
        return f"<p><b>{escape(first)}</b><br>{'<br>'.join(map(escape, others))}</p>"


def _depth(name: str, stages: Mapping[str, Any]) -> int:
    """Return how many stages the longest chain of dependencies up to a stage has."""
    return 1 + max((_depth(before, stages) for before in stages[name]["ingredients"]["after"]), default=0)
