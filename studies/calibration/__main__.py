"""Compares the published study, the made-up force and a run on that force, and writes docs/calibration.md.

python -m studies.calibration         makes the force, with faults and without, runs the pipeline, measures all figures
python -m studies.calibration --page  the page alone, from the results
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from studies.calibration.calibrate import calibrate_one
from studies.calibration.comparison import compare
from studies.calibration.drawing import draw_confusion, draw_figures
from studies.calibration.forces import ROOT, STUDY_SIZE, Force
from studies.calibration.page import render
from studies.calibration.published import published_figures
from studies.calibration.results import RESULTS, write

DOCS = ROOT / "docs"


def write_page(results: Path, docs: Path) -> None:
    """Write the page and its figures from the results."""
    (docs / "calibration.md").write_text(render(results), encoding="utf-8")
    (docs / "calibration.svg").write_text(draw_figures(results), encoding="utf-8")
    (docs / "calibration_confusion.svg").write_text(draw_confusion(results), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m studies.calibration")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page anew")
    parser.add_argument("--preset", default="west_midlands")
    parser.add_argument("--offenders", type=int, default=STUDY_SIZE)
    parser.add_argument("--seed", type=int, default=2022, help="of the force")
    asked = parser.parse_args(arguments)
    if not asked.page:
        made = (asked.preset, asked.offenders, asked.seed)
        clean, faulty = calibrate_one(Force(*made)), calibrate_one(Force(*made, faults=True))
        found = {
            "truth": clean.truth,
            "recovered": clean.recovered,
            "truth_with_faults": faulty.truth,
            "recovered_with_faults": faulty.recovered,
        }
        write(compare(published_figures(), found), "figures", RESULTS)
        write(pd.concat([clean.confusion, faulty.confusion], ignore_index=True), "confusion", RESULTS)
        write(pd.concat([clean.names, faulty.names], ignore_index=True), "names", RESULTS)
    write_page(RESULTS, DOCS)


if __name__ == "__main__":
    main(sys.argv[1:])
