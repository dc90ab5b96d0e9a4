"""Where outputs live: one folder a run, replaced whole or not at all, with a manifest of what made each file."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline import interruption
from dapipeline.artefacts import formats
from dapipeline.artefacts.disk import make_durable, refusal, resolved, sync_folder
from dapipeline.artefacts.manifest import MANIFEST, kinds_of_files, read_manifest, sealed
from dapipeline.artefacts.spreadsheet import Kinds, kinds_of
from dapipeline.errors import RunError


class RunFolder:
    """A run's outputs under construction, beside the outputs of the run before.

    Everything is written to a folder next to `out`, which takes its place in one step at the end. A run
    that dies leaves `out` as it was.

    Attributes
    ----------
    out : Path
        Where the outputs will be.
    manifest : dict
        What run.json said of the run before; empty where there was none.
    kinds : dict of str to dict
        What the columns of each CSV under construction hold.
    """

    def __init__(self, out: Path, staging: Path) -> None:
        self.out, self.staging = out, staging
        self.manifest = read_manifest(out) if os.path.lexists(out / MANIFEST) else {}
        self.kinds: dict[str, Kinds] = {}

    def path(self, name: str) -> Path:
        """Give the place of an output under construction, its folder made."""
        path = self.staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def frame(self, name: str) -> pd.DataFrame:
        """Read a table under construction, with the types it was written with."""
        return formats.read_frame(self.path(name), self.kinds.get(name, {}))

    def holds(self, files: Mapping[str, str]) -> bool:
        """Whether the run before still has these files, unchanged since it wrote them."""
        return all(unchanged(self.out, name, digest) for name, digest in files.items())

    def take_over(self, files: Mapping[str, str]) -> None:
        """Reuse files of the run before without copying them."""
        before = kinds_of_files(self.manifest)
        for name in files:
            _link(self.out / name, self.path(name))
            self.kinds |= {name: before[name]} if name in before else {}

    def write(self, name: str, content: Any) -> str:
        """Write one output, by the ending of its name, and give its hash.

        Parameters
        ----------
        name : str
            Path below the run folder: .parquet, .csv, .json, .svg or .html.
        content : pandas.DataFrame, pyarrow.Table, ibis.Table, dict, str or Path
            What to write; of a path, a copy of the file.
        """
        path = self.path(name)
        formats.write(path, content)
        if path.suffix == ".csv" and isinstance(content, pd.DataFrame):
            self.kinds[name] = kinds_of(content)
        return sha256(path)

    def commit(self, manifest: dict[str, Any]) -> None:
        """Put the outputs in place, all at once; the manifest names every file of theirs."""
        self.write(MANIFEST, sealed(manifest))
        if self.out.exists():
            with held_still(self.out):
                self._keep_foreign_files()
                make_durable(self.staging)
                _exchange(self.staging, self.out)
        else:
            make_durable(self.staging)
            self.staging.rename(self.out)
        sync_folder(self.out.parent)  # and only then are the old outputs, now in the staging folder's place, removed

    def _keep_foreign_files(self) -> None:
        """Carry over what a person put into the folder: it is not ours to delete."""
        ours = {MANIFEST, *self.manifest.get("files", {})}
        for path in sorted(self.out.rglob("*")):
            name = path.relative_to(self.out).as_posix()
            theirs = (path.is_file() or path.is_symlink()) and name not in ours
            if theirs and not os.path.lexists(self.staging / name):
                _link(path, self.path(name))


def _link(source: Path, target: Path) -> None:
    """Share a file between two folders, by a copy where the disk knows no hard links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


@contextlib.contextmanager
def open_run(out: Path) -> Iterator[RunFolder]:
    """Open a run folder for writing; nothing is seen under `out` until it is committed.

    Raises
    ------
    RunError
        O101, O110 and O111 where the place cannot be written, O102 where another run is writing to it, O103 where it
        holds something that is not a run, O109 where its run.json is not as a run wrote it.
    """
    out = resolved(out)
    mask = os.umask(0o077)  # outputs are for their owner alone
    try:
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _clear_up(out)
            staging = _staging(out)
            try:
                with interruption.tidied(lambda: shutil.rmtree(staging, ignore_errors=True)):
                    yield RunFolder(out, staging)
            finally:
                # What cannot be removed stays, and is in nobody's way: the next run has a folder of its own.
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise refusal(out, error) from error
    finally:
        os.umask(mask)


def _refuse_foreign(out: Path) -> None:
    """Refuse a place that holds something that is not a run."""
    if out.exists() and not os.path.lexists(out / MANIFEST) and (not out.is_dir() or any(out.iterdir())):
        raise RunError("O103", f"{out} holds files that are not a run's.", "Choose another --out.")


def _staging(out: Path) -> Path:
    """Make a folder beside the outputs for those under construction."""
    return Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))


def _clear_up(out: Path) -> None:
    """Put back the outputs, and remove what is left, of runs that were killed: nobody else holds the lock."""
    previous = _previous(out)
    if previous.exists():
        previous.rename(_staging(out) if out.exists() else out)
    left_behind = re.compile(rf"\.{re.escape(out.name)}\.partial-[a-z0-9_]{{8}}")  # as mkdtemp names them
    for path in list(out.parent.iterdir()):
        if left_behind.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _previous(out: Path) -> Path:
    """Where the outputs are between two renames, on a system that cannot swap folders."""
    return out.with_name(f".{out.name}.previous")


@contextlib.contextmanager
def open_plain(out: Path) -> Iterator[Callable[[str, Any], None]]:
    """Open a folder for a few files that are no run; each is written whole, for its owner alone.

    Raises
    ------
    RunError
        O101, O110 and O111 where the place cannot be written.
    """
    out = resolved(out)

    def write(name: str, content: Any) -> None:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.partial{path.suffix}")
        with interruption.tidied(lambda: unfinished.unlink(missing_ok=True)):
            try:
                formats.write(unfinished, content)
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)

    mask = os.umask(0o077)
    try:
        yield write
    except OSError as error:
        raise refusal(out, error) from error
    finally:
        os.umask(mask)


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    lock = out.with_name(f".{out.name}.lock")
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError(
                "O102", f"Another run is writing to {out}.", "Wait for it, or choose another --out."
            ) from None
        yield


@contextlib.contextmanager
def held_still(out: Path) -> Iterator[None]:
    """Keep outputs where they are for a moment: what is added to them meanwhile is not lost to a run that ends."""
    manifest = out / MANIFEST
    if not manifest.is_file():
        yield
        return
    while True:
        with manifest.open("r+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            # While we waited, another run may have taken the place of the one whose manifest this is.
            if os.path.samestat(os.fstat(stream.fileno()), manifest.stat()):
                yield
                return


def _exchange(new: Path, old: Path) -> None:
    """Swap two folders in one step where the system can, so that at no moment there is none."""
    if sys.platform == "linux":
        here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of renameat2(2)
        rename = getattr(ctypes.CDLL(None), "renameat2", None)
        if rename is not None and rename(here, os.fsencode(new), here, os.fsencode(old), swap) == 0:
            return
    previous = _previous(old)  # put back by the next run if we die in between
    old.rename(previous)
    new.rename(old)
    previous.rename(new)


def unchanged(out: Path, name: str, digest: str) -> bool:
    """Whether an output is there as a run wrote it; what a link leads to outside the run's folder is not looked at."""
    path = out / name
    return path.is_file() and path.resolve() == out.resolve() / name and sha256(path) == digest


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
