"""Private temporary folders for what must not outlive a run: raw rows of an extract, and what an engine spills to disk.

A folder is locked while its process lives: the next run of the same user recognises and removes those of killed runs.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dapipeline import interruption
from dapipeline.errors import RunError

FULL = {errno.ENOSPC, errno.EDQUOT}
LOCK = ".lock"
ATTEMPTS = 5  # the engine's threads may still write to a folder while it is removed

_claimed: list[Scratch] = []


class Scratch:
    """A temporary folder that only its user can open; removed at the end.

    Attributes
    ----------
    path : Path
    """

    def __init__(self, path: Path, lock: int, withdraw: Callable[[], None]) -> None:
        self.path, self._lock, self._withdraw, self._process = path, lock, withdraw, os.getpid()
        _claimed.append(self)

    def remove(self) -> None:
        """Remove the folder and all in it; does nothing in a forked child of the process that claimed it."""
        if self not in _claimed or os.getpid() != self._process:
            return
        _clear(self.path)
        os.close(self._lock)
        _claimed.remove(self)
        self._withdraw()


def claim(parent: str | None) -> Scratch:
    """Make a private folder, after removing those that killed runs of this user left in the same place.

    Parameters
    ----------
    parent : str or None
        The folder to make it in (engine.temp_directory); None means the system's temporary folder.

    Returns
    -------
    Scratch

    Raises
    ------
    RunError
        O121 if the disk is full, O122 if the place is missing or cannot be written.
    """
    place = _temporary(parent)
    try:
        _clear_left_behind(place)
        while (made := _make(place)) is None:
            pass
        return made
    except OSError as error:
        if error.errno in FULL:
            raise full(place) from error
        raise RunError(
            "O122",
            f"The temporary folder {place} cannot be used: {os.strerror(error.errno or 0)}.",
            "Set engine.temp_directory, or the environment variable TMPDIR, to a folder that can be written.",
        ) from error


@contextmanager
def private_folder(parent: str | None) -> Iterator[Path]:
    """Open a private folder that is removed at the end of the block.

    Parameters
    ----------
    parent : str or None
        As for `claim`.

    Yields
    ------
    Path

    Raises
    ------
    RunError
        O121 if the disk fills up, O122 if the place is missing or cannot be written.
    """
    scratch = claim(parent)
    try:
        yield scratch.path
    except OSError as error:
        if error.errno in FULL:
            raise full(scratch.path.parent) from error
        raise
    finally:
        scratch.remove()


def full(place: Path) -> RunError:
    """Return the error for a full temporary folder.

    Parameters
    ----------
    place : Path
        The folder that is full.

    Returns
    -------
    RunError
        O121; the caller raises it.
    """
    return RunError(
        "O121",
        f"The temporary folder {place} is full.",
        "Make room, set engine.temp_directory to a folder on a larger disk, or raise engine.memory_limit, so that less "
        "is put there.",
    )


def claimed() -> list[Path]:
    """Return the private folders of this process, the newest first.

    Returns
    -------
    list of Path
    """
    return [scratch.path for scratch in reversed(_claimed)]


def _temporary(parent: str | None) -> Path:
    # tempfile would skip a TMPDIR that cannot be written, and put personal data in a folder that nobody chose.
    chosen = parent or os.environ.get("TMPDIR")
    try:
        return Path(chosen or tempfile.gettempdir()).absolute()
    except FileNotFoundError as error:
        raise RunError(
            "O122", "The system has no temporary folder that can be written.", "Set engine.temp_directory to a folder."
        ) from error


def _make(place: Path) -> Scratch | None:
    """Make and lock a folder; None if another run removed its lock file before it was locked."""
    path = place / f"{_prefix()}{secrets.token_hex(8)}"
    process = os.getpid()
    # Registered first, because a signal may come between any two of the next steps.
    withdraw = interruption.before_end(lambda: _clear(path) if os.getpid() == process else None)
    lock = os.open(f"{path}{LOCK}", os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if not _locked(lock, path):
        os.close(lock)
        withdraw()
        return None
    path.mkdir(mode=0o700)
    return Scratch(path, lock, withdraw)


def _clear_left_behind(place: Path) -> None:
    for lock_file in place.glob(f"{_prefix()}*{LOCK}"):
        path = lock_file.with_suffix("")
        with suppress(OSError):  # another run may be removing it as well
            about = lock_file.lstat()
            if not stat.S_ISREG(about.st_mode) or about.st_uid != os.getuid():
                continue
            lock = os.open(lock_file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if _locked(lock, path):
                    _clear(path)
            finally:
                os.close(lock)


def _locked(lock: int, path: Path) -> bool:
    """Lock the lock file; False if a living process holds it, or if it was removed or replaced meanwhile."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(lock), os.lstat(f"{path}{LOCK}"))
    except (BlockingIOError, FileNotFoundError):
        return False


def _clear(path: Path) -> None:
    """Remove a folder of this user and its lock file; a link in its place is not followed or removed."""
    for _ in range(ATTEMPTS):
        if not path.is_symlink() and path.exists() and path.lstat().st_uid == os.getuid():
            shutil.rmtree(path, ignore_errors=True)
    if not path.is_symlink() and not path.exists():
        Path(f"{path}{LOCK}").unlink(missing_ok=True)


def _prefix() -> str:
    return f"dapipeline-{os.getuid()}-"
