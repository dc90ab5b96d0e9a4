"""What a run was computed with, and when: the versions and the day that the manifest and the report name."""

from __future__ import annotations

import os
import platform
from datetime import UTC, date, datetime
from functools import cache
from importlib import metadata

PACKAGES = (
    "ibis-framework", "duckdb", "sqlglot", "pyarrow", "pandas", "numpy", "scikit-learn", "scipy", "numba",
    "matplotlib", "xlsxwriter",
)  # fmt: skip


@cache
def versions() -> dict[str, str]:
    """Return the versions of dapipeline, Python and the packages that results depend on.

    Returns
    -------
    dict of str to str
        Name to version.
    """
    return {
        "dapipeline": metadata.version("dapipeline"),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
    }


def today() -> date:
    """Return the day on which a page is made.

    Returns
    -------
    datetime.date
        That of SOURCE_DATE_EPOCH where it is set, as other tools do whose output is to be the same on every day.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(told), UTC).date() if told.isdecimal() else datetime.now().astimezone().date()
