"""The cards: what sets a typology apart, and who is in it."""

from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.typologies import apart, cards, unnamed_table

from ..reading import words_of


def test_all_clusters_together_are_the_cohort_and_differ_from_it_in_nothing(make, may):
    clusters = make().clusters.assign(typology="serial_abuser", named_by="criteria")
    (typology,) = reported_typologies(make(clusters=clusters))
    assert make().profiles["difference"].abs().max() > 1
    assert {row["difference"] for row in apart(make(clusters=clusters), typology, may)} <= {"+0.0", "−0.0"}


def test_a_card_shows_the_clustered_features_that_differ_most(make, may, by_key):
    rows = apart(make(), by_key["prolific_violent_offender"], may)
    profile = make().profiles.query("cluster == 3 and feature != 'incidents'").set_index("feature")["difference"]
    assert [row["difference"] for row in rows] == [
        f"{value:+.1f}".replace("-", "−") for value in profile.reindex(profile.abs().sort_values()[::-1].index)
    ]
    by_label = {row["label"]: row for row in rows}
    assert "Incidents of any kind" not in by_label
    assert by_label["How long a DA incident lasts"]["here"] == "2.28 years"
    assert by_label["DA at night (22:00 to 05:59)"]["here"] == "30%"
    assert by_label["Age at first DA incident"]["more"] is False


def test_a_card_of_withheld_means_shows_none(make, strict, typologies):
    # Cluster 4 has 3 people, fewer than 10; those of cluster 3 are withheld with them.
    shown = {card["typology"].title: card["apart"] for card in cards(make(), typologies, strict, {})}
    assert [title for title, rows in shown.items() if not rows] == ["Prolific violent offender", "Town centre group"]


def test_unnamed_clusters_show_no_mean_that_is_withheld(make, may, strict, by_key):
    shown = unnamed_table(make(), [by_key["cluster_1"], by_key["town_centre_group"]], strict)
    assert [row[5:8] for row in shown.written()] == [["1", "0", "20"], ["*", "*", "*"]]
    assert shown.note.startswith("* stands for a mean over fewer than 10 people")
    assert unnamed_table(make(), [by_key["cluster_1"]], may).note == ""


def test_a_typology_that_is_not_broken_down_says_why(make):
    words = words_of("typologies", make())
    # 12 people, twice the limit and more: it stands with cluster 4, which is too small alone.
    assert words.count("Sex: not broken down, because these are too few people, or would tell of too few.") == 2
    assert "Women 4 (16%) cohort 30 (30%)" in words
