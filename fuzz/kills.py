"""Kills: SIGKILL, SIGTERM and SIGINT at random instants, imports included, and the command once more afterwards."""

from __future__ import annotations

import functools
import json
import random
import shutil
import signal
from collections.abc import Callable, Iterable
from pathlib import Path

from fuzz import judges
from fuzz.campaign import FAILURES, LIMIT, Result, keep, over_all, scratch, warm_processes
from fuzz.ground import Ground, hashes, prepare, write_inputs
from fuzz.processes import Ended, Kill, Warm, run_real

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
GENTLE = {signal.SIGTERM: (130, 143), signal.SIGINT: (130,)}
FIRST_LINE = 0.2  # seconds until the program's first line has run
REAL = 0.3  # the share that are processes of their own, which a signal may meet among their imports
SECONDS_OF_IMPORTS = 2.5


def kill_once(seed: int, process: Warm, ground: Ground, kept: Callable[[Path, Result], None]) -> Result:
    """Kill a command over newer inputs at a random instant, judge what is left, and run it once more."""
    rng = random.Random(f"kill {seed}")
    command, with_old = rng.choice(("run", "run", "check")), rng.random() < 0.75
    how, real = rng.choice(SIGNALS), rng.random() < REAL
    whole = ground.new[command].seconds + (SECONDS_OF_IMPORTS if real else 0)
    # In Python's own first moments no program can answer a signal yet.
    kill = Kill(how, rng.uniform(FIRST_LINE, whole * 1.05))
    with scratch(f"kill {seed}") as folder:
        write_inputs(folder, new=True)
        if with_old:
            shutil.copytree(ground.old[command].out, folder / "out")
        arguments = [command, "config.yaml", "--out", "out"]
        ended = (run_real if real else process.run)(folder, arguments, LIMIT[command], kill)
        before = ground.old[command].files if with_old else {}
        complaints = [*after_kill(folder, command, ended, how, before, ground.new[command].files)]
        again = process.run(folder, arguments, LIMIT[command])
        complaints += [f"next run: {complaint}" for complaint in after_next(folder, command, again, ground)]
        kinds = [
            "signal",
            how.name,
            "imports too" if real else "from the command on",
            "over outputs" if with_old else "afresh",
        ]
        result = Result(seed, command, kinds, ended, complaints)
        kept(folder, result)
    return result


def after_kill(
    folder: Path, command: str, ended: Ended, how: signal.Signals, old: dict[str, str], new: dict[str, str]
) -> list[str]:
    """Outputs are old or new, and whole; nothing is open to others; a gentle signal left nothing behind."""
    complaints = [f"printed: {trace}" for trace in judges.TRACES if trace in ended.out + ended.err]
    complaints += [*old_or_new(folder / "out", command, old, new), *_private_leftovers(folder)]
    if how in GENTLE and ended.status != 0:
        if ended.status not in GENTLE[how]:
            complaints.append(f"ending: exit status {ended.status} after {how.name}")
        elif ended.err.count("\n") != 1:
            complaints.append(f"ending: {ended.err.count(chr(10))} lines on stderr after {how.name}")
        complaints += [f"{complaint} after {how.name}" for complaint in judges.leftovers(folder / "temporary")]
    return complaints


def old_or_new(out: Path, command: str, old: dict[str, str], new: dict[str, str]) -> list[str]:
    """Outputs are those of before or the new ones, to the byte, and never some of each."""
    found = hashes(out) if out.exists() else {}
    if found == new and command == "run":
        return judges.whole(out, command)
    if found in (old, new):
        return []
    strange = [name for name, digest in found.items() if digest not in (old.get(name), new.get(name))]
    return [
        f"outputs: {len(strange)} files of {command} neither old nor new"
        if strange
        else f"outputs of {command}: some old, some new"
    ]


def after_next(folder: Path, command: str, ended: Ended, ground: Ground) -> list[str]:
    """The next run completes, with the outputs it would have had, and clears up after the one that was killed."""
    complaints = [*judges.ending(ended), *judges.leftovers(folder / "temporary"), *judges.private(folder / "out")]
    if ended.status != 0:
        return [*complaints, f"it ends with {ended.status}"]
    if hashes(folder / "out") != ground.new[command].files:
        complaints.append("outputs are not those of a run that nobody killed")
    beside = {path.name for path in folder.iterdir()} - {"extract.csv", "config.yaml", "out", ".out.lock", "temporary"}
    return [*complaints, *(f"{name} is left beside the outputs" for name in sorted(beside))]


def _private_leftovers(folder: Path) -> list[str]:
    """What a kill leaves for a while, nobody else may read."""
    ours = {"extract.csv", "config.yaml", "temporary", "out"}
    left = [*(folder / "temporary").iterdir(), *(path for path in folder.iterdir() if path.name not in ours)]
    return [f"{complaint} after a kill" for path in left for complaint in _first_only(path)]


def _first_only(path: Path) -> list[str]:
    """A private folder hides what is in it."""
    closed = not path.stat().st_mode & 0o077
    return [] if closed else judges.private(path)


def campaign(seeds: Iterable[int], workers: int, tell: Callable[[Result], None]) -> list[Result]:
    """Kill once for every seed."""
    with scratch("ground") as place:
        with warm_processes(1) as free:
            ground = prepare(place, free.get())
        return over_all(seeds, functools.partial(_kill, ground=ground), workers, tell)


def _kill(seed: int, process: Warm, ground: Ground) -> Result:
    return kill_once(seed, process, ground, _keep_failed)


def show(seed: int) -> Result:
    """Kill as a seed says and keep what is left, whatever it is."""
    with scratch("ground") as place, warm_processes(1) as free:
        process = free.get()
        return kill_once(seed, process, prepare(place, process), _keep)


def _keep_failed(folder: Path, result: Result) -> None:
    if result.complaints:
        _keep(folder, result)


def _keep(folder: Path, result: Result) -> None:
    about = {"seed": result.seed, "command": result.command, "kinds": result.kinds, "complaints": result.complaints}
    keep(folder, FAILURES / f"kill_{result.seed}", json.loads(json.dumps(about)), result.ended)
