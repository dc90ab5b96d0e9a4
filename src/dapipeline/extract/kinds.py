"""The formats that are read, by the endings of files; and what a file is by its first bytes, if these say otherwise."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from dapipeline.errors import ExtractError
from dapipeline.extract.files import cannot_open
from dapipeline.extract.packed import UNPACKERS

Format = Literal["text", "workbook", "parquet"]
# Every format that is read, by the endings of its files. Its reader stands in `source.READERS`.
ENDINGS: dict[Format, tuple[str, ...]] = {
    "text": tuple(plain + packed for plain in (".csv", ".txt", ".tsv", ".psv") for packed in ("", *UNPACKERS)),
    "workbook": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    "parquet": (".parquet",),
}
WORKBOOK_ENDINGS = ENDINGS["workbook"]
LOCKED = "EncryptedPackage".encode("utf-16-le")
OLE = b"\xd0\xcf\x11\xe0"
MARKS = (
    (b"\x1f\x8b", "packed by gzip"),
    (b"PAR1", "Parquet"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "packed by bzip2"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd"),
)
CONTENT_BY_ENDING = {
    ".xlsx": "an Office file (.xlsx)", ".xlsm": "an Office file (.xlsx)", ".xlsb": "an Office file (.xlsx)",
    ".ods": "a zip archive", ".xls": "a workbook of the old kind (.xls)", ".parquet": "Parquet",
    ".gz": "packed by gzip",
}  # fmt: skip
HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")


def describe(path: Path) -> str:
    """Return what a file is, by its first bytes.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        Such as "a PDF document"; empty where the bytes do not show it.

    Raises
    ------
    ExtractError
        E101 where it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except OSError as error:
        raise cannot_open(path, error) from error
    if head.startswith(OLE):
        return "a workbook locked by a password" if LOCKED in head else "a workbook of the old kind (.xls)"
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(HTML):
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "an XML document"
    if path.suffix.lower() in WORKBOOK_ENDINGS and head and b"\0" not in head and b"\n" in head:
        return "text, such as CSV"
    return next((kind for mark, kind in MARKS if head.startswith(mark)), "")


def _archive(path: Path) -> str:
    """Return which archive a zip file is; empty for a damaged workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "an Office file (.xlsx)" if "[Content_Types].xml" in archive.namelist() else "a zip archive"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "" if path.suffix.lower() in WORKBOOK_ENDINGS else "a zip archive"


def format_of(path: Path) -> Format:
    """Return the format of a file by the ending of its name.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        A key of `ENDINGS`.

    Raises
    ------
    ExtractError
        E104 where no format has this ending.
    """
    name = path.name.lower()
    if name.startswith("~$"):
        raise ExtractError(
            "E104", f"{path.name} is the lock file that Excel keeps beside an open workbook.",
            "Give the workbook itself, without ~$.",
        )  # fmt: skip
    found = next((form for form, endings in ENDINGS.items() if name.endswith(endings)), None)
    if found is None:
        kind = describe(path)
        raise ExtractError(
            "E104",
            f"{path.name} is {kind}, which is not read." if kind else f"{path.name} is of a kind that is not read.",
            "Unpack it and name the file in it."
            if "archive" in kind
            else "Export it as .csv, .csv.gz, .parquet or .xlsx and name it so.",
        )
    return found


def refuse_by_content(path: Path) -> None:
    """Refuse a file whose first bytes contradict its name.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ExtractError
        E108.
    """
    kind = describe(path)
    if kind == "a workbook locked by a password":
        raise ExtractError(
            "E108", f"{path.name} is locked by a password.", "Save it without a password; encrypt the folder instead."
        )
    if kind and kind != CONTENT_BY_ENDING.get(path.suffix.lower(), ""):
        raise ExtractError(
            "E108",
            f"{path.name} is {kind}, whatever its name says.",
            "Save it as a workbook (.xlsx) or as CSV." if "web page" in kind else "Give it the name of what it is.",
        )
