"""Every feature against its slow version, what an empty history gives, and what must not matter."""

from __future__ import annotations

import random
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from dapipeline.config import DomesticAbuse, Engine
from dapipeline.engine import connect
from dapipeline.offenders.catalogue import CATALOGUE, PRESETS

from .conftest import as_arrow
from .histories import row
from .slow_features import SLOW, histories

NAMES = [feature.name for feature in CATALOGUE]
SHARES = [feature.name for feature in CATALOGUE if feature.kind == "share"]
RUNS = {
    "shipped severity, the default definition": (False, {}),
    "own severity, other flags, from 18": (
        True, {"include": ("honour_based", "forced_marriage"), "minimum_age": 18}
    ),
    "from an age that changed twice": (
        False,
        {"minimum_age": [{"from": date(2020, 3, 1), "age": 10}, {"from": date(2016, 1, 1), "age": 18},
                         {"from": date(2021, 3, 7), "age": 16}]},
    ),
    "the flag alone": (False, {"minimum_age": None}),
}  # fmt: skip


@pytest.fixture(scope="module", params=RUNS)
def both(request, random_rows, features_of):
    """The features and the slow version's, of the same random histories."""
    own, definition = RUNS[request.param]
    fast = features_of(random_rows, own=own, definition=DomesticAbuse(**definition))
    people = histories(random_rows, own=own, **definition)
    slow = pd.DataFrame.from_dict(
        {offender: {name: work(person) for name, work in SLOW.items()} for offender, person in people.items()},
        orient="index",
        dtype="float64",
    )
    return fast, slow.sort_index()


def test_the_slow_version_has_every_feature():
    assert set(SLOW) == set(NAMES)


def test_the_cohort_is_everyone_with_a_da_incident(both):
    fast, slow = both
    assert list(fast.index) == list(slow.index)
    assert len(fast) > 400


@pytest.mark.parametrize("name", NAMES)
def test_feature_agrees_with_its_slow_version(both, random_rows, name):
    fast, slow = both[0][name], both[1][name]
    differ = ~((fast - slow).abs() <= 1e-9 * slow.abs()) & ~(fast.isna() & slow.isna())
    if differ.any():
        rows_of = {person: [] for person in differ[differ].index}
        for r in random_rows:
            for person in {r["offender_id"], r["victim_id"]} & rows_of.keys():
                rows_of[person].append({key: value for key, value in r.items() if value is not None})
        # Of all for whom it differs, show the one with the fewest rows.
        person = min(rows_of, key=lambda id: len(rows_of[id]))
        shown = "\n".join(map(str, rows_of[person]))
        pytest.fail(f"{name} of {len(rows_of)}; {person}: {fast[person]}, slowly {slow[person]}, of\n{shown}")


def test_the_histories_are_varied_enough_to_tell(both, request):
    always_0 = ["below_age_incidents"] if request.node.callspec.params["both"] == "the flag alone" else []
    assert [name for name in NAMES if both[1][name].nunique() < 2] == always_0


def test_a_share_is_never_missing_and_never_more_than_one(both):
    shares = both[0][SHARES]
    assert shares.notna().all(axis=None)
    assert shares.min(axis=None) >= 0
    assert shares.max(axis=None) <= 1


DA_ROW = row(offender_id="A", incident_id="I1", occurred_from=datetime(2020, 6, 1, 12), da_flag=True)


def test_one_da_incident_and_nothing_else_has_every_feature_of_the_preset(features_of):
    known = {
        "offender_age": 30.0,
        "victim_id": "B",
        "victim_age": 28.0,
        "imd_decile": "3",
        "offence_code": "10501",
    }
    found = features_of([DA_ROW | known]).loc["A"]
    assert found[list(PRESETS["west_midlands_2022"])].notna().all()
    elsewhere = found[[name for name in NAMES if name.startswith("non_da_")]]
    assert (elsewhere == 0).all()


def test_a_share_of_nothing_is_0(features_of):
    shares = [feature for feature in CATALOGUE if feature.kind == "share"]
    found = features_of([DA_ROW | {"is_crime": False}], features=shares).loc["A"]
    assert found[found != 0].to_dict() == {"da_non_crime_share": 1.0}


def test_only_what_cannot_be_known_is_missing(features_of):
    found = features_of([DA_ROW]).loc["A"]
    ages = {"age_first_incident", "age_first_da", "age_last_da"}
    assert set(found.index[found.isna()]) == {*ages, "imd_decile_mean"}


def test_the_order_of_rows_does_not_change_a_byte(random_rows, features_of):
    shuffled = random.Random(7).sample(random_rows, len(random_rows))
    pd.testing.assert_frame_equal(features_of(random_rows, True), features_of(shuffled, True), check_exact=True)


def test_the_number_of_threads_does_not_change_a_byte(random_rows, features_of):
    # The same people through many more incidents: every history lies in several row groups, for threads to share.
    few = as_arrow(random_rows)
    copies = [_renamed(few, f" copy {number}") for number in range(150_000 // len(few))]
    many = pa.concat_tables(copies)
    many = many.take(np.random.default_rng(3).permutation(len(many)))
    one, two = (features_of(many, True, on=connect(Engine(threads=threads))) for threads in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def _renamed(rows: pa.Table, ending: str) -> pa.Table:
    """Give every incident and offence another id."""
    for name in ("incident_id", "offence_id"):
        at = rows.column_names.index(name)
        rows = rows.set_column(at, name, pc.binary_join_element_wise(rows[name], ending, ""))
    return rows


def test_sex_ethnicity_outcome_and_arrest_change_nothing(random_rows, features_of):
    values = {
        "offender_sex": ("F", "M", "U", None), "offender_ethnicity": ("a", "b", None),
        "victim_ethnicity": ("a", "b", None), "outcome_code": ("0", "1", "16", None),
        "arrested": (True, False, None),
    }  # fmt: skip
    of_one, of_other = random.Random(1), random.Random(2)
    first, second = (
        features_of([r | {name: chance.choice(of) for name, of in values.items()} for r in random_rows], own=True)
        for chance in (of_one, of_other)
    )
    changed = [name for name in NAMES if not first[name].equals(second[name])]
    assert changed == []
