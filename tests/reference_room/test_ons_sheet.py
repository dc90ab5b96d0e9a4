"""The sheet of weights of the ONS data tool, in the layouts and with the oddities it is published with; made up."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.severity import read_severity

SHEET = "List of weights"
HEAD = ["Offence category", "Weight"]
INJURY, HARASSMENT = ["8N Assault with injury", 200.25], ["8L Harassment", 40]
ABOVE = [["Crime Severity Score"], [SHEET], [], ["Back to contents"]]
HEAD_2020 = ["Offence group", "Offence code", "Offence", "Weight"]
# Data from the sixth row on; block once and on every row; codes as text and as numbers; an age without a code.
ROWS_2020 = [
    ["Victim based crime - violence", "1, 4.1/2/10", "Homicide", 7000],
    [None, 2, "Attempted murder      ", 4600.5],
    [None, "8N", "Assault with injury ", 200.25],
    [],
    ["Victim based crime - sexual offences", 21, "Sexual activity involving a child under 13", 800],
    ["Victim based crime - sexual offences", None, "13 and over", 300],
    ["Victim based crime - sexual offences", None, "Female child", 310],
    ["Victim based crime - sexual offences", None, "Female child", 320],
    ["Victim based crime - theft offences", 37.2, "Aggravated vehicle taking", 50],
    [],
    ["Source: Office for National Statistics"],
]
CODES_2020 = {"00101": 7000, "00410": 7000, "00200": 4600.5, "00806": 200.25, "02100": 800, "03700": 50}


def severity(path, codes):
    table = read_severity(path).by_code.set_index("code")["severity"]
    return {code: table.get(code) for code in codes}


def titles(path):
    return read_severity(path).by_title.set_index("title")["severity"].to_dict()


def error(path):
    with pytest.raises(ReferenceTableError) as raised:
        read_severity(path)
    assert raised.value.remedy
    return raised.value


@pytest.fixture
def sheet(workbook):
    """Write rows as the sheet of weights, beside a cover, and return the path."""
    return lambda *rows, name=SHEET: workbook({"Cover": [["Contents"], [SHEET]], name: list(rows)})


def test_code_and_title_in_one_column(sheet):
    path = sheet(*ABOVE, HEAD, ["Violence"], INJURY, [], HARASSMENT, [], ["1. Weights are averages."])
    assert severity(path, ["00806", "00830", "00200"]) == {"00806": 200.25, "00830": 40, "00200": None}
    assert titles(path) == {"assault with injury": 200.25, "harassment": 40}


@pytest.mark.parametrize(
    "head",
    [
        HEAD_2020,
        ["Offence category", "Offence code", "Offence", "Weight"],
        ["Offence category", None, None, "Weight"],
        [None, None, None, "CSS weight"],
        ["Group", "HO code", "Description", "Crime severity weights [note 2]"],
    ],
)
def test_a_column_of_codes_is_found_whatever_the_headers(sheet, head):
    path = sheet(*ABOVE, head, *ROWS_2020)
    assert severity(path, CODES_2020) == CODES_2020


def test_titles_beside_a_column_of_codes(sheet):
    assert titles(sheet(*ABOVE, HEAD_2020, *ROWS_2020)) == {
        "homicide": 7000,
        "attempted murder": 4600.5,
        "assault with injury": 200.25,
        "sexual activity involving a child under 13": 800,
        "13 and over": 300,
        "aggravated vehicle taking": 50,
    }


def test_a_row_without_a_code_gives_no_code_a_weight(sheet):
    path = sheet(HEAD_2020, ["Violence", "8N", "Assault with injury", 200], [None, None, "13 Child abduction", 300])
    assert severity(path, ["00806", "01300"]) == {"00806": 200, "01300": None}


def test_a_title_with_two_weights_is_left_to_the_codes(sheet):
    twice = [["Controlling or coercive behaviour", 250], ["Controlling or coercive behaviour", 260]]
    path = sheet(HEAD, HARASSMENT, *twice)
    assert titles(path) == {"harassment": 40}
    assert severity(path, ["00867"]) == {"00867": 40}


def test_numbers_of_rows_are_no_codes(sheet):
    rows = [["No.", *HEAD], [1, *INJURY], [2, *HARASSMENT]]
    assert severity(sheet(*rows), ["00101", "00806"]) == {"00101": None, "00806": 200.25}
    assert error(sheet(["No.", *HEAD], [1, "Assault with injury", 200], [2, "Harassment", 40])).code == "R005"


@pytest.mark.parametrize("category", ["Assault with injury", "Assault with injury (8N)", "995Z Assault with injury"])
def test_a_sheet_without_known_codes_is_refused(sheet, category):
    found = error(sheet(HEAD, [category, 200]))
    assert found.code == "R005"
    assert category in found.fact


@pytest.mark.parametrize(
    "category", ["8N1 Assault with injury", "8 N Assault with injury", "19C-H Rape", "13 and over"]
)
def test_a_code_that_cannot_be_read_is_refused(sheet, category):
    found = error(sheet(HEAD, HARASSMENT, [category, 200]))
    assert found.code == "R005"
    assert category in found.fact


@pytest.mark.parametrize("code", ["19C-H", "8N1", datetime.date(2020, 8, 19)])
def test_an_unreadable_cell_of_a_column_of_codes_is_refused(sheet, code):
    found = error(sheet(HEAD_2020, *ROWS_2020, [None, code, "Rape", 3000]))
    assert found.code == "R005"
    assert str(code) in found.fact


@pytest.mark.parametrize("mark", ["-", "–", "*", ":", "[c]", "[low]", "[u]", "[x]", "[z]", "n/a"])
def test_marks_of_missing_weights_and_codes(sheet, mark):
    path = sheet(HEAD, INJURY, ["8L Harassment", mark])
    assert severity(path, ["00806", "00830"]) == {"00806": 200.25, "00830": None}
    assert severity(sheet(HEAD_2020, *ROWS_2020, [None, mark, "Any", 9]), CODES_2020) == CODES_2020


@pytest.mark.parametrize(
    "category",
    ["8N: Assault with injury", "8N - Assault with injury", "8N – Assault with injury", "8N-Assault with injury",
     "8n Assault with injury", "008N Assault with injury", "8N\N{NO-BREAK SPACE} Assault with injury"],
)  # fmt: skip
def test_ways_of_writing_a_code(sheet, category):
    path = sheet(HEAD, [category, 200])
    assert severity(path, ["00806"]) == {"00806": 200}
    assert titles(path) == {"assault with injury": 200}


@pytest.mark.parametrize("code", ["8n", "008N", " 8N "])
def test_ways_of_writing_a_code_in_its_own_column(sheet, code):
    assert severity(sheet(HEAD_2020, ["Violence", code, "Assault with injury", 200]), ["00806"]) == {"00806": 200}


@pytest.mark.parametrize(
    "weight",
    [
        "Weight",
        "WEIGHTS",
        "Weight1",
        "Weight 2",
        "Weight\n(days)",
        "Weight [note 1]",
        "Crime severity weight",
        "Weight 2021",
    ],
)
def test_headers_of_weights(sheet, weight):
    path = sheet(*ABOVE, ["Offence categories", weight], INJURY)
    assert severity(path, ["00806"]) == {"00806": 200.25}


@pytest.mark.parametrize(
    ("heads", "named"),
    [
        ([["Offence category", "Weight 2016", "Weight 2021"]], ["Weight 2016", "Weight 2021"]),
        ([["Offence category", "Previous weight", "Weight"]], ["Previous weight", "Weight"]),
        ([["Offence category", "Weight", 2021]], ["Weight", "without a name"]),
        ([["Offence category", "Weight", None], [None, 2016, 2021]], ["Weight", "without a name"]),
        ([[None, "Weight", None], ["Offence category", "Old", "New"]], ["Weight", "without a name"]),
        ([[None, SHEET], ["Offence", "Weight 2016", "Weight 2021"]], ["Weight 2016", "Weight 2021"]),
    ],
)
def test_several_columns_of_weights_are_named(sheet, heads, named):
    rows = [[f"{code} Offence of {code}", 10, 20] for code in ("8N", "8L", "8M", "8P", "105A", "105B")]
    found = error(sheet(*heads, *rows))
    assert found.code == "R004"
    assert all(name in found.fact for name in named)


def test_numbers_beside_the_weights_are_no_weights(sheet):
    path = sheet(["Offence category", "Weight", "Offences"], [*INJURY, 4000], [*HARASSMENT, 900])
    assert severity(path, ["00806", "00830"]) == {"00806": 200.25, "00830": 40}


def test_a_title_of_the_sheet_above_other_columns(sheet):
    assert severity(sheet([None, SHEET], [], HEAD_2020, *ROWS_2020), CODES_2020) == CODES_2020


def test_headers_that_are_repeated(sheet):
    path = sheet(*ABOVE, ["Violence"], HEAD, INJURY, [], ["Stalking"], HEAD, HARASSMENT)
    assert severity(path, ["00806", "00830"]) == {"00806": 200.25, "00830": 40}
    assert "offence category" not in titles(path)


@pytest.mark.parametrize("rows", [[HEAD], [HEAD_2020], [*ABOVE, HEAD, ["8N Assault with injury", None]]])
def test_a_header_without_weights_below(sheet, rows):
    assert error(sheet(*rows)).code == "R010"


@pytest.mark.parametrize(
    "rows", [[], [[SHEET]], [["See another sheet"]], [["Code", "Weight"], ["8N", 200], ["8L", 40]]]
)
def test_a_sheet_without_the_columns(sheet, rows):
    assert error(sheet(*rows)).code == "R004"


@pytest.mark.parametrize(
    "name", ["list of weights ", "LIST OF WEIGHTS", "List_of_weights", "List of  weights", "List of weights1",
             "List of weights 2021"]
)  # fmt: skip
def test_names_of_the_sheet(sheet, name):
    path = sheet(HEAD, INJURY, name=name)
    assert severity(path, ["00806"]) == {"00806": 200.25}
    assert read_severity(path).source == f"table.xlsx, sheet {name}"


def test_several_sheets_of_weights(workbook):
    old, new = [HEAD, ["8N Assault with injury", 190]], [HEAD, INJURY]
    found = error(workbook({"List of weights 2016": old, "List of weights 2021": new}))
    assert found.code == "R012"
    assert "List of weights 2016, List of weights 2021" in found.fact
    assert severity(workbook({"List of weights 2016": old, SHEET: new}), ["00806"]) == {"00806": 200.25}


def test_a_code_twice(sheet):
    again = [None, 21, "Unlawful sexual intercourse with a girl under 13", 800]
    path = sheet(HEAD_2020, *ROWS_2020, again)
    assert severity(path, CODES_2020) == CODES_2020
    assert titles(path)["unlawful sexual intercourse with a girl under 13"] == 800
    found = error(sheet(HEAD_2020, *ROWS_2020, [*again[:3], 777.7]))
    assert found.code == "R008"
    assert "'21' with 800 and 777.7" in found.fact


def test_a_weight_that_cannot_be_read(sheet):
    rows = [[f"{code} Offence of {code}", 10] for code in ("8N", "8L", "8M", "8P", "105A")]
    assert error(sheet(HEAD, *rows, ["105B Other", "ten"])).code == "R006"
    assert error(sheet(HEAD, *rows, ["105B Other", "12,5"])).code == "R011"
    assert error(sheet(HEAD, *rows, ["105B Other", -1])).code == "R007"


def test_a_workbook_is_known_by_its_content(workbook, tmp_path):
    path = workbook({SHEET: [HEAD, INJURY]}, name="datatool.xls")
    assert severity(path, ["00806"]) == {"00806": 200.25}
    old = tmp_path / "datatool.xlsx"
    old.write_bytes((Path(__file__).parent / "made_up_2020.xls").read_bytes())
    assert severity(old, ["00806"]) == {"00806": 200.25}


def test_a_workbook_of_the_old_kind():
    """Its rows, written by xlwt: Homicide 7000, attempted murder 4600.5, 8N 200.25 and, stored as a number, 37.2 50."""
    path = Path(__file__).parent / "made_up_2020.xls"
    expected = {"00101": 7000, "00410": 7000, "00200": 4600.5, "00806": 200.25, "03700": 50, "02100": None}
    assert severity(path, expected) == expected
    assert titles(path)["attempted murder"] == 4600.5


def test_an_open_document(tmp_path):
    path = tmp_path / "datatool.ods"
    write_ods(path, [*ABOVE, HEAD_2020, *ROWS_2020])
    assert severity(path, CODES_2020) == CODES_2020


def write_ods(path, rows):
    """Write the least that a reader of open documents needs."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row)) or ods_cell(None)}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="{SHEET}">{lines}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>')
        archive.writestr("content.xml", content)


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
