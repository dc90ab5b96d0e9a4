"""p by permutation and intervals by bootstrap of rare types, against versions that do it the long way."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import stdtr

from dapipeline.analysis.harm.compared import covariates_and, means_compared
from dapipeline.analysis.harm.kernels import dealt, resampled_sums
from dapipeline.analysis.harm.rarity import DRAWS, INTERVAL_FROM, NEAR, NORMAL_FROM, nearest

from .sparse_data import random_people, types_of


def heavy(seed: int, people: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.lognormal(2, 2, people) * (random.random(people) < 0.6)


def welch_t(harm: np.ndarray, has: np.ndarray) -> float:
    some, others = harm[has], harm[~has]
    return (some.mean() - others.mean()) / np.sqrt(some.var(ddof=1) / len(some) + others.var(ddof=1) / len(others))


@pytest.mark.parametrize(("seed", "holders"), [(1, 12), (2, 40), (3, 150)])
def test_p_is_that_of_labels_dealt_out_anew(seed, holders):
    people = 400
    harm, has = heavy(seed, people), np.zeros(people, dtype=bool)
    has[np.argsort(harm)[-holders * 2 :: 2]] = True  # rather more harm than others
    found = means_compared(types_of(has[:, None]), harm, seed)
    random, t = np.random.default_rng(seed), welch_t(harm, has)
    above = np.mean([welch_t(harm, random.permutation(has)) >= t for _ in range(20_000)])
    # Both are of 20,000 deals: errors of 0.004 on either side, doubled.
    assert found.p[0] == pytest.approx(2 * min(above, 1 - above), abs=0.012)


def test_p_is_even_where_nothing_is_going_on_and_the_normal_one_is_not():
    people, holders, trials = 3_000, 20, 400
    harm = heavy(9, people)
    random = np.random.default_rng(9)
    held = np.zeros((people, trials))
    for at in range(trials):
        held[random.choice(people, holders, replace=False), at] = 1
    found = means_compared(types_of(held), harm, 9)
    assert stats.kstest(found.p, "uniform").pvalue > 0.01
    assert 0.02 < np.mean(found.p < 0.05) < 0.09
    normal = 2 * stdtr(holders - 1, -np.abs(found.effect / found.standard_error))
    assert np.mean(normal < 0.05) > 0.12  # what the normal approximation would have said


def test_of_a_joint_model_too():
    held, outcome = random_people(21, 3_000, 10)
    random, trials = np.random.default_rng(21), 60
    noise = np.zeros((3_000, trials))
    for at in range(trials):
        noise[random.choice(3_000, 25, replace=False), at] = 1
    found = covariates_and(types_of(np.column_stack([held, noise])), np.empty((3_000, 0))).least_squares(
        outcome.harm, 3
    )
    p = found.p[10:]
    assert stats.kstest(p, "uniform").pvalue > 0.01


@pytest.mark.parametrize("people", [3_000, 90])
def test_others_who_weigh_most_are_found(people):
    held, outcome = random_people(31, people, 70 if people > 1_000 else 5)
    design = covariates_and(types_of(held), outcome.years[:, None]).design
    columns = np.arange(2, design.predictors.shape[1])
    whole = design.predictors.toarray()
    for column, who, partial in zip(columns, *nearest(design, columns), strict=True):
        others = np.flatnonzero(whole[:, column] == 0)
        left = (
            whole[:, column]
            - np.delete(whole, column, 1)
            @ np.linalg.lstsq(np.delete(whole, column, 1), whole[:, column], rcond=None)[0]
        )
        expected = others[np.argsort(-np.abs(left[others]), kind="stable")[:NEAR]]
        assert sorted(who[who >= 0]) == sorted(expected)
        assert partial[who >= 0] == pytest.approx(left[who[who >= 0]], abs=1e-9)


def test_the_interval_is_a_studentised_bootstrap_of_those_who_have_the_type():
    people, holders = 20_000, 400
    harm, has = heavy(4, people), np.zeros(people, dtype=bool)
    has[:holders] = True
    found = means_compared(types_of(has[:, None]), harm, 4)
    random, some = np.random.default_rng(4), harm[:holders]
    t = []
    for _ in range(4_000):
        drawn = random.choice(some, holders)
        t.append((drawn.mean() - some.mean()) / np.sqrt(drawn.var(ddof=1) / holders))
    below, above = np.quantile(t, [0.025, 0.975])
    wide = found.standard_error[0]
    assert found.low[0] == pytest.approx(found.effect[0] - above * wide, abs=0.25 * wide)
    assert found.high[0] == pytest.approx(found.effect[0] - below * wide, abs=0.25 * wide)
    assert found.high[0] - found.effect[0] > found.effect[0] - found.low[0]  # the tail is on one side


def test_each_rarity_is_judged_as_it_says():
    people = 6_000
    harm, held = heavy(6, people), np.zeros((people, 4))
    for at, holders in enumerate((NORMAL_FROM, NORMAL_FROM - 1, INTERVAL_FROM, INTERVAL_FROM - 1)):
        held[:holders, at] = 1
    found = means_compared(types_of(held), harm, 1)
    assert found.note.tolist() == [
        "", *["permuted p; bootstrap interval"] * 2, "permuted p; too rare for an interval",
    ]  # fmt: skip
    assert np.isnan(found.low).tolist() == [False, False, False, True]
    assert not np.isnan(found.p).any()


def test_nobody_is_dealt_twice_and_everybody_as_often():
    for people, most in ((50, 40), (50, 50), (5_000, 30)):
        deals = dealt(people, most, 2_000, 1)
        assert all(len(set(deal)) == most for deal in deals[:200].tolist())
        times = np.bincount(deals.ravel(), minlength=people)
        expected = 2_000 * most / people
        assert np.abs(times - expected).max() < 6 * np.sqrt(expected) + 1
    assert (dealt(100, 10, 5, 1) != dealt(100, 10, 5, 2)).any()


def test_the_first_of_a_deal_is_anybody():
    first = dealt(40, 40, DRAWS, 3)[:, 0]
    assert stats.chisquare(np.bincount(first, minlength=40)).pvalue > 0.001


def test_resamples_are_as_many_as_there_are_and_with_replacement():
    values = np.eye(6)
    sums = resampled_sums(values, 5_000, 2)
    assert (sums.sum(axis=1) == 6).all()
    assert (sums.max(axis=1) > 1).mean() > 0.9
    assert sums.mean(axis=0) == pytest.approx(np.ones(6), abs=0.06)
    assert sums[:, 0].var() == pytest.approx(6 * 1 / 6 * 5 / 6, abs=0.06)
