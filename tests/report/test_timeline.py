import re

import pandas as pd
import pytest
from dapipeline.report.records import records_in_words
from dapipeline.report.strip import strip_figure
from markupsafe import Markup

from dapipeline.report.colours import DA, OTHER
from dapipeline.report.timeline import LONG_RECORD, tally, timeline, timeline_key


@pytest.fixture
def records(make):
    return records_in_words(make().medoids)


def line(records, cluster):
    return timeline(records[records["cluster"] == cluster], cluster, Markup(""))


def boxes(laid):
    return [(year.year, box) for year in laid.years for box in year.boxes]


def test_a_short_record_has_a_box_an_offence_in_order(records):
    laid = line(records, 2)
    assert [(year, box.number, box.offence, box.when) for year, box in boxes(laid)] == [
        (2013, 1, "Common assault", "May"), (2013, 1, "Common assault", "May"), (2017, 1, "Stalking", "Nov"),
    ]  # fmt: skip
    assert [year.silent for year in laid.years] == [0, 3]
    assert not laid.together
    assert laid.whole is None


def test_a_box_holds_the_published_key(records):
    first, second, third = (box for _, box in boxes(line(records, 2)))
    assert (first.da, first.crime, first.age, first.family) == (True, True, "30", "Violence")
    assert first.details == [
        ("Victim", "F 29, ex-partner"), ("Place", "residential"), ("Outcome", "victim does not support (16)"),
    ]  # fmt: skip
    assert second.victim == "F 29, ex-partner and 2 more"
    assert ("Lasted", "3 years") in third.details


def test_a_long_record_shares_boxes_but_loses_nothing(records):
    own = records[records["cluster"] == 3]
    laid = line(records, 3)
    assert len(own) == 35 > LONG_RECORD
    assert sum(box.number for _, box in boxes(laid)) == 35
    assert sum(year.offences for year in laid.years) == 35
    assert len(laid.whole.rows) == 35
    assert laid.summary == "35 records from 2012 to 2014: 1 of domestic abuse, 34 of other kinds; 0 not a crime."


def test_like_offences_part_at_the_year_and_at_a_turn_to_domestic_abuse(records):
    # Twenty thefts a month from January 2012, a DA assault in September 2013, then fourteen more thefts.
    found = [(year, box.number, box.da, box.when) for year, box in boxes(line(records, 3))]
    assert found == [
        (2012, 12, False, "Jan–Dec"), (2013, 8, False, "Jan–Aug"), (2013, 1, True, "Sep"),
        (2013, 4, False, "Sep–Dec"), (2014, 10, False, "Jan–Oct"),
    ]  # fmt: skip


def test_what_is_not_recorded_is_left_out(make):
    bare = make().medoids.iloc[:1].assign(
        victims=0, victim_sex=None, victim_age=None, relationship=None, location_type=None, outcome_code=None,
        offender_age=float("nan"), offence=None, occurred_to=pd.NaT,
    )  # fmt: skip
    ((_, box),) = boxes(line(records_in_words(bare), 1))
    assert (box.details, box.age) == ([], "")
    assert box.offence == "Non crime" or box.offence == "non crime"


def test_outcomes_may_be_read_as_text_or_as_numbers(make):
    medoids = make().medoids
    as_numbers = medoids.assign(outcome_code=pd.to_numeric(medoids["outcome_code"]))
    pd.testing.assert_frame_equal(records_in_words(medoids), records_in_words(as_numbers))


def test_a_tally_names_the_commonest_first():
    assert tally(["a", "a"]) == "a"
    assert tally(["", ""]) == ""
    assert tally(["a", ""]) == "a"
    assert tally(["b", "a", "b", "c", "d"]) == "2 × b; a; c; others"


def test_the_strip_marks_every_record_on_its_side(records):
    own = records[records["cluster"] == 3]
    text = strip_figure(own, 3, 2012, 2015)
    marks = (("circle", DA), ("rect", OTHER))
    drawn = [len(re.findall(rf'<{mark} [^>]*fill="{colour}"', text)) for mark, colour in marks]
    assert drawn == [1, 34]
    assert "1 record of domestic abuse above the line, 34 others below" in text


def test_the_key_lists_the_outcomes_that_occur(make):
    key = timeline_key(make().medoids)
    assert [row[0] for row in key["outcomes"].rows] == ["16"]
    assert key["outcomes"].rows[0][1].startswith("Evidential difficulties")
    assert [(box.da, box.crime) for box in key["boxes"]] == [(True, True), (True, False), (False, True)]
