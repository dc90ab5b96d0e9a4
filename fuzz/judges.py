"""What must be true after a command, whatever it was given: each judge gives its complaints, or none."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import stat
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from fuzz.case import Case
from fuzz.processes import Ended

ERROR = re.compile(r"[CDEORX]\d{3}: \S.*[^\s]\n")
READ_ENDS = {"run": ("used", "out of scope", "quarantined", "duplicate"),
             "check": ("kept", "out of scope", "quarantined", "duplicate")}  # fmt: skip
BOOKS = {"run": "quality/reconciliation.csv", "check": "quality/extract.csv"}
TRACES = ("Traceback (most recent call last)", "Exception ignored", "Segmentation fault", "Fatal Python error")


def judge(case: Case, folder: Path, ended: Ended) -> list[str]:
    """Give every complaint about a case that was run in its folder."""
    out = folder / "out"
    complaints = [*ending(ended), *secrets(ended, case.secrets), *leftovers(folder / "temporary"), *private(out)]
    if ended.status == 0:
        complaints += ["config: one key twice, and accepted"] if "double_keys" in case.kinds else []
        complaints += [*whole(out, case.command), *balance(out, case.command, case.rows, ended.out)]
    elif ended.status is not None and out.exists() and not (case.command == "check" and ended.err.startswith("E121")):
        # check writes what it found before it says that a run would stop.
        complaints.append("outputs: there are some though the command failed")
    return complaints


def ending(ended: Ended) -> list[str]:
    """Exit status 0, 1 or 2; one line of error, and none where all is well; never a traceback."""
    found = [f"printed: {trace}" for trace in TRACES if trace in ended.out + ended.err]
    if "U999" in ended.err:
        place = re.search(r"\((.*?)\)", " ".join(ended.err.split()))
        return [*found, f"U999: {place[1] if place else ended.err}"]
    return [*found, *_status(ended)]


def _status(ended: Ended) -> list[str]:
    if ended.status is None:
        return ["ending: it did not end"]
    if ended.status not in (0, 1, 2):
        return [f"ending: exit status {ended.status}"]
    if ended.status == 0:
        return ["ending: stderr is not empty after success"] if ended.err else []
    if not ERROR.fullmatch(ended.err):
        return ["ending: the error is not one line of a code, a fact and a remedy"]
    wrong = (ended.status == 2) != (ended.err[0] in "CX")
    return [f"ending: exit status {ended.status} for {ended.err[:4]}"] if wrong else []


def secrets(ended: Ended, cells: Iterable[str]) -> list[str]:
    """No cell about a person on a terminal; a line that was folded is unfolded first."""
    told = ended.out + ended.err
    told += told.replace("\n", "")
    shown = [cell for cell in cells if cell in told]
    return [f"secrets: {len(shown)} cells about people on the terminal"] if shown else []


def leftovers(temporary: Path) -> list[str]:
    """The temporary folder is empty."""
    names = sorted(path.name for path in temporary.iterdir())
    return [f"temporary: {len(names)} left behind, such as {_shape(names[0])}"] if names else []


def _shape(name: str) -> str:
    """A random name is of no use to who compares complaints."""
    return re.sub(r"[a-z0-9_]{8}$|\d+", "…", name)


def private(place: Path) -> list[str]:
    """Folders are 0700 and files 0600, whatever the umask."""
    if not place.exists():
        return []
    open_ = [path for path in (place, *place.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    return [f"private: others can read {open_[0].name}"] if open_ else []


def whole(out: Path, command: str) -> list[str]:
    """The manifest names every file with its hash, and there is no other; a check has its three files."""
    if command == "check":
        wanted = {f"quality/{name}.csv" for name in ("quarantine", "blanked", "extract")}
        missing = wanted - _files(out)
        return [f"outputs: {', '.join(sorted(missing))} missing"] if missing else []
    if not (out / "run.json").is_file():
        return ["outputs: no run.json"]
    files = json.loads((out / "run.json").read_text(encoding="utf-8"))["files"]
    found = _files(out) - {"run.json", "run.json.sha256"}
    complaints = [f"outputs: {name} is missing" for name in sorted(files.keys() - found)]
    complaints += [f"outputs: {name} is not in run.json" for name in sorted(found - files.keys())]
    complaints += [
        f"outputs: {name} is not what run.json says"
        for name in sorted(found & files.keys())
        if hashlib.sha256((out / name).read_bytes()).hexdigest() != files[name]
    ]
    return complaints


def balance(out: Path, command: str, rows: list[int] | None, told: str) -> list[str]:
    """Rows read are the rows there are, unless a word was said of the quotes; and each went one way."""
    book = out / BOOKS[command]
    if not book.is_file():
        return [f"books: no {BOOKS[command]}"]
    effects: Counter[str] = Counter()
    with book.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            effects[line["effect"]] += int(line["rows"])
    ends = sum(effects[effect] for effect in READ_ENDS[command])
    complaints = [] if effects["read"] == ends else [f"books: {effects['read']} rows read, {ends} accounted for"]
    if rows and not rows[0] <= effects["read"] <= rows[1] and "quot" not in told.lower():
        complaints.append(f"books: {effects['read']} rows read of {rows[0]} to {rows[1]} in the file")
    return complaints


def _files(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
