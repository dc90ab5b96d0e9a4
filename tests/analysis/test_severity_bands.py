"""Severity bands, counted by hand."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from dapipeline.analysis.severity_bands import BANDS, SCALE, incident_bands, severity_bands
from dapipeline.reference.severity import read_severity

# Offence by offence: incident, suspect, severity; the incident's severity is their sum.
RECORDED = [
    ("1", "A", 99.9), ("2", "A", 100), ("3", "A", 500), ("4", "A", 500.5), ("5", "A", 501),
    ("6", "B", 60), ("6", "B", 50), ("7", "B", 0), ("8", "C", None),
]  # fmt: skip


@pytest.fixture
def bands(incidents_of):
    rows = [
        {"incident_id": i, "offender_id": s, "offence_id": f"{i}{n}", "severity": v, "is_crime": v is not None}
        for n, (i, s, v) in enumerate(RECORDED)
    ]
    rows.append({"incident_id": "9", "offender_id": "A", "severity": 9999.0, "da_flag": False, "offence_id": "x"})
    _, tables = incidents_of(rows)
    return incident_bands(tables.incidents).to_pandas()


def test_incidents_fall_into_bands(bands):
    assert bands.to_dict("records") == [
        {"offender_id": "A", "no crime": 0, "low": 1, "medium": 2, "high": 2},
        {"offender_id": "B", "no crime": 0, "low": 1, "medium": 1, "high": 0},
        {"offender_id": "C", "no crime": 1, "low": 0, "medium": 0, "high": 0},
    ]


def test_people_stand_in_the_band_of_their_most_severe_incident(bands):
    assigned = pd.DataFrame({"offender_id": list("CBA"), "cluster": [2, 1, 1], "typology": ["y", "x", "x"]})
    found = severity_bands(bands, assigned).set_index(["band", "cluster"])
    assert list(dict.fromkeys(found.index.get_level_values("band"))) == ["no crime", "low", "medium", "high"]
    assert found["da_incidents"].to_dict() == {
        ("no crime", 1): 0, ("low", 1): 2, ("medium", 1): 3, ("high", 1): 2,
        ("no crime", 2): 1, ("low", 2): 0, ("medium", 2): 0, ("high", 2): 0,
    }  # fmt: skip
    assert found.query("offenders > 0")["offenders"].to_dict() == {
        ("medium", 1): 1, ("high", 1): 1, ("no crime", 2): 1,
    }  # fmt: skip
    assert found.loc[("medium", 1), "meaning"] == BANDS["medium"] == "100 to 500"


def test_the_bands_belong_to_the_scale_that_the_ons_table_is_read_as(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "List of weights"
    for line in (["Offence category", "Weight"], ["8N Assault with injury", 203.07], ["2 Attempted murder", 4663]):
        book.active.append(line)
    book.save(tmp_path / "ons.xlsx")
    assert read_severity(tmp_path / "ons.xlsx").scale == SCALE
