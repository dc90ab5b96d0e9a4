"""Why clusters have no name, in words."""

import pytest

from dapipeline.report.cards.unnamed import unnamed_sentences, unnamed_table, why_unnamed
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies


@pytest.fixture
def two_unnamed(make):
    """Clusters 1 and 2 without a name: both come closest to the violent offender, which asks for 10 DA incidents."""
    clusters = make().clusters
    clusters.loc[:1, ["typology", "named_by", "unnamed_because", "best"]] = [
        "unnamed", "nothing", "nothing fits", "prolific_violent_offender",
    ]  # fmt: skip
    contents = make(clusters=clusters)
    typologies = reported_typologies(contents)
    return contents, [t for t in typologies if not t.named], printable(contents, typologies)


def test_the_card_says_what_they_come_closest_to_and_what_does_not_fit(two_unnamed):
    contents, unnamed, may = two_unnamed
    # 60 people of 20 points and 25 of 200: 6,200 of 54,500.
    assert unnamed_sentences(contents, unnamed, may) == [
        "85 people (85% of all) are in 2 clusters without a name, and account for 11% of recorded domestic abuse harm.",
        "2 clusters with 85 people come closest to Prolific violent offender: what does not fit is DA incidents "
        "(too few).",
    ]
    assert why_unnamed(contents, unnamed[0], may) == "DA incidents too few (1)"


def test_the_table_stands_by_stability(two_unnamed):
    table = unnamed_table(*two_unnamed)
    assert [row[0] for row in table.written()] == ["2", "1"]  # 0.81 and 0.55
    assert [row[-2:] for row in table.written()] == [
        ["Prolific violent offender", "DA incidents too few (7)"],
        ["Prolific violent offender", "DA incidents too few (1)"],
    ]


def test_a_score_too_low_and_two_names_alike_are_told(make, may):
    clusters = make().clusters
    clusters.loc[0, ["best", "unnamed_because", "score"]] = ["domestic_abuse_specialist", "two fit alike", 0.8]
    contents = make(clusters=clusters)
    (own,) = [t for t in reported_typologies(contents) if not t.named]
    assert contents.clusters["second"].iloc[0] == "domestic_abuse_specialist"
    assert why_unnamed(contents, own, may) == "fits Domestic abuse specialist just as well"
    lowly = make(criteria=make().criteria.assign(met=True))
    (own,) = [t for t in reported_typologies(lowly) if not t.named]
    assert why_unnamed(lowly, own, may) == "scores 40%, and a name needs 75%"


def test_without_definitions_no_reason_is_given(reduced):
    typologies = reported_typologies(reduced)
    assert why_unnamed(reduced, typologies[0], printable(reduced, typologies)) == ""
