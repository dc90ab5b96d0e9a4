"""Functions for derived columns on DuckDB: cases worked out by hand, random texts beside Python, what is refused."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from dapipeline.config.engine import Engine
from dapipeline.engine import connect
from dapipeline.errors import ConfigError
from dapipeline.extract.allowed import ALLOWED
from dapipeline.extract.expressions import derive

from .derived_cases import FORMATS, all_cases, taken_apart, worked_out

OF_FORMATS = [(pattern, *pair) for pattern, pairs in FORMATS.items() for pair in pairs]
LIST = {"t": ibis.table({"t": "string", "n": "int64", "d": "date"}, name="rows")}
# What is refused, and a part of the sentence that says why.
REFUSED = {
    "replace(t, '', 'x')": "nothing to look for",
    "replace(t, t, 'x')": "texts in quotes",
    "replace(t, 'x')": "texts in quotes",
    "replace(t, 1, 2)": "texts in quotes",
    "regexp_extract(t, t)": "texts in quotes",
    "regexp_extract(t, 'a', 1)": "no group 1",
    "regexp_extract(t, '(a)', n)": "whole number",
    "regexp_extract(t, 'a', 0, 'i')": "",
    "regexp_extract(t, 'a', ['x'])": "whole number",
    "regexp_extract(t, '(a', 1)": "brackets",
    "regexp_extract(t, 'a)')": "brackets",
    "regexp_extract(t, '[b-a]')": "brackets",
    "regexp_extract(t, 'a(?=b)')": "looks around",
    "regexp_extract(t, 'a(?!b)')": "looks around",
    "regexp_extract(t, '(?<=b)a')": "looks around",
    "regexp_extract(t, '(?<!b)a')": "looks around",
    "regexp_extract(t, '(a)\\1')": "back to a group",
    "regexp_extract(t, '(?i)a')": "lower()",
    "regexp_extract(t, '(?P<x>a)')": "(?P",
    "regexp_extract(t, '(?<x>a)')": "(?<x",
    "regexp_extract(t, '(?>a)')": "(?>",
    "regexp_extract(t, 'a++')": "nothing to repeat",
    "regexp_extract(t, '*a')": "nothing to repeat",
    "regexp_extract(t, '\\b+')": "nothing to repeat",
    "regexp_extract(t, '^*')": "nothing to repeat",
    "regexp_extract(t, '(a*)*', 1)": "may be empty",
    "regexp_extract(t, '((\\b|a)b?){2}', 1)": "may be empty",
    "regexp_extract(t, 'a^b')": "no text begins",
    "regexp_extract(t, '$-')": "no text ends",
    "regexp_extract(t, 'a{1001}')": "1000",
    "regexp_extract(t, 'a{,3}')": "needs a \\",
    "regexp_extract(t, '[[:alpha:]]')": "class by name",
    "regexp_extract(t, '[]a]')": "needs a \\",
    "regexp_extract(t, '[\\D]')": "\\D",
    "regexp_extract(t, '\\pL')": "\\p",
    "regexp_extract(t, '\\Qa\\E')": "\\Q",
    "regexp_extract(t, 'a\\Z')": "\\Z",
    "split_part(t, '', 1)": "empty",
    "split_part(t, ',', 0)": "counted from 1",
    "split_part(t, ',', -1)": "whole number",
    "split_part(t, ',', n)": "whole number",
    "split_part(t, ',', 1.5)": "whole number",
    "split_part(t, t, 1)": "texts in quotes",
    "split_part(t, ',')": "whole number",
    "lpad(t, 5)": "texts in quotes",
    "lpad(t, 5, '')": "nothing to fill",
    "lpad(t, 1001, '0')": "1000",
    "lpad(t, -1, '0')": "whole number",
    "lpad(t, n, '0')": "whole number",
    "lpad(t, 5, '0', '1')": "too many",
    "rpad(t, 5, '0')": "only lpad",
    "strptime(t, t)": "texts in quotes",
    "strptime(t, ['%d', '%m'])": "texts in quotes",
    "strptime(t, '%Y', 'x')": "too many",
    "strptime(t, '')": "may hold",
    "strptime(t, 'Y')": "may hold",
    "strptime(t, '%Y %')": "has %",
    "strptime(t, '%Y %z')": "has %z",
    "strptime(t, '%Y %Z')": "has %Z",
    "strptime(t, '%Y %j')": "has %j",
    "strptime(t, '%c')": "has %c",
    "strptime(t, '%G')": "has %G",
    "strptime(t, '%Y %y')": "year twice",
    "strptime(t, '%m %b')": "month twice",
    "strptime(t, '%I:%M')": "%p",
    "strptime(t, '%H:%M %p')": "%I",
    "try_strptime(t, '%Y')": "",
    "second(t)": "",
    "t + interval '1 quarter'": "one unit",
    "t + interval '3'": "one unit",
    "t + interval '1 hour 2 minutes'": "one unit",
    "t + interval '1-2' year to month": "one unit",
    "t + interval '1' day to second": "one unit",
    "t + interval '1.5 hours'": "whole number",
    "t + interval (n) hour": "whole number",
    "t + interval (1 + 1) hour": "whole number",
    "t + interval 100001 second": "100000",
    "interval '1 hour' + interval '1 hour'": "goes with",
    "interval '1 hour' - t": "",
    "2 * interval '1 hour'": "",
    "interval '1 hour'": "",
    "t > interval '1 hour'": "",
    "length(t, 9)": "",
    "contains(t, 'a', 'b')": "",
}  # fmt: skip
MISFITS = ["n + interval '1 hour'", "hour(n)", "replace(n, 'a', 'b')", "lpad(n, 5, '0')", "split_part(n, ',', 1)",
           "strptime(n, '%Y')", "strptime(d, '%Y')", "regexp_extract(n, 'a')"]  # fmt: skip


PAGE = (Path(__file__).parents[2] / "docs" / "your_extract.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)`(?: \(.*\))? \| `?(.+?)`? \|$", PAGE.split("What `derive` may use")[1], re.MULTILINE)


@pytest.fixture(scope="module")
def connection():
    return connect(Engine(threads=1))


@pytest.fixture(scope="module")
def found(connection):
    return worked_out(connection, "duckdb")


@pytest.fixture(scope="module")
def found_by_parts(connection):
    return taken_apart(connection)


@pytest.mark.parametrize(("at", "case"), enumerate(all_cases()), ids=str)
def test_duckdb_gives_what_the_hand_gives(found, at, case):
    assert found[at] == case[-1]


@pytest.mark.parametrize(("at", "case"), enumerate(OF_FORMATS), ids=str)
def test_the_portable_form_of_a_format_gives_what_the_hand_gives(found_by_parts, at, case):
    assert found_by_parts[at] == case[-1]


@pytest.mark.parametrize("text", REFUSED)
def test_what_engines_read_differently_is_refused(text):
    rows = LIST["t"]
    with pytest.raises(ConfigError) as refused:
        derive("borough", text, {name: rows[name] for name in rows.columns})
    assert refused.value.code == "C011"
    assert REFUSED[text] in refused.value.fact
    assert "extract.derive.borough" in refused.value.fact


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
@pytest.mark.parametrize("text", MISFITS)
def test_what_does_not_fit_together_is_told(text, engine):
    rows = LIST["t"]
    with pytest.raises(ConfigError, match="C013"):
        derive("borough", text, {name: rows[name] for name in rows.columns}, engine=engine)


def test_the_error_names_every_function():
    with pytest.raises(ConfigError) as refused:
        derive("borough", "now()", {})
    named = set(re.findall(r"\w+", refused.value.remedy))
    functions = {part.sql_names()[0].lower() for part in ALLOWED if issubclass(part, exp.Func)}
    spelled = {"str_to_time": "strptime", "pad": "lpad", "regexp_like": "regexp_matches", "nvl": "ifnull"}
    assert {spelled.get(name, name) for name in functions} <= named


def test_the_page_has_an_example_of_every_function_that_the_error_names():
    with pytest.raises(ConfigError) as refused:
        derive("borough", "now()", {})
    functions = re.findall(r"\w+", refused.value.remedy.split(" and abs")[1])
    assert len(EXAMPLES) > 25
    assert [name for name in functions if f"`{name}" not in PAGE and f"{name}(" not in PAGE and name != "and"] == []


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES)
def test_the_examples_of_the_page_give_what_it_says(connection, text, wanted):
    found = connection.execute(derive("borough", text.replace("\\|", "|"), {}).cast("string"))
    assert (found or "missing") == wanted


def read(connection, texts, expression, engine="duckdb"):
    rows = ibis.memtable({"at": range(len(texts)), "t": texts}, schema={"at": "int64", "t": "string"})
    table = rows.select("at", v=derive("borough", expression, {"t": rows.t}, engine=engine).cast("string"))
    return connection.to_pyarrow(table.order_by("at"))["v"].to_pylist()


TEXTS = st.lists(
    st.text(st.sampled_from("aAb1 2,.|\\^$\n\r\té\u2028\u0661😀'%_-"), max_size=12), min_size=1, max_size=50
)
SEPARATORS = st.text(st.sampled_from("a,.|\\^$é😀%"), min_size=1, max_size=2)


@settings(max_examples=30, deadline=None)
@given(TEXTS, SEPARATORS, st.text(st.sampled_from("xa\\1$é"), max_size=3))
def test_replace_is_pythons(connection, texts, old, new):
    assert read(connection, texts, f"replace(t, '{old}', '{new}')") == [text.replace(old, new) for text in texts]


@settings(max_examples=30, deadline=None)
@given(TEXTS, SEPARATORS, st.integers(1, 5))
def test_split_part_is_pythons(connection, texts, delimiter, at):
    wanted = [dict(enumerate(text.split(delimiter), start=1)).get(at) for text in texts]
    assert read(connection, texts, f"split_part(t, '{delimiter}', {at})") == wanted


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.integers(0, 20), SEPARATORS)
def test_lpad_fills_up_and_cuts_nothing(connection, texts, length, fill):
    wanted = [(fill * length)[: max(length - len(text), 0)] + text for text in texts]
    assert read(connection, texts, f"lpad(t, {length}, '{fill}')") == wanted


PATTERNS = st.lists(
    st.sampled_from(["a", "b?", "1+", "[a-c1]*", "[^a\n]", "é", "\\.", "\\d", "\\w{1,2}", "(a|b)", "(?:1|2)+", ".",
                     "\\W", "(\\w*?)", "\\|", "[,.|]"]), min_size=1, max_size=5,
).map("".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TEXTS, PATTERNS, st.sampled_from([("", ""), ("^", ""), ("", r"\Z"), ("^", r"\Z")]))
def test_regexp_extract_is_pythons(connection, texts, pattern, edges):
    start, end = edges
    matches = [re.search(start + pattern + end, text, re.ASCII) for text in texts]
    written = (start + pattern + end).replace(r"\Z", "$")
    assert read(connection, texts, f"regexp_extract(t, '{written}')") == [match and match[0] for match in matches]


NEARLY_DATES = st.from_regex(
    r"[0-3]?[0-9][/ -][01]?[0-9]/(19|20|0)?[0-9]{2}( [0-2]?[0-9]:[0-6]?[0-9])?\n?", fullmatch=True
)
MOMENTS = {"%d/%m/%Y": r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%y": r"\d{1,2}/\d{1,2}/\d{2}",
           "%d/%m/%Y %H:%M": r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{1,2}"}  # fmt: skip


def by_python(text, pattern):
    """Python takes blanks between and after, and digits of other scripts."""
    try:
        moment = datetime.strptime(text, pattern) if re.fullmatch(MOMENTS[pattern], text, re.ASCII) else None
    except ValueError:
        return None
    return moment and moment.isoformat(sep=" ")


@settings(max_examples=60, deadline=None)
@given(st.lists(NEARLY_DATES, min_size=1, max_size=50), st.sampled_from(list(MOMENTS)))
def test_strptime_is_pythons(connection, texts, pattern):
    wanted = [by_python(text, pattern) for text in texts]
    assert read(connection, texts, f"strptime(t, '{pattern}')") == wanted
    assert read(connection, texts, f"strptime(t, '{pattern}')", engine="spark") == wanted


@settings(max_examples=30, deadline=None)
@given(st.lists(st.datetimes(datetime(1000, 1, 1), datetime(3000, 1, 1)), min_size=1, max_size=50),
       st.integers(-999, 999),
       st.sampled_from(["second", "minute", "hour", "day", "week"]))  # fmt: skip
def test_intervals_and_hours_are_pythons(connection, moments, number, unit):
    texts = [moment.replace(microsecond=0).isoformat(sep=" ") for moment in moments]
    later = [datetime.fromisoformat(text) + timedelta(**{f"{unit}s": number}) for text in texts]
    assert read(connection, texts, f"t + interval '{number} {unit}'") == [moment.isoformat(sep=" ") for moment in later]
    hours = [str(moment.hour) for moment in later]
    assert read(connection, texts, f"hour(t - interval '{-number}' {unit})") == hours
