import pandas as pd
import pytest

from dapipeline.report.criteria import condition, criteria_table
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.equality import equality_tables, makeup_of
from dapipeline.report.sections.groups import group_rows
from dapipeline.report.sections.harm import harm_section
from dapipeline.report.sections.method import settings_table
from dapipeline.report.sections.quality import fates, quality_section
from dapipeline.report.sections.typologies import apart
from dapipeline.report.sections.volume import bubble_figure, bubble_key, bubble_table
from dapipeline.typology.definitions import Criterion


@pytest.fixture
def kinds(make):
    return {kind.key: kind for kind in reported_typologies(make())}


def test_kinds_stand_in_the_order_of_the_definitions_then_names_then_numbers(kinds):
    assert list(kinds) == ["prolific_violent_offender", "domestic_abuse_specialist", "town_centre_group", "cluster_1"]
    assert [kind.title for kind in kinds.values()][2:] == ["Town centre group", "Cluster 1"]
    assert sum(kind.people for kind in kinds.values()) == 100


def test_clusters_of_one_name_are_one_kind_weighted_by_size(make):
    clusters = make().clusters.assign(typology="serial_abuser", named_by="criteria")
    (kind,) = reported_typologies(make(clusters=clusters))
    assert kind.mean("da_incidents") == pytest.approx((60 * 1 + 25 * 7 + 12 * 18 + 3 * 2) / 100)
    assert kind.in_words == "clusters 1, 2, 3 and 4"
    # All clusters together are the cohort, which differs from itself in nothing.
    profiles = make().profiles
    assert profiles["difference"].abs().max() > 1
    assert {row["difference"] for row in apart(make(clusters=clusters), kind)} <= {"+0.0", "−0.0"}


def test_a_card_shows_the_clustered_features_that_differ_most(make, kinds):
    rows = apart(make(), kinds["prolific_violent_offender"])
    profile = make().profiles.query("cluster == 3 and feature != 'incidents'").set_index("feature")["difference"]
    assert [row["difference"] for row in rows] == [
        f"{value:+.1f}".replace("-", "−") for value in profile.reindex(profile.abs().sort_values()[::-1].index)
    ]
    by_label = {row["label"]: row for row in rows}
    assert "Incidents of any kind" not in by_label
    assert by_label["How long a DA incident lasts"]["here"] == "2.28 years"
    assert by_label["DA at night (22:00 to 05:59)"]["here"] == "30%"
    assert by_label["Age at first DA incident"]["more"] is False


def test_criteria_show_figure_threshold_and_whether_met(make, kinds):
    table = criteria_table(make().criteria, kinds["domestic_abuse_specialist"])
    assert table.rows == (
        ("DA incidents, mean: at least 4", "required", "4", "7", "✓ 7"),
        ("DA at night (22:00 to 05:59), mean: at least 28%", "counts", "28%", "–", "✗ 25%"),
        ("DA incidents, mean: at least 5 × Non-DA incidents", "counts", "5", "–", "✓ 7"),
    )
    assert criteria_table(make().criteria, kinds["town_centre_group"]) is None


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        ({"at_least": 26280}, "How long a DA incident lasts, mean: at least 3 years"),
        ({"below": 48}, "How long a DA incident lasts, mean: below 2 days"),
        ({"cohort_quantile": 0.95}, "How long a DA incident lasts, mean: at least what 95% of the cohort stay below"),
        (
            {"below_cohort_quantile": 0.95},
            "How long a DA incident lasts, mean: less than what 5% of the cohort reach",
        ),
        ({"times_cohort": 1.5}, "How long a DA incident lasts, mean: at least 1.5 × the cohort's mean"),
        ({"below_times_cohort": 1}, "How long a DA incident lasts, mean: below 1 × the cohort's mean"),
        (
            {"times_feature": ("non_da_duration_mean_hours", 2)},
            "How long a DA incident lasts, mean: at least 2 × How long a non-DA incident lasts",
        ),
    ],
)
def test_every_comparison_has_words(comparison, words):
    assert condition(Criterion(feature="da_duration_mean_hours", statistic="mean", **comparison)) == words


def test_small_numbers_are_not_printed(make, kinds):
    audit = make().equality_audit
    found = {m.value: (m.offenders, m.share) for m in makeup_of(audit, "offender_sex", kinds["cluster_1"])}
    assert found == {"Women": ("20", "33%"), "Men": ("40", "67%")}
    found = {
        m.value: (m.offenders, m.share) for m in makeup_of(audit, "offender_sex", kinds["domestic_abuse_specialist"])
    }
    assert found == {"Women": ("<10", "–"), "Men": ("21", "84%")}
    (table,) = equality_tables(make(), list(kinds.values()))
    assert table.rows[0] == ("Prolific violent offender", "12", "<10", "12 (100%)")
    assert table.rows[-1] == ("All", "100", "25 (25%)", "75 (75%)")


def test_rows_add_up_and_silent_rules_are_hidden(make):
    counts = fates(make().reconciliation)
    assert counts.to_dict() == {"used": 870, "out of scope": 110, "quarantined": 13, "duplicate": 7}
    assert counts.sum() == 1000
    section = quality_section(make())
    assert section["fates"].rows[-1] == ("Read", "1,000", "100%")
    assert [(row[0], row[2], row[3]) for row in section["rules"].rows] == [
        ("Known to the police before or after the days that count.", "row not used", "80"),
        ("Nobody in the row is suspected of a DA incident.", "row not used", "30"),
        ("No start date.", "row set aside", "13"),
        ("The row is the same as another in every field.", "counted once", "7"),
        ("The incident ends before it starts.", "value left blank", "5"),
    ]
    assert [row[1] for row in section["offences"].rows] == ["1", "1", "0", "1"]


def test_an_extract_in_which_no_rule_is_broken_has_an_empty_table(make):
    spotless = make().reconciliation.query("effect in ('read', 'used', 'quarantined', 'duplicate')").copy()
    spotless.loc[spotless["effect"].isin(["quarantined", "duplicate"]), "rows"] = 0
    section = quality_section(make(reconciliation=spotless))
    assert section["rules"].rows == ()
    assert (section["asked"], section["silent"]) == ("3 rules were asked", 3)


def test_harm_ranks_typologies_and_clusters(make, kinds):
    section = harm_section(make(), list(kinds.values()))
    assert section["typologies"].rows == (
        ("Prolific violent offender", "12", "1", "3", "4,000", "2", "5", "900"),
        ("Domestic abuse specialist", "25", "2", "6", "200", "3", "20", "5"),
        ("Town centre group", "3", "3", "–", "100", "1", "–", "1,200"),
    )
    assert [row[0] for row in section["clusters"].rows] == ["3", "2", "4", "1"]
    first = section["regression"].rows[0]
    assert first[1:] == ("Acquisitive crime", "14", "812", "617 to 1,008", "<0.001", "81.2")


def test_groups_name_their_typologies(make, kinds):
    rows = {row["group"]: row for row in group_rows(make(), list(kinds.values()))}
    assert rows["A"]["kinds"] == ["Domestic abuse specialist (cluster 2)"]
    assert rows["E"]["kinds"] == ["cluster 1"]
    assert rows["C"]["kinds"] == []
    assert (rows["E"]["people"], rows["E"]["share"], rows["E"]["width"]) == ("55", "55%", 55.0)


def test_the_bubbles_are_all_there_with_their_numbers(make, kinds):
    text = bubble_figure(make())
    assert text.count("<use ") >= 4
    for number in "1234":
        assert f">{number}</text>" in text
    assert bubble_table(make(), list(kinds.values())).rows[2] == (
        "3", "Prolific violent offender", "0.92, highly stable", "B", "12", "12%", "12", "18", "4,000",
    )  # fmt: skip
    assert bubble_key(list(kinds.values()))[-1] == {"title": "Unnamed", "numbers": [(1, "E")]}


def test_bubbles_of_29_clusters_in_one_place_are_all_labelled(make):
    one = make().clusters.iloc[:1]
    clusters = pd.concat([one.assign(cluster=number) for number in range(1, 30)], ignore_index=True)
    text = bubble_figure(make(clusters=clusters))
    assert all(f">{number}</text>" in text for number in range(1, 30))


def test_settings_are_listed_with_meaning_and_without_paths_or_threads(make):
    rows = {row[0]: row[1:] for row in settings_table(make().config).rows}
    assert rows["Clustering: k"] == ("4", "Number of clusters; the study chose 29.")
    assert rows["Window: from"][0] == "1 January 2011"
    assert not [name for name in rows if "path" in name or "threads" in name]
    assert all(meaning for _, meaning in rows.values())
