"""What a run was computed with: the versions that the manifest and the report name."""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata

PACKAGES = (
    "ibis-framework", "duckdb", "sqlglot", "pyarrow", "pandas", "numpy", "scikit-learn", "scipy", "numba",
    "matplotlib",
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
