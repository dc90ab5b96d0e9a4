"""Whose records are shown, and how typical they are, counted by hand."""

import pandas as pd
import pytest
from tests.typology.definition_files import criterion, definitions, typology

from dapipeline.analysis.shown import people_shown, typical

MEDOIDS = pd.DataFrame({"cluster": [1, 2, 3], "offender_id": ["a", "f", "z"]})
ASSIGNED = pd.DataFrame(
    {
        "offender_id": list("abcdefghz"),
        "cluster": [1, 1, 1, 1, 1, 2, 2, 2, 3],
        "typology": ["x"] * 8 + ["y"],
        "distance": [0.0, 3.0, 2.0, 1.0, 4.0, 0.0, 2.0, 2.5, 0.0],
    }
)
FEATURES = ASSIGNED[["offender_id"]].assign(da_homicides=[0, 1, 1, 0, 1, 0, 1, 1, 1])
VECTORS = ASSIGNED[["offender_id"]].assign(
    one=[3.0, 1.0, 2.0, 4.0, 5.0, 0.0, 0.0, 0.0, 7.0], two=[9.0, 1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 7.0]
)


def asking(feature="da_homicides", at_least=1):
    example = {"title": "with a homicide", "feature": feature, "at_least": at_least}
    asked = typology(criterion(at_least=1), example=example)
    return definitions(x=asked, y=asked, w=typology(criterion(at_least=1)))


def shown(wanted, assigned=ASSIGNED, features=FEATURES):
    return people_shown(MEDOIDS, assigned, VECTORS, features, wanted)


def people(table):
    return table[["cluster", "shown", "offender_id"]].to_numpy().tolist()


def test_the_example_is_the_member_with_what_is_asked_nearest_to_a_medoid():
    # c and g lie equally near; c is of the lower cluster. Of y the medoid has it, and so is an example of it.
    found = shown(asking())
    assert people(found) == [[1, "medoid", "a"], [1, "example", "c"], [2, "medoid", "f"], [3, "medoid", "z"]]
    assert found["example"].fillna("").tolist() == ["", "with a homicide", "", ""]


def test_ties_in_one_cluster_go_by_id_in_any_order_of_rows():
    tied = ASSIGNED.assign(distance=ASSIGNED["distance"].where(ASSIGNED["cluster"] != 1, 1.0))
    for assigned in (tied, tied.iloc[::-1]):
        assert people(shown(asking(), assigned))[1] == [1, "example", "b"]


@pytest.mark.parametrize("wanted", [None, asking(at_least=2), asking(feature="da_victims")])
def test_there_is_no_example_that_nobody_asks_for_has_or_knows_of(wanted):
    assert set(shown(wanted)["shown"]) == {"medoid"}


def test_how_typical_somebody_is_counts_the_features_in_the_middle_half():
    # Cluster 1: the middle half of one is 2 to 4 (a, c and d), of two 2 to 4 (c, d and e): a 1, b 0, c 2, d 2, e 1.
    # Cluster 2: one is 0 of all, two 1.5 to 2.5 (g): f 1, g 2, h 1.
    found = typical(MEDOIDS, ASSIGNED, VECTORS)
    assert found["members"].tolist() == [5, 3, 1]
    assert found["measures"].tolist() == [2, 2, 2]
    assert found["in_middle"].tolist() == [1, 1, 2]
    assert found["members_in_middle"].tolist() == pytest.approx([6 / 5, 4 / 3, 2])


def test_a_cluster_without_members_is_typical_of_nobody():
    # Where there are fewer distinct people than clusters, a copy of a medoid stands for a cluster that nobody is in.
    found = typical(pd.DataFrame({"cluster": [9], "offender_id": ["a"]}), ASSIGNED, VECTORS)
    assert found[["members", "in_middle"]].to_numpy().tolist() == [[0, 0]]
