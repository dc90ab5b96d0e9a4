"""A run of some stages with a config as if it lay in a folder, and an ear for its progress."""

from __future__ import annotations

from pathlib import Path

from dapipeline.config import Config
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.pipeline import STAGES
from dapipeline.workflow.run import Run
from dapipeline.workflow.runner import Silent, run_stages
from dapipeline.workflow.stage import Stage


class Heard(Silent):
    """Progress that remembers the reasons of each stage, none where it was reused."""

    def __init__(self) -> None:
        self.stages: dict[str, list[str]] = {}

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        self.stages[stage.name] = reasons

    @property
    def ran(self) -> dict[str, list[str]]:
        return {name: why for name, why in self.stages.items() if why}


def run_in(folder: Path, config: Config, out: Path | None = None, stages: tuple[Stage, ...] = STAGES,
           progress: Silent | None = None, command: str = "run") -> Run:  # fmt: skip
    """Run stages with the config as if it lay in the folder."""
    settings = config.read_from(Path(folder) / "config.yaml")
    return run_stages(command, stages, settings, resolve_inputs(settings), out or Path(folder) / "out", progress)
