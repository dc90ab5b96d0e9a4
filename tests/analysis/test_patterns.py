"""Single, repeat and serial offenders, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.analysis.patterns import offender_patterns, pattern_of

COLUMNS = ["da_incidents", "da_victims", "da_repeat_victims", "non_da_crimes"]


@pytest.mark.parametrize(
    ("incidents", "victims", "repeat_victims", "pattern"),
    [
        (1, 1, 0, "single"),
        (1, 0, 0, "single"),  # whoever it was against
        (1, 2, 0, "serial"),  # against two people at once
        (2, 1, 1, "repeat"),
        (9, 1, 1, "repeat"),
        (2, 2, 0, "serial"),
        (5, 3, 2, "serial"),  # and repeat too
        (2, 1, 0, "not known"),  # of one of the two incidents the victim is not named
        (4, 0, 0, "not known"),
    ],
)
def test_once_again_or_against_another(incidents, victims, repeat_victims, pattern):
    row = pd.DataFrame([[incidents, victims, repeat_victims, 0]], columns=COLUMNS, dtype=float)
    assert pattern_of(row).tolist() == [pattern]


def test_patterns_are_counted_by_cluster_with_their_other_crime():
    features = pd.DataFrame(
        [(1, 1, 0, 0), (1, 1, 0, 2), (4, 2, 1, 1), (2, 2, 0, 0), (3, 1, 1, 5)], columns=COLUMNS, dtype=float
    ).assign(offender_id=list("ABCDE"))
    assigned = pd.DataFrame(
        {"offender_id": list("EDCBA"), "cluster": [2, 2, 2, 1, 1], "typology": ["y", "y", "y", "x", "x"]}
    )
    found = offender_patterns(assigned, features)
    columns = ["pattern", "cluster", "typology", "offenders", "repeat_too", "with_other_crime"]
    assert list(found[columns].itertuples(index=False, name=None)) == [
        ("serial", 2, "y", 2, 1, 1),
        ("repeat", 2, "y", 1, 0, 1),
        ("single", 1, "x", 2, 0, 1),
    ]
