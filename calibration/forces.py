"""Made-up forces and their feature vectors, made once and kept outside version control."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dapipeline.artefacts import formats
from dapipeline.artefacts.folder import open_run
from dapipeline.artefacts.reuse import key_of, program_hash
from dapipeline.config import Config, load_config
from dapipeline.pipeline import TO_VECTORS
from dapipeline.run import resolve_inputs
from dapipeline.stage import Context

ROOT = Path(__file__).parents[1]
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
        """Make it, unless it is there as the generator would make it today."""
        stamp = {"program": program_hash(("synthetic",))}
        if self._stamped("made.json", stamp):
            return
        asked = ["--offenders", self.offenders, "--seed", self.seed, "--preset", self.preset, "--out", self.folder]
        words = [str(word) for word in (*asked, "--format", "parquet", *["--faults"] * self.faults)]
        subprocess.run([sys.executable, "-c", COMMAND, "synth", *words], check=True, stdout=subprocess.DEVNULL)
        formats.write(self.folder / "made.json", stamp)

    def describe(self) -> Path:
        """Run the stages up to the feature vectors, unless that was done with the same program and settings.

        Returns
        -------
        Path
            The folder that holds work/vectors.parquet and tables/features.parquet.
        """
        self.make()
        config = load_config(CONFIG)
        out, read = self.folder / "described", {"extract", "window", "domestic_abuse", "reference", "features"}
        settings = config.model_dump(mode="json", by_alias=True, include=read)
        rooms = ("synthetic", "extract", "incidents", "offenders")
        stamp = {"key": key_of({"program": program_hash(rooms), "settings": settings})}
        if not self._stamped("described/run.json", stamp):
            self._describe(config, out, stamp)
        return out

    def _describe(self, config: Config, out: Path, stamp: dict[str, str]) -> None:
        with open_run(out) as folder:
            context = Context(config, resolve_inputs(config, CONFIG.parent, self.extract), {}, folder, lambda _: None)
            for stage in TO_VECTORS:
                for name, content in stage.work(context).items():
                    folder.write(name, content)
            folder.commit(stamp)

    def _stamped(self, name: str, stamp: dict[str, str]) -> bool:
        path = self.folder / name
        return path.is_file() and formats.read_json(path) == stamp
