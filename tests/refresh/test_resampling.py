"""People are drawn as a Poisson bootstrap would, by their ids alone."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dapipeline.kmedoids.row_ids import hash_ids
from dapipeline.refresh.resampling import RESAMPLES, resampled, times_drawn

IDS = np.array([f"N{i:06d}" for i in range(20_000)], dtype=object)


@pytest.mark.parametrize("number", [1, 2, 999])
def test_people_are_drawn_a_poisson_number_of_times(number):
    times = times_drawn(hash_ids(IDS), number)
    seen = np.bincount(np.minimum(times.astype(int), 5), minlength=6)
    expected = np.append(stats.poisson.pmf(range(5), 1), stats.poisson.sf(4, 1)) * len(IDS)
    assert stats.chisquare(seen, expected).pvalue > 0.001


def test_resamples_do_not_depend_on_each_other():
    first, second = (times_drawn(hash_ids(IDS), number) for number in (1, 2))
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / np.sqrt(len(IDS))


def test_somebody_is_drawn_as_often_wherever_they_are():
    whole = times_drawn(hash_ids(IDS), 7)
    some = np.random.default_rng(0).permutation(len(IDS))[:500]
    assert (times_drawn(hash_ids(IDS[some]), 7) == whole[some]).all()


def test_clusters_are_counted_and_added_up_in_every_resample():
    rng = np.random.default_rng(1)
    cohort = pd.DataFrame(
        {"offender_id": IDS[:60], "cluster": rng.integers(1, 4, 60), "distance": np.round(rng.uniform(0, 5, 60), 2)}
    )
    medoids = IDS[[3, 30]]
    found = resampled(cohort, medoids, 4)
    assert found.people.shape == (1 + RESAMPLES, 4)
    for number in (0, 1, 400):
        times = times_drawn(hash_ids(IDS[:60]), number) if number else np.ones(60)
        for cluster in range(1, 5):
            own = [(i, times[i]) for i in range(60) if cohort["cluster"][i] == cluster]
            counted = [(i, t) for i, t in own if i not in (3, 30)]
            assert found.people[number, cluster - 1] == sum(t for _, t in own)
            assert found.measured[number, cluster - 1] == sum(t for _, t in counted)
            assert found.distances[number, cluster - 1] == pytest.approx(
                sum(t * cohort["distance"][i] for i, t in counted), abs=1e-9
            )
