"""Runs the stages of a command: reuses or runs each, and puts all outputs in place at the end."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import Any, Protocol

from dapipeline import interruption
from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts import formats, reuse
from dapipeline.artefacts.folder import RunFolder
from dapipeline.artefacts.provenance import versions
from dapipeline.clustering.threads import threads_limited
from dapipeline.config import Config
from dapipeline.engine import shortages_told
from dapipeline.errors import RunError
from dapipeline.workflow import outputs
from dapipeline.workflow.inputs import Hashes, Inputs, check_unchanged, hash_inputs
from dapipeline.workflow.retention import erasures_left, privacy_record, refuse_to_bring_back
from dapipeline.workflow.run import Run
from dapipeline.workflow.stage import Bench, Context, Stage

Record = dict[str, Any]  # the entry of a stage in run.json


class Progress(Protocol):
    """What a command calls to report its progress."""

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        """Report that a stage begins.

        Parameters
        ----------
        stage : Stage
            The stage that begins.
        reasons : list of str
            Why it runs; empty if it is reused.
        """

    def step(self, text: str, share: float | None = None) -> None:
        """Report how far a long stage is.

        Parameters
        ----------
        text : str
            What the stage is doing.
        share : float, optional
            The share of it that is done, from 0 to 1, if the stage knows.
        """


class Silent:
    """Progress that is not shown."""

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        """Ignore that a stage begins.

        Parameters
        ----------
        stage : Stage
            The stage that begins.
        reasons : list of str
            Why it runs; empty if it is reused.
        """

    def step(self, text: str, share: float | None = None) -> None:
        """Ignore how far a long stage is.

        Parameters
        ----------
        text : str
            What the stage is doing.
        share : float, optional
            The share of it that is done, from 0 to 1, if the stage knows.
        """


@shortages_told()
def run_stages(
    command: str, stages: tuple[Stage, ...], config: Config, inputs: Inputs, out: Path, progress: Progress | None = None
) -> Run:
    """Run the stages of a command, or reuse their outputs, and put all outputs under `out`.

    Parameters
    ----------
    command : str
        The command that run.json names as the maker of the outputs.
    stages : tuple of Stage
        In the order in which they run.
    config : Config
    inputs : Inputs
        From `resolve_inputs`.
    out : Path
        Replaced whole after the last stage; unchanged if a stage fails.
    progress : Progress, optional
        Called before each stage runs or is reused.

    Returns
    -------
    Run

    Raises
    ------
    RunError
        O101 to O103 or O109 to O111 if `out` cannot be used, O105 if another command wrote it, O112 if an input
        changed meanwhile.
    PrivacyError
        P003 if the secret key lies inside `out`, P011 if people were erased from it and would be back.
    DapipelineError
        If a stage finds something wrong with the data or the config.
    UndeclaredError
        If a stage reads what it did not declare.
    """
    told = progress or Silent()
    with artefacts.open_run(out, csv_for_excel=config.report.csv_for_excel) as folder:
        before = folder.manifest.get("command", command)
        if before != command:
            raise RunError("O105", f"{out} holds the outputs of dapipeline {before}.", "Choose another --out.")
        if inputs.key:
            inputs.key.refuse_within(folder.out)
        hashes = hash_inputs(inputs)
        # The extract last, so that a table of the same file name does not overwrite its hash.
        flat = {name: digest for files in reversed(hashes.values()) for name, digest in files.items()}
        bench = Bench(config, inputs, flat, folder, told.step)
        ran, done = _go_through(stages, bench, hashes, told)
        about = privacy_record(config, inputs, done, ran, folder.manifest)
        remade = any(record["files"] != folder.manifest["stages"][name]["files"] for name, record in done.items()
                     if name not in ran)  # fmt: skip
        if ran or remade or about != folder.manifest.get("privacy"):
            of_people = {"privacy": about, "erased": erasures_left(folder.manifest, done, ran)}
            made = _manifest(config, hashes, done)
            folder.commit({"command": command, **made, "warnings": _warnings(bench), **of_people})
            interruption.outputs_are_complete()
        return Run(folder.out, command, ran=ran)


def _go_through(
    stages: tuple[Stage, ...], bench: Bench, hashes: Hashes, progress: Progress
) -> tuple[dict[str, list[str]], dict[str, Record]]:
    """Run or reuse each stage in turn; return the reasons of those that ran, and the run.json entries of all."""
    ran: dict[str, list[str]] = {}
    done: dict[str, Record] = {}
    for stage in stages:
        ingredients = _ingredients(stage, bench, hashes, done)
        reasons = reuse.reasons_to_run(stage.name, ingredients, bench.folder)
        progress.tell(stage, reasons)
        if reasons and "extract" in stage.inputs:
            refuse_to_bring_back(bench.folder, hashes["extract"])
        if reasons:
            ran[stage.name] = reasons
            done[stage.name] = _do(stage, bench, ingredients)
            check_unchanged(stage.inputs, bench.inputs, hashes)
        else:
            before = bench.folder.manifest["stages"][stage.name]
            done[stage.name] = before | {"files": bench.folder.take_over(before["files"])}
        bench.made_by |= dict.fromkeys(done[stage.name]["files"], stage.name)
    return ran, done


def _warnings(bench: Bench) -> list[dict[str, Any]]:
    """Return the warnings about the extract, for run.json."""
    if outputs.WARNINGS not in bench.made_by:
        return []
    return bench.folder.frame(outputs.WARNINGS).fillna("").to_dict("records")


def _ingredients(stage: Stage, bench: Bench, hashes: Hashes, done: dict[str, Record]) -> dict[str, Any]:
    return {
        "program": reuse.program_hash(stage.packages),
        "settings": stage.settings_of(bench.config, bench.inputs.key) | dict(stage.options),
        "inputs": {name: hashes[name] for name in stage.inputs},
        "after": {name: done[name]["key"] for name in stage.after},
    }


def _do(stage: Stage, bench: Bench, ingredients: dict[str, Any]) -> Record:
    started = time.perf_counter()
    with threads_limited(bench.config.engine.threads):
        made = stage.work(Context(bench, stage))
    files = {str(name): bench.folder.write(name, content) for name, content in sorted(made.items())}
    return {
        "key": reuse.key_of(ingredients),
        "ingredients": ingredients,
        "files": files,
        "kinds": {name: bench.folder.cell_types[name] for name in files if name in bench.folder.cell_types},
        "rows": {str(name): rows for name in made if (rows := _rows(bench.folder, name, made[name])) is not None},
        "seconds": round(time.perf_counter() - started, 3),
    }


def _rows(folder: RunFolder, name: str, content: Any) -> int | None:
    """Count the rows of a table; None for copies of the force's own files, whose format is unknown."""
    return None if isinstance(content, Path) else formats.count_rows(folder.path(name))


def _manifest(config: Config, hashes: Hashes, stages: dict[str, Record]) -> dict[str, Any]:
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
