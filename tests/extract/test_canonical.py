"""How texts of a source become canonical values: names, dates, codes, and the words a force uses for them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dapipeline.errors import ConfigError, ExtractError


@pytest.fixture
def read(take, write, needed):
    """Values of one column through the intake, in order, with the texts that were blanked as None."""

    def values(column: str, texts: list[str], **settings) -> list:
        rows = [needed(incident_id=f"I{at}") | {column: text} for at, text in enumerate(texts)]
        return take(write(rows), **settings).column(column)

    return values


def test_dates_in_the_force_s_format_and_in_iso(read):
    texts = [
        "15/06/2015 23:05",
        "2015-06-15 23:05:00",
        "2015-06-15T23:05:00",
        "15/06/2015",
        "2015-06-15",
        "06/15/2015 23:05",
    ]
    found = read("reported_at", texts, datetime_format="%d/%m/%Y %H:%M", date_format="%d/%m/%Y",
                 rules={"reported_before_start": "quarantine"}, derive={"occurred_from": "'2015-01-01'"})  # fmt: skip
    night, midnight = datetime(2015, 6, 15, 23, 5), datetime(2015, 6, 15)
    assert found == [night, night, night, midnight, midnight, None]


def test_fractions_of_seconds_are_cut_off(read):
    assert read("occurred_to", ["2015-06-15 10:00:01.999"]) == [datetime(2015, 6, 15, 10, 0, 1)]


def test_birth_dates_are_dates(read):
    found = read("offender_dob", ["01/02/1990", "1990-02-01", "1990-02-01 13:00:00"], date_format="%d/%m/%Y")
    assert [value if type(value) is date else value.date() for value in found] == [date(1990, 2, 1)] * 3


def test_words_for_missing_in_a_code(read):
    texts = ["", "  ", "NULL", "n/a", "NaN", "none", "-", "UNKNOWN", "North"]
    assert read("borough", texts) == [None] * 8 + ["North"]
    assert read("borough", texts, missing_values=["north"]) == [None] * 9
    only = [None, None, "NULL", "n/a", "NaN", "none", None, "UNKNOWN", "North"]
    assert read("borough", texts, missing_values_only=["-"]) == only


@pytest.mark.parametrize("column", ["offence", "offender_ethnicity"])
def test_titles_and_ethnic_groups_stay_as_they_are_written(read, column):
    texts = ["NA", "None", "unknown", "-", "NULL", "#N/A", ""]
    assert read(column, texts) == ["NA", "None", "unknown", "-", "NULL", None, None]
    assert read(column, texts, missing_values=["na"]) == [None, "None", "unknown", "-", "NULL", None, None]


def test_a_word_that_has_a_meaning_in_its_column_keeps_it(read):
    assert read("relationship", ["none", "None", "unknown"]) == ["none", "none", None]
    values = {"relationship": {"stranger": ["unknown"]}}
    assert read("relationship", ["none", "unknown"], values=values) == ["none", "stranger"]
    assert read("relationship", ["unknown"], values=values, missing_values=["unknown"]) == ["stranger"]
    assert read("relationship", ["none"], missing_values=["none"]) == [None]
    assert read("alcohol", ["0", "unknown"]) == [False, None]
    assert read("severity", ["0", "unknown"]) == [0.0, None]


NOBODY = [
    "UNKNOWN",
    "Not known",
    "N/K",
    "-",
    "\\N",
    "(null)",
    "None",
    "NA",
    "0",
    "000",
    "0.0",
    "-1",
    "?",
    "#N/A",
    "xxxx",
]


@pytest.mark.parametrize("word", NOBODY)
def test_nobody_is_no_person(take, write, needed, word):
    taken = take(write([needed(victim_id=word), needed(incident_id="I2", offender_id=word, victim_id="B")]))
    assert taken.column("victim_id") == [None, "B"]
    assert taken.column("offender_id") == ["A", None]
    alone = take(write([needed(), needed(incident_id="I2", offender_id=word)]))
    assert alone.counts[("no_people", "offender_id")] == 1


def test_the_only_words_for_nobody_may_be_one_s_own(take, write, needed):
    rows = [needed(offender_id=word, incident_id=word) for word in ("0", "UNKNOWN", "nobody here")]
    taken = take(write(rows), missing_values_only=["nobody here"])
    assert taken.column("offender_id") == ["0", "UNKNOWN"]


def test_words_for_yes_and_no(read):
    texts = ["true", "T", "Yes", "y", "1", " TRUE ", "false", "F", "No", "n", "0", "2", "ja"]
    assert read("alcohol", texts) == [True] * 6 + [False] * 5 + [None] * 2


def test_a_force_s_own_words_come_on_top(read):
    values = {"alcohol": {"true": ["Ja", "J "], "false": ["Nein", "1"]}}
    assert read("alcohol", ["ja", "J", "NEIN", "yes", "1"], values=values) == [True, True, False, True, False]


def test_codes_are_mapped_whatever_their_case(read):
    values = {"relationship": {"ex_partner": ["Ex-Partner", "Former spouse"], "partner": ["01"]}}
    texts = ["ex-partner", "FORMER SPOUSE", "01", "Partner", "1", "cousin"]
    assert read("relationship", texts, values=values) == ["ex_partner", "ex_partner", "partner", "partner", None, None]


def test_text_columns_are_mapped_too_and_otherwise_left(read):
    values = {"borough": {"North": ["N", "NTH"]}}
    assert read("borough", ["n", "NTH", "South"], values=values) == ["North", "North", "South"]


SPELLINGS = {
    "00867": "00867", "867": "00867", "0867": "00867", "8/67": "00867", "008/67": "00867", "08 / 67": "00867",
    "867.0": "00867", "10501": "10501", "105/1": "10501", "105/01": "10501", "1": "00001", "0/1": "00001",
    "8/678": None, "1234/5": None, "8": "00008", "8/": None, "/67": None, "8B": None, "867.5": None, "-867": None,
}  # fmt: skip


def test_offence_codes(read):
    assert dict(zip(SPELLINGS, read("offence_code", list(SPELLINGS)), strict=True)) == SPELLINGS


def test_outcome_codes(read):
    wanted = {
        "1": "1", "01": "1", "1A": "1", "1a": "1", "05": "5", "5.0": "5", "0": "0", "00": "0", "22": "22", "022": "22",
        "16b": "16", "23": None, "99": None, "A1": None, "1.5": None, "-1": None, "1AB": None,
    }  # fmt: skip
    assert dict(zip(wanted, read("outcome_code", list(wanted)), strict=True)) == wanted


def test_deciles(read):
    wanted = {"1": "1", "10": "10", "01": "1", "10.0": "10", "0": None, "11": None, "ten": None}
    assert dict(zip(wanted, read("imd_decile", list(wanted)), strict=True)) == wanted


def test_numbers(read):
    wanted = {"1": 1.0, "1,234.5": 1234.5, "1e3": 1000.0, "0": 0.0, ".5": 0.5, "1 234": 1234.0, "£5": None, "ten": None,
              "1,23": None, "12,34,567": None}  # fmt: skip
    assert dict(zip(wanted, read("severity", list(wanted)), strict=True)) == wanted | {"1,234.5": None}


def test_thousands_are_read_where_no_comma_stands_before_decimals(read):
    assert read("severity", ["1,234.5", "1,250", "7"]) == [1234.5, 1250.0, 7.0]
    assert read("severity", ["1,250", "12,25", "7"]) == [None, None, 7.0]


def test_decimal_commas(read):
    wanted = {"12,25": 12.25, "1.234,5": 1234.5, "1 234,5": 1234.5, "7": 7.0, ",5": 0.5, "1.25": None}
    assert dict(zip(wanted, read("severity", list(wanted), decimal=","), strict=True)) == wanted


CLOCKS = {
    "2015-06-29T23:30:00Z": datetime(2015, 6, 30, 0, 30),
    "2015-01-29T23:30:00Z": datetime(2015, 1, 29, 23, 30),
    "2015-06-29 23:30:00+00:00": datetime(2015, 6, 30, 0, 30),
    "2015-06-29T23:30:00.123+0200": datetime(2015, 6, 29, 22, 30),
    "2015-06-29 23:30+01": datetime(2015, 6, 29, 23, 30),
    "2015-06-29 23:30:00 UTC": datetime(2015, 6, 30, 0, 30),
    "2015-06-29 23:30:00": datetime(2015, 6, 29, 23, 30),
    "2015-06-29": datetime(2015, 6, 29),
}


def test_times_with_an_offset_are_put_on_the_clock_of_the_force(read):
    assert dict(zip(CLOCKS, read("occurred_from", list(CLOCKS)), strict=True)) == CLOCKS
    [utc, *_] = read("occurred_from", list(CLOCKS), timezone="UTC")
    assert utc == datetime(2015, 6, 29, 23, 30)


def test_a_format_with_an_offset_is_put_on_the_clock_of_the_force(read):
    texts = ["29/06/2015 23:30:00 +0000", "29/06/2015 23:30:00 +0100"]
    found = read("occurred_from", texts, datetime_format="%d/%m/%Y %H:%M:%S %z")
    assert found == [datetime(2015, 6, 30, 0, 30), datetime(2015, 6, 29, 23, 30)]


def test_nobody_is_born_after_the_incident(take, write, needed):
    births = {"16/08/55": date(1955, 8, 16), "16/08/99": date(1999, 8, 16), "29/02/00": date(2000, 2, 29)}
    taken = take(write([needed(incident_id=b, offender_dob=b) for b in births]), date_format="%d/%m/%y")
    assert [value if type(value) is date else value.date() for value in taken.column("offender_dob")] == [
        *births.values()
    ]


def test_nobody_is_born_after_the_incident_where_the_birth_is_worked_out_either(take, write, needed):
    path = write([needed(incident_id="I1", offender_dob="16-AUG-55")])
    taken = take(path, derive={"offender_dob": "strptime(offender_dob, '%d-%b-%y')"})
    assert str(taken.column("offender_dob")[0])[:10] == "1955-08-16"


FORMS = {
    "decimals": (["1190.0", "7.0"], ["1190", "7"]),
    "apostrophes": (["'001190", "001191"], ["001190", "001191"]),
    "formulas": (['="001190"', '="A"'], ["001190", "A"]),
    "another decimal": (["1190.0", "1190.5"], ["1190.0", "1190.5"]),
}


@pytest.mark.parametrize("form", FORMS)
def test_ids_that_another_program_wrote(take, write, needed, form):
    texts, wanted = FORMS[form]
    taken = take(write([needed(offender_id=text, incident_id=f"I{at}") for at, text in enumerate(texts)]))
    assert taken.column("offender_id") == wanted
    changed = sum(text != meant for text, meant in zip(texts, wanted, strict=True))
    assert taken.warned.get(("W210", "offender_id"), (0, ""))[0] == changed


def test_characters_that_nobody_sees_are_no_part_of_an_id(take, write, needed):
    written = ["A\u00a0", "\u200bA", "A\0\0", "\ufeffA", "a\u0301", "\u00e1", "A B", "A\u00a0B"]
    taken = take(write([needed(offender_id=text, incident_id=f"I{at}") for at, text in enumerate(written)]))
    assert taken.column("offender_id") == ["A", "A", "A", "A", "\u00e1", "\u00e1", "A B", "A B"]
    assert taken.warned["W105", "offender_id"][0] == 6


def test_columns_under_other_names(take, write):
    rows = [
        {"CRIME NO": "I1", "NOMINAL": "A", "START": "2015-01-01", "DA": "Y", "CRIMED": "N", "incident_id": "not this"}
    ]
    columns = {
        "incident_id": "CRIME NO",
        "offender_id": "NOMINAL",
        "occurred_from": "START",
        "da_flag": "DA",
        "is_crime": "CRIMED",
    }
    taken = take(write(rows), columns=columns)
    assert taken.present == ("incident_id", "offender_id", "occurred_from", "da_flag", "is_crime")
    assert taken.column("incident_id") == ["I1"]


def test_one_source_column_may_give_two(take, write, needed):
    taken = take(write([needed(place="North")]), columns={"borough": "place", "lsoa": "place"})
    assert (taken.column("borough"), taken.column("lsoa")) == (["North"], ["North"])


def test_whether_it_is_a_crime_follows_from_its_code_where_nothing_says_so(take, write, needed):
    rows = [
        needed(offence_code="10501"),
        needed(incident_id="I2", offence_code=""),
        needed(incident_id="I3", offence_code="8B"),
    ]
    for row in rows:
        del row["is_crime"]
    taken = take(write(rows))
    # A code that cannot be read is a code: the row is about a crime all the same.
    assert taken.column("is_crime") == [True, False, True]
    assert taken.blanked == [(4, "unreadable_offence_code", "offence_code", "8B")]
    rows, text = taken.warned["W302", "offence_code"]
    assert rows == 1
    assert "'8B'" in text


def test_an_expression_that_asks_for_a_code_finds_one_that_cannot_be_read(take, write, needed):
    codes = ("10501", "08-Jun", "NA")
    rows = [needed(offence_code=code, incident_id=f"I{at}") for at, code in enumerate(codes)]
    taken = take(write(rows), derive={"is_crime": "offence_code is not null"})
    assert taken.column("is_crime") == [True, True, False]


def test_without_code_and_flag_a_crime_cannot_be_told(take, write, needed):
    row = needed()
    del row["is_crime"]
    with pytest.raises(ExtractError, match="E110: The extract has no column 'is_crime'"):
        take(write([row]))


def test_a_mapped_column_that_is_not_there_is_named(take, write, needed):
    with pytest.raises(ExtractError, match="E110: The extract has no column 'AREA'; it has 'incident_id'"):
        take(write([needed()]), columns={"borough": "AREA"})


@pytest.mark.parametrize("setting", ["columns", "values", "derive"])
def test_a_name_that_is_no_canonical_column_is_refused(take, write, needed, setting):
    given = {"columns": {"suspect": "offender_id"}, "values": {"suspect": {"A": ["a"]}}, "derive": {"suspect": "'A'"}}
    with pytest.raises(ConfigError, match=f"C004: extract.{setting} names 'suspect'"):
        take(write([needed()]), **{setting: given[setting]})


@pytest.mark.parametrize(("column", "code"), [("alcohol", "perhaps"), ("risk_grade", "severe"), ("offender_sex", "m")])
def test_a_value_that_is_none_of_its_column_s_codes_is_refused(take, write, needed, column, code):
    with pytest.raises(ConfigError, match=f"C005: extract.values.{column} has '{code}'"):
        take(write([needed()]), values={column: {code: ["X"]}})


# The window


DAYS = [
    {"occurred_from": "2009-12-31", "occurred_to": "", "reported_at": ""},  # out
    {"occurred_from": "2010-01-01", "occurred_to": "", "reported_at": ""},
    {"occurred_from": "1995-05-05", "occurred_to": "2010-06-01", "reported_at": ""},  # ended in it
    {"occurred_from": "1995-05-05", "occurred_to": "1999-01-01", "reported_at": "2012-03-04"},  # reported in it
    {"occurred_from": "2012-12-31 23:00:00", "occurred_to": "2013-01-01", "reported_at": "2012-12-31 23:30:00"},
    {"occurred_from": "2012-12-31 23:00:00", "occurred_to": "", "reported_at": "2013-01-01"},  # reported after it
    {"occurred_from": "2012-12-31 23:59:59", "occurred_to": "", "reported_at": ""},
    # A date that is blanked for being wrong says nothing of the window either.
    {"occurred_from": "2011-01-01", "occurred_to": "1999-01-01", "reported_at": ""},
    {"occurred_from": "2011-01-01", "occurred_to": "", "reported_at": "2150-01-01"},
    {"occurred_from": "2011-01-01", "occurred_to": "", "reported_at": "2010-01-01"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("window", "kept"),
    [
        ({}, range(10)),
        ({"from": "2010-01-01"}, range(1, 10)),
        ({"to": "2012-12-31"}, [0, 1, 2, 3, 4, 6, 7, 8, 9]),
        ({"from": "2010-01-01", "to": "2012-12-31"}, [1, 2, 3, 4, 6, 7, 8, 9]),
        ({"from": "2011-01-01", "to": "2011-01-01"}, [7, 8, 9]),
    ],
)
def test_the_window_is_about_the_day_police_came_to_know(take, write, needed, window, kept):
    rows = [needed(incident_id=f"I{at}") | days for at, days in enumerate(DAYS)]
    taken = take(write(rows), window=window)
    assert taken.column("incident_id") == [f"I{at}" for at in kept]
    assert taken.counts.get(("outside_window", "occurred_from"), 0) == len(DAYS) - len(kept)
    assert taken.counts[("reported_before_start", "reported_at")] == 1


def test_a_nought_before_a_comma_is_no_thousand(take, write, needed):
    texts = ["0,250", "1,500", "7"]
    taken = take(write([needed(severity=text, incident_id=f"I{at}") for at, text in enumerate(texts)]))
    assert taken.column("severity") == [None, None, 7.0]
    assert taken.warned["W305", "severity"][0] == 1


@pytest.mark.parametrize(
    ("texts", "decimal", "told"), [(["3,125"] * 6, ".", "thousands"), (["1.234"] * 6, ".", "decimals")]
)
def test_numbers_of_three_digits_after_the_mark_are_doubtful(take, write, needed, texts, decimal, told):
    rows = [needed(severity=text, incident_id=f"I{at}") for at, text in enumerate(texts)]
    assert f"read as {told}" in take(write(rows), decimal=decimal).warned["W305", "severity"][1]


@pytest.mark.parametrize("text", ["infinity", "-infinity", "290000-01-01 00:00:00"])
@pytest.mark.parametrize("column", ["occurred_from", "occurred_to", "offender_dob"])
def test_what_is_beyond_the_calendar_is_no_date(take, write, needed, column, text):
    taken = take(write([needed(), needed(incident_id="I2") | {column: text}]))
    assert [rule for _, rule, *_ in [*taken.quarantined, *taken.blanked]] == ["unreadable_date"]


def test_a_format_that_ends_in_z_is_in_utc(read):
    texts = ["29/06/2015 23:30:00Z", "29/01/2015 23:30:00Z"]
    for form in ("%d/%m/%Y %H:%M:%SZ", "%d/%m/%Y %H:%M:%S%z"):
        found = read("occurred_from", texts, datetime_format=form)
        assert found == [datetime(2015, 6, 30, 0, 30), datetime(2015, 1, 29, 23, 30)]


@pytest.mark.parametrize("word", ["0", "00000", "NC", "Non-crime", "NO CRIME"])
def test_noughts_and_words_for_no_crime_are_no_code(take, write, needed, word):
    row = needed(offence_code=word)
    del row["is_crime"]
    taken = take(write([row]))
    assert taken.column("is_crime") == [False]
    assert taken.warned == {}


@pytest.mark.parametrize("word", ["Not  Known", "unknown.", " N/K "])
def test_words_for_nobody_may_be_written_loosely(take, write, needed, word):
    taken = take(write([needed(), needed(incident_id="I2", offender_id=word, victim_id="B")]))
    assert taken.column("offender_id") == ["A", None]


def test_a_start_at_the_first_midnight_of_computers_is_none(take, write, needed):
    rows = [
        needed(),
        needed(incident_id="I2", occurred_from="1970-01-01 00:00:00"),
        needed(incident_id="I3", offender_dob="1970-01-01"),
    ]
    taken = take(write(rows))
    assert taken.quarantined == [(3, "zero_date", "occurred_from", "1970-01-01 00:00:00")]
    assert taken.blanked == []


@pytest.mark.parametrize(
    ("text", "short"), [("1,23E+11", True), ("1.23e11", True), ("1E+15", True), ("26E6", False), ("1E5", False)]
)
def test_numbers_as_a_spreadsheet_shortens_them(take, write, needed, text, short):
    taken = take(write([needed(offender_id=text)]))
    assert bool(taken.quarantined) is short
