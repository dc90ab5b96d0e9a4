"""Categories that come together, rounding, means and courses of the shareable edition."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dapipeline.report.shareable.course import courses
from dapipeline.report.shareable.figures import course_figure
from dapipeline.report.shareable.means import harm_of_few, means_by_typology
from dapipeline.report.shareable.people import crossed, of_few_together
from dapipeline.report.shareable.pooling import pooled
from dapipeline.report.shareable.rounded import to_base, to_figures, two_figures
from dapipeline.report.sums import may_be_added

LIMIT = 10


def category(numbers: dict[str, int]) -> pd.Series:
    values = [name for name, number in numbers.items() for _ in range(number)]
    return pd.Series(pd.Categorical(values, categories=list(numbers)))


@pytest.mark.parametrize(
    ("numbers", "ordered", "found"),
    [
        ({"a": 30, "b": 4, "c": 7, "d": 50}, False, {"a": 30, "b or c": 11, "d": 50}),
        ({"a": 30, "b": 4, "c": 70, "d": 5}, False, {"all others": 39, "c": 70}),
        ({"young": 3, "middle": 40, "old": 8}, True, {"young or middle or old": 51}),
        ({"young": 3, "middle": 12, "late": 40, "old": 8}, True, {"young or middle": 15, "late or old": 48}),
        ({"a": 10, "b": 10}, False, {"a": 10, "b": 10}),
        ({"a": 3}, False, {"a": 3}),
    ],
)
def test_categories_of_few_come_together(numbers, ordered, found):
    assert pooled(category(numbers), LIMIT, ordered=ordered).value_counts(sort=False).to_dict() == found


def test_typologies_of_few_are_among_those_in_none():
    facts = pd.DataFrame({"typology": ["x"] * 12 + ["y"] * 9 + ["z"] * 40 + ["unnamed"] * 100})
    titles = {"x": "X", "y": "Y", "z": "Z"}
    assert of_few_together(facts, titles, "None", LIMIT).value_counts().to_dict() == {"None": 109, "Z": 40, "X": 12}
    # Nine alone in none would be told by subtraction: the smallest of the others joins them.
    few = facts[~facts["typology"].isin(["unnamed"])]
    assert of_few_together(few, titles, "None", LIMIT).value_counts().to_dict() == {"Z": 40, "None": 21}
    assert set(of_few_together(facts[:9], titles, "None", LIMIT)) == {"None"}


def test_counts_are_rounded_to_the_nearest_five():
    assert [to_base(n) for n in (10, 11, 12, 13, 14, 15, 17, 18, 137_661)] == [10, 10, 10, 15, 15, 15, 15, 20, 137_660]


@given(st.floats(1e-6, 1e9))
def test_means_have_three_figures(value):
    assert to_figures(value) == pytest.approx(value, rel=0.005)
    assert float(f"{to_figures(value):.2e}") == pytest.approx(to_figures(value), rel=1e-12)


def test_whoever_knows_one_of_a_sum_cannot_tell_the_other_to_a_tenth():
    random = np.random.default_rng(3)
    for _ in range(2_000):
        values = np.sort(random.pareto(0.7, random.integers(10, 30)) + 0.01)[::-1]
        if may_be_added(len(values), values[:2], values.sum(), LIMIT):
            left_over = values.sum() - values[0] - values[1]  # by how much the second overestimates the first
            assert left_over >= 0.1 * values[0] - 1e-9


def test_a_table_that_tells_nothing_by_typology_gets_coarser_columns():
    rows = category({"A": 25, "B": 25, "None": 500})
    fine = pd.Series(pd.Categorical((["p"] * 11 + ["q"] * 14) * 2 + ["p"] * 200 + ["q"] * 220 + ["r"] * 80))
    found = crossed(rows, fine, LIMIT, ordered=False)
    assert len(found.rows) > 1
    assert found.withheld[-1].sum() == 0  # totals are all printed


def of_people(harm: dict[str, list[float]]) -> pd.DataFrame:
    parts = [pd.DataFrame({"title": title, "da_severity_total": values}) for title, values in harm.items()]
    facts = pd.concat(parts, ignore_index=True)
    return facts.assign(title=pd.Categorical(facts["title"], categories=list(harm)))


def test_harm_held_by_two_is_withheld_with_company():
    facts = of_people({"A": [900.0, 800.0] + [1.0] * 18, "B": [5.0] * 30, "C": [7.0] * 40, "None": [1.0] * 100})
    shown = means_by_typology(facts, LIMIT).amounts["share of DA severity"]
    # A is held by two. A and B together still are (1,700 of 1,868), A, B and C not (1,700 of 2,148).
    assert shown.isna().to_dict() == {"A": True, "B": True, "C": True, "None": False, "All": False}


def test_a_mean_of_incidents_needs_enough_people_with_three():
    made = of_people({"A": [1.0] * 50, "B": [1.0] * 50, "None": [1.0] * 200})
    incidents = [1.0] * 45 + [3.0] * 5 + [4.0] * 20 + [1.0] * 30 + [1.0] * 150 + [5.0] * 50
    shown = means_by_typology(made.assign(da_incidents=incidents), LIMIT).amounts["DA incidents a person"]
    assert shown.isna().to_dict() == {"A": True, "B": True, "None": False, "All": False}
    assert shown["None"] == pytest.approx(2.0)


def test_how_few_hold_most_is_told_of_enough_people_alone():
    facts = of_people({"None": [1000.0] * 10 + [10.0] * 990})
    (table,) = harm_of_few(facts, LIMIT)
    assert table.amounts["share of DA severity"].round(3).to_dict() == {
        "the 1% with most": 0.503, "the 2% with most": 0.508, "the 5% with most": 0.523, "the 10% with most": 0.548,
        "the 20% with most": 0.598,
    }  # fmt: skip


def of_course(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["typology", "year", "kind", "followed", "people", "again", "incidents", "first", "second"]
    )


def test_a_course_is_of_enough_people_and_leaves_no_family_alone():
    rows = [
        ("x", 1, "da_incidents", 52, 50, 12, 64, 3, 2), ("x", 1, "other_incidents", 52, 20, 9, 30, 3, 3),
        ("x", 1, "violence", 52, 30, 5, 40, 2, 2), ("x", 1, "sexual", 52, 12, 0, 12, 1, 1),
        ("x", 1, "drugs", 52, 3, 3, 28, 9, 9),
        ("x", 2, "da_incidents", 9, 9, 9, 30, 3, 3), ("x", 2, "violence", 9, 9, 9, 30, 3, 3),
    ]  # fmt: skip
    shown = courses(of_course(rows), {"x": "X"}, LIMIT)["X"].amounts
    # Drugs: of three people. With them goes the smallest that is printed, or drugs would be what is left over. Of other
    # incidents fewer than ten people have a second in their first year.
    assert shown["year 1"].dropna().to_dict() == {"DA incidents": 130.0, "Violence": 80.0}  # of 50: 52 is rounded
    assert list(shown.columns) == ["year 1"]


def test_no_height_or_shade_of_a_figure_tells_more_than_its_table():
    def drawn(da: int, violence: int) -> str:
        rows = [
            ("x", 1, "da_incidents", 100, 90, 12, da, 3, 2), ("x", 1, "other_incidents", 100, 60, 15, 60, 3, 3),
            ("x", 1, "violence", 100, 60, 12, violence, 2, 2), ("x", 1, "sexual", 100, 40, 12, 40, 1, 1),
        ]  # fmt: skip
        return course_figure(courses(of_course(rows), {"x": "X"}, LIMIT)["X"], "X")

    assert drawn(129, 103) == drawn(134, 104)  # 130 and 100
    assert drawn(129, 103) != drawn(136, 103)


def test_rates_have_two_figures():
    assert [two_figures(value) for value in (127.6, 80.4, 7.26, 0.333)] == ["130", "80", "7.3", "0.33"]
