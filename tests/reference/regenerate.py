"""Regenerates the reference outputs of the sample, says what moved, and how well names fit the truth.

python -m tests.reference.regenerate          writes them anew
python -m tests.reference.regenerate --check  compares alone; exit status 1 where anything moved
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd
from studies.calibration.scores import as_classes, confusion, rand_indices, score_names

import dapipeline as dap
from dapipeline.artefacts import formats
from dapipeline.artefacts.manifest import cell_types_of_files
from dapipeline.artefacts.spreadsheet import cell_types, read_csv
from dapipeline.config import load_config
from dapipeline.typology.definitions import load_definitions

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "sample"
TABLES = (
    "quality/reconciliation.csv",
    "quality/missing_features.csv",
    "tables/typologies.csv",
    "tables/clusters.csv",
    "tables/groups.csv",
    "tables/profiles.csv",
    "tables/criteria.csv",
    "tables/medoids.csv",
    "tables/timeline_people.csv",
    "tables/timeline_records.csv",
    "tables/timeline_others.csv",
    "tables/components.csv",
    "tables/harm_concentration.csv",
    "tables/harm_regression.csv",
    "tables/equality_audit.csv",
    "tables/equality_by_typology.csv",
    "tables/stand_ins.csv",
    "tables/name_stability.csv",
    "tables/own_records.csv",
    "tables/measures.csv",
    "tables/overlap.csv",
    "tables/cohort_hexagons.csv",
    "tables/offender_patterns.csv",
    "tables/harm_ranking.csv",
    "tables/lorenz.csv",
    "tables/share_of_harm.csv",
    "tables/harm_and_history.csv",
    "tables/harm_trend.csv",
    "tables/harm_models.csv",
    "tables/harm_order.csv",
    "tables/harm_parts.csv",
    "tables/comparisons.csv",
    "tables/gini.csv",
    "tables/scrutiny.csv",
    "tables/scrutiny_gaps.csv",
    "tables/offence_groups.csv",
    "tables/escalation.csv",
    "tables/reoffending.csv",
    "tables/risk_grades.csv",
    "tables/risk_transitions.csv",
    "tables/offences_after_grade.csv",
    "tables/first_risk.csv",
    "tables/outcomes.csv",
    "tables/arrests.csv",
    "tables/after_outcome.csv",
    "tables/breaches.csv",
    "tables/non_crimes_before_crime.csv",
    "tables/homicides.csv",
    "tables/child_to_parent.csv",
)
RELATIVE = 1e-9
SHOWN = 5


def moved(name: str, old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Say what differs: text and counts exactly, floats by more than 1e-9 of their size."""
    if list(old.columns) != list(new.columns):
        return [f"{name}: columns {sorted(set(old.columns) ^ set(new.columns))} came or went"]
    if len(old) != len(new):
        return [f"{name}: {len(old)} rows became {len(new)}"]
    found = []
    for column in old.columns:
        before, after = old[column], new[column]
        if pd.api.types.is_float_dtype(before) and pd.api.types.is_numeric_dtype(after):
            differs = (before - after).abs() > RELATIVE * before.abs().clip(lower=1e-300)
            differs |= before.isna() != after.isna()
        else:
            differs = (before != after) & ~(before.isna() & after.isna())
        rows = list(old.index[differs.fillna(True)])
        found += [f"{name} row {row}: {column} {before[row]} -> {after[row]}" for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            found.append(f"{name}: {column} moved in {len(rows) - SHOWN} more rows")
    return found


def main() -> int:
    """Run the sample and compare or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    config = load_config(ROOT / "configs/sample.yaml")
    differences: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sample"
        run = dap.run(config, out=out)
        assignments = run.frame("assignments")
        formats.write(out / "tables/assignments.csv", assignments)
        types = cell_types_of_files(run.manifest) | {"tables/assignments.csv": cell_types(assignments)}
        for name in (*TABLES, "tables/assignments.csv"):
            expected = EXPECTED / Path(name).name
            old, new = (read_csv(path, types[name]) if path.is_file() else None for path in (expected, out / name))
            differences += [f"{expected.name}: not there yet"] if old is None else moved(expected.name, old, new)
            if not check:
                EXPECTED.mkdir(exist_ok=True)
                shutil.copyfile(out / name, expected)
        truth = pd.read_csv(ROOT / "data/sample/truth.csv", dtype="string").set_index("offender_id")["typology"]
        names = list(load_definitions(ROOT / "configs/typologies/west_midlands_2022.yaml").typologies)
        planted = as_classes(assignments["offender_id"].map(truth), names)
        named = as_classes(assignments["typology"], names)
        table = score_names(confusion(planted, named, names))
        print(table.to_string(index=False, float_format="{:.2f}".format))
        print(f"adjusted Rand index, the unnamed as one class: {rand_indices(planted, named)[1]:.3f}")
        print(f"names with F1 above 0.6: {(table['f1'] > 0.6).sum()} of {len(table)}")
    print("\n".join(differences) if differences else "Nothing moved.")
    return 1 if check and differences else 0


if __name__ == "__main__":
    sys.exit(main())
