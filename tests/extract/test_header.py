"""Headers: found where they stand, refused where they are none, and never somebody's record in a message."""

from __future__ import annotations

import pytest

from dapipeline.errors import ExtractError

HEADER = "incident_id,offender_id,occurred_from,da_flag,is_crime"
ROWS = "I1,A,2015-01-01,1,1\nI2,B,2015-01-02,0,1\n"


@pytest.fixture
def taken(tmp_path, take):
    """Take in text as a CSV."""

    def run(text: str, name: str = "extract.csv", encoding: str = "utf-8", **settings):
        (tmp_path / name).write_text(text, encoding=encoding, newline="")
        return take(tmp_path / name, **settings)

    return run


@pytest.mark.parametrize("above", ["Report: incidents\nRun by: system\n\n", "Report,,,,\nRun by,,,,\n\n", "a\nb\nc\n"])
def test_titles_above_the_header_are_named_and_can_be_skipped(taken, above):
    with pytest.raises(ExtractError, match=r"E105: The names of the columns stand on row 4") as refused:
        taken(above + f"{HEADER}\n{ROWS}")
    assert "Set extract.skip_rows: 3" in str(refused.value)
    found = taken(above + f"{HEADER}\n{ROWS}", skip_rows=3)
    assert found.column("source_row") == [5, 6]


@pytest.mark.parametrize("hint", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_hint_for_excel_is_skipped(taken, hint):
    found = taken(f"{hint}\r\n{HEADER}\r\n{ROWS}".replace(",", ";"), delimiter=";")
    assert found.counts == {"rows_read": 2, "rows_kept": 2}
    assert found.column("source_row") == [3, 4]


@pytest.mark.parametrize("name", ["", "Unnamed: 0"])
def test_an_index_that_nobody_maps_is_left_out(taken, name):
    lines = [f"{name},{HEADER}", "0,I1,A,2015-01-01,1,1", "1,I1,A,2015-01-01,1,1"]
    found = taken("\n".join(lines) + "\n")
    assert found.counts == {"rows_read": 2, "rows_kept": 1, "exact_duplicate": 1}
    assert (("W103", "") in found.warned) is (name == "")


SECRET = "SMITH John"
HEADLESS = f"I1,{SECRET},2015-01-01,1,1\nI2,B,2015-01-02,0,1\n"


def test_a_record_in_the_place_of_the_header_is_not_repeated(taken):
    with pytest.raises(ExtractError, match=r"E115: The first row of extract.csv holds values") as refused:
        taken(HEADLESS)
    assert SECRET not in str(refused.value)


def test_a_part_without_a_header_is_not_repeated(tmp_path, take):
    (tmp_path / "a.csv").write_text(f"{HEADER}\n{ROWS}")
    (tmp_path / "b.csv").write_text(HEADLESS)
    with pytest.raises(ExtractError, match="E115") as refused:
        take(tmp_path / "?.csv")
    assert SECRET not in str(refused.value)


def test_a_file_in_another_encoding_than_the_config_says_is_told(tmp_path, take):
    text = f"{HEADER}\n{ROWS}"
    for written, said, fact in [
        ("utf-8-sig", "cp1252", "E107: extract.csv begins with the mark of UTF-8"),
        ("utf-16", "utf-8", "E107: extract.csv is UTF-16"),
        ("utf-16-le", "utf-8", "E107: extract.csv is UTF-16"),
    ]:
        (tmp_path / "extract.csv").write_bytes(text.encode(written))
        with pytest.raises(ExtractError, match=fact):
            take(tmp_path / "extract.csv", encoding=said)
        assert take(tmp_path / "extract.csv", encoding=written).counts == {"rows_read": 2, "rows_kept": 2}


def test_a_column_that_is_nearly_there_is_named(taken):
    with pytest.raises(ExtractError, match=r"no column 'DA_FLAG' \(did you mean 'da_flag'\?\)"):
        taken(f"{HEADER}\n{ROWS}", columns={"alcohol": "DA_FLAG"})


def test_source_columns_may_have_the_names_of_our_own(taken):
    lines = [f"{HEADER},source_file,source_row,raw x,text of borough,fault", "I1,A,2015-01-01,1,1,p.csv,7,a,b,c"]
    found = taken("\n".join(lines) + "\n", columns={"borough": "source_file", "lsoa": "source_row"})
    assert (found.column("borough"), found.column("lsoa")) == (["p.csv"], ["7"])
    assert found.column("source_row") == [2]


@pytest.mark.parametrize("record", [
    f"I0000007|{SECRET}|29 Sep 2009 16:08|DA|Y", f"I0000007;N000266;{SECRET};DA;Y",
    f"{SECRET},{SECRET},16-Aug-1969,DA,Y", f"a,b,{SECRET},d,e", f"{SECRET} a b c d",
])  # fmt: skip
def test_whatever_stands_in_the_place_of_the_header_is_not_repeated(taken, record):
    with pytest.raises(ExtractError) as refused:
        taken(f"{record}\n{record}x\n")
    assert SECRET.split(maxsplit=1)[0] not in str(refused.value)


def test_characters_that_nobody_sees_are_no_part_of_a_name(taken):
    lines = [f"{HEADER},bor\0ough,\u200blsoa", "I1,A,2015-01-01,1,1,North,E1", "I2,B,2015-01-02,0,1,South,E2"]
    found = taken("\n".join(lines) + "\n")
    assert found.column("borough") == ["North", "South"]
    assert found.column("lsoa") == ["E1", "E2"]
