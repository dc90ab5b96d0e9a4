"""A single new file: written whole, readable by its owner only, and never over another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from dapipeline import interruption
from dapipeline.artefacts import formats
from dapipeline.artefacts.disk import refusal, resolved
from dapipeline.errors import ConfigError

NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)  # from disks without hard links


def refuse_existing(path: Path) -> None:
    """Refuse to overwrite a file.

    Parameters
    ----------
    path : Path
        Where a new file is to be written.

    Raises
    ------
    ConfigError
        C026 if something of that name exists.
    RunError
        O101 or O111 if the path cannot be used.
    """
    if os.path.lexists(resolved(path.parent) / path.name):
        raise ConfigError(
            "C026", f"{path} is there already, and is not written over.",
            "Choose another name with --out, or move the old file away.",
        )  # fmt: skip


def write_new_file(path: Path, content: object) -> None:
    """Write a file that does not exist yet.

    Parameters
    ----------
    path : Path
        Its folder is made if it does not exist.
    content : str, pandas.DataFrame, dict or Path
        As for `formats.write`, which takes the format from the file ending.

    Raises
    ------
    ConfigError
        C026 if something of that name exists.
    RunError
        O101, O110 or O111 if the place cannot be written.
    """
    folder = resolved(path.parent)
    place = folder / path.name
    unfinished = folder / f".{path.name}.partial{path.suffix}"
    mask = os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with interruption.tidied(lambda: unfinished.unlink(missing_ok=True)):
            try:
                formats.write(unfinished, content)
                refuse_existing(place)
                _give_name(unfinished, place)
            finally:
                unfinished.unlink(missing_ok=True)
    except FileExistsError as error:
        refuse_existing(place)
        raise refusal(place, error) from error
    except OSError as error:
        raise refusal(place, error) from error
    finally:
        os.umask(mask)


def _give_name(unfinished: Path, place: Path) -> None:
    """Rename a finished file; raise FileExistsError if its name was taken meanwhile."""
    try:
        os.link(unfinished, place)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        unfinished.rename(place)
