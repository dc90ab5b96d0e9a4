"""Typologies and clusters by harm, beside the study's ranks."""

import pandas as pd

from dapipeline.report.harm.ranking import agreement, cluster_ranking, typology_ranking
from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies


def test_typologies_stand_beside_the_studys_ranks(make, may):
    table = typology_ranking(make(), may)
    assert table.written() == [
        ["Prolific violent offender", "12", "1", "3", "4,000", "2", "5", "900"],
        ["Domestic abuse specialist", "25", "2", "6", "200", "3", "20", "5"],
        ["Town centre group", "3", "3", "–", "100", "1", "–", "1,200"],
    ]
    assert table.note == ""


def test_clusters_are_ranked_with_the_unnamed_ones(make, may, typologies):
    assert [row[0] for row in cluster_ranking(make(), typologies, may).written()] == ["3", "2", "4", "1"]


def test_those_whose_means_are_withheld_are_named_and_have_no_part_in_the_ranks(make, strict, typologies):
    # Under a limit of 10: the 3 people of cluster 4, and cluster 3, from which theirs would follow.
    table = typology_ranking(make(), strict)
    assert table.written() == [["Domestic abuse specialist", "25", "1", "6", "200", "1", "20", "5"]]
    assert table.note == (
        "Not ranked, because they have fewer than 10 people, or one or two hold most of the severity, or others could "
        "be worked out from them: Prolific violent offender and Town centre group."
    )
    clusters = cluster_ranking(make(), typologies, strict)
    assert clusters.written() == [
        ["2", "Domestic abuse specialist", "25", "1", "200", "1", "5"], ["1", "unnamed", "60", "2", "20", "2", "0"],
    ]  # fmt: skip
    assert clusters.note.endswith("cluster 3 and cluster 4.")


def test_a_typology_that_is_withheld_by_one_severity_keeps_the_other(make):
    # One person holds nearly all non-DA severity of cluster 4 (3,600 of 3,602), and so it is withheld with cluster 3's.
    people = make().people.copy()
    people.loc[people["cluster"] == 4, "non_da_severity_total"] = [3600.0, 1.0, 1.0]
    contents = make(people=people)
    table = typology_ranking(contents, printable(contents, reported_typologies(contents)))
    assert table.written() == [
        ["Prolific violent offender", "12", "1", "3", "4,000", "*", "5", "*"],
        ["Domestic abuse specialist", "25", "2", "6", "200", "1", "20", "5"],
        ["Town centre group", "3", "3", "–", "100", "*", "–", "*"],
    ]
    assert table.note.startswith("* stands for a mean over fewer than 3 people, for a severity mostly of one or two")


def test_where_no_typology_may_be_ranked_there_is_no_table(make, strict):
    ranking = make().harm_ranking.query("typology != 'domestic_abuse_specialist'")
    assert typology_ranking(make(harm_ranking=ranking), strict) is None


def test_agreement_with_the_study_is_said_in_words(make, may):
    known = pd.DataFrame({"severity": ["da", "non_da"], "typologies": [9, 9], "spearman": [0.8833, -0.25]})
    words = agreement(make(harm_rank_agreement=known), may)
    assert words.startswith("Of the typologies found, 9 have a rank in the study.")
    assert "is 0.88 by DA severity and −0.25 by non-DA severity" in words
    assert agreement(make(), may) == ""  # two typologies with a rank are too few


def test_typologies_that_are_withheld_have_no_part_in_the_agreement(make, strict):
    known = pd.DataFrame({"severity": ["da", "non_da"], "typologies": [3, 3], "spearman": [1.0, 0.5]})
    assert agreement(make(harm_rank_agreement=known), strict) == ""  # of three, one is left


def test_without_published_ranks_there_are_no_columns_for_them(make, may):
    ranking = make().harm_ranking.assign(published_rank_da=None, published_rank_non_da=None)
    table = typology_ranking(make(harm_ranking=ranking), may)
    assert table.columns == ("Typology", "People", "Rank, DA", "DA points", "Rank, non-DA", "Non-DA points")
    assert table.written()[0] == ["Prolific violent offender", "12", "1", "4,000", "2", "900"]


def test_a_run_without_names_or_harm_ranks_nothing(make, reduced, may):
    assert typology_ranking(reduced, may) is None
    assert typology_ranking(make(harm_ranking=make().harm_ranking.iloc[:0]), may) is None
