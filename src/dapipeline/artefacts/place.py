"""The place of outputs on a disk: its path, what to say where the system refuses it, and what outlasts a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from dapipeline.errors import RunError

FULL = {errno.ENOSPC, errno.EDQUOT}
# What speaks of a disk even where the system does not say of which file.
OF_DISKS = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EIO, errno.EFBIG, errno.ENOLCK,
    errno.EOPNOTSUPP, *FULL,
}  # fmt: skip


def resolved(out: Path) -> Path:
    """Return the place that a path means, links followed.

    Raises
    ------
    RunError
        O111 where it is no path that the tables and run.json could name, O101 where the system refuses it.
    """
    try:
        place = out.resolve()
        str(place).encode("utf-8")
    except UnicodeEncodeError as error:
        raise RunError(
            "O111", f"The folder {out} has a name that is not UTF-8.", "Rename it, or choose another."
        ) from error
    except ValueError as error:
        raise RunError("O111", "The name of a folder holds a null character.", "Choose another --out.") from error
    except RuntimeError as error:  # how Python 3.11 and 3.12 tell of links that go round in a circle
        raise RunError(
            "O101", f"{out} cannot be written: {os.strerror(errno.ELOOP)}.", "Choose another --out."
        ) from error
    except OSError as error:
        raise refusal(out, error) from error
    return place


def refusal(out: Path, error: OSError) -> Exception:
    """Return what to say of a failure of the system while outputs are written; one of other files is none of ours."""
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
    ours = error.errno in (FULL if place else OF_DISKS) or (place is not None and _around(Path(place), out))
    if not ours:
        return error
    if error.errno in FULL:
        return RunError(
            "O110", f"The disk is full: {out} cannot be written.",
            "Free some space, or choose an --out on another disk; outputs of an earlier run are as they were.",
        )  # fmt: skip
    why = os.strerror(error.errno) if error.errno else "the system refuses"
    return RunError("O101", f"{place or out} cannot be written: {why}.", "Choose another --out.")


def _around(path: Path, out: Path) -> bool:
    """Whether a path is the outputs', their lock's or staging folder's, or a folder's on the way to them."""
    if out.is_relative_to(path) or path.is_relative_to(out):
        return True
    return path.is_relative_to(out.parent) and path.relative_to(out.parent).parts[0].startswith(f".{out.name}.")


def make_durable(folder: Path) -> None:
    """Have the disk hold what is new in a folder, so that a power cut cannot leave a run of empty files in place.

    A file with a second name was taken over from the run before, and is on the disk already.
    """
    for path in folder.rglob("*"):
        about = path.lstat()
        if stat.S_ISREG(about.st_mode) and about.st_nlink == 1:
            _sync(path)
        elif stat.S_ISDIR(about.st_mode):
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder; some network disks cannot be asked, and need not be."""
    with contextlib.suppress(OSError):
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
