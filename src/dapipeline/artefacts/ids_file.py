"""The file that names people to be erased: one id per line, or a CSV with one column."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Container
from pathlib import Path

from dapipeline.artefacts.disk import check_name
from dapipeline.errors import PrivacyError

LARGEST = 2**26  # bytes; a million ids are a quarter of that


def read_ids(path: Path, headers: Container[str]) -> list[str]:
    """Read the ids in a file.

    Parameters
    ----------
    path : Path
    headers : container of str
        Names of columns; one of them on the first line is no id.

    Returns
    -------
    list of str
        Each once, without blanks around it.

    Raises
    ------
    PrivacyError
        P010 where the file cannot be read, has several columns or holds no id.
    RunError
        O111 where its path is not UTF-8 or has a null.
    """
    check_name(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except OSError as error:
        raise _unusable(path, f"cannot be read: {os.strerror(error.errno or 0)}") from error
    except UnicodeDecodeError as error:
        raise _unusable(path, "is not text in UTF-8") from error
    except csv.Error as error:
        raise _unusable(path, "has a quote that does not close, or a character that no text has") from error
    if len(content) > LARGEST:
        raise _unusable(path, "is too large for a list of people")
    ids = [line[0].strip() for line in lines]
    separated = any(ids and all(mark in line[0] for line in lines) for mark in ";\t")
    if separated or any(len(line) > 1 for line in lines):
        raise _unusable(path, "has several columns")
    if ids and ids[0] in headers:
        ids = ids[1:]
    found = list(dict.fromkeys(one for one in ids if one))
    if not found:
        raise _unusable(path, "holds no id")
    return found


def _unusable(path: Path, why: str) -> PrivacyError:
    return PrivacyError(
        "P010", f"The list of ids {path} {why}.", "Give a text file with one id per line, or a CSV with one column."
    )
