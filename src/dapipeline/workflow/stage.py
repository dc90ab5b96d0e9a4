"""A stage: a function from earlier outputs to its own, with a declaration of everything it depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline.artefacts import formats, reuse
from dapipeline.artefacts.folder import RunFolder
from dapipeline.artefacts.formats import ColumnTypes
from dapipeline.artefacts.secret_key import Key
from dapipeline.config import Config
from dapipeline.engine import connect
from dapipeline.say import Say
from dapipeline.workflow.inputs import Inputs
from dapipeline.workflow.output import Output

# In the order in which data passes through them; each imports only those before it (tests/test_architecture.py).
PACKAGES = (
    "extract", "incidents", "offenders", "kmedoids", "clustering", "typology", "analysis", "scrutiny", "refresh",
    "review", "report",
)  # fmt: skip

Outputs = dict[Output, Any]


class UndeclaredError(LookupError):
    """Raised if a stage reads what it did not declare: its outputs would be reused although that had changed."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage: its function, its title, and what it depends on.

    Attributes
    ----------
    work : callable
        Takes a `Context` and returns outputs; its name is the name of the stage.
    title : str
        What progress lines show.
    package : str
        The last of `PACKAGES` whose code it runs. The stage runs again if this code or that of an earlier package
        changed.
    settings : tuple of str
        Parts of the config that it reads, with dots: clustering, domestic_abuse.minimum_age.
    inputs : tuple of str
        Fields of `Inputs` that it reads.
    after : tuple of str
        Stages whose outputs it reads.
    options : mapping of str to int or str
        What the command line asks for in addition to the config.
    """

    work: Callable[[Context], Outputs]
    title: str
    package: str
    settings: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    options: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The stage's name."""
        return self.work.__name__

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages whose code it may run."""
        return PACKAGES[: PACKAGES.index(self.package) + 1]

    def settings_of(self, config: Config, key: Key | None = None) -> dict[str, Any]:
        """Return the parts of a config that it reads.

        Parameters
        ----------
        config : Config
        key : Key, optional
            The secret key that the config names.

        Returns
        -------
        dict of str to any
            Path of the part to its content, as JSON can hold it.
        """
        settings = config.model_dump(mode="json", by_alias=True)
        settings["extract"].pop("path")  # a moved file is not a changed one: its content is hashed
        settings["privacy"]["key_file"] = key and key.check  # nor is a moved key another
        return {path: reduce(lambda part, name: part[name], path.split("."), settings) for path in self.settings}


class Declared:
    """Settings of which a stage can read only the part that it declared.

    Parameters
    ----------
    settings : object
        A section of the config, the config itself, or `Inputs`.
    names : tuple of str
        Attributes that may be read; with a dot for a part of a section.
    stage : str
        Name of the stage, for the error.
    """

    def __init__(self, settings: Any, names: tuple[str, ...], stage: str) -> None:
        self._settings, self._names, self._stage = settings, names, stage

    def __getattr__(self, name: str) -> Any:
        """Return a setting that was declared, or the declared part of a section.

        Raises
        ------
        UndeclaredError
            If it was not declared.
        """
        if name in self._names:
            return getattr(self._settings, name)
        within = tuple(path.removeprefix(f"{name}.") for path in self._names if path.startswith(f"{name}."))
        if not within:
            raise UndeclaredError(f"the stage {self._stage} reads {name}, which it does not declare")
        return Declared(getattr(self._settings, name), within, self._stage)


@dataclass
class Bench:
    """What all stages of one run share: settings, input files, the folder of the outputs, and who made which output.

    Attributes
    ----------
    config : Config
    inputs : Inputs
    hashes : dict of str to str
        Input file to SHA-256.
    folder : RunFolder
    say : callable
        Called by long stages to report how far they are.
    made_by : dict of str to str
        Output to the stage of this run that made it.
    engine : ibis backend or None
        The open connection; None until a stage asks for it.
    """

    config: Config
    inputs: Inputs
    hashes: dict[str, str]
    folder: RunFolder
    say: Say
    made_by: dict[str, str] = field(default_factory=dict)
    engine: Any = None

    def connection(self) -> Any:
        """Return the connection to the engine; the first call opens it.

        Returns
        -------
        ibis.backends.BaseBackend
        """
        if self.engine is None:
            self.engine = connect(self.config.engine)
        return self.engine


class Context:
    """What a stage is given: the settings, inputs and earlier outputs that it declared, and no others.

    Parameters
    ----------
    bench : Bench
        What all stages share.
    stage : Stage
        The stage; its declaration decides what can be read.

    Attributes
    ----------
    config, inputs : Declared
        The declared parts of `Config` and `Inputs`.
    hashes : dict of str to str
        Input file to SHA-256.
    say : callable
        Called by long stages to report how far they are.
    """

    def __init__(self, bench: Bench, stage: Stage) -> None:
        self._bench, self._stage = bench, stage
        self.hashes, self.say = bench.hashes, bench.say
        # Threads, memory and temporary folder change no result, so every stage may read the engine's settings.
        self.config: Any = Declared(bench.config, (*stage.settings, "engine"), stage.name)
        self.inputs: Any = Declared(bench.inputs, stage.inputs, stage.name)

    @property
    def connection(self) -> Any:
        """The engine."""
        return self._bench.connection()

    @property
    def settings_sha256(self) -> str:
        """The SHA-256 of the parts of the config that the stage declares."""
        return reuse.key_of(self._stage.settings_of(self._bench.config, self._bench.inputs.key))

    def table(self, output: Output) -> Any:
        """Return a Parquet output of an earlier stage as an Ibis table; its rows stay in the engine.

        Parameters
        ----------
        output : Output

        Returns
        -------
        ibis.Table

        Raises
        ------
        UndeclaredError
            If the stage does not declare the stage that made it.
        """
        return self.connection.read_parquet(str(self._path(output)))

    def frame(self, output: Output) -> pd.DataFrame:
        """Return a table of an earlier stage as a DataFrame.

        Parameters
        ----------
        output : Output

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        UndeclaredError
            If the stage does not declare the stage that made it.
        """
        self._path(output)
        return self._bench.folder.frame(output)

    def frame_if_there(self, output: Output) -> pd.DataFrame | None:
        """Return a table that not every run has.

        Parameters
        ----------
        output : Output

        Returns
        -------
        pandas.DataFrame or None
            None if this run did not make it.

        Raises
        ------
        UndeclaredError
            If the stage does not declare the stage that makes it.
        """
        if output in self._bench.made_by:
            return self.frame(output)
        self._check(output, output.made_by)
        return None

    def types_if_there(self, output: Output) -> ColumnTypes | None:
        """Return the type of each column of a table, without reading its rows.

        Parameters
        ----------
        output : Output

        Returns
        -------
        dict of str to {"text", "whole", "number", "truth", "moment", "day"} or None
            None if this run did not make it, or if it is no table.

        Raises
        ------
        UndeclaredError
            If the stage does not declare the stage that makes it.
        """
        self._check(output, self._bench.made_by.get(output, output.made_by))
        if output not in self._bench.made_by or not output.endswith((".csv", ".parquet")):
            return None
        return formats.types_in_order(self._path(output), self._bench.folder.cell_types.get(output, {}))

    def document(self, output: Output) -> Any:
        """Return a JSON output of an earlier stage.

        Parameters
        ----------
        output : Output

        Returns
        -------
        dict, list, str, int, float, bool or None

        Raises
        ------
        UndeclaredError
            If the stage does not declare the stage that made it.
        """
        return formats.read_json(self._path(output))

    def _path(self, output: Output) -> Path:
        self._check(output, self._bench.made_by.get(output, output.made_by))
        return self._bench.folder.path(output)

    def _check(self, output: Output, maker: str) -> None:
        if maker not in self._stage.after:
            raise UndeclaredError(f"the stage {self._stage.name} reads {output}, and is not declared after {maker}")
