"""The day of an outcome in a made-up force: blank where there is none, after the report, and nothing else moves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dapipeline.synthetic.force import make_force
from dapipeline.synthetic.outcome_days import DAYS, with_outcome_days


@pytest.fixture(scope="module")
def rows():
    return make_force(300, seed=4).incidents


def test_it_is_blank_exactly_where_there_is_no_outcome(rows):
    assert (
        rows["outcome_at"].notna().equals((rows["outcome_code"].notna() & (rows["outcome_code"] != "0")).astype(bool))
    )
    assert rows["outcome_at"].notna().any()


def test_it_is_one_day_of_a_crime_and_not_before_the_report(rows):
    known = rows[rows["outcome_at"].notna()]
    assert not known.drop_duplicates(["offence_id", "outcome_at"])["offence_id"].duplicated().any()
    waited = known["outcome_at"] - known["reported_at"].dt.normalize()
    assert (waited >= pd.Timedelta(0)).all()
    assert waited.drop_duplicates().dt.days.max() > 2 * DAYS
    assert abs(waited.dt.days.mean() - DAYS) < 5


def test_nothing_else_depends_on_its_stream(rows):
    """The same rows with days from another stream differ in the days alone."""
    other = with_outcome_days(rows.drop(columns="outcome_at"), np.random.default_rng(99))
    pd.testing.assert_frame_equal(other.drop(columns="outcome_at"), rows.drop(columns="outcome_at"))
    assert not other["outcome_at"].equals(rows["outcome_at"])
