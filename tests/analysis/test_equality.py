"""The equality audit, counted by hand and by a slow version that asks person after person."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dapipeline.analysis.equality import characteristics_of, equality_audit, equality_by_typology

# Cluster 1: three men and a woman; cluster 2: a man, two women, two of whom nothing is recorded.
ASSIGNED = pd.DataFrame(
    {"offender_id": list("ABCDEFGHI"), "cluster": [1] * 4 + [2] * 5, "typology": ["one"] * 4 + ["two"] * 5}
)
PEOPLE = pd.DataFrame({"offender_id": list("IHGFEDCBA"), "sex": [None, None, "F", "F", "M", "F", "M", "M", "M"]})


def test_shares_of_clusters_and_of_the_cohort():
    found = equality_audit(ASSIGNED, PEOPLE)
    by_hand = [  # ... offenders, share, cohort_share, ratio, of, rest_share
        ("sex", "F", 1, "one", 1, 1 / 4, 3 / 9, 3 / 4, 4, 2 / 3),
        ("sex", "M", 1, "one", 3, 3 / 4, 4 / 9, 27 / 16, 4, 1 / 3),
        ("sex", "not recorded", 1, "one", 0, 0.0, 2 / 9, 0.0, 4, 2 / 5),
        ("sex", "F", 2, "two", 2, 2 / 5, 3 / 9, 6 / 5, 3, 1 / 4),
        ("sex", "M", 2, "two", 1, 1 / 5, 4 / 9, 9 / 20, 3, 3 / 4),
        ("sex", "not recorded", 2, "two", 2, 2 / 5, 2 / 9, 9 / 5, 5, 0.0),
    ]
    names = ["characteristic", "value", "cluster", "typology", "offenders"]
    assert list(found[names].itertuples(index=False, name=None)) == [line[:5] for line in by_hand]
    for column, at in (("share", 5), ("cohort_share", 6), ("ratio", 7), ("of", 8), ("rest_share", 9)):
        assert found[column].tolist() == pytest.approx([line[at] for line in by_hand])


def test_every_characteristic_accounts_for_everyone():
    people = PEOPLE.assign(ethnicity=["White", None] * 4 + ["Asian"])
    found = equality_audit(ASSIGNED, people)
    assert found.groupby(["characteristic", "cluster"])["offenders"].sum().to_dict() == {
        ("ethnicity", 1): 4, ("ethnicity", 2): 5, ("sex", 1): 4, ("sex", 2): 5,
    }  # fmt: skip


def test_someone_of_whom_there_is_no_record_at_all_is_not_left_out():
    found = equality_audit(ASSIGNED, PEOPLE[PEOPLE["offender_id"] != "A"])
    assert found.loc[(found["cluster"] == 1) & (found["value"] == "not recorded"), "offenders"].tolist() == [1]


def test_without_characteristics_the_audit_is_empty_and_has_its_columns():
    for audit in (equality_audit, equality_by_typology):
        found = audit(ASSIGNED, PEOPLE[["offender_id"]])
        assert found.empty
        assert list(found) == list(audit(ASSIGNED, PEOPLE))


def made(number: int = 400) -> tuple[pd.DataFrame, pd.DataFrame]:
    chance = np.random.default_rng(3)
    ids = [f"P{at:03d}" for at in range(number)]
    cluster = chance.integers(1, 7, number)
    names = {1: "a", 2: "a", 3: "b", 4: "unnamed", 5: "unnamed", 6: "c"}
    assigned = pd.DataFrame({"offender_id": ids, "cluster": cluster, "typology": [names[c] for c in cluster]})
    sex = np.where(chance.random(number) < 0.1 * cluster, "F", "M")
    group = chance.choice(["x", "y", None], number, p=[0.5, 0.3, 0.2])
    return assigned, pd.DataFrame({"offender_id": ids, "group": group, "sex": sex})


def slow(assigned: pd.DataFrame, people: pd.DataFrame, part: str) -> dict[tuple, tuple]:
    """Count person after person: (characteristic, value, part) to offenders, of, rest_offenders, rest_of."""
    known = people.set_index("offender_id")
    found = {}
    for characteristic in ("group", "sex"):
        values = {person: known.loc[person, characteristic] or "not recorded" for person in assigned["offender_id"]}
        for value in set(values.values()):
            for own in set(assigned[part]):
                inside = [p for p, c in zip(assigned["offender_id"], assigned[part], strict=True) if c == own]
                outside = [p for p in values if p not in set(inside)]
                counts = []
                for side in (inside, outside):
                    asked = [p for p in side if value == "not recorded" or values[p] != "not recorded"]
                    counts += [sum(values[p] == value for p in side), len(asked)]
                found[characteristic, value, own] = tuple(counts)
    return found


@pytest.mark.parametrize(("audit", "part"), [(equality_audit, "cluster"), (equality_by_typology, "typology")])
def test_the_audit_is_that_of_a_slow_version(audit, part):
    assigned, people = made()
    found = audit(assigned, people)
    rest = (found["rest_share"] * (found["of"] * 0 + 1)).tolist()
    wanted = slow(assigned, people, part)
    assert len(found) == len(wanted)
    for line, there in zip(found.itertuples(), rest, strict=True):
        number, of, rest_number, rest_of = wanted[line.characteristic, line.value, getattr(line, part)]
        assert (line.offenders, line.of) == (number, of)
        assert there == pytest.approx(rest_number / rest_of)
        assert line.rest_ratio == pytest.approx((number / of) / (rest_number / rest_of))
        assert line.low <= number / of <= line.high
        assert line.rest_ratio_low <= line.rest_ratio <= line.rest_ratio_high
    assert set(found["representation"]) >= {"over", "under", "as expected"}


def test_the_order_of_rows_changes_nothing():
    assigned, people = made()
    turned = equality_audit(assigned.iloc[::-1], people.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(equality_audit(assigned, people), turned)


def test_characteristics_are_in_words_and_what_is_unknown_is_missing():
    people = pd.DataFrame(
        {
            "offender_id": list("ABCD"), "offender_sex": ["F", "U", "M", None],
            "offender_ethnicity": ["White", "Not stated", None, "Black"],
            "imd_decile": pd.array([1, 2, 9, None], "Int64"),
        }
    )  # fmt: skip
    features = pd.DataFrame({"offender_id": list("DCBA"), "age_first_da": [17.9, 18.0, np.nan, 62.0]})
    found = characteristics_of(people, features).astype(object)
    found = found.where(found.notna(), None).set_index("offender_id")
    assert list(found) == ["age_band", "deprivation", "offender_ethnicity", "offender_sex"]
    assert found["age_band"].tolist() == ["50 and over", None, "18 to 24", "17 and under"]
    assert found["deprivation"].tolist() == ["1 most deprived", "1 most deprived", "5 least deprived", None]
    assert found["offender_sex"].tolist() == ["F", None, "M", None]
    assert found["offender_ethnicity"].tolist() == ["White", "Not stated", None, "Black"]


def test_an_extract_without_ages_and_areas_is_audited_by_what_it_has():
    people = pd.DataFrame({"offender_id": ["A"], "offender_sex": ["F"]})
    ageless = pd.DataFrame({"offender_id": ["A"], "age_first_da": [np.nan]})
    for features in (pd.DataFrame({"offender_id": ["A"]}), ageless):
        assert list(characteristics_of(people, features)) == ["offender_id", "offender_sex"]
