"""Made-up forces and their feature vectors, made once and kept outside version control."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dapipeline.artefacts import formats
from dapipeline.artefacts.reuse import program_hash
from dapipeline.config import Config, load_config
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.runner import run_stages
from dapipeline.workflow.to_vectors import TO_VECTORS

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "configs" / "west_midlands_2022.yaml"
CACHE = Path(__file__).parent / "cache"
STUDY_SIZE = 145_392  # suspects: 137,661 clustered and 7,731 left out for missing data (published)
COMMAND = "from dapipeline.cli import main; main()"


@dataclass(frozen=True)
class Force:
    """One made-up force.

    Attributes
    ----------
    preset : str
    offenders : int
    seed : int
    faults : bool
        With the recording faults of a real extract.
    cache : Path
        Below which it is kept.
    """

    preset: str = "west_midlands"
    offenders: int = STUDY_SIZE
    seed: int = 2022
    faults: bool = False
    cache: Path = CACHE

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.cache / f"{self.preset}-{self.offenders}-{self.seed}{'-faults' * self.faults}"

    @property
    def extract(self) -> Path:
        """Its incidents: a pattern, as a large force is written in parts."""
        return self.folder / "incidents*.parquet"

    def make(self) -> None:
        """Make it, unless the present generator made it already."""
        stamp = {"program": program_hash(("synthetic",))}
        made = self.folder / "made.json"
        if made.is_file() and formats.read_json(made) == stamp:
            return
        asked = ["--offenders", self.offenders, "--seed", self.seed, "--preset", self.preset, "--out", self.folder]
        words = [str(word) for word in (*asked, "--format", "parquet", *["--faults"] * self.faults)]
        subprocess.run([sys.executable, "-c", COMMAND, "synth", *words], check=True, stdout=subprocess.DEVNULL)
        formats.write(made, stamp)

    def describe(self, config: Config | None = None) -> Path:
        """Run the stages up to the feature vectors, unless that was done with the same program and settings.

        Parameters
        ----------
        config : Config, optional
            The settings; the study's unless given.

        Returns
        -------
        Path
            The folder that holds work/vectors.parquet and tables/features.parquet.
        """
        self.make()
        config, out = config or load_config(CONFIG), self.folder / "described"
        inputs = resolve_inputs(config.read_from(CONFIG), self.extract)
        run_stages("run", TO_VECTORS, config, inputs, out)
        return out
