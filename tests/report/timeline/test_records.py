import pandas as pd
import pytest

from dapipeline.report.timeline.incidents import lasting, month_name, tally, uncapped
from dapipeline.report.timeline.records import histories_in_words, offences_in_words


@pytest.fixture
def histories(make):
    contents = make()
    return histories_in_words(contents.medoids, contents.timeline_records, contents.timeline_others)


def test_everybody_shown_has_a_history_in_both_roles(histories):
    assert {key: len(own) for key, own in histories.items()} == {
        (1, "medoid"): 1, (1, "example"): 1, (2, "medoid"): 3, (3, "medoid"): 37, (4, "medoid"): 2,
    }  # fmt: skip
    assert [incident.suspect for incident in histories[3, "medoid"]].count(False) == 2


def test_incidents_are_in_order_of_the_month_they_began_in(histories):
    months = [incident.month for incident in histories[3, "medoid"]]
    assert months == sorted(months)


def test_all_victims_of_an_incident_are_there(histories):
    second = histories[2, "medoid"][1]
    assert [person.called for person in second.people] == ["V1 ex-partner", "V2 child", "not identified"]
    assert [person.described for person in second.people] == ["ex-partner, female 29", "child, male 9", ""]


def test_dates_years_apart_are_told_in_months(histories):
    stalking = histories[2, "medoid"][2]
    assert stalking.spread == "began Nov 2017, ended Nov 2020"
    assert stalking.until == 12 * 2020 + 10
    assert stalking.lasted == "3 years"
    assert histories[2, "medoid"][0].spread == ""


def test_ends_and_reports_of_one_month_are_told_together(make):
    medoids = make().medoids
    medoids.loc[medoids["offence"] == "Stalking", "reported_at"] = pd.Timestamp("2020-11-29")
    told = histories_in_words(medoids, make().timeline_records, make().timeline_others)[2, "medoid"][2].spread
    assert told == "began Nov 2017, ended and reported Nov 2020"


def test_the_offences_of_an_incident_are_one(make):
    medoids = make().medoids
    own = medoids["cluster"] == 2
    medoids.loc[own, "incident_number"] = 1
    medoids.loc[own, "outcome_code"] = ["1", "16", "16"]
    (incident,) = histories_in_words(medoids, make().timeline_records, make().timeline_others)[2, "medoid"]
    assert incident.offence == "2 × Common assault and stalking"
    assert incident.severity == 30.0
    assert incident.outcome == "2 × victim does not support action (16); charged (1)"


def test_what_is_not_recorded_is_left_out(make):
    bare = make().medoids.iloc[:1].assign(
        location_type=None, outcome_code=None, offender_age=float("nan"), offence=None, occurred_to=pd.NaT,
        reported_at=pd.NaT, risk=float("nan"),
    )  # fmt: skip
    others = make().timeline_others.iloc[:0]
    (incident,) = histories_in_words(bare, make().timeline_records.iloc[:0], others)[1, "medoid"]
    assert incident.details == "Not recorded as a crime."
    assert incident.offence.lower() == "non crime"
    assert (incident.people, incident.edge) == ((), "nc")


def test_an_incident_without_a_named_suspect_has_words_too(make):
    records = make().timeline_records.iloc[1:2].assign(offence=None, family=None)
    found = histories_in_words(make().medoids, records, make().timeline_others.iloc[:0])[3, "medoid"]
    assert [incident.offence for incident in found if not incident.suspect] == ["Crime"]


def test_an_incident_says_what_is_recorded_of_it(histories):
    assert histories[2, "medoid"][0].details == (
        "Aged 30. Kind: Violence. V1 partner, female 28. Place: residential. Risk graded standard. Severity 10. "
        "Outcome: victim does not support action (16)."
    )
    theft = histories[3, "medoid"][0]
    assert theft.line == "Jan: Theft from a shop; retail; victim does not support action (16)"


def test_outcomes_may_be_read_as_text_or_as_numbers(make):
    medoids = make().medoids
    as_numbers = medoids.assign(outcome_code=pd.to_numeric(medoids["outcome_code"]))
    pd.testing.assert_frame_equal(offences_in_words(medoids), offences_in_words(as_numbers))


def test_a_tally_names_the_commonest_first():
    assert tally(["a", "a"]) == "2 × a"
    assert tally(["", ""]) == ""
    assert tally(["a", ""]) == "a"
    assert tally(["b", "a", "b", "c", "d"]) == "2 × b; a; c; others"


def test_words_for_months_and_times():
    assert month_name(12 * 2014 + 2) == "March 2014"
    assert month_name(12 * 2014, short=True) == "Jan 2014"
    assert [lasting(months) for months in (1, 14, 24, 137)] == ["1 month", "14 months", "2 years", "11 years"]
    assert [uncapped(title) for title in ("Theft", "GBH with intent", "")] == ["theft", "GBH with intent", ""]
