"""Single, repeat and serial offenders, and severity bands, as the report shows them."""

import pandas as pd

from dapipeline.report.harm.patterns import band_tables, pattern_tables

from .reading import words_of

LIMIT = 3
BANDS = pd.DataFrame(
    [("no crime", 1, 20, 20), ("low", 1, 25, 30), ("medium", 1, 10, 5), ("high", 1, 5, 5),
     ("no crime", 2, 30, 4), ("low", 2, 40, 5), ("medium", 2, 75, 6), ("high", 2, 30, 10),
     ("no crime", 3, 16, 2), ("low", 3, 100, 3), ("medium", 3, 50, 3), ("high", 3, 50, 4),
     ("no crime", 4, 2, 1), ("low", 4, 2, 1), ("medium", 4, 1, 1), ("high", 4, 1, 0)],
    columns=["band", "cluster", "da_incidents", "offenders"],
)  # fmt: skip


def test_patterns_stand_beside_what_was_published(make, typologies):
    section = pattern_tables(make().offender_patterns, typologies, LIMIT)
    assert section["patterns"].written() == [
        ["Serial: DA against more than one victim", "14 (14%)", "14 (100%)", "70%"],
        ["Repeat: more than once against the same victim, and no other", "25 (25%)", "10 (40%)", "57%"],
        ["Single: one DA incident", "52 (52%)", "18 (35%)", "33%"],
        ["Not known: several DA incidents, without enough named victims to tell", "9 (9.0%)", "*", "–"],  # nobody
    ]
    assert section["patterns"].note.startswith("* stands for a number below 3")
    assert section["serial_and_repeat"] == "11 (79%)"


def test_patterns_by_typology(make, typologies):
    table = pattern_tables(make().offender_patterns, typologies, LIMIT)["patterns_by_typology"]
    assert table.written() == [
        ["Domestic abuse specialist", "25", "4 (16%)", "13 (52%)", "5 (20%)", "3 (12%)"],
        ["Unnamed clusters", "60", "4 (6.7%)", "9 (15%)", "44 (73%)", "3 (5.0%)"],
        ["Smaller ones together", "15", "6 (40%)", "3 (20%)", "3 (20%)", "3 (20%)"],  # clusters 3 and 4
        ["All", "100", "14 (14%)", "25 (25%)", "52 (52%)", "9 (9.0%)"],
    ]


def test_typologies_of_one_pattern_each_are_not_told_apart(make, typologies):
    # Every row holds a zero, which is below the limit: all stand together, and that is the cohort.
    alike = pd.DataFrame(
        [("serial", 3, 12, 1, 12), ("repeat", 2, 25, 0, 0), ("single", 1, 60, 0, 0), ("single", 4, 3, 0, 0)],
        columns=make().offender_patterns.columns,
    )
    section = pattern_tables(alike, typologies, LIMIT)
    assert section["patterns_by_typology"].written() == [["All", "100", "12 (12%)", "25 (25%)", "63 (63%)"]]
    assert section["patterns_by_typology"].note.startswith("Not broken down")
    assert section["serial_and_repeat"] == ""  # one person, below the limit
    words = words_of("harm", make(offender_patterns=alike))
    assert "Not broken down: its parts are too few people, or would tell of too few." in words
    assert "of the serial ones are both" not in words


def test_bands_count_incidents_and_people(typologies):
    incidents, people = band_tables(BANDS, typologies, LIMIT)
    assert incidents.columns[2:] == ("No crime", "Low (a crime below 100)", "Medium (100 to 500)", "High (above 500)")
    by_row = {row[0]: row[1:] for row in incidents.written()}
    assert by_row["Domestic abuse specialist"] == ["175", "30 (17%)", "40 (23%)", "75 (43%)", "30 (17%)"]
    assert by_row["Smaller ones together"] == ["222", "18 (8.1%)", "102 (46%)", "51 (23%)", "51 (23%)"]
    by_row = {row[0]: row[1:] for row in people.written()}
    assert by_row["Unnamed clusters"] == ["60", "20 (33%)", "30 (50%)", "5 (8.3%)", "5 (8.3%)"]
    assert by_row["Smaller ones together"] == ["15", "3 (20%)", "4 (27%)", "4 (27%)", "4 (27%)"]


def test_bands_are_off_on_another_scale_and_say_so(make):
    words = words_of("harm", make())
    assert "belong to the ONS Crime Severity Score, and this run's severity is on another scale: Cambridge" in words
    shown = words_of("harm", make(severity_bands=BANDS, scale="ONS Crime Severity Score"))
    assert "on another scale" not in shown
    assert "People by the band of their most severe DA incident" in shown


def test_bands_of_too_few_people_are_not_blamed_on_the_scale(make):
    few = BANDS[BANDS["cluster"] == 4].assign(offenders=0, da_incidents=1)
    words = words_of("harm", make(severity_bands=few, scale="ONS Crime Severity Score"))
    assert "Severity bands are not shown: too few people." in words
