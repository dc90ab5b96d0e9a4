"""What cannot be answered is listed with the column that is missing."""

from __future__ import annotations

from datetime import datetime

import pytest

from dapipeline.analysis.harm.gaps import SEVERITY, harm_gaps
from dapipeline.analysis.harm.people import Reach

ALL = ["offence_code", "risk_grade", "offender_sex", "offender_dob", "imd_decile", "victim_id", "relationship"]
TEN_YEARS = Reach(datetime(2011, 1, 1), datetime(2021, 1, 1))


def told(present, reach=TEN_YEARS, has_severity=True, others=True):
    table = harm_gaps(present, reach, has_severity, others)
    return list(table.itertuples(index=False, name=None))


def test_an_extract_with_everything_lacks_nothing():
    assert told(ALL) == []


@pytest.mark.parametrize(
    ("column", "tables"),
    [
        ("risk_grade", ["share_of_harm"]), ("victim_id", ["harm_concentration", "harm_parts"]),
        ("relationship", ["comparisons"]), ("offender_sex", ["share_of_harm", "comparisons"]),
        ("imd_decile", ["share_of_harm", "comparisons"]), ("offence_code", ["harm_regression"]),
    ],
)  # fmt: skip
def test_a_missing_column_is_named_with_what_it_costs(column, tables):
    found = told([name for name in ALL if name != column])
    assert [table for table, *_ in found] == tables
    assert all(column in because for *_, because in found)


def test_either_of_two_columns_is_enough():
    assert told([name for name in ALL if name != "offender_dob"] + ["offender_age"]) == []
    assert told([name for name in ALL if name != "offence_code"] + ["offence"]) == []


def test_records_of_few_years_answer_less():
    found = told(ALL, Reach(datetime(2018, 1, 1), datetime(2020, 12, 31)))
    assert found[0] == ("harm_order", "out of time", "the records cover fewer than 4 years")
    assert found[1][2] == "the records cover 3.0 years"
    assert told(ALL, Reach(datetime(2015, 1, 1), datetime(2021, 1, 1))) == []
    [(_, what, because)] = told(ALL, Reach(datetime(2016, 7, 2), datetime(2021, 1, 1)))
    assert (what, because) == ("all of the 5 years before the first DA incident", "the records cover 4.5 years")


def test_without_other_suspects_or_without_severity():
    assert told(ALL, others=False) == [
        ("comparisons", "suspects of DA and other suspects", "the extract holds suspects of DA alone")
    ]
    [(table, _, because)] = told(ALL, has_severity=False)
    assert table == SEVERITY
    assert because == "no DA incident has a severity above 0"
    found = told(
        [name for name in ALL if name not in ("offence_code", "relationship", "victim_id")], has_severity=False
    )
    assert [table for table, *_ in found] == [SEVERITY, "comparisons"]
    assert "offence_code" in found[0][2]
