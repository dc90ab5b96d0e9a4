"""What init makes of published layouts, record systems and this project's extracts, with their headers and without."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from dapipeline.extract.draft import draft_config
from dapipeline.synthetic.further import MARKERS

from ...layouts import LAYOUTS, PUBLISHED
from ...layouts.judging import counts, drafted, wrong_and_certain

ROOT = Path(__file__).parents[3]
SEEDS = (3, 11)
CASES = [(layout, seed) for layout in LAYOUTS for seed in SEEDS]
IDS = [f"{layout.name}-{seed}" for layout, seed in CASES]
# Only the analyst can decide what domestic abuse is where no column shows it.
UNDECIDABLE = {"police_uk_street", "police_uk_stops", "new_york", "seattle"}


@pytest.mark.parametrize("seed", SEEDS)
def test_nine_of_ten_columns_are_right_and_half_of_those_certain(seed):
    whole = sum((counts(layout, drafted(layout.name, seed)) for layout in LAYOUTS), Counter())
    assert whole["right"] >= 0.95 * whole["expected"]
    assert whole["certain"] >= 0.5 * whole["right"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_each_published_layout_has_no_more_than_a_column_or_two_wrong(name, seed):
    layout = next(layout for layout in LAYOUTS if layout.name == name)
    found = counts(layout, drafted(layout.name, seed))
    assert found["right"] >= 0.75 * found["expected"]


@pytest.mark.parametrize("blinded", [False, True], ids=["named", "blind"])
@pytest.mark.parametrize(("layout", "seed"), CASES, ids=IDS)
def test_nothing_certain_is_wrong(layout, seed, blinded):
    assert wrong_and_certain(layout, drafted(layout.name, seed, blinded)) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_content_alone_tells_more_than_half(seed):
    whole = sum((counts(layout, drafted(layout.name, seed, blinded=True)) for layout in LAYOUTS), Counter())
    assert whole["right"] >= 0.55 * whole["expected"]


@pytest.mark.parametrize(("layout", "seed"), CASES, ids=IDS)
def test_a_draft_runs_without_an_edit_or_says_in_a_line_what_only_a_person_can_decide(layout, seed):
    found = drafted(layout.name, seed)
    draft = found.draft
    assert found.refusal is None
    assert bool(draft.undecided) == (layout.name in UNDECIDABLE)
    assert len(draft.undecided) <= 1
    assert all("\n" not in line and "domestic abuse" in line for line in draft.undecided)


@pytest.mark.parametrize(("layout", "seed"), CASES, ids=IDS)
def test_no_word_gets_another_meaning(layout, seed):
    values = yaml.safe_load(drafted(layout.name, seed).draft.text)["extract"].get("values", {})
    for column, meanings in layout.values.items():
        given = {str(word).lower(): value for value, words in values.get(column, {}).items() for word in words}
        assert {word: given[word] for word in meanings if word in given} == {
            word: value for word, value in meanings.items() if word in given
        }


@pytest.mark.parametrize("blinded", [False, True], ids=["named", "blind"])
@pytest.mark.parametrize(("layout", "seed"), CASES, ids=IDS)
def test_no_persons_cell_and_no_rare_value_is_in_the_text(layout, seed, blinded):
    found = drafted(layout.name, seed, blinded)
    words = set(re.findall(r"[^\s,\[\]()'\"{}:#]+", found.draft.text))
    for source in found.table.columns:
        rows = found.table[source].value_counts()
        hidden = rows.index if found.own(source) in layout.person else rows.index[rows < 10]
        told = {cell for cell in hidden if len(cell) > 4 and not cell.isalpha()} & words
        assert not told, source


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_order_of_rows_makes_no_difference(layout, tmp_path):
    table = layout.table(5)
    texts = []
    for seed in (None, 1):
        folder = tmp_path / str(seed)
        folder.mkdir()
        rows = table if seed is None else table.sample(frac=1, random_state=seed).reset_index(drop=True)
        texts.append(draft_config(layout.write(rows, folder), folder=folder).text)
    assert texts[0] == texts[1]


def test_the_small_foreign_export_is_mapped_as_it_was_by_hand():
    by_hand = yaml.safe_load((ROOT / "configs/foreign.yaml").read_text(encoding="utf-8"))["extract"]
    draft = draft_config(ROOT / "data/foreign/force_export.txt", folder=ROOT / "configs")
    drafted = yaml.safe_load(draft.text)["extract"]
    for setting in ("path", "delimiter", "encoding", "datetime_format", "date_format", "columns"):
        assert drafted[setting] == by_hand[setting]
    assert drafted["derive"] == {"is_crime": '"HO_CODE" is not null'}
    for column, meanings in drafted["values"].items():
        for value, words in meanings.items():
            assert set(words) <= set(by_hand["values"][column][value])


def test_the_sample_is_mapped_onto_itself():
    draft = draft_config(ROOT / "data/sample/incidents.csv", folder=ROOT / "configs")
    found = yaml.safe_load(draft.text)["extract"]
    assert all(column == source for column, source in found["columns"].items())
    assert {finding.confidence for finding in draft.findings} == {"certain"}
    assert set(draft.unmapped) == {"force", *MARKERS}  # a marker is named by the config alone
    assert "derive" not in found
