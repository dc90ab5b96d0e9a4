"""Runs the campaigns.

python -m fuzz             2,000 cases and 200 kills, and writes the result into docs/reliability.md
python -m fuzz --ci        300 checks and 40 runs, of other seeds every day
python -m fuzz --seed N    one case, in fuzz/failures/N whether it fails or not; with --kill, one kill
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from fuzz import kills, summary
from fuzz.campaign import FAILURES, Result, over_all, run_case, show_case, workers
from fuzz.case import command_of

FIRST_SEED = 1
CHECKS, RUNS, KILLS = 1_750, 250, 200
CI_CHECKS, CI_RUNS = 300, 40


def main(arguments: list[str]) -> int:
    """Run what is asked for; give 1 where anything is at fault."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--ci", action="store_true", help="300 checks and 40 runs, of the seeds of the day")
    parser.add_argument("--seed", type=int, help="one case, or with --kill one kill")
    parser.add_argument("--kill", action="store_true", help="with --seed: a kill")
    parser.add_argument("--first", type=int, help="the first seed of a campaign")
    parser.add_argument("--checks", type=int, help=f"cases through check; {CHECKS:,} unless told")
    parser.add_argument("--runs", type=int, help=f"cases through a whole run; {RUNS:,} unless told")
    parser.add_argument("--kills", type=int, help=f"kills; {KILLS:,} unless told")
    asked = parser.parse_args(arguments)
    if asked.seed is not None:
        return _one(asked.seed, asked.kill)
    checks, runs, killed = (CI_CHECKS, CI_RUNS, 0) if asked.ci else (CHECKS, RUNS, KILLS)
    chosen = tuple(
        default if own is None else own
        for own, default in zip((asked.checks, asked.runs, asked.kills), (checks, runs, killed), strict=True)
    )
    first = asked.first if asked.first is not None else _seed_of_today() if asked.ci else FIRST_SEED
    results = _campaign(first, *chosen)
    if not asked.ci and chosen == (CHECKS, RUNS, KILLS):
        summary.write_page(summary.lines(results), f"python -m fuzz --first {first}")
    return 1 if any(result.complaints for result in results) else 0


def _campaign(first: int, checks: int, runs: int, killed: int) -> list[Result]:
    print(f"Seeds from {first}: {checks:,} checks, {runs:,} runs, {killed:,} kills.", flush=True)
    began = time.monotonic()
    results = over_all(_seeds(first, checks, runs), run_case, workers(), _tell)
    if killed:
        results += kills.campaign(range(first, first + killed), workers(), _tell)
    print("\n".join(summary.lines(results)))
    print(f"{time.monotonic() - began:.0f} seconds.")
    found = summary.faults(results)
    if found:
        print(f"Faults, each with a case to see it by (kept in {FAILURES}):", *found, sep="\n")
    return results


def _seeds(first: int, checks: int, runs: int) -> list[int]:
    """Take the first seeds of each command, spread as they come."""

    def of(command: str) -> Iterator[int]:
        return (seed for seed in itertools.count(first) if command_of(seed) == command)

    return sorted([*itertools.islice(of("check"), checks), *itertools.islice(of("run"), runs)])


def _seed_of_today() -> int:
    return int(datetime.now(UTC).strftime("%Y%m%d")) * 1_000


def _tell(result: Result) -> None:
    for complaint in result.complaints:
        print(f"seed {result.seed} ({result.command}; {', '.join(result.kinds)}): {complaint}", flush=True)


def _one(seed: int, kill: bool) -> int:
    result = kills.show(seed) if kill else show_case(seed)
    print(f"{result.command}; {', '.join(result.kinds)}; exit status {result.ended.status}")
    print(result.ended.out + result.ended.err)
    print("\n".join(result.complaints) or "Nothing is wrong.")
    print(f"Kept in {FAILURES / str(seed)}")
    return 1 if result.complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
