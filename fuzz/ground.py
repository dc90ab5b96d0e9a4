"""What commands leave when nobody interrupts them: what a kill is measured against."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from fuzz import texts
from fuzz.campaign import LIMIT
from fuzz.processes import Warm
from fuzz.sheet import small_force

CONFIG = {"name": "killed", "extract": {"path": "extract.csv"}, "typology": {"definitions": "none"},
          "features": {"missing": "median"}}  # fmt: skip


@dataclass(frozen=True)
class Finished:
    """What a command leaves when nobody interrupts it.

    Attributes
    ----------
    out : Path
        Its outputs.
    seconds : float
        How long it took.
    files : dict of str to str
        Its files with their hashes, without run.json, which says how long it took.
    """

    out: Path
    seconds: float
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """Both commands, finished on the extract of before (old) and on the one they are killed over (new)."""

    old: dict[str, Finished]
    new: dict[str, Finished]


def write_inputs(folder: Path, *, new: bool) -> None:
    """Write extract and config, the older ones or the newer."""
    rng = random.Random(2 if new else 1)
    texts.write(texts.lay_out(small_force(rng, 120), ","), folder / "extract.csv", rng)
    settings = CONFIG | {"clustering": {"k": 3 if new else 2}}
    (folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def prepare(place: Path, process: Warm) -> Ground:
    """Finish both commands over both extracts."""

    def finish(command: str, new: bool) -> Finished:
        folder = place / f"{command} {'new' if new else 'old'}"
        folder.mkdir()
        write_inputs(folder, new=new)
        ended = process.run(folder, [command, "config.yaml", "--out", "out"], LIMIT[command])
        if ended.status != 0:
            raise RuntimeError(f"{command} fails without being killed: {ended.err}")
        return Finished(folder / "out", ended.seconds, hashes(folder / "out"))

    return Ground(*({c: finish(c, new) for c in ("run", "check")} for new in (False, True)))


def hashes(out: Path) -> dict[str, str]:
    """Hash every file of some outputs but run.json."""
    files = [path for path in out.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
