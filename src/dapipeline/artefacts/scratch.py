"""Private folders for what must not outlive a run: raw rows of an extract, and what an engine spills to disk.

A folder is locked while its process lives: the next run of the same user can tell what a killed one left behind.
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
ATTEMPTS = 5  # the engine's threads may still add a file to a folder while it is removed

_claimed: list[Scratch] = []


class Scratch:
    """A folder that only its user can look into, removed at the end.

    Attributes
    ----------
    path : Path
    """

    def __init__(self, path: Path, lock: int, withdraw: Callable[[], None]) -> None:
        self.path, self._lock, self._withdraw, self._process = path, lock, withdraw, os.getpid()
        _claimed.append(self)

    def remove(self) -> None:
        """Remove the folder and all in it; a fork of the process that claimed it leaves it alone."""
        if self not in _claimed or os.getpid() != self._process:
            return
        _clear(self.path)
        os.close(self._lock)
        _claimed.remove(self)
        self._withdraw()


def claim(parent: str | None) -> Scratch:
    """Return a new private folder, and remove those that killed runs of this user left in the same place.

    Parameters
    ----------
    parent : str or None
        Where it is made: engine.temp_directory; None is the system's temporary folder.

    Raises
    ------
    RunError
        O121 where the disk is full, O122 where the place is missing or cannot be written.
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
    """Open a private folder for as long as the block lasts.

    Parameters
    ----------
    parent : str or None
        Of `claim`, whose errors are raised as well.

    Raises
    ------
    RunError
        O121 where the disk fills up.
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
    """Return the error of a temporary folder without room."""
    return RunError(
        "O121",
        f"The temporary folder {place} is full.",
        "Make room, set engine.temp_directory to a folder on a larger disk, or raise engine.memory_limit, so that less "
        "is put there.",
    )


def claimed() -> list[Path]:
    """Return the private folders of this process, the last one first."""
    return [scratch.path for scratch in reversed(_claimed)]


def _temporary(parent: str | None) -> Path:
    # Python would pass over a TMPDIR that cannot be written, and put people's data where nobody meant it to be.
    chosen = parent or os.environ.get("TMPDIR")
    try:
        return Path(chosen or tempfile.gettempdir()).absolute()
    except FileNotFoundError as error:
        raise RunError(
            "O122", "The system has no temporary folder that can be written.", "Set engine.temp_directory to a folder."
        ) from error


def _make(place: Path) -> Scratch | None:
    """Make and lock a folder; None where another run took it for one left behind before it was locked."""
    path = place / f"{_prefix()}{secrets.token_hex(8)}"
    process = os.getpid()
    # Before there is anything to remove: a signal may come between any two steps.
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
    """Lock the lock file; False where a living process holds it, or where it is no longer the file of that name."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(lock), os.lstat(f"{path}{LOCK}"))
    except (BlockingIOError, FileNotFoundError):
        return False


def _clear(path: Path) -> None:
    """Remove a folder of ours and then its lock file; a link that somebody put in its place is left alone."""
    for _ in range(ATTEMPTS):
        if not path.is_symlink() and path.exists() and path.lstat().st_uid == os.getuid():
            shutil.rmtree(path, ignore_errors=True)
    if not path.is_symlink() and not path.exists():
        Path(f"{path}{LOCK}").unlink(missing_ok=True)


def _prefix() -> str:
    return f"dapipeline-{os.getuid()}-"
