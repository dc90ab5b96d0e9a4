"""What a stage is: a function of the outputs before it to its own, and what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline.artefacts import formats
from dapipeline.artefacts.finished import kept_as
from dapipeline.artefacts.folder import RunFolder
from dapipeline.config import Config
from dapipeline.engine import connect
from dapipeline.say import Say

Outputs = dict[str, Any]


@dataclass(frozen=True)
class Inputs:
    """The files a run is made of, beside its config."""

    extract: Path
    severity: Path | None = None
    imd: Path | None = None
    definitions: Path | None = None

    def to_keep(self) -> dict[str, Path]:
        """Give the force's own tables by the names of their copies: `assign` measures a refreshed extract with them."""
        tables = {"severity": self.severity, "imd": self.imd}
        return {kept_as(name, path): path for name, path in tables.items() if path}


class Context:
    """What a stage works with: the config, the input files and their hashes, the outputs of earlier stages.

    A stage that takes long tells `say` how far it is.
    """

    def __init__(self, config: Config, inputs: Inputs, hashes: dict[str, str], folder: RunFolder, say: Say) -> None:
        self.config, self.inputs, self.hashes, self.folder, self.say = config, inputs, hashes, folder, say
        self._connection: Any = None

    @property
    def connection(self) -> Any:
        """The engine, opened when the first stage asks for it."""
        if self._connection is None:
            self._connection = connect(self.config.engine)
        return self._connection

    def table(self, name: str) -> Any:
        """Give an output of an earlier stage as an Ibis table."""
        return self.connection.read_parquet(str(self.folder.path(name)))

    def frame(self, name: str) -> pd.DataFrame:
        """Give an output of an earlier stage as a DataFrame."""
        return self.folder.frame(name)

    def frame_if_there(self, name: str) -> pd.DataFrame | None:
        """Give an output that not every run has."""
        return self.frame(name) if self.folder.path(name).is_file() else None

    def document(self, name: str) -> Any:
        """Give a JSON output of an earlier stage."""
        return formats.read_json(self.folder.path(name))


@dataclass(frozen=True)
class Stage:
    """One stage: what it is called, what it does, and what it depends on.

    Attributes
    ----------
    work : callable
        Context to outputs, by file name.
    title : str
        What the progress line says.
    settings : tuple of str
        Parts of the config that it reads.
    inputs : tuple of str
        Fields of `Inputs` that it reads.
    after : tuple of str
        Stages whose outputs it reads.
    rooms : tuple of str
        Packages whose code it runs, beside those of the stages before it.
    options : mapping of str to int or str
        What the command line asks of it, beside the config.
    """

    work: Callable[[Context], Outputs]
    title: str
    settings: tuple[str, ...]
    inputs: tuple[str, ...]
    after: tuple[str, ...]
    rooms: tuple[str, ...]
    options: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The stage's name."""
        return self.work.__name__
