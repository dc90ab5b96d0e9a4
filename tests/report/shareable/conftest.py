"""The shareable edition of the sample, with two numbers of clusters."""

import shutil
from pathlib import Path

import pytest
from tests.running import run_in

from dapipeline.config import Config

SAMPLE = Path(__file__).parents[3] / "data/sample/incidents.csv"
SETTINGS = {
    "name": "Sample & force",
    "extract": {"path": str(SAMPLE)},
    "window": {"from": "2011-01-01", "to": "2020-12-31"},
    "features": {"transform": "log1p"},
    "report": {"edition": "shareable", "marking": "OFFICIAL", "contact": "Analysis <unit>"},
}


@pytest.fixture(scope="session")
def editions(tmp_path_factory) -> list[Path]:
    """Give two runs of the sample, with 50 and with 30 clusters."""
    folder = tmp_path_factory.mktemp("editions")
    made = []
    for k in (50, 30):
        out = folder / f"k{k}"
        if made:
            shutil.copytree(made[-1], out)
        config = Config.model_validate(SETTINGS | {"clustering": {"k": k, "metric": "euclidean"}})
        run_in(folder, config, out)
        made.append(out)
    return made
