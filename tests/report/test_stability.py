import pytest

from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.method import method_section
from dapipeline.report.sections.typologies import unnamed_table
from dapipeline.report.stability import badge, bands_in_words, cell, stability_sentence


def one_typology(make, **columns):
    """All clusters under one name, with some columns changed."""
    contents = make(clusters=make().clusters.assign(typology="serial_abuser", named_by="criteria", **columns))
    (typology,) = reported_typologies(contents)
    return badge(contents, typology)


def test_a_badge_says_band_figure_and_meaning(make, by_key):
    found = badge(make(), by_key["domestic_abuse_specialist"])
    assert (found.words, found.beside, found.style) == ("stable 0.81", "", "stable")
    assert found.meaning == "Found again when half of the people are left out."
    assert badge(make(), by_key["prolific_violent_offender"]).style == "highly-stable"
    assert badge(make(), by_key["cluster_1"]).words == "unstable 0.55"


def test_a_cluster_that_was_in_no_draw_is_not_assessed(make, by_key):
    found = badge(make(), by_key["town_centre_group"])
    assert (found.words, found.band) == ("stability not assessed", "not assessed")


def test_several_clusters_show_their_mean_by_people_and_their_range(make):
    # 60, 25 and 12 people; the cluster that was not assessed does not count.
    found = one_typology(make)
    mean = (60 * 0.55 + 25 * 0.81 + 12 * 0.92) / 97
    assert mean == pytest.approx(0.6628, abs=1e-4)
    assert (found.words, found.beside) == ("doubtful 0.66", "clusters 0.55 to 0.92")


def test_a_figure_from_few_people_is_marked(make):
    # A draw is half of the cohort: 9 people have fewer than five members in it.
    assert one_typology(make, size=9).beside == "clusters 0.55 to 0.92; few people: a rough figure"
    assert one_typology(make, size=10).beside == "clusters 0.55 to 0.92"


def test_a_smaller_draw_than_a_half_is_told(make, by_key):
    contents = make(model=make().model | {"offenders": 100_000, "stability_offenders_in_each": 20_000})
    found = badge(contents, by_key["domestic_abuse_specialist"])
    assert found.meaning == "Found again when only 20,000 of the 100,000 people are looked at."
    words = method_section(contents)["stability"]
    assert "20 times, a part of the people (20,000 of 100,000) were drawn" in words
    assert "too low" in words
    assert "20 times, half of the people (50 of 100) were drawn" in method_section(make())["stability"]
    assert "too low" not in method_section(make())["stability"]


def test_the_summary_counts_clusters_and_people(make):
    assert stability_sentence(make()) == (
        "Of 4 clusters, 2 with 37% of the people are stable: found again when half of the people are left out. "
        "1 with 60% of the people is unstable: mostly not found again."
    )


def test_every_cluster_has_its_figure(make, may, by_key):
    assert unnamed_table(make(), [by_key["cluster_1"]], may).written()[0][3] == "0.55, unstable"
    assert cell(float("nan")) == "not assessed"


def test_the_bounds_in_words():
    assert bands_in_words() == "below 0.60 unstable, from 0.60 doubtful, from 0.75 stable, from 0.85 highly stable"
