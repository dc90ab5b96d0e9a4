import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from dapipeline.clustering.components import fit_components
from dapipeline.errors import CohortError

FEATURES = ["a", "b", "c", "d"]


def scaled(n=200, d=4, seed=1):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, d)) @ rng.normal(size=(d, d))
    return (values - values.mean(axis=0)) / values.std(axis=0)


def test_components_are_the_eigenvectors_of_the_correlations():
    values = scaled()
    sizes, vectors = np.linalg.eigh(np.corrcoef(values.T))
    found = fit_components(values, FEATURES, 4)
    assert found.variance["share"].to_numpy() == pytest.approx(sizes[::-1] / 4)
    assert found.variance["cumulative"].to_numpy() == pytest.approx(np.cumsum(sizes[::-1]) / 4)
    assert np.abs(found.matrix) == pytest.approx(np.abs(vectors.T[::-1]))
    assert found.scores(values) == pytest.approx(values @ found.matrix.T, abs=1e-8)


def test_loadings_are_the_matrix_laid_out():
    found = fit_components(scaled(), FEATURES, 2)
    table = found.loadings.pivot(index="component", columns="feature", values="loading")
    assert table.index.tolist() == [1, 2]
    assert table[FEATURES].to_numpy().tolist() == found.matrix.tolist()


def test_the_largest_loading_of_each_component_is_positive():
    for seed in range(20):
        for row in fit_components(scaled(seed=seed), FEATURES, 4).matrix:
            assert row[np.argmax(np.abs(row))] > 0


def test_mirrored_rows_have_the_same_components():
    values = scaled()
    found, mirrored = fit_components(values, FEATURES, 4), fit_components(-values, FEATURES, 4)
    assert found.matrix == pytest.approx(mirrored.matrix)


def test_a_mirrored_feature_mirrors_only_its_own_loadings():
    values = scaled()
    mirror = np.array([1, -1, 1, 1])
    found, mirrored = fit_components(values, FEATURES, 4), fit_components(values * mirror, FEATURES, 4)
    back = mirrored.matrix * mirror
    assert np.abs(back) == pytest.approx(np.abs(found.matrix))
    for row, other, shown in zip(back, found.matrix, mirrored.matrix, strict=True):
        assert row == pytest.approx(other) or row == pytest.approx(-other)
        assert shown[np.argmax(np.abs(shown))] > 0


def test_a_share_keeps_the_fewest_components_that_reach_it():
    values = scaled(d=8)
    features = [f"f{i}" for i in range(8)]
    everything = fit_components(values, features, 1.0).variance["cumulative"].to_numpy()
    assert len(everything) == 8
    for share in (0.5, 0.7, 0.9, 0.99):
        fewest = next(i for i, reached in enumerate(everything, start=1) if reached > share)
        assert len(fit_components(values, features, share).variance) == fewest


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_number_keeps_so_many(size):
    found = fit_components(scaled(), FEATURES, size)
    assert found.matrix.shape == (size, 4)
    assert found.scores(scaled()).shape == (200, size)


@pytest.mark.parametrize(("values", "size"), [(scaled(), 5), (scaled(3), 4)])
def test_more_components_than_there_are_cannot_be_had(values, size):
    with pytest.raises(CohortError, match="D104") as error:
        fit_components(values, FEATURES, size)
    assert f"{len(values)} offenders with 4 features" in error.value.fact


@pytest.mark.parametrize(("values", "code"), [(np.zeros((10, 4)), "D117"), (np.zeros((1, 4)), "D118")])
def test_people_who_do_not_differ_cannot_be_clustered(values, code):
    with pytest.raises(CohortError, match=code):
        fit_components(values, FEATURES, 0.9)


def test_one_and_two_threads_give_the_same_bytes():
    values = scaled(5000, 97)  # large enough for the threads of BLAS to divide the sums
    features = [f"f{i}" for i in range(97)]
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            components = fit_components(values, features, 0.9)
            found.append((components.matrix.tobytes(), components.scores(values).tobytes()))
    assert found[0] == found[1]
