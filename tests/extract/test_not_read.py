"""Columns that no stage uses are accepted, named, and not read in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

import dapipeline as dap
from dapipeline.config import Config, DomesticAbuse
from dapipeline.extract import canonical
from dapipeline.extract.columns import BY_NAME, COLUMNS, not_read_in
from dapipeline.report.contents import Contents
from dapipeline.report.sections.quality import quality_section
from dapipeline.report.template import template
from dapipeline.workflow import outputs
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..report.conftest import everything
from ..running import run_in

SOURCE = Path(dap.__file__).parent
LATER = ("incidents", "offenders", "analysis", "scrutiny")
USED = {column.name for column in COLUMNS if column.used_by}
UNUSED = ("victim_ethnicity",)


def names_in_code(path: Path) -> Iterator[str]:
    """Attributes and whole strings of a module; ``f"{who}_dob"`` stands for both people."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from node.value.split("|")
        elif isinstance(node, ast.JoinedStr) and len(node.values) > 1:
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]  # noqa: PD011
            yield from ("".join(parts).replace("{}", who) for who in ("offender", "victim"))


def test_the_columns_declared_as_used_are_those_that_later_stages_name():
    named = {name for package in LATER for path in (SOURCE / package).rglob("*.py") for name in names_in_code(path)}
    flags = get_args(get_args(DomesticAbuse.model_fields["include"].annotation)[0])
    assert {name for name in BY_NAME if name in {*named, *flags}} == USED
    assert set(BY_NAME) == USED


@pytest.fixture(autouse=True)
def one_column_that_nothing_uses(monkeypatch):
    unused = {name: replace(BY_NAME[name], used_by="") for name in UNUSED}
    for name, column in unused.items():
        monkeypatch.setitem(BY_NAME, name, column)
    monkeypatch.setattr(canonical, "COLUMNS", tuple(unused.get(column.name, column) for column in COLUMNS))


@pytest.fixture
def people(write, needed):
    """Two rows with a column that nothing uses."""
    return write([needed(Eth="White", borough="North"), needed(incident_id="I2", Eth="Asian", borough="South")])


MAPPED = {"columns": {"victim_ethnicity": "Eth"}}


def test_an_unused_column_is_not_read(people, take):
    taken = take(people, **MAPPED)
    assert taken.present == ("incident_id", "offender_id", "occurred_from", "da_flag", "is_crime", "borough")
    assert set(taken.rows[0]) == {"source_file", "source_row", *taken.present}
    assert taken.counts == {"rows_read": 2, "rows_kept": 2}
    assert taken.blanked == []


def test_an_expression_may_use_a_column_that_nothing_else_uses(people, take):
    settings = {
        **MAPPED,
        "derive": {"alcohol": "victim_ethnicity = 'White'", "borough": "victim_ethnicity || ' ' || \"Eth\""},
    }
    taken = take(people, **settings)
    assert taken.column("alcohol") == [True, False]
    assert taken.column("borough") == ["White White", "Asian Asian"]
    assert not {*UNUSED} & {*taken.present, *taken.rows[0]}


def test_an_expression_may_use_one_that_is_derived_itself(people, take):
    taken = take(people, derive={"victim_ethnicity": 'upper("Eth")', "alcohol": "victim_ethnicity = 'WHITE'"})
    assert taken.column("alcohol") == [True, False]
    assert "victim_ethnicity" not in taken.rows[0]


def test_a_derived_column_that_nothing_uses_is_not_computed(people, take):
    taken = take(people, derive={"victim_ethnicity": 'upper("Eth")'})
    assert "victim_ethnicity" not in taken.present
    assert taken.counts == {"rows_read": 2, "rows_kept": 2}


def test_the_source_column_of_an_unused_one_must_still_be_there(people, take):
    with pytest.raises(dap.DapipelineError, match=r"E110: The extract has no column 'Ethn'"):
        take(people, columns={"victim_ethnicity": "Ethn"})


def test_a_quarantined_row_stays_whole(write, needed, tmp_path):
    write([needed(victim_ethnicity="White"), needed(occurred_from="never", victim_ethnicity="Asian")])
    extract = {"path": "extract.csv", "tolerance": 1.0}
    run = run_in(tmp_path, Config.model_validate({"name": "test", "extract": extract}), stages=TO_VECTORS[:2])
    [row] = run.frame(outputs.QUARANTINE)["row"]
    assert '"victim_ethnicity":"Asian"' in row
    rows = run.frame(outputs.ROWS)
    assert len(rows) == 1
    assert not {*UNUSED} & {*rows.columns}
    books = run.frame(outputs.RECONCILIATION).groupby("effect")["rows"].sum()
    assert (books["read"], books["used"], books["quarantined"]) == (2, 1, 1)


def test_check_and_the_outputs_name_what_was_not_read(people, tmp_path):
    settings = Config.model_validate({"name": "test", "extract": {"path": "extract.csv", **MAPPED}})
    config = settings.read_from(tmp_path / "config.yaml")
    found = dap.check(config)
    assert found.intake.mapping.not_read == UNUSED
    assert "Eth" not in found.columns.values()
    lines = found.counts[found.counts["effect"] == "not read in"]
    assert lines[["column", "rows"]].to_numpy().tolist() == [[name, 0] for name in UNUSED]
    document = run_in(tmp_path, config, stages=TO_VECTORS[:1]).document(outputs.COLUMNS)
    assert document["not_read"] == list(UNUSED)
    assert not {*UNUSED} & {*document["present"], *document["source"]}


def test_the_sentence_on_what_was_not_read():
    wanted = "Mapped, and not read in because nothing uses it yet: a, victim_ethnicity."
    assert not_read_in(pd.Series([*UNUSED, "a"])) == wanted
    assert not_read_in([]) == ""


def test_the_page_says_so_too():
    tables = everything()
    lines = [("extract", "not_read", name, "not read in", 0) for name in UNUSED]
    books = pd.DataFrame(lines, columns=tables["reconciliation"].columns)
    books = pd.concat([tables["reconciliation"], books], ignore_index=True)
    assert quality_section(Contents(**tables))["not_read"] == ""
    shown = quality_section(Contents(**tables | {"reconciliation": books}))
    assert shown["not_read"] == not_read_in(UNUSED)
    assert not_read_in(UNUSED) in template("quality.html").render(
        quality=shown | {"verdict": ""}, warnings={"lines": []}, figures={"rows": ""}, scale="ONS"
    )
