"""The equality audit, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.analysis.equality import equality_audit

# Cluster 1: three men and a woman; cluster 2: a man, two women, two of whom nothing is recorded.
ASSIGNED = pd.DataFrame(
    {"offender_id": list("ABCDEFGHI"), "cluster": [1] * 4 + [2] * 5, "typology": ["one"] * 4 + ["two"] * 5}
)
PEOPLE = pd.DataFrame({"offender_id": list("IHGFEDCBA"), "sex": [None, None, "F", "F", "M", "F", "M", "M", "M"]})


def test_shares_of_clusters_and_of_the_cohort():
    found = equality_audit(ASSIGNED, PEOPLE)
    by_hand = [
        ("sex", "F", 1, "one", 1, 1 / 4, 3 / 9, 3 / 4),
        ("sex", "M", 1, "one", 3, 3 / 4, 4 / 9, 27 / 16),
        ("sex", "F", 2, "two", 2, 2 / 5, 3 / 9, 6 / 5),
        ("sex", "M", 2, "two", 1, 1 / 5, 4 / 9, 9 / 20),
        ("sex", "not recorded", 2, "two", 2, 2 / 5, 2 / 9, 9 / 5),
    ]
    names = ["characteristic", "value", "cluster", "typology", "offenders"]
    assert list(found[names].itertuples(index=False, name=None)) == [line[:5] for line in by_hand]
    for column, at in (("share", 5), ("cohort_share", 6), ("ratio", 7)):
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
    found = equality_audit(ASSIGNED, PEOPLE[["offender_id"]])
    assert found.empty
    assert list(found) == list(equality_audit(ASSIGNED, PEOPLE))
