"""The hexagons of the cohort, against the nearest middle of all of them and against counts by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from dapipeline.analysis.hexagons import cohort_hexagons, middles


def nearest(x: float, y: float, step: float) -> tuple[float, float]:
    """The slow obvious way: every middle within reach, and the nearest of them."""
    tall = 2 * step / math.sqrt(3)
    column, row = round(x / step), round(y / tall)
    every = [
        (c * step, -tall / 4 + (r + (c % 2) / 2) * tall)
        for c in range(column - 3, column + 4) for r in range(row - 3, row + 4)
    ]  # fmt: skip
    return min(every, key=lambda at: (at[0] - x) ** 2 + (at[1] - y) ** 2)


def test_everybody_is_in_the_hexagon_with_the_nearest_middle():
    random = np.random.default_rng(3)
    x, y = random.normal(0, 4, 2000), random.normal(1, 3, 2000)
    found = np.column_stack(middles(x, y, 0.7))
    assert found == pytest.approx(np.array([nearest(*at, 0.7) for at in zip(x, y, strict=True)]), abs=1e-8)


def test_whole_numbers_of_incidents_lie_on_no_border():
    counts = [(math.log2(1 + other), math.log2(da)) for other in range(40) for da in range(1, 40)]
    x, y = np.array(counts).T
    exact = np.column_stack(middles(x, y, 0.5))
    for shift in (1e-9, -1e-9):
        assert np.array_equal(exact, np.column_stack(middles(x + shift, y + shift, 0.5)))


def people(counts):
    names = [f"S{at}" for at in range(len(counts))]
    cluster, group, da, other, first, second = zip(*counts, strict=True)
    assigned = pd.DataFrame({"offender_id": names, "cluster": cluster, "group": group})
    features = pd.DataFrame({"offender_id": names, "da_incidents": da, "non_da_incidents": other, "age": 30})
    scores = pd.DataFrame({"offender_id": names, "weight": 1.0, "component_1": first, "component_2": second})
    return assigned, features, scores


FEW = [(1, "E", 1, 0, 0.0, 0.0), (1, "E", 1, 0, 0.1, 0.0), (2, "E", 1, 0, 0.0, 0.1), (2, "B", 7, 15, 9.0, 9.0)]


def test_people_are_counted_by_cluster_and_group():
    table = cohort_hexagons(*people(FEW)).query("plane == 'volume'")
    assert table[["cluster", "group", "offenders", "mean_across", "mean_up"]].to_numpy().tolist() == [
        [1, "E", 2, 0.0, 1.0], [2, "E", 1, 0.0, 1.0], [2, "B", 1, 15.0, 7.0],
    ]  # fmt: skip
    assert table["across"].tolist() == [0.0, 0.0, 4.0]


def test_both_planes_hold_everybody_in_any_order():
    random = np.random.default_rng(5)
    lines = [
        (int(c), "ABCDE"[c % 5], int(d), int(o), float(a), float(b))
        for c, d, o, a, b in zip(
            random.integers(1, 5, 300), random.integers(1, 60, 300), random.integers(0, 90, 300),
            random.normal(size=300), random.normal(size=300), strict=True,
        )
    ]  # fmt: skip
    tables = people(lines)
    table = cohort_hexagons(*tables)
    assert table.groupby("plane")["offenders"].sum().to_dict() == {"volume": 300, "components": 300}
    turned = cohort_hexagons(*(part.iloc[::-1].reset_index(drop=True) for part in tables))
    pd.testing.assert_frame_equal(table, turned, check_exact=True)


def test_ten_times_the_people_take_no_more_hexagons():
    random = np.random.default_rng(7)
    lines = [(1, "E", 1 + int(d), int(o), 0.0, 0.0) for d, o in random.poisson(3, (2000, 2))]
    once = cohort_hexagons(*people(lines))
    assert len(cohort_hexagons(*people(lines * 10))) == len(once) < 120


def test_without_a_second_component_there_is_no_second_plane():
    assigned, features, scores = people(FEW)
    table = cohort_hexagons(assigned, features, scores.drop(columns="component_2"))
    assert set(table["plane"]) == {"volume"}
