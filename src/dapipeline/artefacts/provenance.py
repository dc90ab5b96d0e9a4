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
    """Give the version of the program, of Python and of the packages that compute."""
    return {
        "dapipeline": metadata.version("dapipeline"),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
    }
