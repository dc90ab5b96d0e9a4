"""Reuse of stages: one is run again only if something it depends on has changed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dapipeline.artefacts.folder import RunFolder
from dapipeline.artefacts.formats import json_text
from dapipeline.artefacts.provenance import versions

FOUNDATIONS = ("reference", "artefacts", "config", "engine.py", "workflow")


@cache
def program_hash(packages: tuple[str, ...]) -> str:
    """Hash the code of some packages, that of `FOUNDATIONS`, and the versions of what they import.

    Parameters
    ----------
    packages : tuple of str
        Folders or files of dapipeline.

    Returns
    -------
    str
        SHA-256 in hexadecimal; another after any change of the code.
    """
    whole = Path(str(resources.files("dapipeline")))
    digest = hashlib.sha256(json_text(versions()).encode())
    for place in (*packages, *FOUNDATIONS):
        root = whole / place
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(file.relative_to(whole).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def key_of(ingredients: dict[str, Any]) -> str:
    """Hash everything that a stage depends on into one key.

    Parameters
    ----------
    ingredients : dict
        Anything that JSON can hold.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    return hashlib.sha256(json_text(ingredients).encode()).hexdigest()


def reasons_to_run(name: str, ingredients: dict[str, Any], folder: RunFolder) -> list[str]:
    """Return the reasons why a stage must run.

    Parameters
    ----------
    name : str
        The stage.
    ingredients : dict
        program (hash), settings, inputs (file to hash), after (stage to key).
    folder : RunFolder
        Holds the manifest and the outputs of the previous run.

    Returns
    -------
    list of str
        Empty if the outputs of the previous run can be reused.
    """
    before = folder.manifest.get("stages", {}).get(name)
    if before is None:
        return ["there are no outputs of it yet"]
    old = before["ingredients"]
    reasons = []
    if old["program"] != ingredients["program"]:
        reasons.append("the program changed")
    reasons += [f"setting {setting} changed" for setting in _changed(old["settings"], ingredients["settings"])]
    reasons += [f"input {file} changed" for file in _changed(old["inputs"], ingredients["inputs"])]
    reasons += [f"{stage} ran again" for stage in _changed(old["after"], ingredients["after"])]
    if before.get("erased"):
        reasons.append("people were erased, whom it counted")
    if not reasons and not folder.holds(before["files"]):
        reasons.append("an output of it is missing or was changed by hand")
    return reasons


def _changed(old: Any, new: Any, path: str = "") -> list[str]:
    """Return the dotted names of the settings that differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted({*old, *new}, key=str)
        return [leaf for key in keys for leaf in _changed(old.get(key), new.get(key), f"{path}.{key}".lstrip("."))]
    return [] if old == new else [path]
