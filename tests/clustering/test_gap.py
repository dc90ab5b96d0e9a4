import math

import numpy as np
import pandas as pd
import pytest

from dapipeline.clustering.gap import first_sufficient_k, gap, uniform_reference


def table(gaps, errors):
    return pd.DataFrame({"k": range(2, 2 + len(gaps)), "gap": gaps, "gap_error": errors})


def test_a_reference_fills_the_box_evenly():
    scores = np.random.default_rng(0).exponential(size=(4000, 3)) * [1, 10, 100]
    reference = uniform_reference(scores, 1, 0)
    assert reference.shape == scores.shape
    low, high = scores.min(axis=0), scores.max(axis=0)
    assert (reference >= low).all()
    assert (reference <= high).all()
    # Uniform: the mean is the middle, the standard deviation the width over sqrt(12).
    assert reference.mean(axis=0) == pytest.approx((low + high) / 2, rel=0.03)
    assert reference.std(axis=0) == pytest.approx((high - low) / math.sqrt(12), rel=0.03)


def test_references_differ_by_seed_and_not_by_the_order_of_rows():
    scores = np.random.default_rng(0).normal(size=(50, 2))
    assert np.array_equal(uniform_reference(scores, 1, 0), uniform_reference(scores[::-1], 1, 0))
    assert not np.array_equal(uniform_reference(scores, 1, 0), uniform_reference(scores, 1, 1))


def test_gap_and_error_counted_by_hand():
    # Logarithms 1 and 3 have the mean 2 and the standard deviation 1; the loss has the logarithm 0.5.
    statistic, error = gap(math.exp(0.5), np.exp([1.0, 3.0]))
    assert statistic == pytest.approx(1.5)
    assert error == pytest.approx(math.sqrt(1.5))


def test_without_loss_there_is_no_gap():
    assert np.isnan(gap(0.0, np.ones(3))).all()
    assert np.isnan(gap(1.0, np.array([1.0, 0.0]))).all()


@pytest.mark.parametrize(
    ("gaps", "errors", "k"),
    [
        ([0.1, 0.5, 0.4, 0.9], [0.0] * 4, 3),
        ([0.1, 0.5, 0.6, 0.9], [0, 0, 0.2, 0], 3),  # 0.5 is at least 0.6 - 0.2
        ([0.1, 0.5, 0.6, 0.9], [0.01] * 4, None),
        ([0.1, 0.5, math.nan, 0.2], [0.01, 0.01, math.nan, 0.0], None),
        ([0.3], [0.0], None),
    ],
)
def test_the_first_k_whose_gap_is_enough(gaps, errors, k):
    assert first_sufficient_k(table(gaps, errors)) == k
