"""run.json: what a run was made of and what it wrote, believed only where it is as a run wrote it."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dapipeline.artefacts.formats import json_text
from dapipeline.artefacts.spreadsheet import Kind
from dapipeline.errors import RunError

MANIFEST, SEAL = "run.json", "sha256"
LARGEST = 2**24  # bytes; a manifest has some tens of thousands


def _below(name: str) -> str:
    """Refuse a name that leads out of the run's folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\0" in name or name != PurePosixPath(name).as_posix():
        raise ValueError("is no place below the run's folder")
    return name


OutputName = Annotated[str, AfterValidator(_below)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Part(BaseModel):
    """Part of a manifest; of what it names beside this, the program reads nothing."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Ingredients(_Part):
    """What a stage depends on; a stage that has the same ones is not run again."""

    program: Hash
    settings: dict[str, Any]
    inputs: dict[str, dict[str, Hash]]
    after: dict[str, Hash]


class StageRecord(_Part):
    """What one stage was made of and what it wrote."""

    key: Hash
    ingredients: Ingredients
    files: dict[OutputName, Hash]
    kinds: dict[OutputName, dict[str, Kind]]
    rows: dict[OutputName, int]
    seconds: float


class Manifest(_Part):
    """What run.json holds."""

    command: Literal["run", "choose-k", "assign"]
    config: dict[str, Any]
    config_sha256: Hash
    seed: int
    inputs: dict[str, dict[str, Hash]]
    stages: dict[str, StageRecord]
    files: dict[OutputName, Hash]
    seconds: float
    peak_memory_mb: int
    versions: dict[str, str]


def sealed(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest with the hash of its own content, so that a change by hand is seen."""
    content = {name: value for name, value in manifest.items() if name != SEAL}
    written = json.loads(json_text(content))  # as it will be read: keys are text
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
        O104 where there is none or it cannot be opened, O109 where it is not as a run wrote it.
    """
    path = out / MANIFEST
    try:
        written = b""  # what a link or a device in its place would give
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
    """Return what a manifest says, where it has its shape and nobody changed it since it was sealed."""
    if len(written) > LARGEST:
        raise ValueError("larger than any manifest")
    manifest = json.loads(written.decode("utf-8"))
    Manifest.model_validate(manifest)
    if sealed(manifest) != manifest:
        raise ValueError("changed since it was written")
    return dict(manifest)


def kinds_of_files(manifest: dict[str, Any]) -> dict[str, dict[str, Kind]]:
    """Return what the columns of a run's CSVs hold, by the CSV's name."""
    return {name: kinds for stage in manifest["stages"].values() for name, kinds in stage["kinds"].items()}
