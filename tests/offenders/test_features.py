"""Every feature against its slow version, on hundreds of random small histories."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from dapipeline.config import DomesticAbuse
from dapipeline.offenders.catalogue import CATALOGUE

from .histories import small_histories
from .slow_features import SLOW, histories

IDS = ("incident_id", "offence_id", "offender_id", "victim_id")
DEFINITIONS = {
    "the default": {},
    "other flags, from 18": {"include": ("honour_based", "forced_marriage"), "minimum_age": 18},
}


@pytest.fixture(scope="module")
def rows():
    """Every history apart from the others, all in one table: one call of the engine judges hundreds."""
    gathered = []

    @settings(
        max_examples=500, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(small_histories())
    def gather(history):
        number = len(gathered)
        gathered.append(
            [row | {name: row[name] and f"{row[name]} of {number}" for name in IDS} for row in history]
        )

    gather()
    return [row for history in gathered for row in history]


@pytest.fixture(scope="module", params=[(d, own) for d in DEFINITIONS for own in (False, True)], ids=str)
def both(request, rows, features_of):
    """The features, and the slow version's."""
    definition, own = DEFINITIONS[request.param[0]], request.param[1]
    fast = features_of(rows, own=own, definition=DomesticAbuse(**definition))
    people = histories(rows, own=own, **definition)
    slow = pd.DataFrame.from_dict(
        {offender: {name: work(person) for name, work in SLOW.items()} for offender, person in people.items()},
        orient="index",
        dtype="float64",
    )
    return fast, slow.sort_index()


def test_the_slow_version_has_every_feature():
    assert set(SLOW) == {feature.name for feature in CATALOGUE}


def test_the_cohort_is_everyone_with_a_da_incident(both):
    fast, slow = both
    assert list(fast.index) == list(slow.index)
    assert len(fast) > 300


@pytest.mark.parametrize("name", [feature.name for feature in CATALOGUE])
def test_feature_agrees_with_its_slow_version(both, rows, name):
    fast, slow = both[0][name], both[1][name]
    differ = ~((fast - slow).abs() <= 1e-9 * slow.abs().clip(lower=1)) & ~(fast.isna() & slow.isna())
    if differ.any():
        # The person of whom least is recorded shows it best.
        person = min(differ[differ].index, key=lambda id: sum(id in (r["offender_id"], r["victim_id"]) for r in rows))
        seen = [r for r in rows if person in (r["offender_id"], r["victim_id"])]
        shown = [{column: value for column, value in r.items() if value is not None} for r in seen]
        pytest.fail(
            f"{name} of {int(differ.sum())} offenders; {person}: {fast[person]} is not {slow[person]}, of\n"
            + "\n".join(map(str, shown))
        )


@pytest.mark.parametrize("name", [feature.name for feature in CATALOGUE])
def test_the_histories_are_varied_enough_to_tell(both, name):
    assert both[1][name].nunique() >= 2
