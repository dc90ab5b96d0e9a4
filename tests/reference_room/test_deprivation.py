"""Deprivation tables that a force supplies."""

from __future__ import annotations

import pytest

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.deprivation import read_deprivation

DECILE = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"


def error(path):
    with pytest.raises(ReferenceTableError) as raised:
        read_deprivation(path)
    return raised.value.code


def test_official_csv(text_file):
    path = text_file(
        f'LSOA code (2011),LSOA name (2011),Index of Multiple Deprivation (IMD) Rank,"{DECILE}"\n'
        "E01000002,City of London 001B,30379,10\nE01000001,City of London 001A,29199,9\n"
    )
    table = read_deprivation(path)
    assert table.to_dict("list") == {"lsoa": ["E01000001", "E01000002"], "imd_decile": [9, 10]}
    assert table["imd_decile"].dtype == "int64"


def test_official_workbook_with_notes_and_a_late_header(workbook):
    rows = [
        ["Indices of Deprivation"],
        [],
        ["LSOA code (2021)", "LSOA name (2021)", DECILE],
        ["E01000001", "x", 9],
    ]
    table = read_deprivation(workbook({"Notes": [["Read me"]], "IMD": rows}))
    assert table.to_dict("list") == {"lsoa": ["E01000001"], "imd_decile": [9]}


def test_plain_columns_blank_rows_and_repeats(text_file):
    table = read_deprivation(text_file("lsoa,imd_decile\nE01000001,3\n,\nE01000001,3\n"))
    assert table.to_dict("list") == {"lsoa": ["E01000001"], "imd_decile": [3]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lsoa,rank\nE01000001,3\n", "R004"),
        ("lsoa,imd_decile\nE01000001,0\n", "R009"),
        ("lsoa,imd_decile\nE01000001,2.5\n", "R009"),
        ("lsoa,imd_decile\nE01000001,\n", "R009"),
        ("lsoa,imd_decile\nE01000001,1\nE01000001,2\n", "R008"),
        ("lsoa,imd_decile\n", "R010"),
        ("\n" * 15 + "lsoa,imd_decile\nE01000001,1\n", "R004"),
    ],
)
def test_faults(text_file, text, code):
    assert error(text_file(text)) == code
