"""Every rule is broken once, by a row made for it, and is counted once, under its own name."""

from __future__ import annotations

import pytest

from dapipeline.errors import ConfigError, ExtractError
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.rules import ROW_RULES, VALUE_RULES

SOUND = {
    "incident_id": "I", "offender_id": "A", "victim_id": "B", "offence_id": "F1",
    "occurred_from": "2015-06-15 10:00:00", "occurred_to": "2015-06-15 11:00:00", "reported_at": "2015-06-15 12:00:00",
    "outcome_at": "2015-07-15 12:00:00", "da_flag": "true", "is_crime": "true", "offence_code": "10501",
    "offence": "Common assault",
    "offence_family": "violence", "severity": "10", "risk_grade": "high", "outcome_code": "1", "arrested": "true",
    "relationship": "partner", "offender_dob": "1990-01-01", "offender_age": "25", "victim_dob": "1991-01-01",
    "victim_age": "24", "offender_sex": "M", "victim_sex": "F", "location_type": "residential", "imd_decile": "1",
    "alcohol": "false", "drugs": "false", "honour_based": "false", "forced_marriage": "false", "fgm": "false",
    "initial_offence_code": "10501", "managed_by": "MARAC",
}  # fmt: skip
# Rule and column, and how a sound row breaks it and no other.
SETS_ASIDE = {
    ("missing_incident_id", "incident_id"): {"incident_id": ""},
    ("scientific_id", "incident_id"): {"incident_id": "1.23E+11"},
    ("scientific_id", "offender_id"): {"offender_id": "2E+15"},
    ("no_people", "offender_id"): {"offender_id": "", "victim_id": " "},
    ("missing_date", "occurred_from"): {"occurred_from": "n/a"},
    ("unreadable_date", "occurred_from"): {"occurred_from": "31/02/2015"},
    ("zero_date", "occurred_from"): {"occurred_from": "1900-01-01 00:00:00"},
    ("implausible_date", "occurred_from"): {"occurred_from": "1899-12-29 23:59:59"},
    ("future_date", "occurred_from"): {"occurred_from": "2051-06-15 10:00:00"},
    ("missing_flag", "da_flag"): {"da_flag": "NULL"},
    ("unknown_code", "da_flag"): {"da_flag": "perhaps"},
    ("missing_flag", "is_crime"): {"is_crime": ""},
    ("unknown_code", "is_crime"): {"is_crime": "2"},
}
BLANKS = {
    ("unreadable_date", "occurred_to"): {"occurred_to": "later"},
    ("unreadable_date", "reported_at"): {"reported_at": "2015-13-01"},
    ("unreadable_date", "outcome_at"): {"outcome_at": "soon"},
    ("unreadable_date", "offender_dob"): {"offender_dob": "1990"},
    ("unreadable_date", "victim_dob"): {"victim_dob": "30 Feb 1990"},
    ("zero_date", "occurred_to"): {"occurred_to": "9999-12-31"},
    ("zero_date", "reported_at"): {"reported_at": "1753-01-01"},
    ("zero_date", "outcome_at"): {"outcome_at": "1900-01-01"},
    ("zero_date", "offender_dob"): {"offender_dob": "1900-01-01"},
    ("zero_date", "victim_dob"): {"victim_dob": "1899-12-30"},
    ("implausible_date", "occurred_to"): {"occurred_to": "2100-01-01"},
    ("implausible_date", "reported_at"): {"reported_at": "2999-01-01"},
    ("implausible_date", "outcome_at"): {"outcome_at": "2101-01-01"},
    ("implausible_date", "offender_dob"): {"offender_dob": "1899-12-29"},
    ("implausible_date", "victim_dob"): {"victim_dob": "1066-10-14"},
    ("future_date", "occurred_to"): {"occurred_to": "2051-06-15 11:00:00"},
    ("future_date", "reported_at"): {"reported_at": "2051-06-15 12:00:00"},
    ("future_date", "outcome_at"): {"outcome_at": "2051-06-16 12:00:00"},
    ("end_before_start", "occurred_to"): {"occurred_to": "2015-06-15 09:59:59"},
    ("reported_before_start", "reported_at"): {"reported_at": "2015-06-14 23:59:59"},
    ("outcome_before_start", "outcome_at"): {"outcome_at": "2015-06-14 23:59:59"},
    ("unreadable_number", "severity"): {"severity": "ten"},
    ("unreadable_number", "offender_age"): {"offender_age": "25 years"},
    ("unreadable_number", "victim_age"): {"victim_age": "24-30"},
    ("negative_severity", "severity"): {"severity": "-1"},
    ("absurd_severity", "severity"): {"severity": "10,001"},
    ("unknown_age", "offender_age"): {"offender_age": "0"},
    ("unknown_age", "victim_age"): {"victim_age": "99"},
    ("suspect_age", "offender_dob"): {"offender_dob": "2005-06-16"},  # ten on the morrow
    ("suspect_age", "offender_age"): {"offender_age": "111"},
    ("victim_age", "victim_dob"): {"victim_dob": "2015-06-16"},  # born on the morrow
    ("victim_age", "victim_age"): {"victim_age": "-1"},
    ("scientific_id", "offence_id"): {"offence_id": "1.5e+12"},
    ("scientific_id", "victim_id"): {"victim_id": "9.99E+10"},
    ("victim_is_suspect", "victim_id"): {"victim_id": "A"},
    ("unreadable_offence_code", "offence_code"): {"offence_code": "8B"},
    ("unreadable_offence_code", "initial_offence_code"): {"initial_offence_code": "8B"},
    ("unknown_code", "managed_by"): {"managed_by": "the area"},
    ("unknown_code", "offence_family"): {"offence_family": "wickedness"},
    ("unknown_code", "risk_grade"): {"risk_grade": "urgent"},
    ("unknown_code", "outcome_code"): {"outcome_code": "23"},
    ("unknown_code", "arrested"): {"arrested": "nearly"},
    ("unknown_code", "relationship"): {"relationship": "friend"},
    ("unknown_code", "offender_sex"): {"offender_sex": "X"},
    ("unknown_code", "victim_sex"): {"victim_sex": "9"},
    ("unknown_code", "location_type"): {"location_type": "moon"},
    ("unknown_code", "imd_decile"): {"imd_decile": "11"},
    ("unknown_code", "alcohol"): {"alcohol": "some"},
    ("unknown_code", "drugs"): {"drugs": "some"},
    ("unknown_code", "honour_based"): {"honour_based": "so-so"},
    ("unknown_code", "forced_marriage"): {"forced_marriage": "perhaps"},
    ("unknown_code", "fgm"): {"fgm": "unsure"},
}


def numbered(changes) -> list[dict]:
    """Sound rows with one fault each, told apart by a column that no rule looks at."""
    return [{**SOUND, **change, "borough": f"row {at}"} for at, change in enumerate(changes, 2)]


def test_there_is_a_broken_row_for_every_rule():
    assert set(SETS_ASIDE) == {(rule.code, rule.column) for rule in ROW_RULES}
    assert set(BLANKS) == {(rule.code, rule.column) for rule in VALUE_RULES if BY_NAME[rule.column].used_by}


def test_a_sound_row_breaks_none(take, write):
    taken = take(write(numbered([{}])))
    assert taken.counts == {"rows_read": 1, "rows_kept": 1}
    assert taken.blanked == taken.quarantined == []


def test_every_rule_that_sets_a_row_aside_does_so_once(take, write):
    taken = take(write(numbered(SETS_ASIDE.values())))
    rules = dict.fromkeys(SETS_ASIDE, 1)
    assert taken.counts == {"rows_read": len(SETS_ASIDE), **rules}
    assert [(rule, column) for _, rule, column, _ in taken.quarantined] == list(SETS_ASIDE)
    assert [row for row, *_ in taken.quarantined] == list(range(2, 2 + len(SETS_ASIDE)))
    values = [value for *_, value in taken.quarantined]
    dates = ["31/02/2015", "1900-01-01 00:00:00", "1899-12-29 23:59:59", "2051-06-15 10:00:00"]
    assert values == [None, "1.23E+11", "2E+15", None, None, *dates, None, "perhaps", None, "2"]


def test_every_rule_that_blanks_a_value_does_so_once(take, write):
    taken = take(write(numbered(BLANKS.values())))
    rules = dict.fromkeys(BLANKS, 1)
    assert taken.counts == {"rows_read": len(BLANKS), "rows_kept": len(BLANKS), **rules}
    wanted = [(row, rule, column, BLANKS[rule, column][column]) for row, (rule, column) in enumerate(BLANKS, start=2)]
    assert taken.blanked == wanted
    for row, (_, column) in zip(taken.rows, BLANKS, strict=True):
        assert row[column] is None
        blank = {name for name, value in row.items() if value is None}
        assert blank == {column}


@pytest.mark.parametrize("key", [("malformed_row", ""), ("repeated_header", ""), ("exact_duplicate", "")])
def test_what_is_found_while_reading_is_counted(take, write, needed, key):
    rows = [needed(), needed(incident_id="I2"), needed(incident_id="I3")]
    path = write(rows)
    lines = path.read_text().splitlines()
    extra = {"malformed_row": "I9,A,2015-01-01", "repeated_header": lines[0].upper(), "exact_duplicate": lines[2]}
    path.write_text("\n".join([*lines[:3], extra[key[0]], *lines[3:]]) + "\n")
    taken = take(path)
    assert taken.counts == {"rows_read": 4, "rows_kept": 3, key[0]: 1}
    assert [(row, rule) for row, rule, *_ in taken.quarantined] == [(4, key[0])]
    assert taken.column("source_row") == [2, 3, 5]


def test_a_row_is_counted_under_its_first_rule_alone(take, write):
    worse_and_worse = [
        {"da_flag": "perhaps", "is_crime": ""},
        {"occurred_from": "never", "da_flag": "perhaps", "is_crime": ""},
        {"offender_id": "", "victim_id": "", "occurred_from": "never", "da_flag": "perhaps"},
        {"incident_id": "", "offender_id": "", "victim_id": "", "occurred_from": "", "risk_grade": "urgent"},
    ]
    taken = take(write(numbered(worse_and_worse)))
    assert taken.counts == {
        "rows_read": 4,
        ("unknown_code", "da_flag"): 1,
        ("unreadable_date", "occurred_from"): 1,
        ("no_people", "offender_id"): 1,
        ("missing_incident_id", "incident_id"): 1,
    }
    assert taken.blanked == []


def test_a_copy_of_a_faulty_row_is_a_duplicate_and_no_second_fault(take, write):
    [row] = numbered([{"occurred_from": "never"}])
    taken = take(write([row, row, row]))
    assert taken.counts == {"rows_read": 3, "exact_duplicate": 2, ("unreadable_date", "occurred_from"): 1}


def test_a_value_is_blanked_once_under_its_first_rule(take, write):
    taken = take(write(numbered([{"occurred_to": "1850-01-01"}])))  # implausible, and before the start
    assert taken.counts == {"rows_read": 1, "rows_kept": 1, ("implausible_date", "occurred_to"): 1}


def test_without_a_victim_column_a_row_without_suspect_names_nobody(take, write, needed):
    taken = take(write([needed(), needed(incident_id="I2", offender_id="")]))
    assert taken.counts == {"rows_read": 2, "rows_kept": 1, ("no_people", "offender_id"): 1}


def test_a_victim_alone_is_somebody(take, write, needed):
    taken = take(write([needed(victim_id="B"), needed(offender_id="", victim_id="B")]))
    assert taken.counts == {"rows_read": 2, "rows_kept": 2}


BOUNDS = [
    ({"offender_dob": "2005-06-15"}, True),  # ten on the day
    ({"offender_dob": "2005-06-16"}, False),
    ({"offender_dob": "1905-01-01"}, True),  # 110
    ({"offender_dob": "1904-06-15"}, False),  # 111 on the day
    ({"offender_age": "10"}, True),
    ({"offender_age": "9.9"}, False),
    ({"victim_age": "0"}, False),  # no other child is so young: it stands for not known
    ({"victim_dob": "2015-06-15"}, True),
    ({"severity": "10000"}, True),
    ({"severity": "inf"}, False),
    ({"severity": "0"}, True),
    ({"occurred_to": "2015-06-15 10:00:00"}, True),
    ({"occurred_to": "2016-06-15 10:00:00"}, True),
    ({"reported_at": "2015-06-15 00:00:00"}, True),  # the same day, when only the day is known
    ({"offence_code": "8/67"}, True),
    ({"offence_code": "8-67"}, False),
    ({"offence_code": "123456"}, False),
]  # fmt: skip


def test_where_a_value_begins_to_be_wrong(take, write):
    taken = take(write(numbered(change for change, _ in BOUNDS)))
    wrong = [(at, *change) for at, (change, sound) in enumerate(BOUNDS, start=2) if not sound]
    assert [(at, column) for at, _, column, _ in taken.blanked] == wrong


# What to do where a rule is broken


GRADED = {"risk_grade": "high", "relationship": "partner", "severity": "1", "occurred_to": ""}


@pytest.fixture
def graded(needed):
    """Rows of few columns, each with one change; the fewer the columns, the faster they are judged."""
    return lambda *changes: [needed(**GRADED, borough=f"row {at}") | change for at, change in enumerate(changes)]


def test_an_action_is_chosen_for_a_rule(take, write, graded):
    rows = graded({}, {"risk_grade": "urgent"}, {"relationship": "friend"}, {"severity": "-1"})
    taken = take(write(rows), rules={"unknown_code": "quarantine", "negative_severity": "quarantine"})
    assert taken.counts == {
        "rows_read": 4, "rows_kept": 1, ("unknown_code", "risk_grade"): 1, ("unknown_code", "relationship"): 1,
        ("negative_severity", "severity"): 1,
    }  # fmt: skip
    assert taken.quarantined == [
        (3, "unknown_code", "risk_grade", "urgent"), (4, "unknown_code", "relationship", "friend"),
        (5, "negative_severity", "severity", "-1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "keys", [("unknown_code", "unknown_code.risk_grade"), ("unknown_code.risk_grade", "unknown_code")]
)
def test_an_action_for_one_column_goes_before_one_for_all(take, write, graded, keys):
    actions = {"unknown_code": "quarantine", "unknown_code.risk_grade": "blank"}
    rows = graded({"risk_grade": "urgent"}, {"relationship": "friend"})
    taken = take(write(rows), rules={key: actions[key] for key in keys})
    assert taken.blanked == [(2, "unknown_code", "risk_grade", "urgent")]
    assert taken.quarantined == [(3, "unknown_code", "relationship", "friend")]


def test_blanking_what_may_be_blanked_leaves_essential_columns_to_quarantine(take, write, graded):
    rows = graded({"da_flag": "perhaps"}, {"risk_grade": "urgent"})
    taken = take(write(rows), rules={"unknown_code": "blank"})
    assert taken.quarantined == [(2, "unknown_code", "da_flag", "perhaps")]
    assert taken.blanked == [(3, "unknown_code", "risk_grade", "urgent")]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("unknown_code", "The rule unknown_code is broken by 2 rows (the first is row 3 of extract.csv)"),
        ("unknown_code.relationship", "The rule unknown_code is broken by 1 row (the first is row 5 of extract.csv)"),
        ("end_before_start", "The rule end_before_start is broken by 1 row (the first is row 6 of extract.csv)"),
        ("missing_incident_id", "The rule missing_incident_id is broken by 1 row (the first is row 7 of extract.csv)"),
        ("malformed_row", "The rule malformed_row is broken by 1 row,"),
        ("repeated_header", "The rule repeated_header is broken by 1 row,"),
    ],
)
def test_a_rule_may_stop(take, write, graded, key, said):
    changes = [{}, {"risk_grade": "urgent"}, {"risk_grade": "soon"}, {"relationship": "friend"},
               {"occurred_to": "2015-01-01"}, {"incident_id": ""}]  # fmt: skip
    path = write(graded(*changes))
    path.write_text(path.read_text() + "short,row\n" + path.read_text().splitlines()[0] + "\n")
    with pytest.raises(ExtractError) as stopped:
        take(path, rules={key: "stop"})
    assert stopped.value.code == "E120"
    assert said in str(stopped.value)


def test_a_rule_that_stops_and_is_not_broken_does_nothing(take, write, graded):
    stop = {rule.code: "stop" for rule in (*ROW_RULES, *VALUE_RULES)} | {"malformed_row": "stop"}
    assert take(write(graded({})), rules=stop).counts == {"rows_read": 1, "rows_kept": 1}


@pytest.mark.parametrize("key", ["exact_duplicates", "unknown_code.sex", "outside_window", "Missing_Date"])
def test_a_key_that_is_no_rule_is_refused(take, write, graded, key):
    with pytest.raises(ConfigError, match=f"C014: extract.rules names '{key}'"):
        take(write(graded({})), rules={key: "stop"})


@pytest.mark.parametrize(
    "key",
    ["missing_incident_id", "no_people", "missing_date", "unreadable_date.occurred_from", "missing_flag",
     "unknown_code.da_flag", "malformed_row", "repeated_header"],
)  # fmt: skip
def test_what_a_row_cannot_do_without_is_not_blanked(take, write, graded, key):
    with pytest.raises(ConfigError, match=f"C015: extract.rules.{key} is blank"):
        take(write(graded({})), rules={key: "blank"})


def test_an_age_of_nought_is_known_where_other_victims_are_as_young(take, write):
    ages = ["0", "0", "1", "2", "3", "40"]
    taken = take(write(numbered({"victim_age": age} for age in ages)))
    assert taken.column("victim_age") == [0, 0, 1, 2, 3, 40]


def days(count: int, **others) -> list[dict]:
    """Sound rows on days one after the other."""
    return [{"occurred_from": f"2015-06-{at + 1:02d} 10:00:00", "reported_at": f"2015-06-{at + 1:02d}"} | others
            for at in range(count)]  # fmt: skip


def test_a_start_a_month_after_the_last_report_is_a_fault_of_the_start(take, write):
    changes = [*days(25), {"occurred_from": "2015-07-26 00:00:00", "reported_at": "2015-06-01"},
               {"occurred_from": "2015-07-27 00:00:00", "reported_at": "2015-06-01"}]  # fmt: skip
    taken = take(write(numbered(changes)))
    assert taken.quarantined == [(28, "future_date", "occurred_from", "2015-07-27 00:00:00")]


def test_a_gap_with_many_dates_beyond_it_is_no_typing_error(take, write):
    late = [{"occurred_from": f"2019-06-{at + 1:02d} 10:00:00", "reported_at": ""} for at in range(5)]
    taken = take(write(numbered([*days(25, reported_at=""), *late])))
    assert taken.quarantined == []


def test_few_dates_show_no_extent(take, write):
    taken = take(write(numbered([{}, {"occurred_from": "2051-06-15 10:00:00", "occurred_to": "", "reported_at": ""}])))
    assert taken.quarantined == []


def test_a_rule_of_many_rows_stops_a_run_with_its_values(take, write, graded):
    rows = graded(*[{}] * 18, {"da_flag": "perhaps"}, {"da_flag": "perhaps"}, {"da_flag": "maybe"})
    assert take(write(rows), tolerance=0.15).refusal is None
    refusal = take(write(rows), tolerance=0.14).refusal
    assert refusal.startswith(
        "E121: The rule unknown_code in da_flag sets aside 3 of 21 rows (14%), more than extract.tolerance allows "
        "(14%), such as 'perhaps', 'maybe'. Say under extract.values.da_flag what these words mean."
    )


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"occurred_from": "31/12/2015 14:05"}, 'extract.datetime_format: "%d/%m/%Y %H:%M" would fit'),
        ({"occurred_from": "12/31/2015"}, 'extract.datetime_format: "%m/%d/%Y" would fit'),
        ({"occurred_from": "31-Dec-15"}, 'extract.datetime_format: "%d-%b-%y" would fit'),
        ({"occurred_from": "42094.58333"}, "They are days as Excel counts them"),
        ({"occurred_from": "some day"}, "Give the format of these dates"),
    ],
)
def test_dates_that_cannot_be_read_come_with_the_formats_that_fit(take, write, graded, change, advice):
    refusal = take(write(graded(change, change)), tolerance=0.05).refusal
    assert "unreadable_date in occurred_from sets aside 2 of 2 rows (100%)" in refusal
    assert repr(change["occurred_from"]) in refusal
    assert advice in refusal


def test_ids_and_births_are_never_shown(take, write, graded):
    ids = take(write(graded({"offender_id": "4.51E+11"}, {"offender_id": "9.77E+11"})), tolerance=0.05)
    assert "scientific_id in offender_id" in ids.refusal
    assert "E+11" not in ids.refusal
    births = take(write(graded(*({"offender_dob": f"{day}. Mai 1990"} for day in range(1, 9)))), tolerance=0.05)
    rows, text = births.warned["W301", "offender_dob"]
    assert rows == 8
    assert "Mai" not in text


def test_rows_that_are_too_wide_say_how_wide(take, write, needed):
    path = write([needed(incident_id=f"I{at}") for at in range(4)])
    path.write_text("".join(f"{line},more\n" if at > 2 else f"{line}\n"
                            for at, line in enumerate(path.read_text().splitlines())))  # fmt: skip
    refusal = take(path, tolerance=0.05).refusal
    assert "The rule malformed_row sets aside 2 of 4 rows (50%)" in refusal
    assert "2 of them have 6 fields" in refusal


def test_copies_and_rows_of_nobody_warn_and_never_stop(take, write, graded):
    rows = graded(*[{}] * 4)
    taken = take(write([*rows, *rows, *graded({"offender_id": "unknown"})]), tolerance=0.05)
    assert taken.refusal is None
    assert taken.warned["W308", ""][0] == 4
    assert taken.warned["W308", "offender_id"][0] == 1
