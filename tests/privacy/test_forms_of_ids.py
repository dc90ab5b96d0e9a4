"""Ids that another program wrote as decimals, formulas or after an apostrophe: people are found by either form."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.errors import CohortError
from dapipeline.extract.forms import plain_id
from dapipeline.workflow.erase import erase
from dapipeline.workflow.explain import explain

from ..running import run_in
from .conftest import put_key
from .test_erase import BEFORE_ANALYSIS

HEADER = "incident_id,offender_id,victim_id,occurred_from,da_flag,is_crime,risk_grade\n"


def made(folder, written: str, pseudonymise: bool):
    """A run whose suspects are 1001 to 1008, as another program wrote them; each has some victims of their own."""
    lines = [
        f"I{at},{written.format(1001 + at % 8)},V{at},201{at % 8}-0{1 + at % 7}-11,Y,{'YN'[at % 2]},high"
        for at in range(60)
    ]
    (folder / "extract.csv").write_text(HEADER + "\n".join(lines) + "\n")
    privacy = {"pseudonymise": True, "key_file": str(put_key(folder / "key"))} if pseudonymise else {}
    config = Config.model_validate({
        "name": "forms", "extract": {"path": "extract.csv"}, "clustering": {"k": 2},
        "typology": {"definitions": "none"}, "privacy": privacy,
    })  # fmt: skip
    return run_in(folder, config, stages=BEFORE_ANALYSIS)


@pytest.mark.parametrize("pseudonymise", [False, True])
@pytest.mark.parametrize("written", ["{}.0", "'{}", '"=""{}"""'])
def test_people_are_found_as_the_extract_writes_them_and_as_the_run_does(tmp_path, written, pseudonymise):
    run = made(tmp_path, written, pseudonymise)
    assert list(pd.read_csv(run.path("quality/warnings.csv"))["code"]).count("W210") == 1
    (as_written,) = next(csv.reader([written.format(1003)]))
    places = {one: explain(run, one).explanation.cluster for one in (as_written, "1003")}
    assert len(set(places.values())) == 1
    with pytest.raises(CohortError, match=r"^D115: "):
        explain(run, "1099.0")
    (tmp_path / "ids.txt").write_text("1003.0\n1004\n1003\n1099.0\n")
    erased = erase(run, tmp_path / "ids.txt")
    assert (erased.people, erased.not_found) == (2, 1)
    assert erased.rows["work/rows.parquet"] == sum(at % 8 in (2, 3) for at in range(60))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1078.0", "1078"),
        ("1078.00", "1078"),
        ("'0078", "0078"),
        ('="1e5"', "1e5"),
        ("1078.5", "1078.5"),
        ("A.0", "A.0"),
    ],
)
def test_one_id_is_put_into_the_form_of_its_column(written, read):
    assert plain_id(written) == read


def test_where_ids_were_read_as_they_are_a_decimal_is_another_id(tmp_path):
    run = made(tmp_path, "{}", False)
    assert erase(run, ["1003.0"]).people == 0
