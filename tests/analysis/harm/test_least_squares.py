"""Every model against statsmodels, to 1e-8, and what is said of types that cannot be told apart."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import sparse
from statsmodels.stats.weightstats import ttest_ind

from dapipeline.analysis.harm.compared import covariates_and, means_compared
from dapipeline.analysis.harm.least_squares import dependent_columns, design_of
from dapipeline.analysis.harm.rarity import NORMAL_FROM
from dapipeline.analysis.harm.regression import harm_regression
from dapipeline.analysis.harm.tweedie import POWER, tweedie

from .sparse_data import random_people, types_of

CLOSE = {"rel": 1e-8}


@pytest.fixture(params=range(4), scope="module")
def both(request):
    held, outcome = random_people(request.param)
    held = held[:, held.sum(axis=0) >= 10]
    return held, outcome, harm_regression(types_of(held), outcome, 10, 1)


def oracle(held, outcome, model):
    """statsmodels' own fit of one of the joint models."""
    beside = [np.ones(len(held))]
    if model == "joint_adjusted":
        beside += [outcome.incidents, outcome.years]
    design = np.column_stack([*beside, held])
    assert np.linalg.cond(design) < 1e6
    explained = np.log1p(outcome.harm) if model == "joint_log" else outcome.harm
    return sm.OLS(explained, design).fit(cov_type="HC3", use_t=False), len(beside)


@pytest.mark.parametrize("model", ["joint", "joint_adjusted", "joint_log"])
def test_joint_models_are_statsmodels_least_squares_with_hc3(both, model):
    held, outcome, found = both
    fit, first = oracle(held, outcome, model)
    lines = found[found["model"] == model].set_index("offence_code").sort_index()
    assert lines["effect"].tolist() == pytest.approx(fit.params[first:], **CLOSE)
    assert lines["standard_error"].tolist() == pytest.approx(fit.bse[first:], **CLOSE)
    common = (lines["offenders"] >= NORMAL_FROM).to_numpy()
    assert common.any()
    assert not common.all()
    assert lines["p"].to_numpy()[common] == pytest.approx(fit.pvalues[first:][common], **CLOSE)
    bounds = fit.conf_int()[first:][common]
    assert lines["low"].to_numpy()[common] == pytest.approx(bounds[:, 0], **CLOSE)
    assert lines["high"].to_numpy()[common] == pytest.approx(bounds[:, 1], **CLOSE)


def test_univariate_is_welch(both):
    held, outcome, found = both
    lines = found[found["model"] == "univariate"].set_index("offence_code")
    for at in range(held.shape[1]):
        some, others = outcome.harm[held[:, at] == 1], outcome.harm[held[:, at] == 0]
        t, p, _ = ttest_ind(some, others, usevar="unequal")
        line = lines.loc[f"{at:05}"]
        assert line["effect"] == pytest.approx(some.mean() - others.mean(), **CLOSE)
        assert line["effect"] / line["standard_error"] == pytest.approx(t, **CLOSE)
        if line["offenders"] >= NORMAL_FROM:
            assert line["p"] == pytest.approx(p, **CLOSE)


@pytest.mark.parametrize("seed", range(3))
def test_tweedie_is_statsmodels_with_a_log_link_and_robust_errors(seed):
    held, outcome = random_people(seed, 3_000, 12)
    design = np.column_stack([np.ones(len(held)), held])
    family = sm.families.Tweedie(var_power=POWER, link=sm.families.links.Log())
    fit = sm.GLM(outcome.harm, design, family=family).fit(tol=1e-14, maxiter=500, cov_type="HC0")
    found = tweedie(sparse.csr_array(design), outcome.harm)
    assert found.coefficients == pytest.approx(fit.params, rel=1e-7, abs=1e-8)
    assert found.errors == pytest.approx(fit.bse, rel=1e-7)


def test_a_coefficient_without_end_is_missing_and_leaves_the_others_alone():
    held, outcome = random_people(5, 3_000, 6)
    harmless = np.flatnonzero(outcome.harm == 0)[:40]
    nobody = np.isin(np.arange(3_000), harmless).astype(float)
    design = np.column_stack([np.ones(3_000), held, nobody])
    design[outcome.harm > 0, -1] = 0
    found = tweedie(sparse.csr_array(design), outcome.harm)
    assert np.isnan(found.coefficients[-1])
    kept = nobody == 0
    alone = tweedie(sparse.csr_array(design[kept][:, :-1]), outcome.harm[kept])
    assert found.coefficients[:-1] == pytest.approx(alone.coefficients, rel=1e-5, abs=1e-6)


def test_what_can_be_made_of_others_is_left_out_and_named():
    held, outcome = random_people(7, 2_000, 8)
    one, two = held[:, 0], held[:, 1] * (1 - held[:, 0])
    both = np.column_stack([held[:, 0], two, np.maximum(one, two), held[:, 3]])
    types = types_of(both, ["A", "B", "A or B", "C"])
    order = np.argsort(-both.sum(axis=0), kind="stable")
    types = types_of(both[:, order], [["A", "B", "A or B", "C"][at] for at in order])
    found = covariates_and(types, np.empty((2_000, 0))).least_squares(outcome.harm, 1)
    [left] = np.flatnonzero(np.isnan(found.effect))
    others = [name for name in ("A", "B", "A or B") if name != types.table["offence_code"][left]]
    assert sorted(found.note[left].removeprefix("collinear with ").split(", ")) == sorted(others)
    # What is left is fitted as if the other had never been there.
    kept = [at for at in range(4) if at != left]
    fit = sm.OLS(outcome.harm, sm.add_constant(both[:, order][:, kept])).fit(cov_type="HC3")
    assert found.effect[kept] == pytest.approx(fit.params[1:], **CLOSE)
    assert found.standard_error[kept] == pytest.approx(fit.bse[1:], **CLOSE)


@pytest.mark.parametrize("seed", range(20))
def test_dependent_columns_are_those_that_do_not_raise_the_rank(seed):
    random = np.random.default_rng(seed)
    columns = (random.random((60, 12)) < 0.3).astype(float)
    for _ in range(4):
        at, one, two = random.choice(12, 3, replace=False)
        columns[:, at] = columns[:, one] + columns[:, two] * (random.random() < 0.5)
    columns[:, columns.sum(axis=0) == 0] = 1.0
    found = dependent_columns(columns.T @ columns)
    for at in range(12):
        raises = np.linalg.matrix_rank(columns[:, : at + 1]) > np.linalg.matrix_rank(columns[:, :at]) if at else True
        assert (at in found) != raises
    for at, made_of in found.items():
        left = (
            columns[:, at] - columns[:, made_of] @ np.linalg.lstsq(columns[:, made_of], columns[:, at], rcond=None)[0]
        )
        assert np.abs(left).max() < 1e-8


def test_where_one_person_carries_an_estimate_it_has_no_interval():
    held, outcome = random_people(3, 2_000, 5)
    common = held[:, np.argmax(held.sum(axis=0))]
    nearly = common.copy()
    [other] = np.flatnonzero(common == 0)[:1]
    nearly[other] = 1  # the two types differ in one person, on whom both coefficients rest
    types = types_of(np.column_stack([nearly, common, held[:, 4]]), ["more", "fewer", "apart"])
    design = design_of(sparse.csr_array(np.column_stack([np.ones(2_000), nearly, common, held[:, 4]])))
    assert design.leverage[other] > 0.999
    assert design.one_person.tolist() == [False, True, True, False]
    found = covariates_and(types, np.empty((2_000, 0))).least_squares(outcome.harm, 1)
    assert found.note.tolist()[:2] == ["rests on one person"] * 2
    assert np.isnan(found.low[:2]).all()
    assert np.isnan(found.p[:2]).all()
    assert not np.isnan(found.effect[:2]).any()
    assert not np.isnan(found.p[2])


def test_leverage_is_the_diagonal_of_the_hat_matrix():
    held, _ = random_people(11, 500, 9)
    full = np.column_stack([np.ones(500), held])
    hat = full @ np.linalg.inv(full.T @ full) @ full.T
    assert design_of(sparse.csr_array(full)).leverage == pytest.approx(np.diag(hat), rel=1e-9)


def test_means_do_not_lose_digits_where_harm_is_far_from_nothing():
    held, outcome = random_people(2, 3_000, 3)
    near, far = means_compared(types_of(held), outcome.harm, 1), means_compared(types_of(held), outcome.harm + 1e9, 1)
    assert far.effect == pytest.approx(near.effect, rel=1e-6)
    assert far.standard_error == pytest.approx(near.standard_error, rel=1e-6)
