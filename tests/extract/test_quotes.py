"""Quotes: whatever a file holds, no row of it vanishes into a field without a word."""

from __future__ import annotations

import pytest

from dapipeline.errors import ExtractError

HEADER = "incident_id\toffender_id\toccurred_from\tda_flag\tis_crime\tborough\tnote"


def row(at: int, borough: str = "North", note: str = "x") -> str:
    return f"I{at}\tA\t2015-01-{at:02d}\t1\t1\t{borough}\t{note}"


def text_of(*changes: tuple[int, str], rows: int = 20) -> str:
    noted = dict(changes)
    return "\n".join([HEADER, *(row(at, note=noted.get(at, "x")) for at in range(1, rows + 1))]) + "\n"


@pytest.fixture
def tab(tmp_path, take):
    """Take in tab-separated text."""

    def run(text: str, **settings):
        (tmp_path / "notes.txt").write_text(text, encoding="utf-8", newline="")
        return take(tmp_path / "notes.txt", delimiter="\t", **settings)

    return run


SWALLOWING = {
    "two quotes apart": ((5, '"Spike'), (9, 'Jones"')),
    "neighbours": ((5, '"Spike'), (6, 'Jones"')),
    "never closed": ((5, '"Spike'),),
    "closed in the middle": ((5, '"Spike'), (9, 'a "word" more')),
    "three of them": ((3, '"one'), (4, 'two"'), (9, '"three')),
}


@pytest.mark.parametrize("kind", SWALLOWING)
def test_a_quote_that_swallows_rows_is_refused_with_its_place(tab, kind):
    changes = SWALLOWING[kind]
    with pytest.raises(ExtractError) as refused:
        tab(text_of(*changes))
    assert refused.value.code == "E112"
    assert f"A quote opens on line {changes[0][0] + 1} of notes.txt" in str(refused.value)
    assert "set extract.quoting: none" in str(refused.value)
    assert "Spike" not in str(refused.value)


@pytest.mark.parametrize("kind", SWALLOWING)
def test_without_quoting_every_row_is_read(tab, kind):
    taken = tab(text_of(*SWALLOWING[kind]), quoting="none")
    assert taken.counts == {"rows_read": 20, "rows_kept": 20}


def test_quotes_that_are_meant_are_believed_with_a_word(tab):
    taken = tab(text_of((5, '"Spike'), (9, 'Jones"')), quoting="standard")
    assert taken.counts == {"rows_read": 16, "rows_kept": 16}
    assert taken.warned["W106", ""][0] == 4


HARMLESS = {
    "a note of two lines": '"two\nlines"',
    "with blank lines": '"two\n\n\nlines"',
    "with tabs": '"two\nlines\twith\ttabs"',
    "quotes inside": '"say ""no"" twice"',
    "a quote in the middle": 'five 5" pipes',
    "a quoted word": '"on going" dispute',
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_fields_that_are_quoted_as_they_should_be_are_read(tab, kind):
    taken = tab(text_of((5, HARMLESS[kind])))
    assert taken.counts == {"rows_read": 20, "rows_kept": 20}
    assert taken.column("source_row") == list(range(2, 22))


def test_quotes_in_unquoted_text_stay(tab):
    taken = tab("\n".join([HEADER, row(1, '"North"')]) + "\n", quoting="none")
    assert taken.column("borough") == ['"North"']


def test_backslashes_escape_as_mysql_writes_them(tab):
    text = "\n".join([HEADER, row(1, r"\N"), row(2, r'"a\"b"'), row(3, r"tab\	bed"), row(4, r"C:\Null")]) + "\n"
    taken = tab(text, quoting="backslash")
    assert taken.column("borough") == [None, 'a"b', "tab\tbed", "C:Null"]
    assert taken.counts == {"rows_read": 4, "rows_kept": 4}


def test_a_field_of_many_megabytes_is_a_quote_that_never_closes(tab):
    with pytest.raises(ExtractError, match=r"E112: A quote opens on line 2 of notes.txt"):
        tab(text_of((1, '"Spike'), rows=300_000))


def test_a_stray_quote_among_fields_that_are_quoted_is_found(tmp_path, take):
    """The commas in the quoted titles hide that the lines below the stray quote are rows."""
    header = "incident_id,offender_id,occurred_from,da_flag,is_crime,offence,note"
    lines = [f'I{at},A,2015-01-{at:02d},1,1,"Assault, common",x' for at in range(1, 20)]
    lines[5] = lines[5][:-1] + '"stray'
    (tmp_path / "e.csv").write_text("\n".join([header, *lines]) + "\n")
    with pytest.raises(ExtractError, match=r"E112: A quote opens on line 7 of e.csv"):
        take(tmp_path / "e.csv")


@pytest.mark.parametrize("newline", ["\r", "\r\n"])
def test_a_quote_swallows_rows_whatever_ends_them(tab, newline):
    with pytest.raises(ExtractError, match=r"E112: A quote opens on line 6 of notes.txt"):
        tab(text_of((5, '"Spike')).replace("\n", newline))
