"""One fit, measured in a process of its own: python -m studies.benchmarks.fit MATRIX SOLVER K SEED."""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from studies.benchmarks.solvers import SOLVERS

LIMIT = 1800  # seconds, after which a fit is given up
BLOCK = 65_536  # rows whose distances to the medoids are held at a time
PROCESS = Path("/proc/self")


def mean_distance(points: NDArray[np.float64], medoids: NDArray[np.int64]) -> float:
    """Return the mean distance to the nearest medoid over all points, the loss of every solver in the table.

    Parameters
    ----------
    points : ndarray of shape (n, d)
    medoids : ndarray of int64, shape (k,)
        Rows of points.
    """
    blocks = (points[start : start + BLOCK] for start in range(0, len(points), BLOCK))
    return math.fsum(cdist(block, points[medoids]).min(axis=1).sum() for block in blocks) / len(points)


def measure(matrix: Path, solver: str, k: int, seed: int) -> dict[str, Any]:
    """Fit in a fresh process and return what it found, or why it found nothing.

    Parameters
    ----------
    matrix : Path
        A saved array.
    solver : str
        A key of `SOLVERS`.
    k, seed : int

    Returns
    -------
    dict
        seconds, loss, peak_mib (of the whole process, from the fit's start to its end), rise_mib (over what it
        held before) and note, which is empty where the fit finished.
    """
    command = [sys.executable, "-m", "studies.benchmarks.fit", str(matrix), solver, str(k), str(seed)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return {"note": f"over {LIMIT:,} s"}
    if done.returncode < 0:
        return {"note": f"ended by signal {-done.returncode}, as for want of memory"}
    if done.returncode:
        return {"note": done.stderr.strip().splitlines()[-1]}
    return {**json.loads(done.stdout.splitlines()[-1]), "note": ""}


def main(matrix: str, solver: str, k: str, seed: str) -> None:
    """Fit, and print the measurements as JSON."""
    total = int(_kib("MemTotal", Path("/proc/meminfo")) * 1024)
    resource.setrlimit(resource.RLIMIT_DATA, (total, total))  # too large an array then fails with a plain message
    points, chosen = np.load(matrix), SOLVERS[solver]
    chosen.fit(points[: min(chosen.warm, len(points) // 2)], int(k), 0)
    (PROCESS / "clear_refs").write_text("5")  # what loading and warming up needed is forgotten
    before = _kib("VmRSS", PROCESS / "status")
    start = time.perf_counter()
    medoids = chosen.fit(points, int(k), int(seed))
    seconds = time.perf_counter() - start
    peak = _kib("VmHWM", PROCESS / "status")  # ru_maxrss would count what the parent held when it forked
    found = {
        "seconds": round(seconds, 3),
        "loss": mean_distance(points, medoids),
        "peak_mib": round(peak / 1024, 1),
        "rise_mib": round((peak - before) / 1024, 1),
    }
    print(json.dumps(found))


def _kib(key: str, file: Path) -> float:
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return next(float(words[1]) for words in lines if words[0] == f"{key}:")


if __name__ == "__main__":
    main(*sys.argv[1:])
