"""A single new file: written whole, for its owner alone, and never over another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from dapipeline import interruption
from dapipeline.artefacts import formats
from dapipeline.artefacts.disk import refusal, resolved
from dapipeline.errors import ConfigError

NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)  # of disks that know no second names


def refuse_existing(path: Path) -> None:
    """Refuse to write where something stands already.

    Raises
    ------
    ConfigError
        C026.
    RunError
        O101, O111 where the place cannot be named.
    """
    if os.path.lexists(resolved(path.parent) / path.name):
        raise ConfigError(
            "C026", f"{path} is there already, and is not written over.",
            "Choose another name with --out, or move the old file away.",
        )  # fmt: skip


def write_new_file(path: Path, content: object) -> None:
    """Write a file that is not there yet.

    Parameters
    ----------
    path : Path
        Its folder is made if need be.
    content : str, pandas.DataFrame, dict or Path
        As for every output; the ending of the name says the format.

    Raises
    ------
    ConfigError
        C026 where something stands there already.
    RunError
        O101, O110 and O111 where the place cannot be written.
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
    """Give a finished file its name, unless somebody has taken it meanwhile."""
    try:
        os.link(unfinished, place)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        unfinished.rename(place)
