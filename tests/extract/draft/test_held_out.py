"""The held-out layouts are sound, and init keeps its promises with them and with hostile files."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
import yaml

from dapipeline.config import load_config
from dapipeline.errors import DapipelineError
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.draft import draft_config
from dapipeline.extract.intake import take_in

from ...held_out import HELD_OUT
from ...held_out.hostile import HOSTILE
from ...layouts.judging import counts, drafted, wrong_and_certain
from ...layouts.layout import LATER, MARKERS

SEED = 1
each = pytest.mark.parametrize("layout", HELD_OUT, ids=lambda layout: layout.name)
# No column of these shows domestic abuse, or the date, in a form that a program can read.
UNDECIDABLE = {"baltimore", "vancouver", "dutch"}


@each
def test_a_held_out_layout_is_sound(layout):
    table = layout.table(SEED)
    headers = set(table.columns)
    assert table.columns.str.lower().is_unique
    assert all(isinstance(cell, str) for column in table for cell in table[column])
    pd.testing.assert_frame_equal(table, layout.table(SEED))
    assert set(layout.expected.values()) | set(layout.may) | layout.person | layout.accepts <= headers
    assert set(layout.expected) <= set(BY_NAME)
    assert {name for names in layout.may.values() for name in names} <= {*BY_NAME, *LATER, MARKERS}


def test_nine_of_ten_columns_are_right_and_half_of_those_certain():
    found = sum((counts(layout, drafted(layout.name, SEED)) for layout in HELD_OUT), Counter())
    assert found["right"] >= 0.9 * found["expected"]
    assert found["certain"] >= 0.5 * found["right"]


@pytest.mark.parametrize("blinded", [False, True], ids=["named", "blind"])
@each
def test_nothing_certain_is_wrong(layout, blinded):
    assert wrong_and_certain(layout, drafted(layout.name, SEED, blinded)) == set()


@each
def test_a_draft_runs_without_an_edit_or_says_what_only_a_person_can_decide(layout):
    found = drafted(layout.name, SEED)
    assert found.refusal is None
    assert bool(found.draft.undecided) == (layout.name in UNDECIDABLE)


@each
def test_no_word_gets_another_meaning(layout):
    values = yaml.safe_load(drafted(layout.name, SEED).draft.text)["extract"].get("values", {})
    for column, meanings in layout.values.items():  # noqa: PD011
        given = {str(word).lower(): str(value) for value, words in values.get(column, {}).items() for word in words}
        wrong = {word for word, value in meanings.items() if given.get(word, str(value)) != str(value)}
        assert wrong == set()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_error_or_in_a_config_that_says_what_was_found(name, tmp_path):
    path = HOSTILE[name](tmp_path)
    try:
        draft = draft_config(path, folder=tmp_path)
    except DapipelineError as error:
        assert "\n" not in str(error)
        return
    config = tmp_path / "config.yaml"
    config.write_text(draft.text, encoding="utf-8")
    said = load_config(config).extract.columns
    assert said == {finding.column: finding.source for finding in draft.findings}
    if not draft.undecided:
        take_in(path, load_config(config))
