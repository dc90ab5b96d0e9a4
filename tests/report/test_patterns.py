"""Single, repeat and serial offenders, severity bands and the study's ranks, as the report shows them."""

import pandas as pd

from dapipeline.report.patterns import band_tables, pattern_table, patterns_by_typology, repeats_among_serial
from dapipeline.report.ranking import agreement, typology_ranking
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.harm import harm_section, lorenz_figure

from .reading import words_of

BANDS = pd.DataFrame(
    [("no crime", 1, 30, 20), ("low", 1, 30, 40), ("medium", 2, 75, 10), ("high", 2, 25, 15), ("high", 3, 216, 12),
     ("low", 4, 6, 3)],
    columns=["band", "cluster", "da_incidents", "offenders"],
)  # fmt: skip


def test_patterns_stand_beside_what_was_published(make):
    table = pattern_table(make().offender_patterns)
    assert table.rows == (
        ("Serial: DA against more than one victim", "14", "14%", "100%", "70%"),
        ("Repeat: more than once against the same victim, and no other", "25", "25%", "40%", "57%"),
        ("Single: one DA incident", "53", "53%", "34%", "33%"),
        ("Not known: several DA incidents, without enough named victims to tell", "8", "8.0%", "0%", "–"),
    )
    assert repeats_among_serial(make().offender_patterns) == "79%"  # 11 of 14


def test_patterns_by_typology(make, kinds):
    rows = {row[0]: row[1:] for row in patterns_by_typology(make().offender_patterns, kinds).rows}
    assert rows["Prolific violent offender"] == ("12", "100%", "0%", "0%", "0%")
    assert rows["Unnamed clusters"] == ("60", "3.3%", "0%", "83%", "13%")


def test_bands_count_incidents_and_people(kinds):
    incidents, people = band_tables(BANDS, kinds)
    assert incidents.columns[2:] == ("No crime", "Low (a crime below 100)", "Medium (100 to 500)", "High (above 500)")
    assert {row[0]: row[1:] for row in incidents.rows}["Domestic abuse specialist"] == (
        "100", "0 (0%)", "0 (0%)", "75 (75%)", "25 (25%)",
    )  # fmt: skip
    assert people.rows[-1] == ("Unnamed clusters", "60", "20 (33%)", "40 (67%)", "0 (0%)", "0 (0%)")


def test_bands_are_off_on_another_scale_and_say_so(make):
    words = words_of("harm", make())
    assert "belong to the ONS Crime Severity Score, and this run's severity is on another scale: Cambridge" in words
    shown = words_of("harm", make(severity_bands=BANDS, scale="ONS Crime Severity Score"))
    assert "on another scale" not in shown
    assert "People by the band of their most severe DA incident" in shown


def test_agreement_with_the_study_is_said_in_words(make):
    known = pd.DataFrame({"severity": ["da", "non_da"], "typologies": [9, 9], "spearman": [0.8833, -0.25]})
    words = agreement(make(harm_rank_agreement=known))
    assert words.startswith("Of the typologies found, 9 have a rank in the study.")
    assert "is 0.88 by DA severity and −0.25 by non-DA severity" in words
    assert agreement(make()) == ""  # two typologies with a rank are too few


def test_without_published_ranks_there_are_no_columns_for_them(make):
    ranking = make().harm_ranking.assign(published_rank_da=None, published_rank_non_da=None)
    table = typology_ranking(make(harm_ranking=ranking))
    assert table.columns == ("Typology", "People", "Rank, DA", "DA points", "Rank, non-DA", "Non-DA points")
    assert table.rows[0] == ("Prolific violent offender", "12", "1", "4,000", "2", "900")


def test_a_run_without_names_or_harm_ranks_nothing(make, reduced):
    assert typology_ranking(reduced) is None
    assert typology_ranking(make(harm_ranking=make().harm_ranking.iloc[:0])) is None
    assert harm_section(reduced, reported_typologies(reduced))["bands"] == []


def test_the_lorenz_curve_names_its_marks(make):
    text = lorenz_figure(make().lorenz, make().harm_concentration)
    assert 'aria-label="Lorenz curve of recorded DA severity over people. top 1%: 11%, top 5%: 38%."' in text
    assert "the top 5% have 38%" in text
    assert "the top 50% have" not in text
