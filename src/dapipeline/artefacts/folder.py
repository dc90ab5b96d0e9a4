"""The folder of a run: replaced whole or not at all, with a manifest (run.json) of what made each file."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline import interruption
from dapipeline.artefacts import formats
from dapipeline.artefacts.disk import make_durable, refusal, resolved, sync_folder
from dapipeline.artefacts.hashes import sha256, unchanged
from dapipeline.artefacts.manifest import MANIFEST, cell_types_of_files, read_manifest, sealed
from dapipeline.artefacts.spreadsheet import CellTypes, cell_types
from dapipeline.artefacts.swap import exchange, manifest_locked, previous_of
from dapipeline.errors import RunError


class RunFolder:
    """The outputs of a run while it writes them, and those of the previous run in the same place.

    Everything is written to a staging folder beside `out`, which replaces `out` in one step at the end. A run that is
    killed leaves `out` as it was.

    Attributes
    ----------
    out : Path
        Where the outputs will be.
    staging : Path
        Where they are written meanwhile.
    manifest : dict
        The run.json of the previous run; empty if there was none.
    cell_types : dict of str to dict
        CSV written so far, to the cell type of each of its columns.
    csv_for_excel : bool
        Whether tables in CSV begin with a byte order mark.
    """

    def __init__(self, out: Path, staging: Path, *, csv_for_excel: bool = False) -> None:
        self.out, self.staging, self.csv_for_excel = out, staging, csv_for_excel
        self.manifest = read_manifest(out) if os.path.lexists(out / MANIFEST) else {}
        self.cell_types: dict[str, CellTypes] = {}

    def path(self, name: str) -> Path:
        """Return where an output is written, and make its folder.

        Parameters
        ----------
        name : str
            Path below the folder of the run.

        Returns
        -------
        Path
            In the staging folder.
        """
        path = self.staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def frame(self, name: str) -> pd.DataFrame:
        """Read a table that this run has written or taken over, with the types it was written with.

        Parameters
        ----------
        name : str
            Path below the folder of the run: .parquet or .csv.

        Returns
        -------
        pandas.DataFrame
        """
        return formats.read_frame(self.path(name), self.cell_types.get(name, {}))

    def holds(self, files: Mapping[str, str]) -> bool:
        """Return whether the previous run still has these files, unchanged since it wrote them.

        Parameters
        ----------
        files : mapping of str to str
            Path below the folder, to SHA-256.

        Returns
        -------
        bool
        """
        return all(unchanged(self.out, name, digest) for name, digest in files.items())

    def take_over(self, files: Mapping[str, str]) -> dict[str, str]:
        """Reuse files of the previous run by hard links, without copying them where the disk allows.

        Parameters
        ----------
        files : mapping of str to str
            Path below the folder, to SHA-256.

        Returns
        -------
        dict of str to str
            The same; with another hash for a CSV that got or lost its byte order mark.
        """
        before, now = cell_types_of_files(self.manifest), dict(files)
        for name in files:
            path = self.path(name)
            _link(self.out / name, path)
            if name in before:
                self.cell_types[name] = before[name]
                if formats.set_byte_order_mark(path, wanted=self.csv_for_excel):
                    now[name] = sha256(path)
        return now

    def write(self, name: str, content: Any) -> str:
        """Write one output in the format of its file ending, and return its hash.

        Parameters
        ----------
        name : str
            Path below the folder of the run: .parquet, .csv, .json, .xlsx, .svg, .png or .html.
        content : pandas.DataFrame, pyarrow.Table, ibis.Table, dict, str, bytes or Path
            What to write; a `Path` is copied.

        Returns
        -------
        str
            SHA-256 in hexadecimal.
        """
        path = self.path(name)
        formats.write(path, content)
        if path.suffix == ".csv" and isinstance(content, pd.DataFrame):
            self.cell_types[name] = cell_types(content)
            formats.set_byte_order_mark(path, wanted=self.csv_for_excel)
        return sha256(path)

    def commit(self, manifest: dict[str, Any]) -> None:
        """Write run.json and put all outputs in place in one step.

        Parameters
        ----------
        manifest : dict
            Of the shape of `manifest.Manifest`; it lists every output.
        """
        self.write(MANIFEST, sealed(manifest))
        if self.out.exists():
            with manifest_locked(self.out):
                self._keep_foreign_files()
                make_durable(self.staging)
                exchange(self.staging, self.out)
        else:
            make_durable(self.staging)
            self.staging.rename(self.out)
        sync_folder(self.out.parent)  # before the caller removes the old outputs, which are now in staging

    def foreign_files(self) -> list[str]:
        """Return the files that people put into the folder of the previous run: no stage wrote them.

        Returns
        -------
        list of str
            Paths below the folder.
        """
        ours = {MANIFEST, *self.manifest.get("files", {})}
        files = (path for path in sorted(self.out.rglob("*")) if path.is_file() or path.is_symlink())
        return [name for path in files if (name := path.relative_to(self.out).as_posix()) not in ours]

    def _keep_foreign_files(self) -> None:
        """Keep what people put into the folder: the run must not delete it."""
        for name in self.foreign_files():
            if not os.path.lexists(self.staging / name):
                _link(self.out / name, self.path(name))


def _link(source: Path, target: Path) -> None:
    """Hard-link a file into a second folder; copy it on disks without hard links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


@contextlib.contextmanager
def open_run(out: Path, *, csv_for_excel: bool = False) -> Iterator[RunFolder]:
    """Open the folder of a run for writing; nothing appears under `out` before `RunFolder.commit`.

    Parameters
    ----------
    out : Path
        Where the outputs go.
    csv_for_excel : bool
        Whether tables in CSV begin with a byte order mark.

    Yields
    ------
    RunFolder

    Raises
    ------
    RunError
        O101, O110 or O111 if the place cannot be written, O102 if another run is writing to it, O103 if it holds
        something other than a run, O109 if its run.json was changed since a run wrote it.
    """
    out = resolved(out)
    mask = os.umask(0o077)  # only the owner may read the outputs
    try:
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _clear_up(out)
            staging = _staging(out)
            try:
                with interruption.tidied(lambda: shutil.rmtree(staging, ignore_errors=True)):
                    yield RunFolder(out, staging, csv_for_excel=csv_for_excel)
            finally:
                # A folder that cannot be removed does no harm: the next run makes another.
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise refusal(out, error) from error
    finally:
        os.umask(mask)


def _refuse_foreign(out: Path) -> None:
    """Raise O103 if the place holds something other than a run."""
    if out.exists() and not os.path.lexists(out / MANIFEST) and (not out.is_dir() or any(out.iterdir())):
        raise RunError("O103", f"{out} holds files that are not a run's.", "Choose another --out.")


def _staging(out: Path) -> Path:
    """Make the folder beside the outputs that a run writes to."""
    return Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))


def _clear_up(out: Path) -> None:
    """Restore the outputs of a run that was killed while it swapped folders, and remove staging folders left behind.

    Safe because the caller holds the lock: no other run is writing here.
    """
    previous = previous_of(out)
    if previous.exists():
        previous.rename(_staging(out) if out.exists() else out)
    left_behind = re.compile(rf"\.{re.escape(out.name)}\.partial-[a-z0-9_]{{8}}")  # as mkdtemp names them
    for path in list(out.parent.iterdir()):
        if left_behind.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def open_plain(out: Path) -> Iterator[Callable[[str, Any], None]]:
    """Open a folder for a few files that are not a run; each is written whole, readable by its owner only.

    Parameters
    ----------
    out : Path
        Made when the first file is written.

    Yields
    ------
    callable
        Takes a file's name and its content, as `RunFolder.write`.

    Raises
    ------
    RunError
        O101, O110 or O111 if the place cannot be written.
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
