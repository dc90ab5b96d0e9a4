"""Family and severity of an offence: by its code, else its title, else what the config says; one scale a run."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.incidents.offences import DEFAULT_SCALE, OWN_SCALE, resolve_offences
from dapipeline.reference.deprivation import read_deprivation
from dapipeline.reference.severity import read_severity

COLUMNS = ["offence_code", "offence", "offence_family"]


def resolve(*recorded, supplied=None, own=False):
    return resolve_offences(pd.DataFrame(list(recorded), columns=COLUMNS, dtype="string"), supplied, own)


def one(*recorded, **settings):
    [line] = resolve(recorded, **settings).offences.to_dict("records")
    return line


@pytest.mark.parametrize(
    ("recorded", "family", "by", "severity"),
    [
        (("10501", None, None), "violence", "code", 10),
        (("10501", "Rape", None), "violence", "code", 10),  # the code goes before the title
        ((None, "Rape of a female aged 16 and over", None), "sexual", "title", 2555),
        (("99998", "Murder", None), "homicide", "title", 5475),  # a code that is not on the list
        (("99998", None, "drugs"), "drugs", "family", 3),
        (("04600", None, "violence"), "violence", "code", 1),  # the config's family, the code's severity
        (("99998", "Something nobody heard of", None), "other", "nothing", 10),
        ((None, None, None), "other", "nothing", 10),
    ],
)
def test_family_and_severity_of_the_shipped_tables(recorded, family, by, severity):
    found = one(*recorded)
    assert (found["family"], found["resolved_by"], found["severity"]) == (family, by, severity)


def test_each_offence_is_resolved_once_in_a_fixed_order():
    lines = [("10501", "B", None), (None, "A", None), ("10501", "A", None), ("10501", "B", None)]
    found = resolve(*lines).offences
    keys = found[["offence_code", "offence"]].fillna("-").to_numpy().tolist()
    assert keys == [["-", "A"], ["10501", "A"], ["10501", "B"]]
    assert found.equals(resolve(*lines[::-1]).offences)


@pytest.fixture
def weights(tmp_path):
    (tmp_path / "weights.csv").write_text("code,severity\n10501,12.5\n8/6,400\n")
    return read_severity(tmp_path / "weights.csv")


def test_the_scale_is_the_extract_s_own_before_a_named_table_before_the_default(weights):
    recorded = ("10501", None, None)
    own = resolve(recorded, supplied=weights, own=True)
    assert own.scale == OWN_SCALE
    assert own.offences["severity"].isna().all()
    named = resolve(recorded, supplied=weights)
    assert (named.scale, named.offences["severity"].tolist()) == ("force-supplied", [12.5])
    default = resolve(recorded)
    assert (default.scale, default.offences["severity"].tolist()) == (DEFAULT_SCALE, [10])


def test_a_severity_that_the_named_table_lacks_is_missing_and_not_of_another_scale(weights):
    found = resolve(("04600", "Shoplifting", None), ("00806", None, None), supplied=weights).offences
    assert found["severity"].isna().tolist() == [False, True]
    assert found["severity"].tolist()[0] == 400
    assert found["family"].tolist() == ["violence", "acquisitive"]  # families do not need it


def test_what_has_no_severity_adds_nothing_to_an_incident(build, weights):
    tables = build({"offence_code": "10501"}, {"offence_code": "04600"}, supplied=weights)
    assert [row["severity"] for row in tables["offences"]] == [None if row["offence_code"] == "04600" else 12.5
                                                              for row in tables["offences"]]  # fmt: skip
    assert float(tables["incidents"][0]["severity"]) == 12.5


# Deprivation of the place


@pytest.fixture
def deciles(tmp_path):
    (tmp_path / "imd.csv").write_text("lsoa,imd_decile\nE01000001,1\nE01000002,10\n")
    return read_deprivation(tmp_path / "imd.csv")


PLACES = [
    ({"lsoa": "E01000002"}, 10),
    ({"lsoa": "e01000001"}, 1),
    ({"lsoa": "E01999999"}, None),
    ({"lsoa": None, "imd_decile": "4"}, 4),
    ({"lsoa": "E01000002", "imd_decile": "4"}, 4),  # what the row says goes first
    ({"lsoa": "E01000002", "imd_decile": None}, 10),
]


def test_the_decile_of_a_place(build, deciles):
    tables = build(*(row | {"incident_id": f"I{at}"} for at, (row, _) in enumerate(PLACES)), deprivation=deciles)
    assert [row["imd_decile"] for row in tables["incidents"]] == [decile for _, decile in PLACES]


def test_without_a_table_only_the_row_speaks(build):
    [incident] = build({"lsoa": "E01000002"})["incidents"]
    assert incident["imd_decile"] is None
