"""The README's worked example, run as a reader would."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from dapipeline.config import load_config
from dapipeline.extract.intake import take_in
from dapipeline.run import resolve_inputs, run_pipeline

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = ROOT / "configs/foreign.yaml"


def blocks(language: str) -> list[str]:
    return [part.split("```")[0] for part in README.split(f"```{language}\n")[1:]]


def test_the_settings_shown_are_those_of_the_config():
    shown = yaml.safe_load("".join(blocks("yaml")))
    whole = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    for name, value in shown["extract"].items():
        if isinstance(value, dict):
            assert value.items() <= whole["extract"][name].items()
        else:
            assert value == whole["extract"][name]
    assert shown["clustering"] == whole["clustering"]


def test_check_counts_what_the_readme_shows():
    config = load_config(CONFIG)
    counts = take_in(resolve_inputs(config, CONFIG.parent, None).extract, config).extracted.counts
    for line in counts[counts["rows"] > 0].itertuples():
        what = line.rule.replace("_", " ")
        assert f"│ {what:<15} │ {line.column:<13} │ {line.effect:<11} │ {line.rows:>4} │" in README


def test_the_foreign_file_ends_in_a_report(tmp_path):
    config = load_config(CONFIG)
    run_pipeline(config, resolve_inputs(config, CONFIG.parent, None), tmp_path / "out", lambda stage, reasons: None)
    assert (tmp_path / "out/report/index.html").is_file()
    assert len(pd.read_csv(tmp_path / "out/tables/clusters.csv")) == 8


@pytest.mark.parametrize("line", [line for line in README.splitlines() if "](" in line and "://" not in line])
def test_links_lead_somewhere(line):
    for part in line.split("](")[1:]:
        target = part.split(")")[0].split("#")[0]
        assert (ROOT / target).exists(), target
