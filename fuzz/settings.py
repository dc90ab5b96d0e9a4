"""Random configs: sound ones, ones for settings that may not exist, and ones that are wrong."""

from __future__ import annotations

import random
from typing import Any

import yaml

from fuzz.wrong_settings import DOUBLE_KEYS, NORWAY, TEXTS, WRONG

ALLOWED = (
    "offence_code is not null",
    "case when offence_code is null then false else true end",
    "da_flag = 'Y'",
    "coalesce(try_cast(severity as double), 0) > 1",
    "lower(offence) like '%assault%'",
    "cast('x' as int) is null",
    "not (1 = 1)",
    "substr(offender_id, 1, 1) = 'N'",
    "offence_code in ('10501', '00806')",
    "1 / 0 > 1",
    "null",
    "regexp_matches(offence, 'a+')",
)
FORBIDDEN = (
    "(select 1)",
    "read_csv('/etc/passwd')",
    "pg_sleep(1)",
    "sum(severity)",
    "is_crime",
    "a; drop table b",
    "current_date",
    "row_number() over ()",
    "getenv('HOME')",
    "x'41'",
    "$1",
    "?",
    "*",
)
BROKEN = (
    "(",
    "case when",
    "'open",
    "no_such_column = 1",
    "offence_code + 1",
    "1 +",
    "",
    "--",
    "😀",
    "(" * 900 + "1" + ")" * 900,
    "offence_code like '%' or " * 300 + "true",
    "regexp_matches(offence, '(')",
    "999999999999999999999999 > 1",
    "1e999 > 0",
)
RULES = (
    "unknown_code",
    "unreadable_date",
    "end_before_start",
    "missing_flag",
    "no_such_rule",
    "unknown_code.risk_grade",
)
TO_COME: tuple[dict[str, Any], ...] = (
    {"extract": {"sheet": "Sheet"}},
    {"extract": {"quoting": "none"}},
    {"extract": {"quoting": "backslash"}},
    {"extract": {"quoting": "standard"}},
    {"extract": {"skip_rows": 1}},
    {"extract": {"decimal": ","}},
    {"extract": {"timezone": "Europe/London"}},
    {"extract": {"timezone": "Nowhere/Town"}},
    {"extract": {"tolerance": 1}},
    {"extract": {"tolerance": -1}},
    {"extract": {"missing_values_only": ["x"]}},
    {"engine": {"memory_limit": "200MB"}},
    {"engine": {"memory_limit": "lots"}},
    {"engine": {"temp_directory": "spill"}},
    {"extract": {"skip_rows": 10**9}},
    {"features": {"transform": "sqrt"}},
    {"clustering": {"k": "auto"}},
    {"markers": {"seen": "note"}},
)
SOUND: tuple[dict[str, Any], ...] = (
    {"window": {"from": "2013-01-01", "to": "2018-12-31"}},
    {"window": {"from": "2030-01-01"}},
    {"clustering": {"k": 1}},
    {"clustering": {"k": 3, "weight": "none"}},
    {"clustering": {"solver": "fasterpam"}},
    {"clustering": {"metric": "sqeuclidean"}},
    {"clustering": {"seed": 2**31}},
    {"clustering": {"weight": "harm"}},
    {"clustering": {"candidates": 1}},
    {"clustering": {"variance": None, "components": 2}},
    {"clustering": {"variance": 1}},
    {"features": {"missing": "median"}},
    {"features": {"missing": "exclude"}},
    {"domestic_abuse": {"minimum_age": 18}},
    {"domestic_abuse": {"minimum_age": None}},
    {"domestic_abuse": {"minimum_age": [{"from": "2013-03-31", "age": 16}, {"from": "2011-01-01", "age": 18}]}},
    {"features": {"preset": "west_midlands_2022_v1"}},
    {"domestic_abuse": {"include": ["honour_based", "fgm"]}},
    {"typology": {"definitions": "west_midlands_2022"}},
    {"typology": {"overrides": {1: "NA", 2: "None"}}},
    {"typology": {"overrides": {1: "123"}}},
    {"engine": {"threads": 1}},
    {"engine": {"threads": 64}},
    {"extract": {"missing_values": ["NA", "UNKNOWN"]}},
    {"extract": {"missing_values": []}},
    {"extract": {"datetime_format": "%d/%m/%Y %H:%M", "date_format": "%d/%m/%Y"}},
    {"extract": {"datetime_format": "%Y-%m-%dT%H:%M:%S%z"}},
    {"extract": {"date_format": "%d-%b-%y"}},
    {"extract": {"values": {"da_flag": {"true": ["Y"], "false": ["N", "X"]}}}},
    {"name": "<b>[red]{{ 7*7 }}\u202e"},
    {"name": "NA"},
    {"name": "x" * 5_000},
)


def merge(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Lay settings over others, section by section."""
    merged = dict(base)
    for name, value in more.items():
        both = isinstance(value, dict) and isinstance(merged.get(name), dict)
        merged[name] = merged[name] | value if both else value
    return merged


def config_text(base: dict[str, Any], rng: random.Random, trouble: float) -> tuple[str, list[str]]:
    """Give the text of a config and the kinds of what was done to it.

    Parameters
    ----------
    base : dict
        What is needed to read the extract.
    rng : random.Random
    trouble : float
        The chance that it is wrong, or asks for what may not exist.
    """
    settings, kinds = dict(base), []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        settings, kinds = merge(settings, rng.choice(SOUND)), ["settings"]
    if rng.random() < 0.15:
        settings = merge(
            settings, {"extract": {"rules": {rng.choice(RULES): rng.choice(("quarantine", "blank", "stop"))}}}
        )
        kinds.append("rules")
    if rng.random() < 0.15:
        expression = rng.choice(rng.choice((ALLOWED, ALLOWED, FORBIDDEN, BROKEN)))
        column = rng.choice(("is_crime", "is_crime", "arrested", "severity", "incident_id", "occurred_from"))
        settings = merge(settings, {"extract": {"derive": {column: expression}}})
        kinds.append("derive")
    if rng.random() < trouble:
        settings, kinds = merge(settings, rng.choice(WRONG)), [*kinds, "wrong_settings"]
    if rng.random() < trouble:
        settings, kinds = merge(settings, rng.choice(TO_COME)), [*kinds, "settings_to_come"]
    text = yaml.safe_dump(settings, allow_unicode=rng.random() < 0.5, sort_keys=False)
    return _written(text, kinds, rng, trouble)


def _written(text: str, kinds: list[str], rng: random.Random, trouble: float) -> tuple[str, list[str]]:
    """Do to the text of a config, now and then, what no settings can."""
    odd = rng.random()
    if odd < trouble / 3:
        return rng.choice((rng.choice(TEXTS), text + rng.choice(TEXTS))), [*kinds, "config_text"]
    if odd < trouble / 2:
        return text + rng.choice(DOUBLE_KEYS), [*kinds, "double_keys"]
    if odd < trouble and "extract:\n" in text and "values" not in text:
        return text.replace("extract:\n", "extract:\n  values:\n" + rng.choice(NORWAY)), [*kinds, "words_of_yaml"]
    return text, kinds
