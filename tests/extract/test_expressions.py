"""Derived columns: what expressions give, worked out by hand, and what is refused."""

from __future__ import annotations

import ibis
import pytest

from dapipeline.errors import ConfigError
from dapipeline.extract.expressions import derive

ROW = {
    "text": "  High Street ", "code": "05B", "amount": "12.50", "empty": None, "day": "2016-02-29 23:30:00",
    "flag": True, "unknown": None, "age": 41,
}  # fmt: skip
KINDS = {"text": "string", "code": "string", "amount": "string", "empty": "string", "day": "string",
         "flag": "boolean", "unknown": "boolean", "age": "int64"}  # fmt: skip
# Hand-worked from the row above.
ALLOWED = {
    "true": True,
    "null": None,
    "'it''s'": "it's",
    "text": "  High Street ",
    "lower(trim(text))": "high street",
    "upper(code)": "05B",
    "length(code)": 3,
    "left(code, 2)": "05",
    "right(code, 1)": "B",
    "substring(code, 2)": "5B",
    "substring(code, 2, 1)": "5",
    "substring(code from 3 for 5)": "B",
    "code || '-' || trim(text)": "05B-High Street",
    "code || empty": None,
    "concat(code, empty, '!')": "05B!",
    "code = '05B'": True,
    "code <> '05B'": False,
    "code != '06'": True,
    "empty = 'x'": None,
    "empty is null": True,
    "code is not null": True,
    "unknown is true": False,
    "flag is true": True,
    "flag is not false": True,
    "flag and unknown": None,
    "flag or unknown": True,
    "not flag": False,
    "code in ('05A', '05B')": True,
    "code not in ('05A', '05C')": True,
    "age between 41 and 50": True,
    "age not between 18 and 40": True,
    "code like '05%'": True,
    "code like '05b'": False,
    "code ilike '05b'": True,
    "starts_with(code, '05')": True,
    "contains(text, 'Street')": True,
    "regexp_matches(code, '^[0-9]{2}[A-C]$')": True,
    "case when age >= 60 then 'old' when age >= 18 then 'adult' else 'child' end": "adult",
    "case code when '05A' then 1 when '05B' then 2 end": 2,
    "case when unknown then 'x' end": None,
    "coalesce(empty, code)": "05B",
    "ifnull(empty, 'none')": "none",
    "nullif(code, '05B')": None,
    "greatest(age, 50, 3)": 50,
    "least(age, 50)": 41,
    "cast(amount as double) * 2": 25.0,
    "try_cast(amount as double) + age": 53.5,
    "try_cast(code as integer)": None,
    "cast(code as integer)": None,
    "amount::double > 12": True,
    "cast(amount as float) - 0.5": 12.0,
    "age / 2": 20.5,
    "age % 2": 1,
    "-age + 1": -40,
    "abs(-age)": 41,
    "(age + 1) * 2": 84,
    "age + 1 * 2": 43,
    "floor(cast(amount as double))": 12,
    "ceil(cast(amount as double))": 13,
    "round(cast('2.345' as double) * 100)": 235,
    "round(cast('12.345' as double), 1)": 12.3,
    "year(day)": 2016,
    "month(day)": 2,
    "day(day)": 29,
    "year(day) - 2000 = 16 and month(day) in (1, 2, 3)": True,
    "cast(age as varchar)": "41",
    "cast('yes' as boolean)": True,
}
REFUSED = {
    "read_text('/etc/passwd')": "C011",
    "read_csv('incidents.csv')": "C011",
    "(select 1)": "C011",
    "select code from incidents": "C011",
    "code in (select code from incidents)": "C011",
    "exists (select 1)": "C011",
    "sum(age)": "C011",
    "count(*)": "C011",
    "max(age)": "C011",
    "row_number() over (order by age)": "C011",
    "lag(age) over (partition by code)": "C011",
    "getenv('HOME')": "C011",
    "current_setting('threads')": "C011",
    "copy incidents to 'out.csv'": "C011",
    "attach 'other.db'": "C011",
    "pragma version": "C011",
    "install httpfs": "C011",
    "incidents.code": "C011",
    "true; drop table incidents": "C011",
    "random()": "C011",
    "now()": "C011",
    "current_date": "C011",
    "trim(code, '0')": "C011",
    "trim(leading '0' from code)": "C011",
    "round(age, -1)": "C011",
    "left(code, -1)": "C011",
    "left(code, age)": "C011",
    "substring(code, -2)": "C011",
    "code in text": "C011",
    "code like text": "C011",
    "regexp_matches(code, 'b', 'i')": "C011",
    "code like '0!%' escape '!'": "C011",
    "code = any(['05B'])": "C011",
    "[1, 2]": "C011",
    "$1": "C011",
    "*": "C011",
    "": "C010",
    "code = ": "C010",
    "(code": "C010",
    "'unclosed": "C010",
    "nothing = 1": "C012",
    "CODES": "C012",
    "code = 5": "C013",
    "age || 1 > true": "C013",
    "case when flag then 'x' else 1 end": "C013",
    "coalesce(code, 1)": "C013",
    "lower(age)": "C013",
    "cast(code as decimal(4, 2))": "C013",
    "year(age)": "C013",
}


@pytest.fixture(scope="module")
def table():
    return ibis.memtable([ROW], schema=KINDS)


@pytest.fixture(scope="module")
def worked_out(table):
    """Every allowed expression at once: one call of the engine."""
    known = {name: table[name] for name in KINDS}
    connection = ibis.duckdb.connect()
    values = {text: derive("borough", text, known) for text in ALLOWED}
    found = connection.to_pyarrow(table.select(**{str(at): value for at, value in enumerate(values.values())}))
    return dict(zip(ALLOWED, found.to_pylist()[0].values(), strict=True))


@pytest.mark.parametrize("text", ALLOWED)
def test_an_expression_gives_what_the_hand_gives(worked_out, text):
    wanted = ALLOWED[text]
    assert worked_out[text] == pytest.approx(wanted) if isinstance(wanted, float) else worked_out[text] == wanted
    assert isinstance(worked_out[text], bool) == isinstance(wanted, bool)


@pytest.mark.parametrize("text", REFUSED)
def test_an_expression_is_refused(table, text):
    with pytest.raises(ConfigError) as refused:
        derive("borough", text, {name: table[name] for name in KINDS})
    assert refused.value.code == REFUSED[text]
    assert "extract.derive.borough" in refused.value.fact


def test_columns_are_derived_from_columns_derived_before(take, write, needed):
    derive_settings = {
        "is_crime": "offence_code is not null",
        "alcohol": "note ilike '%drunk%'",
        "drugs": "alcohol and is_crime",
        "borough": "case when drugs then 'both' else 'not both' end",
    }
    rows = [
        needed(incident_id="I1", offence_code="10501", note="Was DRUNK"),
        needed(incident_id="I2", offence_code="", note="Was DRUNK"),
        needed(incident_id="I3", offence_code="", note=""),
    ]
    for row in rows:
        del row["is_crime"]
    taken = take(write(rows), derive=derive_settings)
    assert taken.column("is_crime") == [True, False, False]
    assert taken.column("alcohol") == [True, True, None]
    assert taken.column("drugs") == [True, False, False]  # unknown and false is false
    assert taken.column("borough") == ["both", "not both", "not both"]


def test_what_is_derived_is_judged_like_what_is_written(take, write, needed):
    rows = [needed(incident_id="I1", grade="HIGH"), needed(incident_id="I2", grade="SILLY")]
    taken = take(write(rows), derive={"risk_grade": "lower(grade)"})
    assert taken.column("risk_grade") == ["high", None]
    assert taken.blanked == [(3, "unknown_code", "risk_grade", "silly")]


def test_a_derived_column_replaces_the_one_of_its_name(take, write, needed):
    taken = take(write([needed(borough="north")]), derive={"borough": "upper(borough)"})
    assert taken.column("borough") == ["NORTH"]


@pytest.mark.parametrize("text", ["regexp_matches(borough, '(')", "abs(cast('2000000000' as int) * 2000000000) > 5"])
def test_what_only_the_engine_can_refuse_ends_in_a_sentence(take, write, needed, text):
    with pytest.raises(ConfigError, match=r"C016: extract.derive \(alcohol\) cannot be worked out"):
        take(write([needed(borough="North")]), derive={"alcohol": text})
