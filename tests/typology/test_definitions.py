from pathlib import Path

import pytest
import yaml

from dapipeline.errors import ConfigError
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.typology.definitions import Criterion, check_overrides, find_definitions, load_definitions

from .definition_files import criterion, settings, typology

SHIPPED = Path(__file__).parents[2] / "configs" / "typologies" / "west_midlands_2022.yaml"
PUBLISHED = {
    "serial_abuser", "female_victim_offender", "domestic_abuse_specialist", "non_specialised_law_breaker",
    "prolific_young_offender", "prolific_violent_offender", "lower_harm_economic_compulsive",
    "higher_harm_economic_compulsive", "high_harm_offender", "catastrophic_offender", "coercive_controller",
}  # fmt: skip


def test_the_shipped_definitions_are_the_eleven_published_typologies():
    assert set(load_definitions(SHIPPED).typologies) == PUBLISHED


def test_the_shipped_definitions_never_ask_for_sex_or_ethnicity():
    asked = {
        name
        for typology in load_definitions(SHIPPED).typologies.values()
        for c in typology.criteria
        for name in (c.feature, *([c.times_feature[0]] if c.times_feature else []))
    }
    assert len(asked) > 10
    texts = [f"{name} {BY_NAME[name].meaning}".lower() for name in asked]
    assert not [text for text in texts if any(w in text for w in (" sex ", "_sex", "female", "male", "ethnic"))]


def test_the_shipped_ranks_are_those_of_the_published_table():
    # Table 1 of the summary of research findings: rank by DA severity, and by non-DA severity.
    assert load_definitions(SHIPPED).harm_ranks == {
        "high_harm_offender": (1, 2), "catastrophic_offender": (2, 18), "prolific_violent_offender": (3, 5),
        "higher_harm_economic_compulsive": (4, 1), "non_specialised_law_breaker": (5, 10),
        "domestic_abuse_specialist": (6, 20), "lower_harm_economic_compulsive": (8, 6),
        "prolific_young_offender": (9, 3), "serial_abuser": (10, 11),
    }  # fmt: skip


def test_every_shipped_typology_requires_something_and_says_where_it_comes_from():
    for definition in load_definitions(SHIPPED).typologies.values():
        assert any(c.required for c in definition.criteria)
        assert definition.source and definition.is_not.startswith("Not ")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (settings(x=typology(criterion(at_least=1, below=3))), "exactly one of at_least"),
        (settings(x=typology(criterion())), "exactly one of at_least"),
        (settings(x=typology(criterion("shoe_size", at_least=1))), "'shoe_size' is not a feature"),
        (settings(x=typology(criterion(times_feature=["shoe_size", 2]))), "'shoe_size' is not a feature"),
        (settings(x=typology(criterion(statistic="mode", at_least=1))), "statistic"),
        (settings(x=typology(criterion(cohort_quantile=1.5))), "cohort_quantile"),
        (settings(x=typology(criterion(at_least=1, weight=0))), "weight"),
        (settings(x=typology(criterion(published=0))), "published"),
        (settings(x=typology(criterion(at_least=1, ethnicity="any"))), "ethnicity"),
        (settings(x=typology()), "criteria"),
        (settings(x=typology(criterion(at_least=1), group="F")), "'F' is not one of the groups A, B, C, D, E"),
        (settings(x=typology(criterion(at_least=1), response="arrest")), "'arrest', which is not listed"),
        (settings(x=typology(criterion(at_least=1), harm_ranks=[0, 3])), "harm_ranks"),
        (settings(x=typology(criterion(at_least=1), harm_ranks=[3])), "harm_ranks"),
        (
            settings(x=typology(criterion(at_least=1), example={"title": "t", "feature": "no", "at_least": 1})),
            "feature",
        ),
        (
            settings(
                x=typology(criterion(at_least=1), example={"title": "t", "feature": "da_homicides", "at_least": 0})
            ),
            "at_least",
        ),
        (settings(enough=0), "enough"),
        (settings() | {"margin": -0.1}, "margin"),
        (settings() | {"margin": 1}, "margin"),
        ({"name": "half a file"}, "typologies"),
    ],
)
def test_a_malformed_file_says_what_is_wrong_and_where(tmp_path, broken, said):
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(broken), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_definitions(path)
    assert error.value.code == "C003"
    assert said in error.value.fact and str(path) in error.value.fact
    assert error.value.remedy


def test_a_sound_file_loads(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(settings(x=typology(criterion(at_least=2)))), encoding="utf-8")
    assert load_definitions(path).typologies["x"].criteria[0].at_least == 2


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        ({"at_least": 3}, "mean da incidents at least 3.0"),
        ({"below": 2.5}, "mean da incidents below 2.5"),
        ({"cohort_quantile": 0.95}, "mean da incidents at or above the cohort's 95% point"),
        ({"below_cohort_quantile": 0.95}, "mean da incidents below the cohort's 95% point"),
        ({"times_cohort": 2}, "mean da incidents at least 2.0 × the cohort's mean"),
        ({"below_times_cohort": 2}, "mean da incidents below 2.0 × the cohort's mean"),
        ({"times_feature": ("non_da_incidents", 2)}, "mean da incidents at least 2 × non da incidents"),
        ({"published": 31}, "mean da incidents nearer to the published 31 than to the cohort's mean"),
    ],
)
def test_a_criterion_says_itself_in_words(comparison, words):
    assert Criterion(feature="da_incidents", statistic="mean", **comparison).in_words() == words


def test_definitions_are_found_by_path_beside_the_config_or_not_wanted(tmp_path):
    beside = tmp_path / "typologies" / "mine.yaml"
    beside.parent.mkdir()
    beside.write_text("{}", encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text("{}", encoding="utf-8")
    assert find_definitions("mine", tmp_path) == beside
    assert find_definitions("other.yaml", tmp_path) == other
    assert find_definitions("none", tmp_path) is None


def test_definitions_that_are_nowhere_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"C009.*'nowhere'.*nowhere\.yaml"):
        find_definitions("nowhere", tmp_path)


@pytest.mark.parametrize("cluster", [0, 30, -1])
def test_an_override_of_no_cluster_is_refused(cluster):
    with pytest.raises(ConfigError, match=rf"C008.*cluster {cluster}.*1 to 29"):
        check_overrides({1: "serial_abuser", cluster: "x"}, 29)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\rb", "a\0", "\ud800"])
def test_an_override_is_a_name_that_can_be_read(name):
    with pytest.raises(ConfigError, match=r"C008: typology\.overrides gives cluster 2 a name that is empty or has"):
        check_overrides({1: "serial_abuser", 2: name}, 29)


def test_overrides_of_the_first_and_last_cluster_are_taken():
    check_overrides({1: "serial_abuser", 2: "NA", 3: "Môn 2", 29: "x"}, 29)
