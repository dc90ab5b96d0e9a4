"""Homicides and children who abuse a parent: the sample has too few to tell a rule from its neighbour."""

from __future__ import annotations

from types import SimpleNamespace

import ibis
import pandas as pd
import pytest

from dapipeline.analysis.course.child_to_parent import child_to_parent
from dapipeline.analysis.course.homicides import homicides, lethal_of
from dapipeline.analysis.course.outcomes import breaches
from dapipeline.analysis.course.records import Records
from dapipeline.analysis.harm.people import reach_of
from dapipeline.config import Window
from dapipeline.reference.titles import match_titles

END = pd.Timestamp("2022-01-01")


def moment(day: str) -> pd.Timestamp:
    return pd.Timestamp(f"{day} 12:00")


@pytest.fixture(scope="module")
def before():
    """Two murders: of the first a threat and DA against the same victim came before, of the second both came after."""
    lines = [  # person, incident, day, is it a crime, risk, victim
        (0, "I1", "2016-06-01", False, 3.0, "V"), (0, "I2", "2019-01-01", True, None, "W"),
        (0, "I3", "2020-06-01", True, None, "V"), (0, "I4", "2021-01-01", True, 3.0, "W"),
        (1, "I5", "2019-06-01", True, None, "X"), (1, "I6", "2020-01-01", True, 3.0, "X"),
    ]  # fmt: skip
    incidents = pd.DataFrame(
        [(person, incident, moment(day), crime, risk) for person, incident, day, crime, risk, _ in lines],
        columns=["person", "incident_id", "occurred_from", "is_crime", "risk"],
    )
    lethal = pd.DataFrame(
        [(0, "I2", moment("2019-01-01"), True, "threat to kill"), (0, "I3", moment("2020-06-01"), True, "homicide"),
         (0, "I4", moment("2021-01-01"), True, "threat to kill"), (1, "I5", moment("2019-06-01"), True, "homicide"),
         (1, "O1", moment("2019-07-01"), False, "threat to kill"), (1, "I6", moment("2020-01-01"), True, "homicide")],
        columns=["person", "incident_id", "occurred_from", "is_da", "what"],
    )  # fmt: skip
    victims = pd.DataFrame(
        [(person, incident, victim) for person, incident, *_, victim in lines],
        columns=["person", "incident_id", "victim_id"],
    )
    ids = pd.Index(["P0", "P1"], name="offender_id")
    people = pd.DataFrame({"typology": "x", "group": "A", "first_type": "violence"}, index=ids)
    return homicides(Records(people, incidents, END), lethal, victims).set_index(["what", "before"])


# Of the second person the first murder is asked, and nothing comes before it.
@pytest.mark.parametrize("key", ["any_da", "recent_da", "da_crime", "graded", "graded_high", "threat", "same_victim"])
def test_only_what_came_before_the_first_counts(before, key):
    line = before.loc["homicide", key]
    assert (line["people"], line["of"]) == (1, 2)


# Before 1 June 2020: 1 June 2016, four years ago, and 1 January 2019, 365 + 152 days ago (2020 is a leap year).
def test_how_long_before(before):
    every, recent = before.loc["homicide", "any_da"], before.loc["homicide", "recent_da"]
    assert (every["incidents_median"], every["days_median"]) == (2, 517)
    assert (recent["incidents_median"], recent["days_median"]) == (1, 517)


# Age at the incident against the parent and its day; days of DA against a partner.
CHILDREN = {
    "later": (15, "2015-03-01", ["2019-01-01"]),
    "earlier alone": (16, "2015-03-01", ["2014-06-01"]),
    "neither": (12, "2015-03-01", []),
    "not 18 in the records": (14, "2020-03-01", ["2021-06-01"]),
    "an adult": (18, "2015-03-01", ["2019-01-01"]),
}


def test_partner_abuse_counts_after_the_abuse_of_the_parent_of_whoever_is_followed_to_18():
    victims = pd.DataFrame(
        [(who, moment(day), "parent", float(age)) for who, (age, day, _) in CHILDREN.items()],
        columns=["offender_id", "occurred_from", "relationship", "offender_age"],
    )
    partners = pd.DataFrame(
        [(who, moment(day), True, "intimate") for who, (*_, days) in CHILDREN.items() for day in days],
        columns=["offender_id", "occurred_from", "is_da", "intimacy"],
    )
    tables = SimpleNamespace(victims=ibis.memtable(victims), incidents=ibis.memtable(partners))
    table = child_to_parent(tables, END.to_pydatetime()).set_index("value")
    found = {value: tuple(line) for value, line in table[["people", "followed", "later"]].iterrows()}
    assert found == {"all": (4, 3, 1), "10 to 13": (1, 1, 0), "14 to 15": (2, 1, 1), "16 to 17": (1, 1, 0)}


@pytest.mark.parametrize(
    ("code", "title", "what"),
    [
        (None, "Murder", "homicide"), (None, "Manslaughter", "homicide"),
        (None, "Murder - victim aged 1 or over", "homicide"),
        (None, "Assist offender - murder", None), (None, "Murder: assisting an offender", None),
        (None, "Murder - conspiracy", None), (None, "Manslaughter, conspiracy to commit", None),
        (None, "Murder - soliciting", None), (None, "Concealing a body after a homicide", None),
        (None, "Attempted murder", "attempted murder"), (None, "Threats to kill", "threat to kill"),
        ("00101", "Assist offender - murder", "homicide"),
    ],
)  # fmt: skip
def test_a_title_without_a_code_that_names_a_murder_is_not_always_one(code, title, what):
    titles = pd.Series([title])
    family = match_titles(titles)["family"] if code is None else pd.Series(["homicide"])
    crimes = pd.DataFrame({"offence_code": pd.Series([code], dtype="object"), "offence": titles, "family": family})
    assert lethal_of(crimes).tolist() == [what]


def test_breaches_of_the_first_incident_are_all_first():
    day = moment("2020-01-01")
    crimes = pd.DataFrame(
        [(0, "I1", day, True, "breach", "caution"), (0, "I1", day, True, "breach", "caution"),
         (0, "I2", day + pd.Timedelta(days=3), True, "breach", "caution")],
        columns=["person", "incident_id", "occurred_from", "is_da", "compliance", "outcome"],
    )  # fmt: skip
    people = pd.DataFrame({"typology": "x", "group": "A", "first_type": "violence"}, index=["P0"])
    told = breaches(Records(people, pd.DataFrame({"person": [0]}), END), crimes).query("dimension == 'repeat'")
    assert dict(zip(told["value"], told["breaches"], strict=True)) == {"first breach": 2, "repeat breach": 1}


def test_one_wrong_date_makes_nobody_look_followed():
    """A hundred days with ten incidents each, and one typed a year late."""
    days = [moment("2020-01-01") + pd.Timedelta(days=number // 10) for number in range(999)]
    late = [*days, moment("2021-06-01")]
    table = ibis.memtable(pd.DataFrame({"occurred_from": late, "known_at": late}))
    assert reach_of(table, Window()).end == days[-1].to_pydatetime()
    assert reach_of(table, Window(to="2020-03-31")).end == pd.Timestamp("2020-04-01").to_pydatetime()
