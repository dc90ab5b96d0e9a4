"""One run: every stage is reused or done again, and the outputs are put in place whole."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dapipeline import interruption
from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts import formats, reuse
from dapipeline.artefacts.finished import FinishedRun
from dapipeline.artefacts.place import check_name
from dapipeline.artefacts.provenance import versions
from dapipeline.choice import stages_of_choice
from dapipeline.config import Config, Window, checked
from dapipeline.engine import shortages_told
from dapipeline.errors import RunError
from dapipeline.extract.files import find_files, fingerprint
from dapipeline.pipeline import STAGES
from dapipeline.refresh import inputs_of_assignment, read_fit, settings_of_assignment, stages_of_assignment
from dapipeline.say import Say, silent
from dapipeline.stage import Context, Inputs, Stage
from dapipeline.typology.definitions import find_definitions

TABLES = ("severity", "imd", "definitions")  # fields of Inputs: small files, read by the stages that declare them

WARNINGS = "quality/warnings.csv"
Progress = Callable[[Stage, list[str]], None]


@dataclass
class Outcome:
    """What a run did.

    Attributes
    ----------
    out : Path
        The folder of the outputs.
    manifest : dict
        What run.json says.
    ran : dict of str to list of str
        Stages done again, with the reasons; the others were reused.
    """

    out: Path
    manifest: dict[str, Any]
    ran: dict[str, list[str]] = field(default_factory=dict)

    @property
    def outputs(self) -> FinishedRun:
        """The outputs, each read as it was written."""
        return FinishedRun(self.out, self.manifest["command"])


def locate_extract(config: Config, base: Path, extract: Path | None) -> Path:
    """Give the extract's path or pattern: the one of the command line, else the config's, beside the config.

    Raises
    ------
    RunError
        O111 where neither engine nor run.json could name it.
    """
    path = extract or base / Path(config.extract.path).expanduser()
    check_name(path)
    return path


def resolve_inputs(config: Config, base: Path, extract: Path | None) -> Inputs:
    """Find the files that a config names, relative to its folder; an extract given on the command line wins."""

    def beside(name: str | None) -> Path | None:
        return (base / name) if name else None

    return Inputs(
        extract=locate_extract(config, base, extract),
        severity=beside(config.reference.severity),
        imd=beside(config.reference.imd),
        definitions=find_definitions(config.typology.definitions, base),
    )


def run_pipeline(config: Config, inputs: Inputs, out: Path, progress: Progress, say: Say = silent) -> Outcome:
    """Turn an extract into typologies and a report: run the stages that need it, with their outputs under `out`.

    Parameters
    ----------
    config : Config
    inputs : Inputs
        From `resolve_inputs`.
    out : Path
        Replaced whole when all stages are done; left as it was where one fails.
    progress : callable
        Told each stage that runs, with the reasons, before it does; reused stages are told with none.
    say : callable
        Told how far a long stage is.

    Returns
    -------
    Outcome

    Raises
    ------
    DapipelineError
        Whatever a stage finds wrong with the data or the config.
    """
    return run_stages("run", STAGES, config, inputs, out, progress, say)


def choose_k(config: Config, inputs: Inputs, ks: range, out: Path, progress: Progress, say: Say = silent) -> Outcome:
    """Measure every number of clusters in a range; what it takes and raises is that of `run_pipeline`."""
    return run_stages("choose-k", stages_of_choice(ks), config, inputs, out, progress, say)


def assign(
    run: Path, extract: Path, days: Mapping[str, date | None], out: Path, progress: Progress, say: Say = silent
) -> Outcome:
    """Place a refreshed extract in the typology of a finished run; what else it takes and raises is that of the others.

    Parameters
    ----------
    run : Path
        The folder of the run, whose config is used.
    extract : Path
        The refreshed extract.
    days : mapping of str to date or None
        from and to: the first and last day that count, where they are not the run's.

    Raises
    ------
    RunError, ConfigError
        O104 to O107 where the folder does not hold a sound run, C003 where the days are in the wrong order.
    CohortError
        D109 and D110 where the extract cannot be compared with the run's.
    """
    finished = FinishedRun(run, "run")
    fit = read_fit(finished)
    own = finished.config.window.model_dump(by_alias=True)
    window = checked(Window, own | {name: day for name, day in days.items() if day}, "The window")
    config = settings_of_assignment(finished.config, fit.model, window)
    inputs = inputs_of_assignment(finished, extract)
    return run_stages("assign", stages_of_assignment(fit), config, inputs, out, progress, say)


@shortages_told()
def run_stages(
    command: str, wanted: tuple[Stage, ...], config: Config, inputs: Inputs, out: Path, progress: Progress, say: Say
) -> Outcome:
    """Run the stages of a command that need it; what else it takes and raises is that of `run_pipeline`.

    Parameters
    ----------
    command : str
        What run.json says made the outputs.
    wanted : tuple of Stage
        In their order.
    """
    with artefacts.open_run(out) as folder:
        before = folder.manifest.get("command", command)
        if before != command:
            raise RunError("O105", f"{out} holds the outputs of dapipeline {before}.", "Choose another --out.")
        hashes = _hash_inputs(inputs)
        # The extract last: a table of the same name must not stand for it.
        flat = {name: digest for files in reversed(hashes.values()) for name, digest in files.items()}
        context = Context(config, inputs, flat, folder, say)
        outcome = Outcome(folder.out, {})
        stages: dict[str, Any] = {}
        for stage in wanted:
            ingredients = _ingredients(stage, config, hashes, stages)
            reasons = reuse.reasons_to_run(stage.name, ingredients, folder)
            progress(stage, reasons)
            if reasons:
                outcome.ran[stage.name] = reasons
                stages[stage.name] = _do(stage, context, ingredients)
                _check_unchanged(stage, inputs, hashes)
            else:
                stages[stage.name] = folder.manifest["stages"][stage.name]
                folder.take_over(stages[stage.name]["files"])
        outcome.manifest = folder.manifest
        if outcome.ran:
            warnings = context.frame_if_there(WARNINGS)
            outcome.manifest = {
                "command": command, **_manifest(config, hashes, stages),
                "warnings": [] if warnings is None else warnings.fillna("").to_dict("records"),
            }  # fmt: skip
            folder.commit(outcome.manifest)
            interruption.outputs_are_complete()
        return outcome


def _hash_inputs(inputs: Inputs) -> dict[str, dict[str, str]]:
    """Hash every input file, by the field of `Inputs` that names it."""
    files = find_files(inputs.extract)
    for path in (*files.values(), *(table for name in TABLES if (table := getattr(inputs, name)))):
        check_name(path)
    extract = {name: fingerprint(path).sha256 for name, path in files.items()}
    return {"extract": extract} | {name: _hash_table(getattr(inputs, name)) for name in TABLES}


def _hash_table(path: Path | None) -> dict[str, str]:
    return {path.name: fingerprint(path).sha256} if path and path.is_file() else {}


def _check_unchanged(stage: Stage, inputs: Inputs, hashes: dict[str, dict[str, str]]) -> None:
    """Refuse a table that changed between its hash and the end of a stage that reads it: run.json would lie."""
    for name in set(stage.inputs) & set(TABLES):
        path: Path | None = getattr(inputs, name)
        if path and _hash_table(path) != hashes[name]:
            raise RunError(
                "O112", f"{path} changed while it was read: what was computed is not from the file that was hashed.",
                "Run again when nobody writes to it; outputs of an earlier run are as they were.",
            )  # fmt: skip


def _ingredients(stage: Stage, config: Config, hashes: dict[str, Any], done: dict[str, Any]) -> dict[str, Any]:
    settings = config.model_dump(mode="json", by_alias=True)
    settings["extract"].pop("path")  # where a file lies is no property of what is in it
    return {
        "program": reuse.program_hash(stage.rooms),
        "settings": {path: _setting(settings, path) for path in stage.settings} | dict(stage.options),
        "inputs": {name: hashes[name] for name in stage.inputs},
        "after": {name: done[name]["key"] for name in stage.after},
    }


def _setting(settings: dict[str, Any], path: str) -> Any:
    for part in path.split("."):
        settings = settings[part]
    return settings


def _do(stage: Stage, context: Context, ingredients: dict[str, Any]) -> dict[str, Any]:
    started = time.perf_counter()
    outputs = stage.work(context)
    files = {name: context.folder.write(name, content) for name, content in sorted(outputs.items())}
    return {
        "key": reuse.key_of(ingredients),
        "ingredients": ingredients,
        "files": files,
        "kinds": {name: context.folder.kinds[name] for name in files if name in context.folder.kinds},
        "rows": {
            name: rows
            for name in files
            if not isinstance(outputs[name], Path)  # a copy of somebody else's table, as they wrote it
            and (rows := formats.count_rows(context.folder.path(name))) is not None
        },
        "seconds": round(time.perf_counter() - started, 3),
    }


def _manifest(config: Config, hashes: dict[str, Any], stages: dict[str, Any]) -> dict[str, Any]:
    settings = config.model_dump(mode="json", by_alias=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "config": settings,
        "config_sha256": reuse.key_of(settings),
        "seed": config.clustering.seed,
        "inputs": hashes,
        "stages": stages,
        "files": {name: digest for stage in stages.values() for name, digest in stage["files"].items()},
        "seconds": round(sum(stage["seconds"] for stage in stages.values()), 3),
        "peak_memory_mb": round(peak / (1024 if sys.platform == "linux" else 1024**2)),
        "versions": versions(),
    }
