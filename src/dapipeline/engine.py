"""The engine that computes tables: DuckDB by default, Spark where the force has it; both through Ibis."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import ibis
import pandas as pd

from dapipeline.artefacts import scratch
from dapipeline.config.engine import Engine, bytes_of
from dapipeline.errors import ConfigError, DapipelineError, MissingExtraError, RunError

DISK_FULL = ("max_temp_directory_size", "No space left on device", "Disk quota exceeded")  # in DuckDB's own messages

_connections: weakref.WeakSet[Any] = weakref.WeakSet()


def connect(engine: Engine) -> Any:
    """Open a connection of its own, held in memory; what does not fit there goes to a private folder.

    Parameters
    ----------
    engine : Engine
        Kind, threads, memory and where to spill.

    Returns
    -------
    ibis.BaseBackend
        Where tables are read and expressions are computed.

    Raises
    ------
    MissingExtraError
        Where Spark is asked for and pyspark is not installed.
    ConfigError
        C040 where Spark does not start.
    RunError
        O121 and O122 where the temporary folder cannot be used.
    """
    return _spark(engine) if engine.kind == "spark" else _duckdb(engine)


def keep(connection: Any, table: Any) -> Any:
    """Compute a table once that several others are made from.

    Spark computes it each time: there, Ibis cannot cache a table that came from memory.

    Parameters
    ----------
    connection : ibis.BaseBackend
        The engine of the table.
    table : ibis.Table
        An expression.

    Returns
    -------
    ibis.Table
        The same rows; with DuckDB held by the engine.
    """
    return table.cache() if connection.name == "duckdb" else table


def fetch(table: Any) -> pd.DataFrame:
    """Bring rows into memory: as Ibis does, but through Arrow alone, which takes half as long.

    Parameters
    ----------
    table : ibis.Table

    Returns
    -------
    pandas.DataFrame
    """
    return table.to_pyarrow().to_pandas()


def share_done() -> float | None:
    """Return how much of DuckDB's current query is done.

    Returns
    -------
    float or None
        Above 0 and below 1; None where no query runs or its progress is unknown.
    """
    shares = [connection.con.query_progress() / 100 for connection in list(_connections)]
    return max((share for share in shares if 0 < share < 1), default=None)


@contextmanager
def shortages_told() -> Iterator[None]:
    """Turn errors about memory or the temporary folder into errors of this program.

    Yields
    ------
    None
        The block within which errors are turned.

    Raises
    ------
    RunError
        O120 where memory runs out, O121 where the temporary folder is full, O123 where it fails.
    """
    try:
        yield
    except (MemoryError, duckdb.Error) as error:
        told = shortage(error)
        if told is None:
            raise
        raise told from error


def shortage(error: BaseException) -> DapipelineError | None:
    """Return the error of this program for a lack of memory or a fault of the temporary folder.

    Parameters
    ----------
    error : BaseException
        What was raised.

    Returns
    -------
    DapipelineError or None
        O120, O121 or O123; None where the error is about anything else.
    """
    spilling = [path for path in scratch.claimed() if isinstance(error, duckdb.IOException) and path.name in str(error)]
    out_of_memory = isinstance(error, MemoryError | duckdb.OutOfMemoryException)
    folders = spilling or (scratch.claimed() if out_of_memory else [])
    if folders and any(words in str(error) for words in DISK_FULL):
        return scratch.full(folders[0].parent)
    if out_of_memory:
        return RunError(
            "O120",
            "There is not enough memory for this.",
            "Raise engine.memory_limit where it is set, lower engine.threads, or use a machine with more memory.",
        )
    if spilling:
        return RunError(
            "O123",
            f"A temporary file in {spilling[0].parent} cannot be written or read.",
            "Check that disk, or set engine.temp_directory to a folder on another.",
        )
    return None


def _duckdb(engine: Engine) -> Any:
    # Ibis takes seconds to merge nested selects in Python; DuckDB does it anyway.
    ibis.options.sql.fuse_selects = False
    # Spill files have the same names in every process, so each connection needs a folder of its own. Extensions are not
    # downloaded, because a police network has no way out.
    folder = scratch.claim(engine.temp_directory)
    try:
        connection = ibis.duckdb.connect(
            temp_directory=str(folder.path), autoinstall_known_extensions=False, autoload_known_extensions=False
        )
        for setting in _settings(engine):
            connection.raw_sql(f"SET {setting}")
        with suppress(duckdb.InvalidInputException):  # a notebook without widgets has no progress to show
            connection.raw_sql("SET enable_progress_bar_print = false")
            connection.raw_sql("SET enable_progress_bar = true")  # `share_done` reads it
    except BaseException:
        folder.remove()
        raise
    weakref.finalize(connection, _close, connection.con, folder)
    _connections.add(connection)
    return connection


def _settings(engine: Engine) -> Iterator[str]:
    yield "TimeZone = 'UTC'"
    if engine.threads:
        yield f"threads = {engine.threads}"
    if engine.memory_limit:
        yield f"memory_limit = '{engine.memory_limit}'"


def _close(connection: Any, folder: scratch.Scratch) -> None:
    with suppress(duckdb.Error):
        connection.close()
    folder.remove()


def _spark(engine: Engine) -> Any:
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415
        from pyspark.errors import PySparkException  # noqa: PLC0415  heavy and optional
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("pyspark", "spark", "The engine kind spark") from None
    builder = SparkSession.builder.master(engine.master or f"local[{engine.threads or '*'}]")
    for name, value in _spark_options(engine).items():
        builder = builder.config(name, value)
    started = SparkSession.getActiveSession() is None
    folder = scratch.claim(engine.temp_directory)
    try:
        session = (builder.config("spark.local.dir", str(folder.path)) if started else builder).getOrCreate()
    except (Py4JError, PySparkException, OSError, RuntimeError) as error:
        folder.remove()
        raise ConfigError(
            "C040",
            f"Spark does not start on {engine.master or 'this machine'}.",
            "Check that Java is installed, and engine.master and engine.options.",
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    if started:  # Spark writes there until it stops, for every run of this process
        weakref.finalize(session.sparkContext, folder.remove)
    else:
        folder.remove()
    return ibis.pyspark.connect(session)


def _spark_options(engine: Engine) -> dict[str, str]:
    options = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if engine.memory_limit:
        options["spark.driver.memory"] = f"{bytes_of(engine.memory_limit) // 2**20}m"
    if not engine.master:
        options["spark.sql.shuffle.partitions"] = "16"  # one machine; the default of 200 is for a cluster
    return options | engine.options
