from datetime import date

import pytest

from dapipeline.offenders.catalogue import CATALOGUE
from dapipeline.report.labels import label
from dapipeline.report.words import amount, count, day, exact, lasting, listed, number, several, share


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0%"), (0.0001, "<0.1%"), (0.034, "3.4%"), (0.0999, "10%"), (0.618, "62%"), (0.998, "99.8%"),
     (0.99999, ">99.9%"), (1.0, "100%"), (float("nan"), "–")],
)  # fmt: skip
def test_shares(value, written):
    assert share(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.137, "0.14"), (2.5, "2.5"), (9.999, "10"), (31.34, "31.3"), (100.4, "100"), (137661, "137,661"),
     (-2.5, "−2.5"), (float("nan"), "–")],
)  # fmt: skip
def test_numbers(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("hours", "written"),
    [(0.5, "30 minutes"), (1.5, "90 minutes"), (5.25, "5.25 hours"), (48, "2 days"), (240, "10 days"),
     (8766 * 10, "10 years")],
)  # fmt: skip
def test_times_take_the_unit_that_reads_best(hours, written):
    assert lasting(hours) == written


@pytest.mark.parametrize(
    ("value", "kind", "unit", "written"),
    [(0.25, "share", "share of incidents", "25%"), (730.5 * 2, "duration", "days", "4 years"),
     (72, "duration", "hours", "3 days"), (36.44, "age", "years", "36.4 years"),
     (5475.2, "severity", "points", "5,475"),
     (1.49, "count", "incidents", "1.49"), (float("nan"), "age", "years", "–")],
)  # fmt: skip
def test_amounts_are_in_natural_units(value, kind, unit, written):
    assert amount(value, kind, unit) == written


def test_words_are_joined_and_counted():
    assert (count(1234567.0), exact(0.05), exact(0.125)) == ("1,234,567", "5%", "12.5%")
    assert (listed([]), listed(["a"]), listed("abc")) == ("", "a", "a, b and c")
    assert (several(1, "person", "people"), several(2000, "person", "people")) == ("1 person", "2,000 people")
    assert several(2, "cluster") == "2 clusters"
    assert day(date(2011, 1, 1)) == "1 January 2011"


def test_a_feature_is_called_by_the_label_of_the_catalogue():
    assert all(label(feature.name) == feature.label for feature in CATALOGUE)


def test_a_feature_without_a_label_is_still_readable():
    assert label("non_da_arrests") == "Non-DA arrests"
    assert label("arrests_in_da") == "Arrests in DA"
