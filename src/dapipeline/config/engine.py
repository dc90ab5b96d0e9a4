"""The engine's settings: which it is, how much it may take, and where it puts what does not fit in memory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from dapipeline.config.section import Section

LEAST_MEMORY = 100  # MB of 10**6 bytes; with less, DuckDB cannot hold one block of rows per thread
FIXED_OPTIONS = {"spark.master", "spark.sql.session.timeZone"}


class Engine(Section):
    """What computes incidents and features. The extract is read by DuckDB whatever the kind."""

    kind: Literal["duckdb", "spark"] = Field("duckdb", description="spark needs the extra of that name.")
    threads: int | None = Field(
        None,
        ge=1,
        le=1024,
        description="Threads to use; all by default. Results do not change. Spark: those of local[threads], where no "
        "master is given.",
    )
    memory_limit: str | None = Field(
        None,
        description="Memory that DuckDB may take, such as 4GB; 80% of the machine's by default. What does not fit is "
        "put into temp_directory. Spark: the memory of its driver, which is all of it where no master is given.",
    )
    temp_directory: str | None = Field(
        None,
        description="An absolute path, instead of the system's temporary folder. DuckDB, Spark's driver and the reader "
        "of the extract put rows there, in private folders that are removed at the end; those that a killed run left "
        "are removed by the next one of the same user.",
    )
    master: str | None = Field(
        None, description="Spark alone: the cluster, such as yarn or spark://host:7077; this machine by default."
    )
    options: dict[str, str] = Field(
        default_factory=dict,
        description="Spark alone: further settings of Spark by their names, such as spark.executor.memory.",
    )

    @field_validator("memory_limit")
    @classmethod
    def _is_memory(cls, value: str | None) -> str | None:
        if value is not None and bytes_of(value) < LEAST_MEMORY * 10**6:
            raise ValueError(f"should be at least {LEAST_MEMORY}MB, such as 4GB")
        return value

    @field_validator("temp_directory")
    @classmethod
    def _is_absolute(cls, value: str | None) -> str | None:
        if value is not None and not Path(value).is_absolute():
            raise ValueError("should be an absolute path")
        return value

    @field_validator("options")
    @classmethod
    def _are_of_spark(cls, value: dict[str, str]) -> dict[str, str]:
        for name in value:
            if not name.startswith("spark."):
                raise ValueError(f"{name} is no setting of Spark: their names begin with spark.")
            if name in FIXED_OPTIONS:
                raise ValueError(f"{name} is set by the program, because results depend on it")
        return value

    @model_validator(mode="after")
    def _suits_kind(self) -> Engine:
        if self.kind != "spark" and (self.master or self.options):
            raise ValueError("master and options are settings of Spark; set kind: spark, or take them out")
        if self.master and self.threads:
            raise ValueError("threads has no meaning where master is given; take one of them out")
        return self

    def of_kind(self, kind: str) -> Engine:
        """Return the settings for another engine, without those that it does not have.

        Parameters
        ----------
        kind : {'duckdb', 'spark'}
            The other engine.

        Returns
        -------
        Engine
        """
        spark_alone: dict[str, object] = {} if kind == "spark" else {"master": None, "options": {}}
        return self.model_copy(update={"kind": kind, **spark_alone})


def bytes_of(memory: str) -> int:
    """Return a size such as 4GB or 1.5GiB in bytes.

    Parameters
    ----------
    memory : str
        A number and a unit.

    Returns
    -------
    int
        Bytes, rounded down.

    Raises
    ------
    ValueError
        Where it is not a number and a unit.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMGT])(I?)B", memory.strip().upper())
    if found is None:
        raise ValueError("should be a number and MB, GB or TB, such as 4GB")
    unit = (1024 if found[3] else 1000) ** ("KMGT".index(found[2]) + 1)
    return int(float(found[1]) * unit)
