"""The protected characteristics of an offender are those recorded most often."""

from __future__ import annotations

from datetime import datetime

import ibis
import pytest

from dapipeline.offenders.people import people_of

from .histories import row

WHEN = datetime(2020, 1, 1)
BOTH = ["offender_sex", "offender_ethnicity"]


@pytest.fixture
def recorded(canonical, connection):
    """Ask for the people of rows given as (suspect, sex, ethnicity)."""

    def people(seen, ids, present):
        rows = [
            row(incident_id=str(at), occurred_from=WHEN, offender_id=suspect, offender_sex=sex,
                offender_ethnicity=ethnicity)
            for at, (suspect, sex, ethnicity) in enumerate(seen)
        ]  # fmt: skip
        found = connection.to_pandas(people_of(canonical(rows), ibis.memtable({"offender_id": ids}), present))
        return found.astype(object).where(found.notna(), None)

    return people


def test_the_most_often_recorded_value_stands_for_each_column_by_itself(recorded):
    seen = [
        ("A", "M", "Asian"),
        ("A", "M", "White"),
        ("A", "F", "White"),
        ("A", None, None),
        ("A", None, None),
    ]
    found = recorded(seen, ["A"], BOTH)
    assert list(found.columns) == ["offender_id", *BOTH]
    assert found.to_numpy().tolist() == [["A", "M", "White"]]


def test_the_first_by_alphabet_stands_where_two_are_as_often(recorded):
    seen = [
        ("A", "M", "White"),
        ("A", "F", "Black"),
        ("A", "U", "Asian"),
        ("A", "U", "Black"),
        ("A", "F", "White"),
    ]
    assert recorded(seen, ["A"], BOTH).to_numpy().tolist() == [["A", "F", "Black"]]


def test_everyone_of_the_cohort_is_there_once_sorted_and_nobody_else(recorded):
    seen = [("C", "M", None), ("B", None, None), ("X", "F", "White"), (None, "F", "White"), ("C", "M", None)]
    found = recorded(seen, ["C", "A", "B"], BOTH)
    assert found.to_numpy().tolist() == [["A", None, None], ["B", None, None], ["C", "M", None]]


def test_a_column_that_the_extract_lacks_is_left_out(recorded):
    seen = [("A", "M", "White")]
    assert list(recorded(seen, ["A"], ["offender_sex", "victim_sex"]).columns) == [
        "offender_id",
        "offender_sex",
    ]
    assert list(recorded(seen, ["A"], []).columns) == ["offender_id"]


def test_the_decile_is_that_of_most_incidents_and_the_more_deprived_of_two_as_often(canonical, connection):
    deciles = [("A", "9"), ("A", "9"), ("A", "2"), ("B", "10"), ("B", "3"), ("C", None)]
    rows = [
        row(incident_id=str(at), occurred_from=WHEN, offender_id=suspect, imd_decile=decile)
        for at, (suspect, decile) in enumerate(deciles)
    ]
    cohort = ibis.memtable({"offender_id": ["A", "B", "C"]})
    found = connection.to_pandas(people_of(canonical(rows).mutate(imd_decile=ibis._.imd_decile.cast("int64")), cohort,
                                           ["imd_decile"]))  # fmt: skip
    assert found["imd_decile"].astype(object).where(found["imd_decile"].notna(), None).tolist() == [9, 3, None]
