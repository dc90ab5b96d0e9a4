"""run.json: what a run was made from and what it wrote; refused if anyone changed it since."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dapipeline.artefacts.formats import json_text
from dapipeline.artefacts.spreadsheet import CellType
from dapipeline.errors import RunError

MANIFEST, SEAL = "run.json", "sha256"
LARGEST = 2**24  # bytes; a real one has tens of thousands


def _below(name: str) -> str:
    """Refuse a file name that leads out of the run's folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\0" in name or name != PurePosixPath(name).as_posix():
        raise ValueError("is no place below the run's folder")
    return name


OutputName = Annotated[str, AfterValidator(_below)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Part(BaseModel):
    """Base of the parts of a manifest; keys that are not declared here are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Ingredients(_Part):
    """What a stage depends on; a stage is not run again while they stay the same."""

    program: Hash
    settings: dict[str, Any]
    inputs: dict[str, dict[str, Hash]]
    after: dict[str, Hash]


class StageRecord(_Part):
    """What one stage was made from and what it wrote.

    kinds holds the cell type of each CSV column; erased is true where people were erased from the run afterwards, so
    that the outputs are not reused.
    """

    key: Hash
    ingredients: Ingredients
    files: dict[OutputName, Hash]
    kinds: dict[OutputName, dict[str, CellType]]
    rows: dict[OutputName, int]
    seconds: float
    erased: bool = False


def _is_day(text: str) -> str:
    """Refuse a text that is not a day such as 2026-01-31."""
    date.fromisoformat(text)
    return text


DayText = Annotated[str, AfterValidator(_is_day)]


class PrivacyRecord(_Part):
    """Whether ids are pseudonyms and of which key, when the extract was read, and when the run is due for review."""

    pseudonyms: bool
    key_check: str | None
    read_on: DayText
    review_on: DayText


class Erasure(_Part):
    """One erasure: when, how many people, the hashes of the files of the extract that held them, and what it changed.

    rows holds the rows that each table lost, medoids the clusters whose medoid was erased, counted_with_them the
    outputs that still count those people.
    """

    on: DayText
    people: int
    extract: list[Hash]
    rows: dict[OutputName, int]
    medoids: list[int]
    counted_with_them: list[OutputName]


class Manifest(_Part):
    """The content of run.json, without its seal."""

    command: Literal["run", "choose-k", "assign", "scrutiny"]
    config: dict[str, Any]
    config_sha256: Hash
    seed: int
    inputs: dict[str, dict[str, Hash]]
    stages: dict[str, StageRecord]
    files: dict[OutputName, Hash]
    seconds: float
    peak_memory_mb: int
    versions: dict[str, str]
    privacy: PrivacyRecord | None = None
    erased: list[Erasure] = []


def sealed(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest with the hash of its own content, so that a change by hand is noticed.

    Parameters
    ----------
    manifest : dict
        With or without an earlier seal, which is replaced.

    Returns
    -------
    dict
        With the key sha256.
    """
    content = {name: value for name, value in manifest.items() if name != SEAL}
    written = json.loads(json_text(content))  # as it will be read back, with text keys
    return content | {SEAL: hashlib.sha256(json_text(written).encode()).hexdigest()}


def read_manifest(out: Path) -> dict[str, Any]:
    """Read run.json.

    Parameters
    ----------
    out : Path
        The folder of a run.

    Returns
    -------
    dict
        Of the shape of `Manifest`.

    Raises
    ------
    RunError
        O104 if there is none or it cannot be opened, O109 if it was changed since a run wrote it.
    """
    path = out / MANIFEST
    try:
        written = b""  # for a link or a device in its place, which is not opened
        if stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as stream:
                written = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise RunError("O104", f"{out} has no readable run.json.", "Give the folder of a finished run.") from error
    try:
        return _checked(written)
    except (ValueError, RecursionError) as error:
        raise RunError(
            "O109", f"{path} is not as this version of the program wrote it: it was changed or damaged, or is of "
            "another version.",
            "Move the folder away (an audit log in it is worth keeping) or choose another --out, and make the run "
            "again.",
        ) from error  # fmt: skip


def _checked(written: bytes) -> dict[str, Any]:
    """Return a manifest; raise ValueError if it has another shape or was changed since it was sealed."""
    if len(written) > LARGEST:
        raise ValueError("larger than any manifest")
    manifest = json.loads(written.decode("utf-8"))
    Manifest.model_validate(manifest)
    if sealed(manifest) != manifest:
        raise ValueError("changed since it was written")
    return dict(manifest)


def cell_types_of_files(manifest: dict[str, Any]) -> dict[str, dict[str, CellType]]:
    """Return the cell types of the columns of a run's CSVs.

    Parameters
    ----------
    manifest : dict
        From `read_manifest`.

    Returns
    -------
    dict of str to dict of str to str
        Path of the CSV below the folder, to column, to cell type.
    """
    return {name: types for stage in manifest["stages"].values() for name, types in stage["kinds"].items()}
