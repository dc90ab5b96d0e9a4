"""A finished run: its manifest, and its outputs, each checked to be as the run wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline.artefacts import formats
from dapipeline.artefacts.disk import check_name
from dapipeline.artefacts.hashes import unchanged
from dapipeline.artefacts.manifest import cell_types_of_files, read_manifest
from dapipeline.config import Config, checked
from dapipeline.errors import RunError


class FinishedRun:
    """The outputs of a finished run, each checked against the hash in the manifest before it is read.

    Parameters
    ----------
    out : Path
        The folder of the outputs.
    *commands : str
        The commands whose outputs are accepted.

    Attributes
    ----------
    out : Path
    manifest : dict
        What run.json says.
    command : str
        The command that wrote them.

    Raises
    ------
    RunError
        O104 if there is no readable run.json, O109 if it was changed since a run wrote it, O106 if another command
        wrote it, O111 if the folder's name cannot be used.
    """

    def __init__(self, out: Path, *commands: str) -> None:
        check_name(out)
        self.out, self.manifest = out, read_manifest(out)
        self.command = str(self.manifest["command"])
        if self.command not in commands:
            raise RunError(
                "O106", f"{out} holds the outputs of dapipeline {self.command}, where those of a run are needed.",
                "Give the folder of a dapipeline run.",
            )  # fmt: skip

    @property
    def config(self) -> Config:
        """The settings of the run."""
        return checked(Config, self.manifest["config"], f"The config in {self.out / 'run.json'}")

    def digest(self, name: str) -> str:
        """Return the hash that an output had when it was written.

        Parameters
        ----------
        name : str
            Path below the folder.

        Returns
        -------
        str
            SHA-256 in hexadecimal; empty if the run has no such output.
        """
        return str(self.manifest["files"].get(name, ""))

    def path(self, name: str) -> Path:
        """Return the path of an output, checked against its hash.

        Parameters
        ----------
        name : str
            Path below the folder.

        Returns
        -------
        Path

        Raises
        ------
        RunError
            O107 if it is missing or changed since the run wrote it.
        """
        path = self.out / name
        if not unchanged(self.out, name, self.digest(name)):
            raise RunError("O107", f"{path} is missing or not as the run wrote it.", "Make the run again.")
        return path

    def frame(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Read a table with the types it was written with.

        Parameters
        ----------
        name : str
            Path below the folder: .parquet or .csv.
        columns : list of str, optional
            Columns to read, of a Parquet table only; all by default.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        RunError
            O107 if it is missing or changed since the run wrote it.
        """
        path = self.path(name)
        if columns is not None:
            return pd.read_parquet(path, columns=columns)
        return formats.read_frame(path, cell_types_of_files(self.manifest).get(name, {}))

    def document(self, name: str) -> Any:
        """Read a JSON output.

        Parameters
        ----------
        name : str
            Path below the folder.

        Returns
        -------
        dict, list, str, int, float, bool or None

        Raises
        ------
        RunError
            O107 if it is missing or changed since the run wrote it.
        """
        return formats.read_json(self.path(name))
