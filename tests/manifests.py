"""run.json as tests need it: made up whole, or changed and sealed again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dapipeline.artefacts.manifest import sealed

HASH = "c" * 64


def manifest_of(files: dict[str, str], kinds: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Give a manifest of one stage that wrote some files."""
    ingredients = {"program": HASH, "settings": {}, "inputs": {}, "after": {}}
    stage = {"key": HASH, "ingredients": ingredients, "files": files, "kinds": kinds or {}, "rows": {}, "seconds": 0.5}
    return {
        "command": "run", "config": {}, "config_sha256": HASH, "seed": 1, "inputs": {}, "stages": {"only": stage},
        "files": files, "seconds": 0.5, "peak_memory_mb": 60, "versions": {}, **more,
    }  # fmt: skip


def put_manifest(out: Path, manifest: dict[str, Any]) -> None:
    """Write run.json as the program would."""
    (out / "run.json").write_text(json.dumps(sealed(manifest)), encoding="utf-8")


def read_raw(out: Path) -> dict[str, Any]:
    """Read run.json without a check."""
    return json.loads((out / "run.json").read_text(encoding="utf-8"))
