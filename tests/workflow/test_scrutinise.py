"""dapipeline scrutiny: added to a finished run, or made alone; published figures beside it; what the terminal shows."""

from __future__ import annotations

import io
import shutil

import pytest
from rich.console import Console

import dapipeline as dap
from dapipeline.console.scrutiny import print_published, print_scrutiny
from dapipeline.synthetic import make_force

CONFIG = "name: my force\nextract: {path: incidents.csv}\nclustering: {k: 5}\ntypology: {definitions: none}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("force")
    make_force(200, 8).incidents.to_csv(place / "incidents.csv", index=False)
    (place / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def alone(folder):
    return dap.scrutinise(folder / "config.yaml", out=folder / "alone")


def test_alone_it_makes_extract_incidents_and_indicators(alone):
    assert list(alone.ran) == ["extract", "incidents", "scrutiny"]
    assert alone.command == "scrutiny" and alone.report is None
    assert "clusters" not in alone.tables and {"scrutiny", "scrutiny_gaps", "funnel"} <= set(alone.tables)
    assert dap.open_run(alone.out).command == "scrutiny"


def test_to_a_finished_run_it_is_added_and_the_rest_is_reused(folder, tmp_path):
    run = dap.run(folder / "config.yaml", out=tmp_path / "out")
    before = run.frame("clusters")
    text = CONFIG + "scrutiny: {years: calendar}\n"
    shutil.copy(folder / "incidents.csv", tmp_path / "incidents.csv")
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    added = dap.scrutinise(tmp_path / "config.yaml", out=tmp_path / "out")
    assert list(added.ran) == ["scrutiny", "report", "files"]
    assert added.command == "run" and "2015" in set(added.frame("scrutiny")["year"])
    assert added.frame("clusters").equals(before)
    assert 'id="scrutiny"' in added.report.read_text(encoding="utf-8")


def test_published_figures_are_held_against_the_run(alone, tmp_path):
    table = alone.frame("scrutiny").query("indicator == 'da_incidents' and area == 'all' and year == 'all'")
    number = int(table["numerator"].item())
    lines = [
        "table,row,figure,value,block,indicator", f"report,force,incidents,{number},,da_incidents",
        f"report,force,more,{number + 9},,da_incidents", "report,a,n,3,areas,", "report,total,n,4,areas,",
    ]  # fmt: skip
    (tmp_path / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = dap.check_published(alone, tmp_path / "figures.csv")
    assert found["finding"].tolist() == ["agrees", "differs", "parts do not add up"]
    shown = io.StringIO()
    console = Console(file=shown, width=140)
    print_scrutiny(console, alone)
    print_published(console, found)
    words = " ".join(shown.getvalue().split())
    assert (
        "10 areas and" in words
        and "Not computed: DA incidents per 1,000 people; missing: reference.population." in words
    )
    assert "1 check agrees, 2 do not." in words
