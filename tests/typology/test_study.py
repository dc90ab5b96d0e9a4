"""What definitions carry of the study: counted against a reading of it by hand."""

from collections import Counter

import pytest
import yaml

from dapipeline.errors import ConfigError
from dapipeline.typology.definitions import load_definitions
from dapipeline.typology.study import Expectation

from .definition_files import criterion, settings, typology
from .test_definitions import PUBLISHED, SHIPPED

ALIKE = {
    "id": "X1",
    "area": "safeguarding",
    "typologies": ["x"],
    "agencies": ["police"],
    "words": "Do it.",
    "source": "1",
}
PROMISE = {"feature": "da_incidents", "promises": "much", "here": "{here}"}


def test_every_recommendation_of_the_study_is_there():
    shipped = load_definitions(SHIPPED).recommendations
    by_area = Counter(r.area for r in shipped)
    # The summary has nine recommendations, thirty-five under the seventh, and seven boxes of questions.
    assert by_area == {
        "whole_system": 9, "initial_response": 5, "safeguarding": 5, "offender_management": 6,
        "prevention_and_diversion": 11, "prisons_and_probation": 8, "other_agencies": 7,
    }  # fmt: skip
    tagged = [r for r in shipped if r.area not in ("whole_system", "other_agencies")]
    assert len(tagged) == 35
    assert len({r.words for r in tagged}) == 34  # the first two of prevention and diversion share a text
    assert Counter(r.printed_tag or name for r in tagged for name in r.typologies) == {
        "all": 11, "prolific_young_offender": 7, "high_harm_offender": 5, "serial_abuser": 4,
        "female_victim_offender": 3, "catastrophic_offender": 2, "coercive_controller": 1,
        "non_specialised_law_breaker": 1, "Violent Adult Offender": 1,
    }  # fmt: skip
    names = {name for r in tagged if not r.printed_tag for name in r.typologies}
    assert PUBLISHED - names == {
        "lower_harm_economic_compulsive", "higher_harm_economic_compulsive", "domestic_abuse_specialist",
        "prolific_violent_offender",
    }  # fmt: skip


def test_every_recommendation_is_short_and_says_where_it_stands_and_for_whom():
    for r in load_definitions(SHIPPED).recommendations:
        assert len(r.words.split()) <= 30 and r.source and r.agencies
        assert "—" not in r.words


def test_every_shipped_typology_carries_figures_and_promises_of_the_study():
    shipped = load_definitions(SHIPPED).typologies
    assert all(t.printed and t.expects for t in shipped.values())
    values = {key: {f.words: f.value for f in t.printed} for key, t in shipped.items()}
    assert values["high_harm_offender"]["people"] == 12
    assert values["high_harm_offender"]["DA incidents a person"] == 31
    assert values["female_victim_offender"]["women"] == 0.93
    assert values["domestic_abuse_specialist"]["people without any other incident"] == 0.69
    assert values["coercive_controller"]["DA incidents of controlling or coercive behaviour"] == 0.21


@pytest.mark.parametrize(
    ("key", "feature", "kept", "broken"),
    [
        ("coercive_controller", "da_coercive_incidents", 0.21, 0.02),
        ("high_harm_offender", "da_severity_total", 301, 299),
        ("prolific_young_offender", "age_first_da", 23, 31),
        ("serial_abuser", "da_victims", 2, 1.5),
        ("domestic_abuse_specialist", "non_da_incidents", 0.5, 1.2),
        ("catastrophic_offender", "da_severity_max", 600, 500),
        ("prolific_violent_offender", "da_incidents", 20, 2.9),
        ("non_specialised_law_breaker", "non_da_families", 2, 1.9),
        ("female_victim_offender", "da_victimisations", 16, 2),
        ("higher_harm_economic_compulsive", "non_da_acquisitive_incidents", 0.8, 0.3),
        ("lower_harm_economic_compulsive", "non_da_acquisitive_incidents", 0.8, 0.3),
    ],
)
def test_every_name_promises_what_it_says(key, feature, kept, broken):
    cohort = 300.0
    (promise, *_) = [p for p in load_definitions(SHIPPED).typologies[key].expects if p.feature == feature]
    assert promise.holds(kept, cohort) is True
    assert promise.holds(broken, cohort) is False


def test_what_is_not_known_is_neither_kept_nor_broken():
    promise = Expectation(**PROMISE, times_cohort=2)
    assert promise.holds(float("nan"), 1) is None
    assert promise.holds(1, float("nan")) is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"printed": [{"words": "x", "value": 1}]}, "exactly one of counts, feature, without, characteristic"),
        ({"printed": [{"words": "x", "value": 1, "feature": "shoe_size"}]}, "'shoe_size' is not a feature"),
        ({"printed": [{"words": "x", "value": 1, "counts": "people", "over": "incidents"}]}, "need a feature"),
        ({"printed": [{"words": "x", "value": 1, "characteristic": "offender_sex"}]}, "belong together"),
        ({"expects": [PROMISE]}, "exactly one of at_least, below"),
        ({"expects": [PROMISE | {"at_least": 1, "below": 2}]}, "exactly one of at_least, below"),
        ({"expects": [PROMISE | {"at_least": 1, "feature": "shoe_size"}]}, "'shoe_size' is not a feature"),
        ({"expects": [PROMISE | {"at_least": 1, "here": "{here.__class__}"}]}, "only {here} and {cohort}"),
        ({"expects": [PROMISE | {"at_least": 1, "here": "{0"}]}, "only {here} and {cohort}"),
    ],
)
def test_a_malformed_addition_says_what_is_wrong(tmp_path, more, said):
    refused(tmp_path, settings(x=typology(criterion(at_least=1), **more)), said)


@pytest.mark.parametrize(
    ("recommendations", "said"),
    [
        ([ALIKE, ALIKE], "recommendation X1 is there twice"),
        ([ALIKE | {"area": "prisons"}], "area 'prisons', not listed under response or areas"),
        ([ALIKE | {"typologies": ["y"]}], "names 'y', which is not one of the typologies"),
        ([ALIKE | {"words": "word " * 31}], "more than 30 words"),
        ([ALIKE | {"agencies": []}], "agencies"),
    ],
)
def test_a_malformed_recommendation_says_what_is_wrong(tmp_path, recommendations, said):
    refused(tmp_path, settings(x=typology(criterion(at_least=1))) | {"recommendations": recommendations}, said)


def refused(folder, content, said):
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_definitions(path)
    assert error.value.code == "C003"
    assert said in error.value.fact
