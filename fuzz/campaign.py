"""Many cases over a few warm processes; what failed is kept with all that is needed to look at it."""

from __future__ import annotations

import json
import os
import queue
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fuzz import case, judges
from fuzz.processes import Ended, Warm, run_real

FAILURES = Path(__file__).parent / "failures"
LIMIT = {"check": 120.0, "run": 300.0}
REAL_EVERY = 50  # of so many cases one is a process of its own, imports and all


@dataclass(frozen=True)
class Result:
    """How one case ended, and what is wrong with that."""

    seed: int
    command: str
    kinds: list[str]
    ended: Ended
    complaints: list[str] = field(default_factory=list)


@contextmanager
def warm_processes(number: int) -> Iterator[queue.SimpleQueue[Warm]]:
    """Have so many warm processes; each is taken and put back by who needs one."""
    processes = [Warm() for _ in range(number)]
    free: queue.SimpleQueue[Warm] = queue.SimpleQueue()
    for process in processes:
        free.put(process)
    try:
        yield free
    finally:
        for process in processes:
            process.stop()


def over_all(
    seeds: Iterable[int], work: Callable[[int, Warm], Result], workers: int, tell: Callable[[Result], None]
) -> list[Result]:
    """Do the work of every seed, each on a warm process that is free, and tell of each."""
    with warm_processes(workers) as free, ThreadPoolExecutor(workers) as pool:

        def one(seed: int) -> Result:
            process = free.get()
            try:
                return work(seed, process)
            finally:
                free.put(process)

        results = []
        for done in as_completed([pool.submit(one, seed) for seed in seeds]):
            results.append(done.result())
            tell(results[-1])
    return sorted(results, key=lambda result: result.seed)


def run_case(seed: int, process: Warm) -> Result:
    """Make the case of a seed in a folder of its own, run it and judge it; what failed is kept."""
    with scratch(f"case {seed}") as folder:
        made = case.make(seed, folder)
        real = seed % REAL_EVERY == 1
        ended = (run_real if real else process.run)(folder, made.arguments(), LIMIT[made.command])
        complaints = judges.judge(made, folder, ended)
        if complaints:
            keep(folder, FAILURES / str(seed), {**made.as_dict(), "complaints": complaints}, ended)
    return Result(seed, made.command, made.kinds, ended, complaints)


def show_case(seed: int) -> Result:
    """Run the case of a seed as a process of its own and keep it, whatever comes of it."""
    with scratch(f"case {seed}") as folder:
        made = case.make(seed, folder)
        ended = run_real(folder, made.arguments(), LIMIT[made.command])
        complaints = judges.judge(made, folder, ended)
        keep(folder, FAILURES / str(seed), {**made.as_dict(), "complaints": complaints}, ended)
    return Result(seed, made.command, made.kinds, ended, complaints)


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """Give an empty folder for a while; its name is the case's, for messages may hold it."""
    with tempfile.TemporaryDirectory(prefix="fuzz_") as parent:
        folder = Path(parent) / name
        folder.mkdir()
        yield folder


def keep(folder: Path, place: Path, about: dict[str, object], ended: Ended) -> None:
    """Keep a failed case: its files, what was printed and what is wrong."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place, symlinks=True)
    (place / "stdout").write_text(ended.out, encoding="utf-8")
    (place / "stderr").write_text(ended.err, encoding="utf-8")
    (place / "case.json").write_text(json.dumps({**about, "status": ended.status}, indent=2), encoding="utf-8")


def workers() -> int:
    """As many as there are processors for us."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
