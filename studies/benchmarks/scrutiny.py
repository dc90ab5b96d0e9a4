"""How long scrutiny takes beside a finished run: 730,000 rows, 32 areas, ten years.

python -m studies.benchmarks.scrutiny            makes the force, runs what comes before, and measures the stage
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from dapipeline.config import Config
from dapipeline.scrutiny.markers import KNOWN
from dapipeline.synthetic import make_force
from dapipeline.synthetic.further import MARKERS
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.runner import run_stages
from dapipeline.workflow.scrutiny import SCRUTINY
from dapipeline.workflow.to_vectors import TO_VECTORS

AREAS = 32
ROWS = 730_000
OFFENDERS = 160_000  # about as many people as give so many rows


def make_extract(path: Path, offenders: int, rows: int) -> None:
    """Write a made-up force with 32 areas, each made of small areas, of so many rows."""
    incidents = make_force(offenders, 2022, "west_midlands").incidents.head(rows)
    small = {name: f"Area {at % AREAS + 1:02d}" for at, name in enumerate(sorted(incidents["lsoa"].dropna().unique()))}
    random = np.random.default_rng(2022)
    settled = incidents["occurred_from"] + np.asarray(random.integers(1, 200, len(incidents)), "timedelta64[D]")
    incidents.assign(
        borough=incidents["lsoa"].map(small), outcome_at=settled.where(incidents["outcome_code"].notna())
    ).to_parquet(path)


def config_of(path: Path) -> Config:
    """The settings: every marker of the force, financial years from 2011 to 2020."""
    markers = {name: name for name in MARKERS if name in KNOWN}
    window = {"from": "2011-01-01", "to": "2020-12-31"}
    return Config.model_validate(
        {
            "name": "bench",
            "extract": {"path": str(path.resolve())},
            "window": window,
            "markers": markers,
            "engine": {"threads": 2},
        }
    ).read_from(path.parent / "config.yaml")


def measure(folder: Path) -> None:
    """Run scrutiny beside the finished stages, and print seconds and peak memory."""
    config = config_of(folder / "rows.parquet")
    started = time.perf_counter()
    run = run_stages("run", (*TO_VECTORS[:2], SCRUTINY), config, resolve_inputs(config), folder / "out")
    whole = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    table = run.frame("scrutiny")
    print(
        f"{len(run.frame('work/rows.parquet', ['incident_id'])):,} rows, "
        f"{table['area'].nunique() - 1} areas, {table['year'].nunique() - 1} years: {len(table):,} lines"
    )
    print(f"scrutiny {run.manifest['stages']['scrutiny']['seconds']:.1f} s, command {whole:.1f} s, peak {peak:.2f} GB")


def main() -> int:
    """Make the force unless it is there, prepare the run, and measure in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("studies/benchmarks/cache/scrutiny"))
    parser.add_argument("--offenders", type=int, default=OFFENDERS)
    parser.add_argument("--measure", action="store_true")
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.folder)
        return 0
    asked.folder.mkdir(parents=True, exist_ok=True)
    path = asked.folder / "rows.parquet"
    if not path.exists():
        make_extract(path, asked.offenders, ROWS)
    config = config_of(path)
    run_stages("run", TO_VECTORS[:2], config, resolve_inputs(config), asked.folder / "out")
    command = [sys.executable, "-m", "studies.benchmarks.scrutiny", "--measure", "--folder", str(asked.folder)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
