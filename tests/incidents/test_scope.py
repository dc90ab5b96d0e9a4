"""Every row read is accounted for, once."""

from __future__ import annotations

from datetime import datetime

import ibis
import pandas as pd
import pytest

from dapipeline.incidents.scope import check_balance, reconcile

COLUMNS = ["stage", "rule", "column", "effect", "rows"]
# Ten rows read: one a copy, one set aside, one outside the window, seven kept.
COUNTS = pd.DataFrame(
    [
        ("extract", "rows_read", "", "read", 10),
        ("extract", "exact_duplicate", "", "duplicate", 1),
        ("extract", "missing_date", "occurred_from", "quarantined", 1),
        ("extract", "victim_age", "victim_age", "blanked", 4),
        ("extract", "outside_window", "occurred_from", "out of scope", 1),
        ("extract", "rows_kept", "", "kept", 7),
    ],
    columns=COLUMNS,
)
WHEN = datetime(2020, 1, 1)


def pairs(*people):
    """Canonical rows of pairs of suspect and victim."""
    return ibis.memtable(
        pd.DataFrame(people, columns=["offender_id", "victim_id"]).astype("string"),
        schema={"offender_id": "string", "victim_id": "string"},
    )


@pytest.fixture
def cohort():
    return ibis.memtable(pd.DataFrame({"offender_id": ["A", "B"], "first_da": [WHEN, WHEN]}))


@pytest.fixture
def kept():
    # A or B as suspect: 3; as victim alone: 2; neither: 2.
    return pairs(("A", "X"), ("A", "B"), ("B", None), ("X", "A"), (None, "B"), ("X", "Y"), (None, "X"))


def test_a_row_is_used_for_its_suspect_else_for_its_victim(kept, cohort):
    found = reconcile(COUNTS, kept, cohort)
    assert list(found.columns) == COLUMNS
    pd.testing.assert_frame_equal(found.iloc[:6], COUNTS)
    assert found.iloc[6:].to_numpy().tolist() == [
        ["incidents", "cohort_as_suspect", "offender_id", "used", 3],
        ["incidents", "cohort_as_victim", "victim_id", "used", 2],
        ["incidents", "no_da_incident", "offender_id", "out of scope", 2],
    ]


def test_what_is_counted_adds_up(kept, cohort):
    check_balance(reconcile(COUNTS, kept, cohort))


@pytest.mark.parametrize("lost", [0, 1, 2, 4])
def test_a_row_too_many_or_too_few_is_a_fault_of_the_program(kept, cohort, lost):
    counts = COUNTS.copy()
    counts.loc[lost, "rows"] += 1
    with pytest.raises(AssertionError, match="rows were read, but"):
        check_balance(reconcile(counts, kept, cohort))


@pytest.mark.parametrize("apart", [3, 5])
def test_blanked_values_and_kept_rows_are_no_part_of_the_balance(kept, cohort, apart):
    counts = COUNTS.copy()
    counts.loc[apart, "rows"] += 1
    check_balance(reconcile(counts, kept, cohort))


def test_rows_of_nobody_in_the_cohort_are_out_of_scope():
    nobody = ibis.memtable({"offender_id": ["Z"], "first_da": [WHEN]})
    assert reconcile(COUNTS, (pairs(("A", "B"))), nobody)["rows"].tolist()[6:] == [0, 0, 1]


def test_a_missing_id_is_nobody():
    nameless = ibis.memtable(
        {"offender_id": ["A", None], "first_da": [WHEN, WHEN]},
        schema={"offender_id": "string", "first_da": "timestamp"},
    )
    rows = pairs((None, "X"), ("X", None), ("A", None))
    assert reconcile(COUNTS, rows, nameless)["rows"].tolist()[6:] == [1, 0, 2]
