"""Checks a run on the real extract by counts taken from the file itself: python tests/reference/check_real.py RUN."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

ROWS = 125_581
PEOPLE = 1_506  # of the 1,514 with an allegation that says DOMESTIC, those where nobody is known to be under 16


def main(run: Path) -> int:
    """Compare what the run says with what the file holds."""
    rows = pd.read_csv(run / "quality/reconciliation.csv").groupby("effect")["rows"].sum()
    parts = ["used", "out of scope", "quarantined", "duplicate"]
    off = pd.read_csv(run / "tables/feature_catalogue.csv").query("use == 'off'")
    report = (run / "report/index.html").read_text(encoding="utf-8")
    checks = {
        "rows read": rows["read"] == ROWS,
        "the reconciliation balances": sum(rows.get(part, 0) for part in parts) == ROWS,
        "people clustered": len(pd.read_parquet(run / "tables/assignments.parquet")) == PEOPLE,
        "features off, each with its column": len(off) > 0 and off["missing_columns"].notna().all(),
        "the report names a missing column": "victim_id" in report,
    }
    for what, held in checks.items():
        print(f"{'ok  ' if held else 'FAIL'} {what}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
