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

LIMIT = 1800  # seconds, after which a fit is stopped
BLOCK = 65_536  # rows whose distances to the medoids are in memory at a time
PROCESS = Path("/proc/self")


def _mean_distance(points: NDArray[np.float64], medoids: NDArray[np.int64]) -> float:
    """Compute the mean Euclidean distance to the nearest medoid, the loss of every solver in the table.

    Parameters
    ----------
    points : ndarray of shape (n, d)
    medoids : ndarray of int64, shape (k,)
        Rows of points.

    Returns
    -------
    float
    """
    blocks = (points[start : start + BLOCK] for start in range(0, len(points), BLOCK))
    return math.fsum(cdist(block, points[medoids]).min(axis=1).sum() for block in blocks) / len(points)


def measure(matrix: Path, solver: str, k: int, seed: int) -> dict[str, Any]:
    """Fit in a process of its own and return the measurements, or why there are none.

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
        seconds, loss, peak_mib (largest memory of the process during the fit), rise_mib (the same less the memory
        before the fit) and note, which is empty if the fit finished.
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
    # A too large array then raises MemoryError, before the system kills the process.
    resource.setrlimit(resource.RLIMIT_DATA, (total, total))
    points, chosen = np.load(matrix), SOLVERS[solver]
    chosen.fit(points[: min(chosen.warm, len(points) // 2)], int(k), 0)
    (PROCESS / "clear_refs").write_text("5")  # resets VmHWM, so that it counts the fit alone
    before = _kib("VmRSS", PROCESS / "status")
    start = time.perf_counter()
    medoids = chosen.fit(points, int(k), int(seed))
    seconds = time.perf_counter() - start
    peak = _kib("VmHWM", PROCESS / "status")  # ru_maxrss would include the parent's memory at the fork
    found = {
        "seconds": round(seconds, 3),
        "loss": _mean_distance(points, medoids),
        "peak_mib": round(peak / 1024, 1),
        "rise_mib": round((peak - before) / 1024, 1),
    }
    print(json.dumps(found))


def _kib(key: str, file: Path) -> float:
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return next(float(words[1]) for words in lines if words[0] == f"{key}:")


if __name__ == "__main__":
    main(*sys.argv[1:])
