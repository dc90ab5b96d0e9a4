"""Kernels compile where their code can be kept, and where it cannot."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import numpy as np
from dapipeline.kmedoids.estimator import KMedoids
points = np.random.default_rng(1).normal(size=(60, 2))
print(sorted(KMedoids(3, random_state=1).fit(points).medoid_indices_.tolist()))
"""


def medoids(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("place", ["file/below", "folder"])
def test_medoids_do_not_depend_on_where_code_is_kept(tmp_path, place):
    (tmp_path / "file").touch()
    # Numba's own locator refuses a folder below a file; below them all it then looks beside the module and at home.
    found = medoids(NUMBA_CACHE_DIR=str(tmp_path / place), NUMBA_CACHE_LOCATOR_CLASSES="UserProvidedCacheLocator")
    assert found == medoids()
    assert (tmp_path / "folder").exists() == (place == "folder")
