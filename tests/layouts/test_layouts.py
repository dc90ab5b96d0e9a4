"""The generators are sound: what they promise about themselves is so."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.extract.columns import BY_NAME

from . import LATER, LAYOUTS, MARKERS, PUBLISHED, Layout, blind

each = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def words(canonical: str) -> set[str]:
    """Give the words a canonical column may be given, none where any text is right."""
    column = BY_NAME[canonical]
    return {"true", "false"} if column.kind == "boolean" else set(column.values)


@each
def test_a_table_is_text_with_headers_of_its_own(layout: Layout):
    table = layout.table(1)
    assert 300 <= len(table) <= 4000
    assert table.columns.is_unique
    assert table.columns.str.lower().is_unique
    assert all(isinstance(cell, str) for column in table for cell in table[column])


@each
def test_a_seed_is_a_table(layout: Layout):
    pd.testing.assert_frame_equal(layout.table(5), layout.table(5))
    assert not layout.table(5).equals(layout.table(6))


@each
def test_the_truth_names_columns_that_are_there(layout: Layout):
    headers = set(layout.table(1).columns)
    assert set(layout.expected.values()) <= headers
    assert set(layout.may) <= headers
    assert layout.person <= headers
    assert layout.accepts <= headers


@each
def test_the_truth_names_canonical_columns_and_words(layout: Layout):
    allowed = {canonical for canonicals in layout.may.values() for canonical in canonicals}
    assert set(layout.expected) <= set(BY_NAME)
    assert allowed <= {*BY_NAME, *LATER, MARKERS}
    assert {*layout.derived, *layout.missing} <= set(layout.expected)
    assert set(layout.values) <= {*layout.expected, *allowed}
    for canonical, meanings in layout.values.items():  # noqa: PD011
        assert all(word == word.lower().strip() for word in meanings)
        assert set(meanings.values()) <= words(canonical) or not words(canonical)


@each
def test_the_words_of_the_truth_are_in_the_table(layout: Layout):
    tables = [layout.table(seed) for seed in range(3)]
    for canonical, meanings in layout.values.items():  # noqa: PD011
        sources = [source for source, canonicals in layout.may.items() if canonical in canonicals]
        sources += [layout.expected[canonical]] if canonical in layout.expected else []
        found = {cell.strip().lower() for table in tables for source in sources for cell in table[source]}
        assert set(meanings) <= found, canonical
    for canonical, unknown in layout.missing.items():
        assert unknown <= {cell.lower() for table in tables for cell in table[layout.expected[canonical]]}


@each
def test_the_ids_of_persons_come_back(layout: Layout):
    table = layout.table(2)
    for canonical in ("offender_id", "victim_id"):
        if canonical in layout.expected:
            cells = table[layout.expected[canonical]]
            assert cells[cells != ""].duplicated().mean() > 0.15
            assert layout.expected[canonical] in layout.person
    assert table[layout.expected["offender_id"]].eq("").any()


@each
def test_a_file_reads_back_as_it_was(layout: Layout, tmp_path):
    table = layout.table(3)
    back = layout.file.read(layout.write(table, tmp_path))
    pd.testing.assert_frame_equal(back, table.reset_index(drop=True))


@each
def test_moments_are_written_as_the_file_says(layout: Layout):
    table = layout.table(4)
    for canonical in ("occurred_from", "occurred_to", "reported_at"):
        source = layout.expected.get(canonical)
        pattern = layout.file.datetime_format
        if source and pattern:
            cells = table[source]
            short = layout.file.date_format or pattern
            for cell in cells[cells != ""].head(50):
                assert any(_reads(cell, form) for form in (pattern, short)), (canonical, cell)


@each
def test_a_day_and_a_clock_join_into_the_start(layout: Layout):
    if layout.file.joined_format:
        table, rows = layout.table(8), layout.rows(8)
        clock = layout.derived["occurred_from"].removeprefix("with ")
        told = table[clock] != ""
        joined = table.loc[told, layout.expected["occurred_from"]] + " " + table.loc[told, clock]
        moments = pd.to_datetime(joined, format=layout.file.joined_format)
        assert moments.eq(rows.loc[told, "start"].dt.floor("min")).all()


def _reads(cell: str, pattern: str) -> bool:
    return bool(pd.notna(pd.to_datetime(cell, format=pattern, errors="coerce")))


@each
def test_the_table_tells_what_happened(layout: Layout):
    """A start is on its day, whoever is one person is one id, and whoever is nobody is none."""
    table, rows = layout.table(7), layout.rows(7)
    cells, pattern = table[layout.expected["occurred_from"]], layout.file.datetime_format or layout.file.date_format
    if cells.str.len().max() > len("2015-01"):
        days = pd.to_datetime(cells.str[:10], format=(pattern or "%Y-%m-%d").split(" ")[0])
        assert days.eq(rows["start"].dt.normalize()).all()
    for who in ("offender", "victim"):
        if f"{who}_id" in layout.expected:
            ids = table[layout.expected[f"{who}_id"]]
            assert ids.eq("").eq(rows[who] < 0).all()
            assert ids.groupby(rows[who]).nunique().eq(1).all()
            assert rows[who].groupby(ids).nunique().eq(1).all()


def test_blinding_hides_the_headers_and_knows_the_way_back():
    table = LAYOUTS[0].table(1)
    hidden, back = blind(table)
    assert list(hidden.columns) == [f"A{number}" for number in range(1, len(table.columns) + 1)]
    pd.testing.assert_frame_equal(hidden.rename(columns=back), table)


def test_names_are_unique_and_the_published_are_among_them():
    names = [layout.name for layout in LAYOUTS]
    assert len(set(names)) == len(names)
    assert set(PUBLISHED) <= set(names)
