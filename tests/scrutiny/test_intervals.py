"""Intervals, limits and odds ratios beside other people's code and hand-counted values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from dapipeline.analysis.harm.significance import wilson
from dapipeline.scrutiny.funnel import funnel, winsorised
from dapipeline.scrutiny.intervals import byar, of_difference, of_ratio
from dapipeline.scrutiny.offence_groups import with_odds
from dapipeline.scrutiny.resampling import RESAMPLES, STEPS, bootstrap, person_weights, weighted_sums


def test_byar_is_near_the_exact_interval_of_a_poisson_count():
    counts = np.array([0, 1, 2, 5, 10, 50, 400])
    low, high = byar(counts)
    exact_low = np.where(counts > 0, chi2.ppf(0.025, 2 * np.maximum(counts, 1)) / 2, 0)
    np.testing.assert_allclose(low, exact_low, rtol=0.04, atol=0.05)
    np.testing.assert_allclose(high, chi2.ppf(0.975, 2 * counts + 2) / 2, rtol=0.01, atol=0.03)
    # Printed by Breslow and Day for 10 events: 4.79 to 18.39.
    assert (round(float(low[4]), 2), round(float(high[4]), 2)) == (4.79, 18.39)


def test_a_ratio_has_the_interval_of_the_share_it_is_made_of():
    low, high = of_ratio(np.array([13178]), np.array([11135]))
    ends = proportion_confint(13178, 13178 + 11135, method="wilson")
    np.testing.assert_allclose([low[0], high[0]], [end / (1 - end) for end in ends])
    assert of_ratio(np.array([3]), np.array([0]))[1][0] == np.inf


def test_a_difference_of_shares_has_newcombes_interval():
    now, before = (24406, 49883), (21700, 46100)
    sides = [(n / of, *(float(end[0]) for end in wilson(np.array([n]), np.array([of])))) for n, of in (now, before)]
    found = of_difference(*(tuple(np.array([value]) for value in side) for side in sides))
    wanted = confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")
    np.testing.assert_allclose([found[0][0], found[1][0]], wanted, atol=1e-9)


def test_weights_of_persons_are_poisson_of_mean_one():
    weights = person_weights(2022, 4000, RESAMPLES, STEPS)
    assert weights.mean() == pytest.approx(1, abs=0.005)
    assert weights.var() == pytest.approx(1, abs=0.01)
    assert (weights == 0).mean() == pytest.approx(np.exp(-1), abs=0.002)
    assert abs(np.corrcoef(weights[:-1].ravel()[:100_000], weights[1:].ravel()[:100_000])[0, 1]) < 0.01
    assert (person_weights(2022, 10, RESAMPLES, STEPS) == weights[:10]).all()


def test_the_bootstrap_by_person_is_that_of_drawing_people_with_all_they_have():
    random = np.random.default_rng(5)
    of = random.geometric(0.4, 600)
    number = random.binomial(of, random.beta(0.6, 1.2, 600))
    weights = person_weights(1, 600, RESAMPLES, STEPS)
    nobody = np.zeros(600, dtype=np.int64)
    sums = [weighted_sums(weights, np.arange(600), nobody, value, 1) for value in (number, of)]
    low, high = bootstrap(*sums, (np.array([number.sum()]), np.array([of.sum()])), np.array([600]))
    drawn = random.integers(0, 600, (4000, 600))
    wanted = np.quantile(number[drawn].sum(axis=1) / of[drawn].sum(axis=1), (0.025, 0.975))
    width = wanted[1] - wanted[0]
    assert abs(low[0] - wanted[0]) < 0.15 * width and abs(high[0] - wanted[1]) < 0.15 * width
    plain = proportion_confint(number.sum(), of.sum(), method="wilson")
    assert width > 1.1 * (plain[1] - plain[0])  # people recur: whoever forgets it is too sure


def test_where_nothing_varies_the_interval_is_of_as_many_as_there_are_people():
    sums = np.zeros((1, RESAMPLES), dtype=np.int64)
    low, high = bootstrap(sums, sums + 50, (np.array([0]), np.array([50])), np.array([12]))
    np.testing.assert_allclose([low[0], high[0]], proportion_confint(0, 12, method="wilson"), atol=1e-12)


def test_odds_ratios_are_those_of_statsmodels():
    table = pd.DataFrame({
        "sexual_with": [86, 92, 5, 0], "sexual_of": [241, 241, 20, 10],
        "assault_with": [112, 73, 9, 0], "assault_of": [146, 146, 40, 12],
    })  # fmt: skip
    found = with_odds(table)
    for at in range(3):
        line = table.iloc[at]
        cells = [[line.sexual_with, line.sexual_of - line.sexual_with],
                 [line.assault_with, line.assault_of - line.assault_with]]  # fmt: skip
        wanted = Table2x2(np.array(cells), shift_zeros=False)
        np.testing.assert_allclose(found.loc[at, "odds_ratio"], wanted.oddsratio)
        np.testing.assert_allclose(found.loc[at, ["low", "high"]].astype(float), wanted.oddsratio_confint(), rtol=1e-6)
        np.testing.assert_allclose(found.loc[at, "p"], wanted.log_oddsratio_pvalue(), atol=1e-9)
    assert found.loc[3, ["odds_ratio", "p", "q"]].isna().all()
    half = with_odds(table.assign(assault_with=0).head(1))
    assert half.loc[0, "odds_ratio"] == pytest.approx(86.5 * 146.5 / (155.5 * 0.5))


def of_areas(numbers, sizes) -> pd.DataFrame:
    names = [f"A{at}" for at in range(len(sizes))]
    return pd.DataFrame({
        "indicator": "charge_rate", "area": names, "year": "all", "breakdown": "all", "group": "all",
        "numerator": numbers, "denominator": sizes, "rate": np.array(numbers) / np.array(sizes),
    })  # fmt: skip


def test_limits_are_spiegelhalters_counted_by_hand():
    sizes, numbers = [100, 400, 900, 100, 100, 400, 100, 100, 100, 100], [20, 80, 180, 20, 20, 80, 20, 20, 20, 40]
    found = funnel(of_areas(numbers, sizes)).set_index("area")
    target = 500 / 2400
    z = [(n / s - target) / (target * (1 - target) / s) ** 0.5 for n, s in zip(numbers, sizes, strict=True)]
    cut = sorted(z)
    squares = [min(max(value, cut[1]), cut[-2]) ** 2 for value in z]  # a tenth of ten on either side
    wider = max(1.0, (sum(squares) / 10) ** 0.5)
    assert found["dispersion"].iloc[0] == pytest.approx(wider)
    error = (target * (1 - target) / 400) ** 0.5 * wider
    assert found.loc["A1", "low_95"] == pytest.approx(target - 1.959964 * error)
    assert found.loc["A1", "high_998"] == pytest.approx(target + 3.090232 * error)


def test_what_differs_between_all_areas_widens_the_limits():
    random = np.random.default_rng(3)
    sizes = random.integers(200, 3000, 32)
    alike = funnel(of_areas(random.binomial(sizes, 0.2), sizes))
    spread = funnel(of_areas(random.binomial(sizes, random.uniform(0.1, 0.3, 32)), sizes))
    assert alike["dispersion"].iloc[0] < 1.4 < spread["dispersion"].iloc[0]
    beyond = (spread["rate"] < spread["low_998"]) | (spread["rate"] > spread["high_998"])
    assert beyond.sum() <= 2  # without widening nearly all would be called out
    assert (np.abs(spread["z"]) > 3.09).sum() > 10
    assert funnel(of_areas([1, 2], [10, 10])).empty


def test_the_lowest_and_the_highest_tenth_are_drawn_in():
    assert winsorised(np.array([9.0, 1, 2, 3, 4, 5, 6, 7, 8, 50])).tolist() == [9, 2, 2, 3, 4, 5, 6, 7, 8, 9]
