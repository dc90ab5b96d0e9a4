"""The bar, by hand."""

import pandas as pd
import pytest
from studies.calibration.comparison import compare, tolerance, verdict
from studies.calibration.measures import Measured, count, mean, median, ratio, share


def figure(kind, value, most=None, not_measured=None):
    return pd.Series({"figure": "x", "kind": kind, "value": value, "most": most, "not_measured": not_measured})


def test_a_share_may_differ_by_three_points_or_two_errors():
    assert tolerance("share", 0.5, Measured(0, 10_000)) == 0.03
    assert tolerance("share", 0.5, Measured(0, 100)) == pytest.approx(0.1)


def test_a_mean_may_differ_by_a_tenth_or_two_errors():
    assert tolerance("mean", 20, Measured(0, 50, 0.5)) == 2
    assert tolerance("mean", 20, Measured(0, 50, 1.5)) == 3


def test_a_count_may_differ_by_a_tenth_or_two_roots():
    assert tolerance("count", 58, count(50)) == pytest.approx(2 * 58**0.5)
    assert tolerance("count", 10_000, count(50)) == 1000


@pytest.mark.parametrize(
    ("row", "measured", "said"),
    [
        (figure("mean", "20"), Measured(22, 9, 0.1), "within"),
        (figure("mean", "20"), Measured(22.1, 9, 0.1), "outside"),
        (figure("share", "0.60", "0.667"), Measured(0.695, 10**6), "within"),
        (figure("share", "0.60", "0.667"), Measured(0.698, 10**6), "outside"),
        (figure("share", "0.60", "0.667"), Measured(0.56, 10**6), "outside"),
        (figure("mean", "10", "inf"), Measured(99, 9, 0.1), "within"),
        (figure("mean", "10", "inf"), Measured(8.9, 9, 0.1), "outside"),
        (figure("rule", None), Measured(1, 9), "holds"),
        (figure("rule", None), Measured(0, 9), "fails"),
        (figure("rank", "3"), Measured(7, 9), "ranked"),
        (figure("mean", "20"), None, "not there"),
        (figure("mean", "20", None, "nobody knows"), Measured(20, 9, 1), "not measured"),
    ],
)
def test_verdicts(row, measured, said):
    assert verdict(row, measured) == said


def test_what_only_faults_bring_is_judged_with_faults():
    published = pd.DataFrame([figure("count", "100").rename(None)]).assign(figure="excluded")
    found = {"truth": {"excluded": count(0)}, "truth_with_faults": {"excluded": count(98)}}
    table = compare(published, found)
    assert table[["truth", "truth_with_faults", "verdict"]].to_numpy().tolist() == [[0, 98, "within"]]


def test_measures_by_hand():
    assert mean(pd.Series([1, 2, 3, None])) == (2, 3, pytest.approx(1 / 3**0.5))
    assert median(pd.Series([1.0, 2, 9])).value == 2
    assert share(pd.Series([True, False, None, True], dtype="object"))[:2] == (pytest.approx(2 / 3), 3)
    assert ratio(pd.Series([4, 2]), pd.Series([2, 1])) == (2, 2, 0)
    assert mean(pd.Series(dtype=float)) is None
