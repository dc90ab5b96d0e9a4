"""What stands between and beside the years of a record."""

from dapipeline.report.template import template
from dapipeline.report.timeline.years import years_of

from .made import CHILD, EX, NOBODY, STRANGER, incident, theft


def gaps(record):
    return [year.gap for year in years_of(record) if year.gap]


def test_years_in_which_a_long_incident_went_on_are_not_without_a_record():
    record = [
        incident(2012, 3, people=[CHILD], ended=12 * 2018), theft(2013, 1), theft(2016, 1), theft(2018, 1),
        theft(2021, 1),
    ]  # fmt: skip
    assert gaps(record) == [
        "2 years: nothing new began; abuse of V2 (from 2012) was going on",
        "1 year: nothing new began; abuse of V2 (from 2012) was going on",
        "2 years without a record",
    ]


def test_what_ended_within_the_gap_says_so():
    record = [incident(2012, 3, ended=12 * 2014), theft(2016, 1)]
    assert gaps(record) == ["3 years: nothing new began; abuse of V1 (2012 to 2014) was going on"]


def test_what_was_reported_years_after_was_not_going_on():
    record = [incident(2005, 3, reported=12 * 2015), theft(2010, 1)]
    assert gaps(record) == ["4 years: nothing new began; abuse of V1 (in 2005) was not yet reported"]


def test_several_that_went_on_are_all_named():
    record = [
        incident(2012, 1, people=[EX, NOBODY], ended=12 * 2019),
        incident(2012, 2, suspect=False, people=[STRANGER], ended=12 * 2019),
        theft(2012, 3, ended=12 * 2019), theft(2017, 1),
    ]  # fmt: skip
    assert gaps(record) == [
        "4 years: nothing new began; abuse of V1 and somebody not identified (from 2012), abuse by S1 (from 2012) and "
        "theft from a shop (from 2012) were going on"
    ]


def test_the_heading_of_a_year_says_until_when_what_began_in_it_went_on():
    record = [
        incident(2009, 10, ended=12 * 2016 + 2, reported=12 * 2016 + 2), incident(2009, 11, reported=12 * 2011),
        theft(2010, 1),
    ]  # fmt: skip
    first, second = years_of(record)
    assert (first.late, second.late) == ("1 until 2016, 1 reported 2011", "")
    assert "<b>2009</b> 1 until 2016, 1 reported 2011<" in str(template("one_timeline.html").module.years_view([first]))
