"""How stable names are, counted by hand."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.typology.name_stability import name_stability
from dapipeline.typology.naming import UNNAMED

from .definition_files import criterion, definitions, typology

# A cluster with a mean of 10 or more DA incidents is "many"; of 5 to 10, "some"; below, unnamed.
NAMED = definitions(
    many=typology(criterion(at_least=10, required=True)),
    some=typology(criterion(at_least=5, required=True), criterion(below=10, required=True)),
)
PEOPLE = pd.DataFrame({"da_incidents": [12.0, 12, 12, 6, 6, 1, 1, 1]})
NAMES = ["many"] * 3 + ["some"] * 2 + [UNNAMED] * 3
FITS = np.array(
    [
        # All are grouped as before, under other numbers; person 3 and person 8 are not drawn.
        [3, 3, 0, 1, 1, 2, 2, 0],
        # Two of many are alone (12); the third is with both of some: 8, so all three are some.
        [1, 1, 2, 2, 2, 3, 3, 3],
        # Nobody of some or unnamed is drawn; many split in two, and both are many.
        [1, 1, 2, 0, 0, 0, 0, 0],
        # Everybody is together: a mean of 6.4, some.
        [1, 1, 1, 1, 1, 1, 1, 1],
    ]
).T


@pytest.fixture(scope="module")
def found():
    kept, changes = name_stability(PEOPLE, NAMES, FITS, NAMED)
    return kept.set_index("typology"), changes


def test_the_share_that_keeps_its_name_is_the_mean_over_the_fits_that_hold_any(found):
    kept, _ = found
    assert kept["people"].to_dict() == {"many": 3, "some": 2, UNNAMED: 3}
    assert kept["fits"].to_dict() == {"many": 4, "some": 3, UNNAMED: 3}
    assert kept["kept"].to_dict() == pytest.approx(
        {"many": (1 + 2 / 3 + 1 + 0) / 4, "some": 1, UNNAMED: (1 + 1 + 0) / 3}
    )
    assert kept["lowest"].to_dict() == {"many": 0, "some": 1, UNNAMED: 0}


def test_it_says_how_often_a_name_was_given_and_to_how_many_others(found):
    kept, _ = found
    assert kept["named_in"].to_dict() == {"many": 3, "some": 3, UNNAMED: 2}
    # Some: none new, then one of three, then six of eight.
    assert kept["new_entrants"].to_dict() == pytest.approx({"many": 0, "some": (0 + 1 / 3 + 6 / 8) / 3, UNNAMED: 0})


def test_what_people_became_adds_up(found):
    _, changes = found
    shares = changes.set_index(["typology", "became"])["share"].to_dict()
    assert shares == pytest.approx(
        {
            ("many", "many"): 8 / 12, ("many", "some"): (1 / 3 + 1) / 4,
            ("some", "some"): 1, (UNNAMED, UNNAMED): 2 / 3, (UNNAMED, "some"): 1 / 3,
        }
    )  # fmt: skip
    assert changes.groupby("typology")["share"].sum().to_dict() == pytest.approx({"many": 1, "some": 1, UNNAMED: 1})


def test_a_name_that_nobody_has_is_listed_and_not_assessed():
    kept, changes = name_stability(PEOPLE, [UNNAMED] * 8, FITS, NAMED)
    row = kept.set_index("typology").loc["many"]
    assert (row["people"], row["fits"], row["named_in"], row["new_entrants"]) == (0, 0, 3, 1)
    assert pd.isna(row["kept"]) and pd.isna(row["lowest"])
    assert set(changes["typology"]) == {UNNAMED}


def test_people_with_a_name_of_an_analysts_own_are_left_out_of_account():
    named = pd.Series(NAMES).replace("some", np.nan)
    kept, _ = name_stability(PEOPLE, named, FITS, NAMED)
    kept = kept.set_index("typology")
    assert kept["people"].to_dict() == {"many": 3, "some": 0, UNNAMED: 3}
    # They still weigh in the averages: with them, the third of many is some in the second fit.
    assert kept.loc["many", "kept"] == pytest.approx((1 + 2 / 3 + 1 + 0) / 4)


def test_thresholds_are_those_of_the_people_in_the_fit():
    relative = definitions(high=typology(criterion(times_cohort=1.5, required=True)))
    people = pd.DataFrame({"da_incidents": [9.0, 9, 1, 1]})
    kept, _ = name_stability(people, ["high"] * 2 + [UNNAMED] * 2, np.array([[1, 1, 2, 2], [1, 1, 0, 0]]).T, relative)
    # Against all four the first two stand out (mean 5, 9 is 1.8 times it); against themselves they do not.
    assert kept.set_index("typology").loc["high", "kept"] == 0.5


def test_the_order_of_rows_changes_nothing():
    rng = np.random.default_rng(3)
    people = pd.DataFrame({"da_incidents": rng.poisson(6, 200) * 1.0})
    names, fits = rng.choice(["many", "some", UNNAMED], 200), rng.integers(0, 6, size=(200, 7))
    expected = [table.to_csv() for table in name_stability(people, names, fits, NAMED)]
    order = rng.permutation(200)
    again = name_stability(people.iloc[order].reset_index(drop=True), names[order], fits[order], NAMED)
    assert [table.to_csv() for table in again] == expected
