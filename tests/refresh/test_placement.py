"""A refreshed cohort is placed by what was saved, and not where it cannot be compared."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.clustering.components import Components
from dapipeline.clustering.model import Model
from dapipeline.clustering.scaling import Scaling
from dapipeline.errors import CohortError
from dapipeline.refresh.placement import assign_offenders, check_features, check_scale


def model():
    """Two features as they are, no component left out, three medoids on a line."""
    scaling = pd.DataFrame(
        {"feature": ["a", "b"], "kind": ["age", "age"], "transform": "none", "centre": [10.0, 0.0], "scale": [2.0, 1.0]}
    )
    loadings = pd.DataFrame({"component": [1, 1, 2, 2], "feature": list("abab"), "loading": [1.0, 0, 0, 1]})
    variance = pd.DataFrame({"component": [1, 2], "share": 0.5, "cumulative": [0.5, 1.0]})
    medoids = pd.DataFrame(
        {"cluster": [1, 2, 3], "offender_id": list("PQR"), "component_1": [0.0, 3, 9], "component_2": [0.0, 4, 0]}
    )
    return Model.of_tables(scaling, loadings, variance, medoids)


def test_people_are_scaled_projected_and_given_the_nearest_medoid():
    vectors = pd.DataFrame({"offender_id": ["M", "N"], "a": [10.0, 26.0], "b": [0.0, 1.0]})
    features = pd.DataFrame(
        {"offender_id": ["L", "M", "N"], "da_incidents": [9, 4, 1], "non_da_incidents": [9, 0, 5]}
    )  # fmt: skip
    found = assign_offenders(model(), vectors, features, pd.Series({1: "one", 2: "two", 3: "three"}))
    # M stands on the first medoid, 5 from the second; N at (8, 1), sqrt(2) from the third and sqrt(34) from the second.
    expected = pd.DataFrame(
        {
            "offender_id": ["M", "N"], "cluster": [1, 3], "typology": ["one", "three"], "group": ["A", "D"],
            "distance": [0, np.sqrt(2)], "second_cluster": [2, 2], "margin": [5, np.sqrt(34) - np.sqrt(2)],
        }
    )  # fmt: skip
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_the_model_is_put_together_from_its_tables():
    made = model()
    assert isinstance(made.scaling, Scaling)
    assert isinstance(made.components, Components)
    assert made.components.matrix.tolist() == [[1, 0], [0, 1]]
    assert made.features == ["a", "b"]


def test_columns_that_the_run_had_are_missed_in_one_sentence():
    catalogue = pd.DataFrame(
        {
            "feature": ["a", "b", "c", "d"], "use": ["clustered", "off", "off", "off"],
            "missing_columns": ["", "lsoa; victim_id", "victim_id", "borough"],
        }
    )  # fmt: skip
    check_features(["a"], catalogue)
    with pytest.raises(CohortError, match=r"D109: The extract lacks lsoa, victim_id, from which the run has b, c\."):
        check_features(["a", "b", "c"], catalogue)


def test_another_scale_of_severity_is_refused():
    check_scale("one", "one")
    with pytest.raises(CohortError, match=r"D110: .* of the run is ONS; this extract .* another, its own"):
        check_scale("ONS", "its own")
