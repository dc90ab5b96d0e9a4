"""How concentrated harm is, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dapipeline.analysis.harm.concentration import gini, harm_concentration, lorenz_curve


def shares(values):
    table = harm_concentration({"offenders": np.array(values, dtype=float)})
    return {line.top_share: (line.number, line.severity, line.share_of_severity) for line in table.itertuples()}


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


def test_the_lorenz_curve_of_four_people():
    curve = lorenz_curve({"pairs": np.array([6.0, 1, 0, 3])}).set_index("share_of_units")["share_of_severity"]
    # Least first: 0, 1, 3, 6 of 10; between two people on the straight line.
    assert curve[[0.0, 0.25, 0.5, 0.75, 1.0]].tolist() == pytest.approx([0, 0, 0.1, 0.4, 1])
    assert curve[0.9] == pytest.approx(0.4 + 0.6 * 0.6)
    assert curve[0.95] == pytest.approx(0.4 + 0.6 * 0.8)


def test_the_lorenz_curve_of_equals_is_straight_and_of_others_hangs():
    equal = lorenz_curve({"pairs": np.array([5.0] * 7)})
    assert equal["share_of_severity"].tolist() == pytest.approx(equal["share_of_units"].tolist())
    unequal = lorenz_curve({"pairs": np.array([1.0, 2, 50, 900])})
    assert (unequal["share_of_severity"] <= unequal["share_of_units"] + 1e-12).all()
    assert unequal["share_of_severity"].is_monotonic_increasing


@pytest.mark.parametrize("top", [0.01, 0.02, 0.03, 0.05, 0.10, 0.20, 0.50])
def test_the_lorenz_curve_and_the_top_shares_agree(top):
    severity = {"offenders": np.arange(1000.0) ** 3}
    curve = lorenz_curve(severity)
    below = curve.loc[(curve["share_of_units"] - (1 - top)).abs().idxmin(), "share_of_severity"]
    reached = harm_concentration(severity).set_index("top_share")["share_of_severity"]
    assert 1 - below == pytest.approx(reached[top])


def test_gini_of_four_is_the_mean_difference_of_two_drawn_at_random():
    values = np.array([6.0, 1, 0, 3])
    apart = np.mean([abs(one - other) for one in values for other in values])
    [line] = gini({"victims": values}).to_dict("records")
    assert line == {"unit": "victims", "number": 4, "with_severity": 3, "severity": 10.0,
                    "gini": pytest.approx(apart / (2 * values.mean()))}  # fmt: skip


def test_what_others_published_stands_beside_the_share_it_is_of():
    table = harm_concentration({"offenders": np.ones(100), "victims": np.ones(100), "pairs": np.ones(100)})
    told = table[table["published_share"].notna()]
    assert list(told[["unit", "top_share", "published_share"]].itertuples(index=False, name=None)) == [
        ("offenders", 0.03, 0.9), ("pairs", 0.02, 0.8),
    ]  # fmt: skip
