"""How concentrated harm is, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.analysis.concentration import harm_concentration


def shares(values):
    table = harm_concentration(pd.Series(values, dtype=float))
    return {line.top_share: (line.offenders, line.severity, line.share_of_severity) for line in table.itertuples()}


def test_of_a_hundred_offenders():
    found = shares([1] * 90 + [10] * 8 + [500, 330])  # 1,000 together
    assert found[0.01] == (1, 500, 0.5)
    assert found[0.02] == (2, 830, 0.83)
    assert found[0.03] == (3, 840, 0.84)
    assert found[0.05] == (5, 860, 0.86)
    assert found[0.10] == (10, 910, 0.91)
    assert found[0.20] == (20, 920, 0.92)
    assert found[0.50] == (50, 950, 0.95)
    assert found[1.0] == (100, 1000, 1)


def test_a_share_of_few_people_is_rounded_up_to_whole_ones():
    found = shares([4, 3, 2, 1, 0, 0, 0])
    assert [found[share][0] for share in (0.01, 0.10, 0.20, 0.50, 1.0)] == [1, 1, 2, 4, 7]
    assert found[0.20][1:] == (7, pytest.approx(0.7))


def test_a_share_that_comes_out_whole_is_not_rounded_up():
    assert shares([1] * 300)[0.03][0] == 9  # 0.03 x 300 is 9.000000000000002 in floating point
    assert shares([1] * 700)[0.01][0] == 7


def test_without_harm_nobody_has_a_share():
    assert {share for *_, share in shares([0, 0]).values()} == {0}


def test_the_order_of_offenders_does_not_matter():
    assert shares([5, 1, 3]) == shares([3, 5, 1])
