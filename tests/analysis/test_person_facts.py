"""What the shareable edition counts of people, against a slow version and by hand."""

from types import SimpleNamespace

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.average_course import KINDS, YEARS, average_course
from dapipeline.analysis.person_facts import FACTS, highest_risk, person_facts
from dapipeline.reference.tables import FAMILIES


def test_facts_are_made_by_hand():
    ids = ["P1", "P2", "P3"]
    facts = person_facts(
        pd.DataFrame({"offender_id": ids[::-1], "typology": ["x", "x", "y"], "group": ["A", "E", "E"]}),
        pd.DataFrame({
            "offender_id": ids, "age_first_da": [17.9, 25.0, np.nan], "imd_decile_mean": [2.0, 2.5, np.nan],
            "da_victims": [0.0, 1.0, 2.0], "non_da_incidents": [0.0, 2.0, 30.0], "da_incidents": [1.0, 2.0, 5.0],
            "da_severity_total": [0.0, 10.0, 10.0],
        }),
        pd.DataFrame({
            "offender_id": ids, "offender_sex": ["F", "M", None], "offender_ethnicity": ["White", None, "Asian"],
        }),
        pd.DataFrame({"offender_id": ids, "da_victim": [True, False, False]}),
        pd.DataFrame({"offender_id": ids, "highest_risk": [3.0, 1.0, np.nan]}),
    )  # fmt: skip
    assert facts["typology"].tolist() == ["y", "x", "x"]  # by id
    assert {name: facts[name].tolist() for name in FACTS} == {
        "group": ["E: DA only, low volume", "E: DA only, low volume", "A: High volume DA, low volume non-DA"],
        "sex": ["female", "male", "not known"],
        "age_band": ["17 and under", "25 to 34", "not known"],
        "ethnicity": ["White", "not known", "Asian"],
        "deprivation": ["1 to 2 (most deprived)", "3 to 4", "not known"],
        "other_incidents_band": ["none", "1 to 2", "30 or more"],
        "victims": ["no victim named", "one victim", "several victims"],
        "da_victim": ["yes", "no", "no"],
        "highest_risk": ["high", "standard", "not graded"],
        "harm_band": ["no DA severity", "all others with DA severity", "all others with DA severity"],
    }
    assert "offender_id" not in facts


def test_people_of_the_same_severity_are_in_one_band():
    n = 1000
    ids = [f"P{at:04}" for at in range(n)]
    severity = np.r_[np.full(9, 50.0), np.full(60, 20.0), np.full(n - 69, 1.0)]
    facts = person_facts(
        pd.DataFrame({"offender_id": ids, "typology": "x", "group": "E"}),
        pd.DataFrame({"offender_id": ids, "da_severity_total": severity}),
        pd.DataFrame({"offender_id": ids}), pd.DataFrame({"offender_id": ids, "da_victim": False}),
        pd.DataFrame({"offender_id": ids, "highest_risk": 1.0}),
    )  # fmt: skip
    assert facts["harm_band"].value_counts(sort=False).to_dict() == {
        "top 1%": 9, "next 5%": 60, "all others with DA severity": 931,
    }  # fmt: skip


def force(seed: int, people: int = 60) -> pd.DataFrame:
    """Make incidents as the stage of incidents makes them, with what the course asks of them."""
    random = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        for _ in range(random.integers(1, 12)):
            at = pd.Timestamp("2011-01-01") + pd.Timedelta(minutes=int(random.integers(0, 10 * 365 * 1440)))
            families = random.random(len(FAMILIES)) < 0.15
            rows.append(
                {"offender_id": f"P{person:03}", "incident_id": f"I{len(rows):05}", "occurred_from": at,
                 "is_da": bool(random.random() < 0.5), "below_age": bool(random.random() < 0.03),
                 "risk": int(random.integers(1, 4)) if random.random() < 0.6 else None}
                | {f"of_{name}": bool(has) for name, has in zip(FAMILIES, families, strict=True)}
            )  # fmt: skip
    return pd.DataFrame(rows).astype({"risk": "Int8"})


def test_the_average_course_is_that_of_a_slow_version():
    incidents, end = force(4), pd.Timestamp("2019-06-30 12:00")
    incidents = incidents[incidents["occurred_from"] < end]
    counted = incidents[~incidents["below_age"]]
    people = sorted(counted["offender_id"].unique())
    typology = {person: "xyz"[at % 3] for at, person in enumerate(people)}
    assigned = pd.DataFrame({"offender_id": people, "typology": [typology[p] for p in people]})
    tables = SimpleNamespace(incidents=ibis.duckdb.connect().create_table("incidents", incidents))
    found = average_course(tables, assigned, end)
    assert len(found) == 3 * YEARS * (len(KINDS) + len(FAMILIES))
    slow: dict[tuple, dict[str, int]] = {}
    followed: dict[tuple, int] = {}
    year_long = pd.Timedelta(days=365.25)
    for person, own in counted.groupby("offender_id"):
        first = own["occurred_from"].min()
        for year in range(1, YEARS + 1):
            if first + year * year_long > end:
                continue
            key = (typology[person], year)
            followed[key] = followed.get(key, 0) + 1
            for line in own.itertuples():
                if first + (year - 1) * year_long <= line.occurred_from < first + year * year_long:
                    kinds = ["da_incidents" if line.is_da else "other_incidents"]
                    kinds += [name for name in FAMILIES if getattr(line, f"of_{name}")]
                    for kind in kinds:
                        numbers = slow.setdefault((*key, kind), {})
                        numbers[person] = numbers.get(person, 0) + 1
    for row in found.itertuples():
        numbers = sorted(slow.get((row.typology, row.year, row.kind), {}).values(), reverse=True)
        again = sum(number > 1 for number in numbers)
        of = followed.get((row.typology, row.year), 0)
        expected = (of, len(numbers), again, sum(numbers), *[*numbers, 0, 0][:2])
        assert (row.followed, row.people, row.again, row.incidents, row.first, row.second) == expected
    assert found["incidents"].sum() > 300


def test_the_highest_risk_is_of_da_incidents_alone():
    incidents = force(9)
    tables = SimpleNamespace(incidents=ibis.duckdb.connect().create_table("incidents", incidents))
    found = highest_risk(tables).set_index("offender_id")["highest_risk"]
    expected = incidents[incidents["is_da"]].groupby("offender_id")["risk"].max().astype(float)
    pd.testing.assert_series_equal(found, expected, check_names=False)
