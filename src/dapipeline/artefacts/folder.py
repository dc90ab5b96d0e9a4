"""Where outputs live: one folder a run, replaced whole or not at all, with a manifest of what made each file."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dapipeline import interruption
from dapipeline.artefacts import formats
from dapipeline.errors import RunError

MANIFEST = "run.json"
UNWRITABLE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOSPC, errno.EDQUOT
}  # fmt: skip


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
    """

    def __init__(self, out: Path, staging: Path) -> None:
        self.out, self.staging = out, staging
        self.manifest = read_manifest(out) if (out / MANIFEST).is_file() else {}

    def path(self, name: str) -> Path:
        """Give the place of an output under construction, its folder made."""
        path = self.staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def holds(self, files: Mapping[str, str]) -> bool:
        """Whether the run before still has these files, unchanged since it wrote them."""
        return all((self.out / name).is_file() and sha256(self.out / name) == digest for name, digest in files.items())

    def take_over(self, files: Mapping[str, str]) -> None:
        """Reuse files of the run before without copying them."""
        for name in files:
            _link(self.out / name, self.path(name))

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
        return sha256(path)

    def commit(self, manifest: dict[str, Any]) -> None:
        """Put the outputs in place, all at once; the manifest names every file of theirs."""
        self.write(MANIFEST, manifest)
        if self.out.exists():
            with held_still(self.out):
                self._keep_foreign_files()
                _exchange(self.staging, self.out)
            shutil.rmtree(self.staging)
        else:
            self.staging.rename(self.out)

    def _keep_foreign_files(self) -> None:
        """Carry over what a person put into the folder: it is not ours to delete."""
        ours = {MANIFEST, *self.manifest.get("files", {})}
        for path in sorted(self.out.rglob("*")):
            name = path.relative_to(self.out).as_posix()
            if path.is_file() and name not in ours and not (self.staging / name).exists():
                _link(path, self.path(name))


def _link(source: Path, target: Path) -> None:
    """Share a file between two folders, by a copy where the disk knows no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@contextlib.contextmanager
def open_run(out: Path) -> Iterator[RunFolder]:
    """Open a run folder for writing; nothing is seen under `out` until it is committed.

    Raises
    ------
    RunError
        O101 where the place cannot be written, O102 where another run is writing to it, O103 where it
        holds something that is not a run.
    """
    out = out.resolve()
    if out.exists() and not (out / MANIFEST).is_file() and (out.is_file() or any(out.iterdir())):
        raise RunError("O103", f"{out} holds files that are not a run's.", "Choose another --out.")
    staging, previous = out.with_name(f".{out.name}.partial"), out.with_name(f".{out.name}.previous")
    mask = os.umask(0o077)  # outputs are for their owner alone
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            if previous.exists() and not out.exists():
                previous.rename(out)
            for left_behind in (staging, previous):
                shutil.rmtree(left_behind, ignore_errors=True)
            staging.mkdir(mode=0o700)
            try:
                with interruption.tidied(lambda: shutil.rmtree(staging, ignore_errors=True)):
                    yield RunFolder(out, staging)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        os.umask(mask)


@contextlib.contextmanager
def open_plain(out: Path) -> Iterator[Callable[[str, Any], None]]:
    """Open a folder for a few files that are no run; each is written whole, for its owner alone.

    Raises
    ------
    RunError
        O101 where the place cannot be written.
    """

    def write(name: str, content: Any) -> None:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.partial{path.suffix}")
        with interruption.tidied(unfinished.unlink):
            formats.write(unfinished, content)
            unfinished.replace(path)

    mask = os.umask(0o077)
    try:
        yield write
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        os.umask(mask)


def _unwritable(out: Path, error: OSError) -> Exception:
    """Say where a write failed; any other failure of the system is none of ours."""
    if error.errno not in UNWRITABLE:
        return error
    return RunError(
        "O101", f"{error.filename or out} cannot be written: {os.strerror(error.errno)}.", "Choose another --out."
    )


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    lock = out.with_name(f".{out.name}.lock")
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
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
    previous = old.with_name(f".{old.name}.previous")  # open_run puts it back if we die in between
    old.rename(previous)
    new.rename(old)
    previous.rename(new)


def read_manifest(out: Path) -> dict[str, Any]:
    """Read run.json.

    Raises
    ------
    RunError
        O104 where there is none or it cannot be read.
    """
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(manifest, dict):
            raise ValueError("run.json is no manifest")
    except (OSError, ValueError) as error:
        raise RunError("O104", f"{out} has no readable run.json.", "Give the folder of a finished run.") from error
    return manifest


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
