"""The shareable edition of extracts that lack columns."""

from __future__ import annotations

import re

import pytest
from tests.running import run_in

from dapipeline.config import Config
from dapipeline.synthetic import synthesise

NEEDED = ["incident_id", "offender_id", "occurred_from", "da_flag", "is_crime"]
GONE = {
    "victims": lambda names: [name for name in names if not name.startswith("victim_")],
    "all but the needed": lambda names: NEEDED,
    "grades, outcomes and ages": lambda names: [
        name for name in names if name not in ("risk_grade", "outcome_code", "outcome_at") and not name.endswith("_dob")
    ],
}


@pytest.mark.parametrize("kept", GONE.values(), ids=GONE)
def test_an_edition_is_made_of_what_there_is(tmp_path, kept):
    rows = synthesise(500, seed=3).incidents
    rows[kept(list(rows.columns))].to_csv(tmp_path / "rows.csv", index=False)
    config = Config.model_validate({
        "name": "few", "extract": {"path": "rows.csv"}, "clustering": {"k": 4}, "report": {"edition": "shareable"},
    })  # fmt: skip
    run = run_in(tmp_path, config)
    page = (run.out / "shareable/index.html").read_text(encoding="utf-8")
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert "people are recorded as suspects of domestic abuse" in words
    assert not re.search(r"\b(nan|NaN|None|inf)\b", words)
    if "victim_id" not in kept(list(rows.columns)):
        assert "victim of DA" not in words
