import numpy as np
import pandas as pd
import pytest

from dapipeline.clustering.scaling import fit_scaling

KINDS = {
    "da_incidents": "count", "da_severity_total": "severity", "da_span_days": "duration",
    "da_night_share": "share", "age_first_da": "age", "da_victim_age_gap_mean": "difference",
    "imd_decile_mean": "decile",
}  # fmt: skip
SKEWED = ["da_incidents", "da_severity_total", "da_span_days"]


@pytest.fixture
def vectors():
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "da_incidents": rng.poisson(2, 50) + 1,
            "da_severity_total": rng.gamma(0.5, 400, 50),
            "da_span_days": rng.gamma(0.5, 300, 50),
            "da_night_share": rng.uniform(0, 1, 50),
            "age_first_da": rng.integers(16, 80, 50),
            "da_victim_age_gap_mean": rng.normal(0, 9, 50),
            "imd_decile_mean": rng.integers(1, 11, 50),
        }
    )


@pytest.mark.parametrize(("transform", "by_hand"), [("log1p", lambda x: np.log(1 + x)), ("sqrt", lambda x: x**0.5)])
def test_scaled_values_equal_those_worked_out_with_numpy(vectors, transform, by_hand):
    scaled = fit_scaling(vectors, KINDS, transform).apply(vectors)
    for column, feature in enumerate(KINDS):
        values = vectors[feature].to_numpy(dtype=float)
        values = by_hand(values) if feature in SKEWED else values
        assert scaled[:, column] == pytest.approx((values - values.mean()) / values.std(), abs=1e-8)


def test_the_table_says_what_was_done(vectors):
    table = fit_scaling(vectors, KINDS, "log1p").table.set_index("feature")
    assert table.index.tolist() == list(KINDS)
    assert table["kind"].to_dict() == KINDS
    assert table.index[table["transform"] == "log1p"].tolist() == SKEWED
    assert set(table["transform"]) == {"log1p", "none"}
    assert table.loc["age_first_da", "centre"] == pytest.approx(vectors["age_first_da"].sum() / 50)


def test_new_people_are_scaled_by_the_old_centre_and_scale(vectors):
    scaling = fit_scaling(vectors, KINDS, "sqrt")
    assert np.array_equal(scaling.apply(vectors)[7:9], scaling.apply(vectors.iloc[7:9]))


def test_columns_are_taken_by_name_and_others_left(vectors):
    scaling = fit_scaling(vectors, KINDS, "sqrt")
    shuffled = vectors[vectors.columns[::-1]].assign(offender_id="N1")
    assert np.array_equal(scaling.apply(vectors), scaling.apply(shuffled))


def test_a_feature_that_does_not_vary_becomes_zero():
    vectors = pd.DataFrame({"da_incidents": [1, 1, 1], "age_first_da": [20, 30, 40]})
    scaled = fit_scaling(vectors, {"da_incidents": "count", "age_first_da": "age"}, "sqrt").apply(vectors)
    assert scaled[:, 0].tolist() == [0, 0, 0]
    assert scaled[:, 1] == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])


def test_a_negative_duration_counts_as_none():
    vectors = pd.DataFrame({"da_reporting_delay_mean_days": [-0.01, 0.0, 5.0]})
    scaled = fit_scaling(vectors, {"da_reporting_delay_mean_days": "duration"}, "sqrt").apply(vectors)
    assert scaled[0] == scaled[1]


def test_what_it_is_given_stays_as_it_was(vectors):
    before = vectors.copy()
    fit_scaling(vectors, KINDS, "sqrt").apply(vectors)
    pd.testing.assert_frame_equal(vectors, before)
