"""The section on the course: its findings, what it withholds, and what it says where something is missing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from tests.report.course_made import END, START, bare_course, course_tables, made_records

from dapipeline.analysis.course.breaks import OWN, breaks_within
from dapipeline.analysis.course.gaps import NEEDS, course_gaps
from dapipeline.analysis.harm.people import Reach
from dapipeline.config import Config
from dapipeline.report.course.bars import breaks_in_words
from dapipeline.report.course.outcomes import LATE
from dapipeline.report.material import material_of
from dapipeline.report.sections.course import show


@pytest.fixture
def parts(make):
    """The parts of the section by their titles, of the run with some of its course changed."""

    def of(limit: int = 3, bare: bool = False, **changes):
        settings = make().config.model_dump(mode="json", by_alias=True) | {"report": {"limit": limit}}
        course = replace(bare_course() if bare else course_tables(), **changes)
        material = material_of(make(config=Config.model_validate(settings), course=course))
        return {part.title: part for part in show(material)["parts"]}

    return of


def test_how_many_go_on_is_counted_from_the_records(parts):
    number = made_records().incidents.groupby("person").size()
    part = parts()["Repeat DA incidents"]
    second = (number >= 2).mean()
    assert part.findings[0].startswith(f"{second:.0%} of the 400 people have a second DA incident")
    rows = dict(part.tables)["How many have another, by typology"].written()
    assert rows[-1][:3] == ["All", "400", f"{(number >= 2).sum()} ({second:.0%})"]


def test_severity_of_one_or_two_is_not_printed(parts):
    def heads(holders):
        return dict(parts(course_holders=holders)["Repeat DA incidents"].tables)[
            "People by the number of the DA incident"
        ].columns

    holders = course_tables().course_holders
    assert "Mean severity" in heads(holders)
    held = holders.assign(held_by_two=holders["held_by_two"].mask(holders["of"] == "4", 0.95))
    assert "Mean severity" not in heads(held)


def test_a_share_that_is_withheld_in_one_table_is_in_no_other(parts):
    every = course_tables()
    person = (every.escalation["unit"] == "person") & (every.escalation["dimension"] == "all")
    third = person & (every.escalation["order"] == 3)
    few = every.escalation.assign(
        crimes=every.escalation["crimes"].mask(third, 2), crime_people=every.escalation["crime_people"].mask(third, 2)
    )
    changes = every.escalation_changes.assign(p=0.5, q=0.5, low=-0.1, high=0.1)
    part = parts(escalation=few, escalation_changes=changes)["Repeat DA incidents"]
    tables = {words: table.written() for words, table in part.tables}
    told = {row[0]: row for row in tables["People by the number of the DA incident"]}
    assert told["Third"][5] == "*"
    beside = [
        row[1] for row in tables["Later incidents beside the first ones of the same people"] if "a crime" in row[0]
    ]
    assert "second" in beside
    assert "third" not in beside


def test_an_order_that_few_end_at_is_not_printed_and_none_after_it(parts):
    escalation = course_tables().escalation
    person = (escalation["unit"] == "person") & (escalation["dimension"] == "all")
    units = escalation["units"].mask(person & (escalation["order"] == 5), escalation.loc[
        person & (escalation["order"] == 6), "units"].iloc[0] + 4)  # fmt: skip
    part = parts(limit=5, escalation=escalation.assign(units=units, people=units))["Repeat DA incidents"]
    firsts = [row[0] for row in dict(part.tables)["People by the number of the DA incident"].written()]
    assert firsts == ["First", "Second", "Third", "4th"]


def test_homicides_of_enough_people_are_told_and_of_fewer_are_not(parts):
    part = parts(limit=10)["Before domestic homicides and attempted murders"]
    assert part.findings == (
        "20 people are suspected of a domestic homicide; 50% had a DA incident in the two years before it, half of "
        "them within about 30 weeks.",
        "Fewer than 10 people are suspected of a domestic attempted murder: no figure is given of so few.",
    )
    rows = dict(part.tables)["What came before"].written()
    assert [row[3] for row in rows] == ["*", "10 (50%)", "*"]  # 12 of 20 leave 8; 4 are too few


def test_counts_that_tell_of_few_by_their_difference_are_not_printed_side_by_side(parts):
    rows = course_tables().homicides[:2].assign(of=200, people=[120, 117])
    laid = dict(parts(limit=10, homicides=rows)["Before domestic homicides and attempted murders"].tables)
    assert [row[3] for row in laid["What came before"].written()] == ["120 (60%)", "*"]
    laid = dict(parts(limit=10, homicides=rows.assign(people=[120, 110]))[
        "Before domestic homicides and attempted murders"].tables)  # fmt: skip
    assert [row[3] for row in laid["What came before"].written()] == ["120 (60%)", "110 (55%)"]


def test_nobody_is_said_to_be_nobody(parts):
    part = parts(homicides=course_tables().homicides[:0])["Before domestic homicides and attempted murders"]
    assert part.findings == ("No domestic homicide or attempt is in the records.",)


def test_children_who_abuse_a_parent(parts):
    assert parts(limit=10)["Under-18s suspected against a parent"].findings == (
        "40 people under 18 are suspected against a parent, whether or not it counts as DA. Of the 30 whom the records "
        "follow until they are 18, 12 are suspected of abuse of a partner later on.",
    )
    few = course_tables().child_to_parent.assign(people=4, followed=3, later=1)
    assert parts(limit=10, child_to_parent=few)["Under-18s suspected against a parent"].findings == (
        "Fewer than 10 people under 18 are suspected against a parent: nothing more is shown of them.",
    )


def test_a_share_of_too_few_is_withheld_and_a_row_of_too_few_left_out(parts):
    again = course_tables().reoffending
    one = (again["dimension"] == "group") & (again["value"] == "E") & (again["start"] == "first")
    few = again.assign(again=again["again"].mask(one & (again["within_days"] == 90), 2))
    part = parts(limit=10, reoffending=few)["How soon again"]
    table = dict(part.tables)["After the first DA incident, by group"]
    told = {row[0][:1]: row for row in table.written()}
    assert "E" not in told or "*" in told["E"]


def test_an_extract_without_grades_and_outcomes_says_so(parts):
    found = parts(bare=True)
    assert found["Risk grades"].findings == ()
    assert found["Risk grades"].limits == ("Not answered: risk grades, because missing: risk_grade.",)
    assert found["What became of crimes"].tables == ()
    assert not any("grade" in words or "outcome" in words for words, _ in found["How soon again"].tables)
    assert found["Under-18s suspected against a parent"].findings == ()


def test_from_when_the_clock_runs_is_said(parts):
    def said(gaps, at):
        told = course_tables().after_outcome.assign(clock_at_outcome=at)
        limits = parts(limit=3, course_gaps=gaps, after_outcome=told)["What became of crimes"].limits
        return [limit for limit in limits if limit.startswith("The clock starts")]

    gaps = course_tables().course_gaps
    assert said(gaps, 0) == [LATE]
    compared = course_tables().after_outcome.query("model == 'apart'")
    people = f"{compared['people'].sum():,}"
    [some] = said(gaps[:0], 10)
    assert f"for {10 * len(compared)} of the {people} people compared" in some
    [few] = said(gaps[:0], 0)
    assert f"for all but a few, or a few, of the {people} people compared" in few


def test_changes_of_recording_are_listed_and_named_where_years_are_compared(parts):
    found = parts()
    assert "(1) 31 March 2013: Domestic abuse counts from the age of 16" in found["What became of crimes"].figures[0][2]
    for title in ("Repeat DA incidents", "Risk grades", "Before the first DA crime"):
        assert any("Recording changed in 2013, 2014 and 2015" in limit for limit in found[title].limits)
    assert not any("Recording changed" in limit for limit in parts(
        recording_breaks=course_tables().recording_breaks[:0])["Risk grades"].limits)  # fmt: skip


def test_a_force_has_changes_of_its_own():
    config = Config.model_validate(
        {
            "name": "f", "extract": {"path": "x"},
            "recording_breaks": [
                {"date": "2016-04-01", "what": "A new crime system"}, {"date": "2031-01-01", "what": "No"},
            ],
        }
    )  # fmt: skip
    reach = Reach(START.to_pydatetime(), END.to_pydatetime())
    found = breaks_within(reach, config.recording_breaks, home_office=True)
    assert found["date"].tolist() == ["2013-03-31", "2014-04-01", "2014-11-18", "2015-12-29", "2016-04-01"]
    assert found["source"].iloc[-1] == OWN
    assert breaks_in_words(found)[-1] == "(5) 1 April 2016: A new crime system."
    assert breaks_within(reach, config.recording_breaks, home_office=False)["source"].tolist() == [OWN]
    assert breaks_within(reach, (), home_office=False).empty


def test_where_no_change_of_recording_is_known_it_is_said(parts):
    gaps = course_gaps([], harmed=True, own_breaks=False).query("table == 'recording_breaks'")
    said = parts(course_gaps=gaps, recording_breaks=course_tables().recording_breaks[:0])[
        "What became of crimes"
    ].limits
    assert any(
        "whether recording changed, because the offences have no codes of the Home Office" in one for one in said
    )
    assert course_gaps([], harmed=True, own_breaks=True).query("table == 'recording_breaks'").empty
    assert course_gaps(["offence_code"], harmed=True, own_breaks=False).query("table == 'recording_breaks'").empty


def test_each_missing_column_is_named():
    assert len(course_gaps([], harmed=False, own_breaks=False)) == len(NEEDS) + 2
    every = [
        "risk_grade", "victim_id", "outcome_code", "outcome_at", "arrested", "offence_code", "relationship",
        "offender_age",
    ]  # fmt: skip
    assert course_gaps(every, harmed=True, own_breaks=False).empty
    assert course_gaps([c for c in every if c != "arrested"], harmed=True, own_breaks=False)["because"].tolist() == [
        "missing: arrested"
    ]


def test_tables_without_a_row_leave_no_part_without_a_word(parts):
    every = course_tables()
    for name in ("reoffending", "risk_transitions", "offences_after_grade", "outcomes", "breaches", "arrests",
                 "first_risk", "after_outcome", "non_crimes_before_crime", "homicides",
                 "escalation_changes"):  # fmt: skip
        found = parts(**{name: getattr(every, name)[:0]})
        assert all(part.findings or part.limits for part in found.values()), name


def test_the_section_opens_with_findings_and_keeps_the_rest_closed(make):
    shown = show(material_of(make()))
    assert len(shown["findings"]) == 5
    assert not any(pd.isna(finding) or "nan" in finding for part in shown["parts"] for finding in part.findings)
