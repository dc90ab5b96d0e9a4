"""The table engine behind the Ibis expressions: DuckDB by default, Spark where the force has it."""

from __future__ import annotations

import tempfile
from typing import Any

import ibis

from dapipeline.config import Engine
from dapipeline.errors import MissingExtraError


def connect(engine: Engine) -> Any:
    """Open a connection of its own, held in memory.

    Parameters
    ----------
    engine : Engine
        Kind and number of threads.

    Returns
    -------
    ibis.BaseBackend
        Where tables are read and expressions are computed.

    Raises
    ------
    MissingExtraError
        Where Spark is asked for and pyspark is not installed.
    """
    return _spark(engine) if engine.kind == "spark" else _duckdb(engine)


def keep(connection: Any, table: Any) -> Any:
    """Compute a table that several others are made of once, and let the engine hold it.

    Spark works it out each time: Ibis' caching there does not know tables that came from memory.
    """
    return table.cache() if connection.name == "duckdb" else table


def _duckdb(engine: Engine) -> Any:
    # The engine flattens nested selects itself; Ibis takes seconds to do it in Python first.
    ibis.options.sql.fuse_selects = False
    # A closed network must not be asked for extensions, and a spill must not land in the working directory.
    connection = ibis.duckdb.connect(
        temp_directory=tempfile.gettempdir(),
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    connection.raw_sql("SET TimeZone = 'UTC'")
    if engine.threads:
        connection.raw_sql(f"SET threads = {engine.threads}")
    return connection


def _spark(engine: Engine) -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  heavy and optional
    except ImportError:
        raise MissingExtraError("pyspark", "spark", "The engine kind spark") from None
    session = (
        SparkSession.builder.master(f"local[{engine.threads or '*'}]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "16")  # one machine; the default of 200 is for a cluster
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)
