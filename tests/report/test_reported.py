"""The typologies of the report, in their order, with their clusters."""

import pytest

from dapipeline.report.reported import gathered, reported_typologies


def test_typologies_stand_in_the_order_of_the_definitions_then_names_then_numbers(typologies):
    assert [typology.key for typology in typologies] == [
        "prolific_violent_offender", "domestic_abuse_specialist", "town_centre_group", "cluster_1",
    ]  # fmt: skip
    assert [typology.title for typology in typologies][2:] == ["Town centre group", "Cluster 1"]
    assert sum(typology.people for typology in typologies) == 100


def test_clusters_of_one_name_are_one_typology_weighted_by_size(make):
    clusters = make().clusters.assign(typology="serial_abuser", named_by="criteria")
    (typology,) = reported_typologies(make(clusters=clusters))
    assert typology.mean("da_incidents") == pytest.approx((60 * 1 + 25 * 7 + 12 * 18 + 3 * 2) / 100)
    assert typology.in_words == "clusters 1, 2, 3 and 4"


def test_unnamed_clusters_stand_together_unless_none_has_a_name(reduced, typologies):
    assert [typology.title for typology in gathered(typologies)][-1] == "Unnamed clusters"
    assert sum(typology.people for typology in gathered(typologies)) == 100
    assert [t.title for t in gathered(reported_typologies(reduced))] == [f"Cluster {n}" for n in (1, 2, 3, 4)]
