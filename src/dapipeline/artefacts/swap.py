"""How new outputs take the place of old ones in one step, and how to hold that off."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from dapipeline.artefacts.manifest import MANIFEST


@contextlib.contextmanager
def manifest_locked(out: Path) -> Iterator[None]:
    """Lock run.json, so that a finishing run cannot swap the folder while the access log is appended to.

    Parameters
    ----------
    out : Path
        The folder of a run; without a run.json there is nothing to lock.

    Yields
    ------
    None
        The lock is held until the block ends.
    """
    manifest = out / MANIFEST
    if not manifest.is_file():
        yield
        return
    while True:
        with manifest.open("r+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            # While this process waited, another run may have replaced the folder: then lock its run.json instead.
            if os.path.samestat(os.fstat(stream.fileno()), manifest.stat()):
                yield
                return


def exchange(new: Path, old: Path) -> None:
    """Swap two folders: in one step on Linux (renameat2), so that `old` always exists; by three renames elsewhere.

    Parameters
    ----------
    new, old : Path
        On the same disk; both exist.

    Raises
    ------
    OSError
        If a rename fails.
    """
    if sys.platform == "linux":
        here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of renameat2(2)
        rename = getattr(ctypes.CDLL(None), "renameat2", None)
        if rename is not None and rename(here, os.fsencode(new), here, os.fsencode(old), swap) == 0:
            return
    previous = previous_of(old)  # if killed between two renames, the next run restores it
    old.rename(previous)
    new.rename(old)
    previous.rename(new)


def previous_of(out: Path) -> Path:
    """Return where the old outputs are between two renames, on systems that cannot swap folders in one step.

    Parameters
    ----------
    out : Path
        The folder of a run.

    Returns
    -------
    Path
        Beside it.
    """
    return out.with_name(f".{out.name}.previous")
