"""The input files of a command: found relative to the config, and hashed before they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dapipeline.artefacts.disk import check_name
from dapipeline.artefacts.secret_key import Key, read_key
from dapipeline.config import Config
from dapipeline.errors import RunError
from dapipeline.extract.files import find_files, fingerprint
from dapipeline.typology.definitions import find_definitions

TABLES = (
    "severity",
    "imd",
    "population",
    "definitions",
)  # fields of Inputs: small files, read by the stages that declare them

Hashes = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Inputs:
    """The input files of a run, apart from its config.

    Attributes
    ----------
    extract : Path
        A file, or a pattern over several.
    severity, imd, population, definitions : Path or None
        The force's own tables of severity, deprivation and residents, and the definitions of the typologies.
    key : Key or None
        With which ids become pseudonyms.
    """

    extract: Path
    severity: Path | None = None
    imd: Path | None = None
    definitions: Path | None = None
    population: Path | None = None
    key: Key | None = None


def locate_extract(config: Config, extract: Path | None = None) -> Path:
    """Return the path or pattern of the extract: `extract` if given, else the config's, relative to its folder.

    Parameters
    ----------
    config : Config
    extract : Path, optional
        Instead of the config's.

    Returns
    -------
    Path

    Raises
    ------
    RunError
        O111 if it is not UTF-8 or has a null: engines and run.json could not name it.
    """
    path = extract or config.folder / Path(config.extract.path).expanduser()
    check_name(path)
    return path


def resolve_inputs(config: Config, extract: Path | None = None) -> Inputs:
    """Find the files that a config names, relative to its folder.

    Parameters
    ----------
    config : Config
    extract : Path, optional
        Instead of the config's.

    Returns
    -------
    Inputs

    Raises
    ------
    RunError
        O111 if the path of the extract is not UTF-8 or has a null.
    ConfigError
        C009 if the file of definitions does not exist.
    PrivacyError
        P001 or P002 if the secret key cannot be used.
    """

    def beside(name: str | None) -> Path | None:
        return (config.folder / name) if name else None

    return Inputs(
        extract=locate_extract(config, extract),
        severity=beside(config.reference.severity),
        imd=beside(config.reference.imd),
        population=beside(config.reference.population),
        definitions=find_definitions(config.typology.definitions, config.folder),
        key=find_key(config),
    )


def find_key(config: Config) -> Key | None:
    """Read the secret key that a config names, relative to its folder.

    Parameters
    ----------
    config : Config

    Returns
    -------
    Key or None
        None if ids stay as they are.

    Raises
    ------
    PrivacyError
        P001 or P002 if it cannot be used.
    """
    privacy = config.privacy
    if not privacy.pseudonymise or privacy.key_file is None:
        return None
    return read_key(config.folder / Path(privacy.key_file).expanduser())


def hash_inputs(inputs: Inputs) -> Hashes:
    """Hash every input file but the secret key: its hash would let a weak one be guessed.

    Parameters
    ----------
    inputs : Inputs

    Returns
    -------
    dict of str to dict of str to str
        Field of `Inputs`, to file name, to SHA-256.

    Raises
    ------
    RunError
        O111 if a path is not UTF-8 or has a null.
    """
    files = find_files(inputs.extract)
    for path in (*files.values(), *(table for name in TABLES if (table := getattr(inputs, name)))):
        check_name(path)
    extract = {name: fingerprint(path).sha256 for name, path in files.items()}
    tables = {name: _hash_table(getattr(inputs, name)) for name in TABLES}
    return {"extract": extract, "key": {}} | tables


def check_unchanged(names: tuple[str, ...], inputs: Inputs, hashes: Hashes) -> None:
    """Refuse a table that changed after it was hashed: run.json would name other content than a stage read.

    Parameters
    ----------
    names : tuple of str
        Fields of `Inputs` that the stage declared.
    inputs : Inputs
    hashes : dict
        From `hash_inputs`.

    Raises
    ------
    RunError
        O112 if one changed.
    """
    for name in sorted({*names} & {*TABLES}):
        path: Path | None = getattr(inputs, name)
        if path and _hash_table(path) != hashes[name]:
            raise RunError(
                "O112", f"{path} changed while it was read: what was computed is not from the file that was hashed.",
                "Run again when nobody writes to it; outputs of an earlier run are as they were.",
            )  # fmt: skip


def _hash_table(path: Path | None) -> dict[str, str]:
    return {path.name: fingerprint(path).sha256} if path and path.is_file() else {}
