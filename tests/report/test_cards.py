"""The card of a typology: criteria with the same words, and a group that is not the defined one."""

import pandas as pd
import pytest

from dapipeline.report.criteria import criteria_table
from dapipeline.report.page import render_report
from dapipeline.report.reported import kinds_of
from dapipeline.report.sections.typologies import cards

NAME = "domestic_abuse_specialist"


def test_two_criteria_with_the_same_words_are_two_rows(make):
    definitions, criteria = make().definitions.model_copy(deep=True), make().criteria
    first = definitions.typologies[NAME].criteria[0]
    twice = (first, first.model_copy(update={"required": False}))
    definitions.typologies[NAME] = definitions.typologies[NAME].model_copy(update={"criteria": twice})
    asked = criteria.query("typology == @NAME and number == 1")
    others = criteria.query("typology != @NAME")
    contents = make(definitions=definitions, criteria=pd.concat([others, asked, asked.assign(number=2, met=False)]))
    kind = next(kind for kind in kinds_of(contents) if kind.key == NAME)
    rows = criteria_table(contents.criteria, kind).rows
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("DA incidents, mean: at least 4", "required", "✓ 7"),
        ("DA incidents, mean: at least 4", "counts", "✗ 7"),
    ]
    assert "Criteria of Domestic abuse specialist" in render_report(contents).html


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (["A", "A"], ""),
        (["B", "B"], "Defined in group A; most of its people here are in group B."),
        (["A", "C"], "Defined in group A; most people of cluster 3 are in group C."),
        (
            ["B", "C"],
            "Defined in group A; most people of cluster 2 are in group B and most people of cluster 3 are in group C.",
        ),
    ],
)
def test_a_card_says_where_most_people_are_in_another_group_than_the_defined_one(make, groups, words):
    clusters = make().clusters
    clusters.loc[1:2, ["typology", "defined_group"]] = [NAME, "A"]
    clusters.loc[1:2, "group"] = groups
    contents = make(clusters=clusters)
    assert cards(contents, kinds_of(contents)[:1], {})[0]["defined_elsewhere"] == words
    html = render_report(contents).html
    assert words in html
    assert ("Defined in group" in html) == bool(words)


def test_a_card_of_an_analysts_own_name_compares_no_groups(make):
    contents = make()
    assert [card["defined_elsewhere"] for card in cards(contents, kinds_of(contents), {})] == [""] * 4
