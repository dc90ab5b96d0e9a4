import numpy as np
import pytest

from dapipeline.kmedoids.row_ids import hash_ids
from dapipeline.kmedoids.sampler import KeyedSampler

N = 3000
HASHES = hash_ids(np.arange(N))


def sampler(weights=None, seed=0, hashes=HASHES):
    weights = np.ones(len(hashes)) if weights is None else np.asarray(weights, dtype=float)
    return KeyedSampler(hashes, weights, np.random.RandomState(seed))


def test_random_numbers_are_uniform_and_fresh_each_time():
    same = sampler()
    first, second = same.uniforms(), same.uniforms()
    assert first.min() > 0
    assert first.max() < 1
    counts = np.histogram(first, bins=10, range=(0, 1))[0]
    assert ((counts - N / 10) ** 2 / (N / 10)).sum() < 27.9  # 99.9% point of chi-squared with 9 degrees
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.06  # three standard errors
    assert np.array_equal(first, sampler().uniforms())
    assert not np.array_equal(first, sampler(seed=1).uniforms())


@pytest.mark.parametrize("of", ["candidates", "sample", "permutation"])
def test_what_is_drawn_does_not_depend_on_the_order_of_the_points(of):
    weights = np.random.default_rng(3).uniform(0.5, 4.0, size=N)
    shuffle = np.random.default_rng(4).permutation(N)

    def drawn(order):
        found = sampler(weights[order], hashes=HASHES[order])
        if of == "permutation":
            return order[found.permutation()].tolist()
        points = found.candidates(200) if of == "candidates" else found.sample(200).points
        return sorted(order[points].tolist())

    assert drawn(np.arange(N)) == drawn(shuffle)


@pytest.mark.parametrize("of", ["candidates", "sample"])
def test_one_more_point_replaces_at_most_one_other(of):
    for left_out in range(0, N, 300):
        rest = np.delete(np.arange(N), left_out)
        whole, part = sampler(), sampler(hashes=HASHES[rest])
        if of == "candidates":
            before, after = whole.candidates(500), rest[part.candidates(500)]
        else:
            before, after = whole.sample(500).points, rest[part.sample(500).points]
        assert len(set(after) - set(before)) <= 1


def test_as_many_are_drawn_as_asked_for_and_all_where_there_are_fewer():
    assert len(set(sampler().candidates(40))) == len(set(sampler().sample(40).points)) == 40
    assert np.all(np.diff(sampler().candidates(40)) > 0)
    assert np.array_equal(sampler().candidates(N + 1), np.arange(N))
    assert np.array_equal(sampler().candidates(None), np.arange(N))
    whole = sampler(weights := np.arange(1.0, N + 1)).sample(N)
    assert np.array_equal(whole.points, np.arange(N))
    assert np.array_equal(whole.weights, weights)


def test_a_candidates_chance_is_in_proportion_to_weight():
    weights = np.where(np.arange(N) % 2, 3.0, 1.0)
    heavy = [(sampler(weights, seed).candidates(100) % 2).sum() for seed in range(60)]
    # 100 of 3,000 drawn: three quarters are expected to be heavy, standard error 0.6 points.
    assert 73 < np.mean(heavy) < 77


def test_a_sample_estimates_any_sum_without_bias():
    rng = np.random.default_rng(5)
    weights, values = rng.lognormal(sigma=2.0, size=N), rng.normal(1.0, 0.5, size=N)
    estimates = []
    for seed in range(400):
        sample = sampler(weights, seed).sample(150)
        assert (sample.weights >= weights[sample.points]).all()
        estimates.append(sample.weights @ values[sample.points])
    error = np.std(estimates) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) - weights @ values) < 3.5 * error
    assert error < 0.01 * (weights @ values)
