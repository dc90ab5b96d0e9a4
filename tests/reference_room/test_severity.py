"""Severity tables that a force supplies."""

from __future__ import annotations

import datetime
import sys

import pandas as pd
import pytest

from dapipeline.errors import MissingExtraError, ReferenceTableError
from dapipeline.reference.severity import read_severity

PREAMBLE = [["Crime Severity Score"], [], ["Weights used"], [], ["Source: ONS"], []]
ONS = [
    *PREAMBLE,
    ["Offence category", "Weight"],
    ["Violence", None],
    ["1, 4.1/10/2 Homicide", "7,979"],
    ["2 Attempted murder", 4663],
    ["3B Threats to kill", 100],
    ["4.4/6/8 Causing death by dangerous or careless driving", 677],
    ["4.4 Causing death by dangerous driving", 1092],
    ["8N Assault with injury", 203.07],
    ["8L Harassment", 39.64],
    ["105A Assault without injury", 12.99],
    ["19C Rape of a female aged 16 and over", 3000],
    ["58D Other criminal damage", 9.16],
    ["Controlling or coercive behaviour", 250],
    ["99 Other notifiable offences", "-"],
]
CAMBRIDGE = [
    ["URN", "FULL_OFFENCE_TITLE", "CCHI Score", "HOME_OFFICE_CLASSIFICATION"],
    [1, "Assault occasioning ABH", 10, "8/6"],
    [2, "Attempted - assault occasioning ABH", 20, "008/06"],
    [3, "Controlling or Coercive  behaviour", 252, "00867"],
    [4, "Murder", 5475, "1/1"],
    [5, "Local byelaw", 1, "N/A"],
    [6, "Harassment", 10, "195/94"],
    [7, "Not scored yet", None, "8/77"],
]


def error(path):
    with pytest.raises(ReferenceTableError) as raised:
        read_severity(path)
    assert raised.value.remedy
    return raised.value


def weights(table):
    return table.by_code.set_index("code")["severity"]


@pytest.fixture
def ons(workbook):
    return read_severity(workbook({"Cover": [["Contents"]], "List of weights": ONS}))


def test_ons_scale_and_source(ons):
    assert ons.scale == "ONS Crime Severity Score"
    assert ons.source == "table.xlsx, sheet List of weights"


def test_ons_reaches_codes_by_their_category(ons):
    found = weights(ons)
    assert found["00101"] == 7979
    assert found["00401"] == 7979
    assert found["00410"] == 7979
    assert found["00200"] == 4663
    assert found["00301"] == 100
    assert found["00801"] == 203.07
    assert found["00806"] == 203.07
    assert found["00831"] == 39.64
    assert found["10501"] == 12.99
    assert found["01908"] == 3000
    assert found["05800"] == 9.16
    assert found["14900"] == 9.16


def test_ons_single_category_wins_over_a_shared_row(ons):
    assert weights(ons)["00404"] == 1092
    assert weights(ons)["00408"] == 677


def test_ons_title_without_a_code_reaches_its_offence(ons):
    assert weights(ons)["00867"] == 250


def test_ons_codes_that_cannot_be_bridged_are_absent(ons):
    found = weights(ons)
    assert "00877" not in found.index
    assert "16100" not in found.index
    assert "10433" not in found.index


def test_ons_older_category_stands_in_for_a_missing_newer_one(workbook):
    rows = [["Offence category", "Weight"], ["8G Actual bodily harm", 127], ["8F Inflicting GBH", 333]]
    found = weights(read_severity(workbook({"List of weights": rows})))
    assert found["00806"] == 127
    assert found["00801"] == 333


def test_ons_titles(ons):
    titles = ons.by_title.set_index("title")["severity"]
    assert titles["assault with injury"] == 203.07
    assert titles["controlling or coercive behaviour"] == 250
    assert "violence" not in titles.index
    assert "other notifiable offences" not in titles.index


def test_ons_one_title_with_two_weights_is_left_to_the_codes(workbook):
    rows = [["Offence category", "Weight"], ["29 Aggravated burglary", 10], ["31 Aggravated burglary", 20]]
    table = read_severity(workbook({"List of weights": rows}))
    assert table.by_title.empty
    assert weights(table)["02900"] == 10
    assert weights(table)["03100"] == 20


def test_ons_conflicting_weights(workbook):
    head = ["Offence category", "Weight"]
    for first, second in (
        ("8L Harassment", "8L Harassment"),
        ("8L Harassment", "8L Stalking"),
        ("8L/M Harassment", "8K/L Stalking"),
    ):
        found = error(workbook({"List of weights": [head, [first, 39], [second, 40.25]]}))
        assert found.code == "R008"
        assert "'8L' with 39 and 40.25" in found.fact


def test_ons_columns_missing(workbook):
    assert error(workbook({"List of weights": [["Offence", "Score"], ["8L Harassment", 39]]})).code == "R004"


def test_cambridge_codes_take_the_median_of_their_entries(workbook):
    table = read_severity(workbook({"Cover page": [["Licence"]], "CCHI 2026 values sheet": CAMBRIDGE}))
    assert table.scale == "Cambridge Crime Harm Index"
    assert weights(table).to_dict() == {"00101": 5475, "00806": 15, "00867": 252, "19594": 10}
    titles = table.by_title.set_index("title")["severity"]
    assert titles["controlling or coercive behaviour"] == 252
    assert titles["local byelaw"] == 1
    assert "not scored yet" not in titles.index


def test_cambridge_as_csv(text_file):
    path = text_file("home_office_classification,full_offence_title,cchi_score\n008/67,Coercion,252\n8/6/1,ABH,10\n")
    assert weights(read_severity(path)).to_dict() == {"00806": 10, "00867": 252}


def test_cambridge_codes_turned_into_dates(workbook):
    rows = [CAMBRIDGE[0], [1, "ABH", 10, datetime.date(2026, 6, 8)]]
    found = error(workbook({"values": rows}))
    assert found.code == "R005"
    assert "dates" in found.fact


def test_plain_csv(text_file):
    table = read_severity(text_file("code,severity\n8/67,252\n00806,10.5\n867,252\n\n", encoding="utf-8-sig"))
    assert table.scale == "force-supplied"
    assert weights(table).to_dict() == {"00806": 10.5, "00867": 252}
    assert table.by_title.empty
    assert table.source == "table.csv"


def test_plain_workbook_keeps_codes_stored_as_numbers(workbook):
    table = read_severity(workbook({"weights": [["Code", "Severity"], [867, 252], [10501, 1]]}))
    assert weights(table).to_dict() == {"00867": 252, "10501": 1}


def test_csv_from_an_older_spreadsheet(text_file):
    path = text_file("note,code,severity\nunder £5,000,00806,3\n".replace("£5,000", "£5"), encoding="cp1252")
    assert weights(read_severity(path)).to_dict() == {"00806": 3}


def test_look_up_code_then_title_then_missing(ons):
    codes = pd.Series(["00806", None, "99999", None], index=[4, 2, 9, 1], dtype="string")
    titles = pd.Series(["Harassment", "HARASSMENT", "Nothing known", None], index=[4, 2, 9, 1])
    found = ons.look_up(codes, titles)
    assert list(found.index) == [4, 2, 9, 1]
    assert found[4] == 203.07
    assert found[2] == 39.64
    assert found[[9, 1]].isna().all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code,severity\n00806,ten\n", "R006"),
        ("code,severity\n00806,inf\n", "R006"),
        ("code,severity\n00806,-1\n", "R007"),
        ("code,severity\n00806,1\n8/6,2\n", "R008"),
        ("code,severity\nABH,1\n", "R005"),
        ("code,weight\n00806,1\n", "R004"),
        ("code,severity\n", "R010"),
        ("", "R004"),
    ],
)
def test_faults_of_a_plain_table(text_file, text, code):
    assert error(text_file(text)).code == code


def test_no_known_sheet(workbook):
    assert error(workbook({"Notes": [["hello"]]})).code == "R003"


def test_no_file(tmp_path):
    assert error(tmp_path / "absent.csv").code == "R001"


def test_unreadable_files(text_file):
    assert error(text_file("not a workbook", name="table.xlsx")).code == "R002"
    assert error(text_file("text", name="table.pdf")).code == "R002"
    assert error(text_file("a\0b", name="table.csv")).code == "R002"


def test_excel_without_its_package(workbook, monkeypatch):
    path = workbook({"List of weights": ONS})
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtraError) as raised:
        read_severity(path)
    assert raised.value.code == "X001"
    assert "dapipeline[excel]" in raised.value.remedy
