"""What the report says of names: by what score, how near the next comes, and how stable they are."""

import re

import pytest

from dapipeline.report.page import render_report
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.naming import absent, evidence, kept, name_stability, naming_section, points, summary
from dapipeline.report.sections.typologies import unnamed_table
from dapipeline.report.table import Answer
from dapipeline.report.words import MARK
from dapipeline.typology.naming import TWO_FIT


def two_alike(make):
    """The run, but in cluster 1 two typologies fit alike."""
    contents = make()
    clusters = contents.clusters.copy()
    clusters.loc[0, "unnamed_because"] = TWO_FIT
    scores = contents.scores.assign(score=[0.81, 0.8], required_met=True, fits_by="averages")
    return make(clusters=clusters, scores=scores)


@pytest.mark.parametrize(
    ("difference", "words"),
    [(0.01, "1 point"), (0.034, "3.4 points"), (0.2, "20 points"), (-0.0104, "−1 point"), (0.0, "0 points"),
     (-0.0004, "0 points"), (0.071439, "7.1 points")],
)  # fmt: skip
def test_points(difference, words):
    assert points(difference) == words


def test_the_summary_says_how_many_are_unnamed_and_why(make):
    assert summary(make()) == (
        "Of 4 clusters, 2 are named by criteria (37 people, 37%), 1 is named by an analyst (3 people, 3.0%) and "
        "1 is unnamed because no typology fits (60 people, 60%)."
    )
    assert "1 is unnamed because two typologies fit alike (60 people, 60%)." in summary(two_alike(make))


def test_typologies_that_no_cluster_shows_are_listed(make):
    assert absent(make()) == "Defined, but found in no cluster: Catastrophic offender."
    clusters = make().clusters.assign(typology=["catastrophic_offender", *make().clusters["typology"].iloc[1:]])
    assert absent(make(clusters=clusters)) == ""


def test_evidence_of_a_name_is_its_score_and_the_nearest_rival(make, by_key):
    # Of the 12 of prolific violent offender 3 fit and 9 do not; the table of own records withholds its row.
    assert evidence(make(own_records=None), by_key["prolific_violent_offender"]) == (
        "25% of its people meet it by their own record. Score of the averages 83%; a name needs 75%. Domestic abuse "
        "specialist fits too, by 79%, 4 points below."
    )
    assert evidence(make(), by_key["prolific_violent_offender"]).startswith("Score of the averages 83%")
    assert evidence(make(), by_key["domestic_abuse_specialist"]) == (
        "64% of its people meet it by their own record. Score of the averages 100%; a name needs 75%."
    )
    assert evidence(make(), by_key["town_centre_group"]) == ""
    assert evidence(make(), by_key["cluster_1"]) == ""


def test_evidence_of_several_clusters_is_the_range_and_the_nearest_rival_of_any(make):
    clusters = make().clusters.assign(typology="serial_abuser", named_by="criteria", unnamed_because=None)
    contents = make(clusters=clusters.assign(members=[0.5, 0.64, 0.25, 0.0]), own_records=None)
    (typology,) = reported_typologies(contents)
    assert evidence(contents, typology).startswith("Score of the averages 40% to 100%")  # of cluster 4 nobody fits
    contents = make(clusters=clusters.assign(members=[0.5, 0.64, 0.25, 1.0]), own_records=None)
    assert evidence(contents, typology := reported_typologies(contents)[0]) == (  # 30, 16, 3 and 3 of 100
        "52% of its people meet it by their own record. Score of the averages 40% to 100%; a name needs 75%. Domestic "
        "abuse specialist fits in cluster 3 too, by 79%, 4 points below."
    )


def test_the_stability_of_a_name_in_plain_words(make, by_key):
    assert name_stability(make(), by_key["domestic_abuse_specialist"]) == (
        "It keeps its name for 87% of its people when half of the people are left out; others become unnamed (10%)."
    )
    assert name_stability(make(), by_key["prolific_violent_offender"]) == (
        "It keeps its name for 60% of its people when half of the people are left out; others become Domestic abuse "
        "specialist (30%) and unnamed (10%)."
    )
    assert name_stability(make(), by_key["town_centre_group"]) == ""
    assert [kept(make(), by_key[key]) for key in ("domestic_abuse_specialist", "town_centre_group")] == ["87%", "–"]


def test_a_smaller_draw_is_told(make, by_key):
    contents = make(model=make().model | {"offenders": 100_000, "stability_offenders_in_each": 20_000})
    words = name_stability(contents, by_key["domestic_abuse_specialist"])
    assert "for 87% of its people when only 20,000 of the 100,000 people are looked at" in words


def test_every_cluster_is_listed_with_both_names_and_the_reason(make, may):
    rows = naming_section(make(), may)["clusters"].rows
    first, second = "Catastrophic offender", "Domestic abuse specialist"
    assert rows[0] == ("1", "unnamed", "60", first, MARK, "40%", second, "20%", "20 points", "misses a requirement")
    assert [row[-1] for row in rows[1:]] == ["members fit", "averages fit better", "named by an analyst"]
    assert [row[4] for row in rows[1:]] == ["64%", MARK, MARK]  # 16 of 25; 3 of 12, but not in the table; 0 of 3
    at_ten = make(
        config=make().config.model_copy(update={"report": make().config.report.model_copy(update={"limit": 10})})
    )
    assert naming_section(at_ten, may)["clusters"].rows[3][4] == MARK
    assert naming_section(two_alike(make), may)["clusters"].rows[0][-1] == "two fit alike"
    poor = make().scores.assign(required_met=True)
    assert naming_section(make(scores=poor), may)["clusters"].rows[0][-1] == "score too low"


def test_every_criterion_is_shown_for_every_cluster(make, may):
    tables = naming_section(make(), may)["asked"]
    assert [table.caption.split(",")[0] for table in tables] == [
        "Catastrophic offender", "Prolific violent offender", "Domestic abuse specialist",
    ]  # fmt: skip
    words, answers = tables[2].rows[0][:4], tables[2].rows[0][4:]
    assert words == ("DA incidents, mean: at least 4", "required", "4", "7")
    assert answers == (Answer(False, "1"), Answer(True, "7"), Answer(True, "18"), Answer(False, "2"))


def test_what_clusters_add_is_shown_and_rows_of_few_are_withheld(make, may):
    shown = naming_section(make(), may)["own_records"]
    assert [tuple(row) for row in shown.written()] == [
        ("Catastrophic offender", "0", "14", "0", "0", "14"),
        ("Domestic abuse specialist", "25", "26", "16", "9", "10"),
        ("Prolific violent offender", "12", *[MARK] * 4),
    ]
    assert "fewer than 3 people" in shown.note
    assert naming_section(make(own_records=None), may)["own_records"] is None


def test_names_that_were_never_given_are_in_the_table(make, may):
    rows = naming_section(make(), may)["name_stability"].rows
    assert rows[0] == ("Catastrophic offender", "0", "3 of 20", "–", "–", "100%")
    assert rows[2] == ("Domestic abuse specialist", "25", "20 of 20", "87%", "50%", "10%")


def test_two_that_fit_alike_are_both_named_beside_the_cluster(make, may):
    contents = two_alike(make)
    typology = reported_typologies(contents)[-1]
    assert unnamed_table(contents, [typology], may).written()[0][-1] == ("fits Domestic abuse specialist just as well")


def test_the_page_says_what_a_score_is_not(make):
    page = " ".join(re.sub(r"<[^>]+>", " ", render_report(make()).html).split())
    assert "It is no probability that the name is right" in page
    assert "Score of the averages 83%; a name needs 75%." in page
    assert "less than 2 points below. Then the two cannot be told apart, and the cluster stays unnamed" in page
    assert "where at least 25% of them fit a typology by their own record" in page
    assert "no list of people comes from them" in page


def test_without_definitions_there_is_no_section_to_fill(reduced, may):
    assert naming_section(reduced, may) is None
