"""The cards: what sets a typology apart, and who is in it."""

from dapipeline.report.cards.apart import apart, differences_table
from dapipeline.report.cards.unnamed import unnamed_table
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.typologies import cards

from ..reading import words_of


def test_all_clusters_together_are_the_cohort_and_differ_from_it_in_nothing(make, may):
    clusters = make().clusters.assign(typology="serial_abuser", named_by="criteria")
    contents = make(clusters=clusters)
    (typology,) = reported_typologies(contents)
    assert make().profiles["difference"].abs().max() > 1
    assert apart(contents, typology, may) == []
    assert {row[-1] for row in differences_table(contents, typology, may).written()} <= {"+0.0", "−0.0"}


def test_a_card_shows_the_features_that_differ_most_and_analysts_see_all(make, may, by_key):
    violent = by_key["prolific_violent_offender"]
    profile = make().profiles.query("cluster == 3 and feature != 'incidents'").set_index("feature")["difference"]
    ordered = profile.reindex(profile.abs().sort_values()[::-1].index)
    assert [row[-1] for row in differences_table(make(), violent, may).written()] == [
        f"{value:+.1f}".replace("-", "−") for value in ordered
    ]
    rows = apart(make(), violent, may)
    assert [row.label for row in rows] == [
        "How long a DA incident lasts", "DA severity, total", "Non-DA severity, total", "DA incidents",
        "Non-DA incidents",
    ]  # fmt: skip
    by_label = {row.label: row for row in rows}
    # 20,000 hours are 2.28 years; of all it is 0.6 + 15 + 2,400 + 0.09 hours, 100.7 days: 8.3 times that.
    lasting = by_label["How long a DA incident lasts"]
    assert (lasting.here, lasting.everybody, lasting.words) == ("2.3 years", "101 days", "8.3 times the average")
    assert (lasting.low, lasting.high) == ("0", "2.5 years")
    assert 90 < lasting.at < 92  # 20,000 of 21,915 hours
    assert by_label["DA incidents"].asked
    assert not lasting.asked


def test_nothing_is_cut_off_at_the_end_of_an_axis(make, may, typologies):
    every = [row for typology in typologies for row in apart(make(), typology, may)]
    assert len(every) > 10
    for row in every:
        spots = [row.at, row.everybody_at, *row.clusters, *([row.middle[0], sum(row.middle)] if row.middle else [])]
        assert all(0 <= spot <= 100.1 for spot in spots), row


def test_a_card_of_withheld_means_shows_none(make, strict, typologies):
    # Cluster 4 has 3 people, fewer than 10; those of cluster 3 are withheld with them.
    shown = {card["typology"].title: card for card in cards(make(), typologies, strict, {})}
    hidden = ["Prolific violent offender", "Town centre group"]
    assert [title for title, card in shown.items() if not card["apart"]] == hidden
    assert [title for title, card in shown.items() if card["differences"] is None] == hidden
    assert [title for title, card in shown.items() if "are not shown" in card["sentences"][1]] == hidden
    assert all(len(shown[title]["bars"].rows) == 1 for title in hidden)  # people alone


def test_unnamed_clusters_show_no_mean_that_is_withheld(make, may, strict, by_key):
    shown = unnamed_table(make(), [by_key["town_centre_group"], by_key["cluster_1"]], strict)
    assert [row[5:8] for row in shown.written()] == [["1", "0", "20"], ["*", "*", "*"]]
    assert shown.note.startswith("* stands for a mean over fewer than 10 people")
    assert unnamed_table(make(), [by_key["cluster_1"]], may).note == ""


def test_a_typology_that_is_not_broken_down_says_why(make):
    words = words_of("typologies", make())
    # 12 people, twice the limit and more: it stands with cluster 4, which is too small alone.
    assert words.count("Sex: not broken down, because these are too few people, or would tell of too few.") == 2
    assert "Women 4 (16%) cohort 30 (30%)" in words
