"""What the report says of suspects who are victims too: records, and never guilt."""

import re

import pandas as pd

from dapipeline.config import Config
from dapipeline.report.reported import gathered, reported_typologies
from dapipeline.report.sections.overlap import overlap_figure, overlap_section

from ..reading import words_of


def test_victims_by_typology_and_of_all(make, kinds):
    table = overlap_section(make(), kinds)["victims"]
    assert table.rows == (
        ("Prolific violent offender", "12", "<10", "<10", "<10", "<10", "<10", "<10"),
        ("Domestic abuse specialist", "25", "20 (80%)", "20 (80%)", "15 (60%)", "<10", "<10", "<10"),
        ("Town centre group", "3", "<10", "<10", "<10", "<10", "<10", "<10"),
        ("Unnamed clusters", "60", "12 (20%)", "<10", "<10", "<10", "<10", "<10"),
        ("All", "100", "39 (39%)", "31 (31%)", "24 (24%)", "<10", "<10", "<10"),
    )


def test_allegations_both_ways(make, kinds):
    rows = overlap_section(make(), kinds)["both"].rows
    assert rows[1] == ("Domestic abuse specialist", "25", "14 (56%)", "11 (44%)", "<10")
    assert rows[-1] == ("All", "100", "16 (16%)", "11 (11%)", "<10")


def test_shares_of_what_came_before_are_of_those_whose_age_is_known(make, kinds):
    rows = overlap_section(make(), kinds)["young"].rows
    assert rows[0] == ("Prolific violent offender", "12", "10 (83%)", "<10")
    assert rows[-1] == ("All", "100", "13 (13%)", "<10")  # of 97


def test_unnamed_clusters_stand_together_unless_none_has_a_name(make, reduced, kinds):
    assert [kind.title for kind in gathered(kinds)][-1] == "Unnamed clusters"
    assert sum(kind.people for kind in gathered(kinds)) == 100
    assert [kind.title for kind in gathered(reported_typologies(reduced))] == [f"Cluster {n}" for n in (1, 2, 3, 4)]


def test_the_words_tell_records_and_never_guilt(make):
    words = words_of("overlap", make())
    for part in (
        "To be recorded as a victim excuses nothing and proves nothing",
        "to be recorded as a suspect does not make a person the one who abuses",
        "the records do not say who acts first, who is afraid, or who controls whom",
        "Before the age of 16",
        "never as DA, even where the police flagged it",
        "Only those who were that young within the days that the extract covers can have such a record",
    ):
        assert part in words, part
    assert not re.search(r"\b(guilty?|perpetrators?|culprits?|innocent|false(ly)?|real victims?|criminals?)\b", words)


def test_the_age_is_that_of_the_settings(make):
    settings = make().config.model_dump(mode="json", by_alias=True) | {"domestic_abuse": {"minimum_age": 18}}
    assert "Before the age of 18" in words_of("overlap", make(config=Config.model_validate(settings)))


def test_without_relationships_nothing_is_said_of_by_whom(make):
    overlap = make().overlap
    overlap = overlap[~overlap["measure"].str.startswith("da_victim_of")]
    contents = make(overlap=overlap)
    assert overlap_section(contents, reported_typologies(contents))["victims"].columns[-1] == "A victim of DA"
    assert "it cannot be said by whom" in words_of("overlap", contents)
    assert "cannot be said by whom" not in words_of("overlap", make())


def test_marks_are_drawn_of_ten_people_or_more(make, kinds):
    text = overlap_figure(make(), kinds)
    drawn = re.findall(r"<use ", text)
    few = make().overlap.assign(offenders=9)
    assert len(drawn) > len(re.findall(r"<use ", overlap_figure(make(overlap=few), kinds)))
    assert "recorded as a victim of DA 31% of the cohort, allegations both ways 16% of the cohort" in text


def test_without_victims_there_is_no_figure(make, kinds):
    overlap = make().overlap
    young = pd.DataFrame(overlap[overlap["measure"].str.contains("before_age")])
    assert overlap_figure(make(overlap=young), kinds) is None
    words = words_of("overlap", make(overlap=young))
    assert "the extract names no victims" in words
    assert "Prolific violent offender 12 10 (83%) &lt;10" in words
