"""What the report says of suspects who are victims too: records, and never guilt."""

import re

import pandas as pd

from dapipeline.config import Config
from dapipeline.report.reported import reported_typologies
from dapipeline.report.sections.overlap import overlap_section

from ..reading import words_of


def test_victims_by_typology_and_of_all(make, typologies, may):
    table = overlap_section(make(), typologies, may)["victims"]
    # "By family": 0, 1 and 2 people, each below 3. "By whom not recorded": nobody in two rows, and the five of the
    # third would tell. "By someone else": nobody at all, so no column.
    assert table.columns[2:] == (
        "A victim of anything", "A victim of DA", "By a partner or ex-partner", "By family", "By whom not recorded",
    )  # fmt: skip
    assert table.written() == [
        ["Domestic abuse specialist", "25", "20 (80%)", "20 (80%)", "15 (60%)", "*", "*"],
        ["Unnamed clusters", "60", "12 (20%)", "6 (10%)", "5 (8.3%)", "*", "*"],
        ["Smaller ones together", "15", "7 (47%)", "5 (33%)", "4 (27%)", "*", "*"],
        ["All", "100", "39 (39%)", "31 (31%)", "24 (24%)", "3 (3.0%)", "5 (5.0%)"],
    ]
    assert "Not shown, of too few people or of all but too few: By someone else." in table.note
    assert "* stands for a number below 3" in table.note


def test_allegations_both_ways(make, typologies, may):
    table = overlap_section(make(), typologies, may)["both"]
    assert table.written() == [
        ["Domestic abuse specialist", "25", "14 (56%)", "11 (44%)"],
        ["Unnamed clusters", "60", "4 (6.7%)", "3 (5.0%)"],
        ["Smaller ones together", "15", "4 (27%)", "3 (20%)"],
        ["All", "100", "22 (22%)", "17 (17%)"],
    ]
    assert "Not shown, of too few people or of all but too few: In the same incident." in table.note  # two people


def test_shares_of_what_came_before_are_of_those_whose_age_is_known(make, typologies, may):
    rows = overlap_section(make(), typologies, may)["young"].written()
    assert rows[2] == ["Smaller ones together", "15", "8 (67%)"]  # of 12: nobody's age in cluster 4 is known
    assert rows[-1] == ["All", "100", "19 (20%)"]  # of 97


def test_the_words_tell_records_and_never_guilt(make):
    words = words_of("overlap", make())
    for part in (
        "To be recorded as a victim excuses nothing and proves nothing",
        "to be recorded as a suspect does not make a person the one who abuses",
        "the records do not say who acts first, who is afraid, or who controls whom",
        "Before the age of 16",
        "counts neither as DA nor as other history",
        "Only those who were that young within the days that the extract covers can have such a record",
    ):
        assert part in words, part
    assert not re.search(r"\b(guilty?|perpetrators?|culprits?|innocent|false(ly)?|real victims?|criminals?)\b", words)


def test_the_age_is_that_of_the_settings(make):
    settings = make().config.model_dump(mode="json", by_alias=True) | {"domestic_abuse": {"minimum_age": 18}}
    assert "Before the age of 18" in words_of("overlap", make(config=Config.model_validate(settings)))


def test_without_relationships_nothing_is_said_of_by_whom(make, may):
    overlap = make().overlap
    overlap = overlap[~overlap["measure"].str.startswith("da_victim_of")]
    contents = make(overlap=overlap)
    assert overlap_section(contents, reported_typologies(contents), may)["victims"].columns[-1] == "A victim of DA"
    assert "it cannot be said by whom" in words_of("overlap", contents)
    assert "cannot be said by whom" not in words_of("overlap", make())


def test_marks_are_drawn_of_what_the_tables_print(make, typologies, may):
    text = overlap_section(make(), typologies, may)["figure"]
    assert "Shares of 2 typologies" in text
    assert "recorded as a victim of DA 31% of the cohort, allegations both ways 22% of the cohort" in text


def test_a_typology_that_only_one_table_prints_has_one_mark(make, typologies, may):
    # Nobody within 30 days, and ever 14 people of cluster 2 and one each of the others: these stand together.
    overlap = make().overlap
    near = overlap["measure"].eq("counter_allegation_near")
    ever = overlap["measure"].eq("counter_allegation") & overlap["cluster"].isin([1, 3, 4])
    overlap = overlap.assign(offenders=overlap["offenders"].mask(near, 0).mask(ever, 1))
    section = overlap_section(make(overlap=overlap), typologies, may)
    assert section["both"].written() == [
        ["Domestic abuse specialist", "25", "14 (56%)"],
        ["Smaller ones together", "75", "3 (4.0%)"],
        ["All", "100", "17 (17%)"],
    ]
    whole = overlap_section(make(), typologies, may)["figure"]
    assert "Shares of 2 typologies" in section["figure"]  # the unnamed ones are still among the victims
    assert marks(section["figure"]) == marks(whole) - 2  # each has one to be pointed at


def marks(text):
    return len(re.findall(r"<use ", text))


def test_without_typologies_to_draw_there_is_no_figure(make, typologies, may):
    few = make().overlap.assign(offenders=1)
    section = overlap_section(make(overlap=few), typologies, may)
    assert [row[0] for row in section["victims"].written()] == ["All"]
    assert section["figure"] is None


def test_without_victims_there_is_no_figure(make, typologies, may):
    overlap = make().overlap
    young = pd.DataFrame(overlap[overlap["measure"].str.contains("before_age")])
    assert overlap_section(make(overlap=young), typologies, may)["figure"] is None
    words = words_of("overlap", make(overlap=young))
    assert "the extract names no victims" in words
    assert "Smaller ones together 15 8 (67%)" in words
