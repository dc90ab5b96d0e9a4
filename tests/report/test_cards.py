"""The card of a typology: criteria with the same words, and a group that is not the defined one; what else to mind."""

import pytest
import yaml

from dapipeline.config import Config
from dapipeline.report.criteria import criteria_table
from dapipeline.report.page import render_report
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.typologies import cards
from dapipeline.typology.averages import asked_values, member_averages
from dapipeline.typology.criteria import evaluate_criteria
from dapipeline.typology.definitions import load_definitions

NAME = "domestic_abuse_specialist"


def test_a_definitions_file_with_two_criteria_of_the_same_words_renders(make, tmp_path):
    written = make().definitions.model_dump(mode="json", exclude_none=True)
    first = written["typologies"][NAME]["criteria"][0]
    written["typologies"][NAME]["criteria"] = [first, first | {"required": False}]
    path = tmp_path / "twice.yaml"
    path.write_text(yaml.safe_dump(written), encoding="utf-8")
    definitions = load_definitions(path)
    profiles = make().profiles
    vectors = profiles.pivot_table(index="cluster", columns="feature", values="mean")  # one person per cluster
    values = asked_values(vectors, definitions)
    averages = member_averages(values, vectors.index.to_numpy(), definitions)
    contents = make(definitions=definitions, criteria=evaluate_criteria(averages, definitions))
    typologies = reported_typologies(contents)
    typology = next(typology for typology in typologies if typology.key == NAME)
    rows = criteria_table(contents.criteria, typology, printable(contents, typologies)).written()
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("DA incidents, mean: at least 4", "required", "✓ 7"),
        ("DA incidents, mean: at least 4", "counts", "✓ 7"),
    ]
    assert "Criteria of Domestic abuse specialist" in render_report(contents).html


def cards_of(contents):
    typologies = reported_typologies(contents)
    return cards(contents, typologies, printable(contents, typologies), {})


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
    assert dict(cards_of(contents)[0]["caveats"]).get("Group", "") == words
    html = render_report(contents).html
    assert words in html
    assert ("Defined in group" in html) == bool(words)


def test_a_card_of_an_analysts_own_name_compares_no_groups(make):
    contents = make()
    assert ["Group" in dict(card["caveats"]) for card in cards_of(contents)] == [False] * 4


def test_a_card_says_that_it_has_few_people_or_an_analysts_name_or_stands_out_by_definition(make):
    by_title = {card["typology"].title: dict(card["caveats"]) for card in cards_of(make())}
    assert by_title["Town centre group"]["Named by an analyst"].startswith("An analyst gave this name;")
    assert "Few people" not in by_title["Town centre group"]  # 3 people, and the limit is 3
    assert by_title["Prolific violent offender"]["By definition"] == (
        "1 of the 5 features shown is what the name asks for (marked ◆)."
    )
    config = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": 4}}
    strict = cards_of(make(config=Config.model_validate(config)))
    few = {card["typology"].title: dict(card["caveats"]).get("Few people", "") for card in strict}
    assert few["Town centre group"].startswith("There are fewer than 4 people in it.")
    assert few["Domestic abuse specialist"] == ""


def test_every_card_has_a_link_to_itself(make):
    html = render_report(make()).html
    for typology in reported_typologies(make())[:3]:
        assert f'<article class="card g{typology.clusters["group"].iloc[0]}" id="{typology.anchor}"' in html
        assert (
            f'<a class="self" href="#{typology.anchor}" aria-label="Link to this typology: {typology.title}">' in html
        )
