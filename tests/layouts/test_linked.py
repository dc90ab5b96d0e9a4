"""The layouts of roles are sound, and the truth of the joined result is what the files say."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.extract.columns import BY_NAME

from . import LINKED, Linked

each = pytest.mark.parametrize("linked", LINKED, ids=lambda linked: linked.name)


@each
def test_the_truth_names_columns_that_are_there(linked: Linked):
    tables = linked.tables(1)
    assert set(tables) == set(linked.files) == set(linked.expected)
    for name, table in tables.items():
        assert table.columns.is_unique
        assert set(linked.expected[name]) <= set(BY_NAME)
        assert set(linked.expected[name].values()) <= set(table.columns)
    headers = {header for table in tables.values() for header in table.columns}
    assert {linked.event, linked.person, linked.role, *linked.people} <= headers


@each
def test_a_seed_is_its_tables_and_files_read_back(linked: Linked, tmp_path):
    once, again, other = linked.tables(5), linked.tables(5), linked.tables(6)
    for path in linked.write(once, tmp_path):
        pd.testing.assert_frame_equal(once[path.name], again[path.name])
        pd.testing.assert_frame_equal(linked.files[path.name].read(path), once[path.name])
        assert not once[path.name].equals(other[path.name])


@each
def test_the_joined_result_is_what_the_roles_say(linked: Linked):
    for seed in range(3):
        table = next(table for table in linked.tables(seed).values() if linked.role in table.columns)
        sides: dict[str, dict[str, set[str]]] = {}
        for event, person, word in zip(table[linked.event], table[linked.person], table[linked.role], strict=True):
            role = linked.roles.get(word.lower())
            if role:
                sides.setdefault(event, {"offender": set(), "victim": set()})[role].add(person)
        expected = {
            (event, offender, victim)
            for event, people in sides.items()
            for offender in people["offender"] or {""}
            for victim in people["victim"] or {""}
        }
        truth = linked.joined(seed)
        assert not truth.duplicated().any()
        assert set(truth.itertuples(index=False, name=None)) == expected
        assert truth["offender_id"].eq("").any()
        assert truth["victim_id"].eq("").any()
