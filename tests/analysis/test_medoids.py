"""The records of the people shown: as suspect, as victim, and whom they met; written and counted by hand."""

from datetime import datetime

import pandas as pd
import pytest

from dapipeline.analysis.medoids import histories_of, lay_out, number_people

PEOPLE = pd.DataFrame({"cluster": [2, 1], "shown": ["medoid", "medoid"], "offender_id": ["P", "Q"]})


def row(incident, day, offender, victim, **more):
    about = {"offence": "assault", "is_crime": True, "da_flag": True} | more
    return {
        "incident_id": incident,
        "occurred_from": datetime(*day),
        "offender_id": offender,
        "victim_id": victim,
    } | about


ROWS = (
    # P harms W and her child C in one incident, with two offences; then steals from nobody; then harms W again.
    row("I9", (2015, 3, 1), "P", "W", relationship="partner", victim_sex="F", victim_age=31.0, offence="assault",
        reported_at=datetime(2019, 1, 1)),
    row("I9", (2015, 3, 1), "P", "C", relationship="child", victim_sex="M", victim_age=17.0, offence="harassment"),
    row("I2", (2016, 7, 4), "P", None, offence="theft", da_flag=False),
    row("I4", (2016, 8, 4), "P", "A", relationship="acquaintance", da_flag=False),
    row("I3", (2016, 9, 4), "P", "W", relationship="ex_partner", victim_sex="F", victim_age=33.0),
    row("I8", (2017, 1, 4), "P", None, relationship="parent", victim_sex="F"),  # a victim without an id
    # W harms P in turn; a parent of P harms P; somebody nobody knows harms P; and Q, whom P never met, is harmed by W.
    row("J1", (2016, 1, 5), "W", "P", relationship="partner", offender_sex="F", offender_age=32.0, victim_age=40.0),
    row("J1", (2016, 1, 5), "W", "P", relationship="partner", offence="damage", offence_id="x"),
    row("J0", (2014, 1, 5), "E", "P", relationship="child", offender_sex="M"),
    row("J2", (2018, 1, 5), None, "P", da_flag=False),
    row("J3", (2018, 2, 5), "W", "Q", relationship="stranger"),
    row("K1", (2014, 1, 1), "Q", "V", relationship="parent"),
)  # fmt: skip


@pytest.fixture
def histories(incidents_of):
    _, tables = incidents_of(ROWS)
    return histories_of(tables, PEOPLE)


def listed(table, *columns):
    return table[list(columns)].astype(object).where(table[list(columns)].notna(), None).to_numpy().tolist()


def test_offences_as_suspect_stand_in_order_of_cluster_time_and_key(histories):
    assert listed(histories.medoids, "cluster", "incident_number", "incident_id", "offence", "victims") == [
        [1, 1, "K1", "assault", 1], [2, 1, "I9", "assault", 2], [2, 1, "I9", "harassment", 2], [2, 2, "I2", "theft", 0],
        [2, 3, "I4", "assault", 1], [2, 4, "I3", "assault", 1], [2, 5, "I8", "assault", 1],
    ]  # fmt: skip
    assert list(histories.medoids)[-2:] == ["victims", "reported_at"]


def test_records_as_victim_have_an_offence_where_a_suspect_is_named(histories):
    assert set(histories.records["role"]) == {"victim"}
    of_p = histories.records[histories.records["offender_id"] == "P"]
    assert listed(of_p, "incident_number", "incident_id", "offence", "is_da", "is_crime") == [
        [1, "J0", "assault", True, True], [2, "J1", "assault", True, True], [2, "J1", "damage", True, True],
        [3, "J2", None, False, True],
    ]  # fmt: skip
    assert of_p["offender_age"].dropna().tolist() == [40.0, 40.0]  # of P, who is the victim


def test_everybody_met_is_there_with_a_number_by_first_appearance_domestic_abuse_first(histories):
    of_p = histories.others[histories.others["cluster"] == 2]
    assert listed(of_p, "role", "incident_number", "person", "relationship", "intimacy") == [
        ["suspect", 1, "V1", "child", "family"], ["suspect", 1, "V2", "partner", "intimate"],
        ["suspect", 3, "V3", "acquaintance", "neither"], ["suspect", 4, "V2", "ex_partner", "intimate"],
        ["suspect", 5, None, "parent", "family"],
        ["victim", 1, "S1", "parent", "family"], ["victim", 2, "V2", "partner", "intimate"],
    ]  # fmt: skip
    assert listed(histories.others[histories.others["cluster"] == 1], "role", "person") == [
        ["suspect", "V1"], ["victim", "S1"],
    ]  # fmt: skip


def test_the_age_and_sex_of_a_suspect_are_the_suspects(histories):
    as_victim = histories.others.query("cluster == 2 and role == 'victim'")
    assert listed(as_victim, "person", "sex", "age") == [["S1", "M", None], ["V2", "F", 32.0]]


def test_nothing_of_the_people_met_is_an_id(histories):
    assert not {"W", "C", "A", "E", "V"} & set(histories.others.astype(str).to_numpy().ravel())


def test_an_example_has_its_own_records_and_no_place_among_the_medoids(incidents_of):
    _, tables = incidents_of(ROWS)
    people = pd.DataFrame({"cluster": [1, 1], "shown": ["medoid", "example"], "offender_id": ["Q", "P"]})
    found = histories_of(tables, people)
    assert set(found.medoids["offender_id"]) == {"Q"}
    example = found.records[found.records["shown"] == "example"]
    assert example["role"].value_counts().to_dict() == {"suspect": 6, "victim": 4}
    assert listed(example[example["role"] == "suspect"], "incident_number")[-1] == [5]


def test_the_order_of_rows_changes_nothing(incidents_of, histories):
    _, tables = incidents_of(tuple(reversed(ROWS)))
    again = histories_of(tables, PEOPLE.iloc[::-1])
    for name in ("medoids", "records", "others"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(histories, name))


def test_one_person_may_stand_for_two_clusters():
    people = pd.DataFrame({"cluster": [1, 2], "shown": "medoid", "offender_id": ["Q", "Q"]})
    offences = pd.DataFrame({"offender_id": ["Q"], "incident_id": ["I5"], "offence_key": ["a"],
                             "occurred_from": ["2014-01-01"], "reported_at": [None]})  # fmt: skip
    none = pd.DataFrame(
        columns=["offender_id", "incident_id", "victim_key", "victim_sex", "victim_age", "relationship"]
    )
    assert lay_out(people, offences, none.astype(object))["cluster"].tolist() == [1, 2]


def test_people_who_appear_together_are_numbered_by_id():
    links = pd.DataFrame(
        {"cluster": 1, "shown": "medoid", "role": "suspect", "incident_number": 1, "occurred_from": "2015-01-01",
         "is_da": True, "person_id": ["b", "a"], "victim_key": ["b", "a"], "sex": None, "age": None,
         "relationship": ["child", "parent"], "intimacy": "family"}
    )  # fmt: skip
    assert listed(number_people(links), "person", "relationship") == [["V1", "parent"], ["V2", "child"]]
