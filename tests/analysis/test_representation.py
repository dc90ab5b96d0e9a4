"""Intervals, tests and words of representation, against statsmodels, a slow version and counts by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq, minimize_scalar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from dapipeline.analysis.representation import EXPECTED, OVER, TOO_FEW, UNDER, compare_with_rest, ratio_interval

NAMES = ["offenders", "of", "rest_offenders", "rest_of"]
RANDOM = np.random.default_rng(7)


def drawn(number: int) -> list[tuple[int, int, int, int]]:
    """Counts of both sides, none or all of a side among them."""
    sizes = RANDOM.integers(4, 400, size=(number, 2))
    found = [(int(RANDOM.integers(0, n + 1)), int(n), int(RANDOM.integers(0, m + 1)), int(m)) for n, m in sizes]
    return [line for line in found if line[0] + line[2]]


DRAWN = drawn(120)
INTERIOR = [line for line in DRAWN if 0 < line[0] < line[1] and 0 < line[2] < line[3]]


def interval(line):
    low, high = ratio_interval(*(np.array([part]) for part in line))
    return float(low[0]), float(high[0])


def slow_score(line, ratio):
    """The score with the most likely share searched for, not solved for."""
    x, n, y, m = line

    def unlikely(share):
        first = min(max(ratio * share, 1e-12), 1 - 1e-12)
        share = min(max(share, 1e-12), 1 - 1e-12)
        return -(
            x * math.log(first) + (n - x) * math.log1p(-first) + y * math.log(share) + (m - y) * math.log1p(-share)
        )

    top = min(1.0, 1 / ratio)
    share = minimize_scalar(unlikely, bounds=(0, top), method="bounded", options={"xatol": 1e-12}).x
    first = ratio * share
    return (x / n - ratio * y / m) / math.sqrt(first * (1 - first) / n + ratio**2 * share * (1 - share) / m)


@pytest.mark.parametrize("line", INTERIOR)
def test_the_interval_of_a_ratio_is_that_of_statsmodels(line):
    wanted = confint_proportions_2indep(*line, compare="ratio", method="score", correction=False)
    assert interval(line) == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize(
    "line", [(0, 30, 40, 200), (25, 25, 60, 140), (9, 40, 0, 90), (12, 12, 70, 70), (3, 50, 90, 90)]
)
def test_at_the_edges_too_it_holds_what_the_test_does_not_reject(line):
    low, high = interval(line)
    assert (low == 0.0) == (line[0] == 0)
    assert math.isinf(high) == (line[2] == 0)
    if low:
        found = brentq(lambda r: slow_score(line, r) - 1.959964, low * 0.97, low * 1.03)
        assert low == pytest.approx(found, rel=1e-3)
    if math.isfinite(high):
        found = brentq(lambda r: slow_score(line, r) + 1.959964, high * 0.97, high * 1.03)
        assert high == pytest.approx(found, rel=1e-3)


def test_nobody_has_no_ratio():
    assert all(math.isnan(side) for line in ((0, 4, 0, 9), (0, 0, 3, 9), (3, 9, 0, 0)) for side in interval(line))


def test_shares_p_and_q_are_those_of_statsmodels():
    counts = pd.DataFrame(DRAWN, columns=NAMES)
    found = compare_with_rest(counts)
    low, high = proportion_confint(counts["offenders"], counts["of"], method="wilson")
    assert found["low"].tolist() == pytest.approx(low.tolist())
    assert found["high"].tolist() == pytest.approx(high.tolist())
    asked = found["p"].notna()
    wanted = [proportions_ztest([x, y], [n, m])[1] for x, n, y, m in counts[asked].itertuples(index=False)]
    assert found.loc[asked, "p"].tolist() == pytest.approx(wanted)
    assert found.loc[asked, "q"].tolist() == pytest.approx(multipletests(wanted, method="fdr_bh")[1].tolist())
    assert asked.any()
    assert not asked.all()


def test_words_by_hand():
    lines = [
        (30, 60, 100, 400),  # a half against a quarter
        (5, 60, 100, 400),  # a twelfth against a quarter
        (15, 60, 100, 400),  # the same share
        (3, 10, 100, 400),  # of ten people 2.5 are expected
        (0, 60, 0, 400),  # nobody at all
        (60, 60, 399, 400),  # all but one: of 60, 0.13 are expected without it
    ]
    found = compare_with_rest(pd.DataFrame(lines, columns=NAMES))
    assert found["representation"].tolist() == [OVER, UNDER, EXPECTED, TOO_FEW, TOO_FEW, TOO_FEW]
    assert found["rest_ratio"].tolist()[:4] == pytest.approx([2.0, 1 / 3, 1.0, 1.2])
    assert math.isnan(found["rest_ratio"][4])


def test_many_comparisons_raise_the_bar():
    alone = pd.DataFrame([(24, 60, 100, 400)], columns=NAMES)  # p is 0.015
    assert compare_with_rest(alone)["representation"].tolist() == [OVER]
    among = pd.concat([alone, pd.DataFrame([(15, 60, 100, 400)] * 30, columns=NAMES)], ignore_index=True)
    assert compare_with_rest(among)["representation"].tolist() == [EXPECTED] * 31
