"""The public face: what it is, that it loads nothing until it is used, and that every example of it runs."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dapipeline as dap
from dapipeline.workflow import outputs
from dapipeline.workflow.run import Run

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "dapipeline"
API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
FACE = {
    "run", "open_run", "check", "choose_k", "scrutinise", "check_published", "assign", "explain",
    "compare", "erase", "synthesise", "draft_config", "load_config",
    "KMedoids", "DapipelineError", "__version__",
}  # fmt: skip
HEAVY = {"pandas", "numpy", "ibis", "duckdb", "numba", "matplotlib", "rich", "pydantic", "sklearn", "scipy", "pyarrow"}
SHOWN_BY_HELP = {"rich"}  # the terminal's own
CONFIG = "name: my force\nextract: {path: incidents.csv}\nclustering: {k: 8}\n"
STAGES = [
    "extract",
    "incidents",
    "offenders",
    "scrutiny",
    "clustering",
    "stability",
    "typology",
    "analysis",
    "course",
    "harm",
    "markers",
    "edition",
    "files",
    "report",
]
HOLDERS_OF_EXAMPLES = {"the package": dap, "Run": Run} | {
    name: getattr(dap, name) for name in sorted(FACE - {"__version__", "DapipelineError"})
}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def tree_of_the_face() -> ast.Module:
    return ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))


def test_the_face_is_these_names():
    assert set(dap.__all__) == FACE
    assert dir(dap) == sorted(FACE)
    for name in FACE:
        assert getattr(dap, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'run_pipeline'"):
        _ = dap.run_pipeline


def test_what_editors_see_is_what_is_imported():
    block = next(node for node in tree_of_the_face().body if isinstance(node, ast.If))
    assert ast.unparse(block.test) == "TYPE_CHECKING"
    seen = {}
    for line in block.body:
        assert isinstance(line, ast.ImportFrom)
        for alias in line.names:
            assert alias.asname == alias.name  # what is not imported as itself is no part of the face to mypy
            seen[alias.name] = line.module.removeprefix("dapipeline.")
    assert seen == dap._HOMES


@pytest.mark.parametrize(
    ("module", "allowed"), [("dapipeline", set()), ("dapipeline.cli", SHOWN_BY_HELP)], ids=["package", "help"]
)
def test_nothing_heavy_is_imported_before_it_is_used(module, allowed):
    asked = f"import sys, json, {module}; print(json.dumps(sorted(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert {name.split(".")[0] for name in json.loads(told)} & HEAVY <= allowed


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with a made-up extract, its config, and a run over it in outputs/my_force."""
    folder = tmp_path_factory.mktemp("examples")
    dap.synthesise(500, seed=1).incidents.to_csv(folder / "incidents.csv", index=False)
    (folder / "my_force.yaml").write_text(CONFIG, encoding="utf-8")
    dap.run(folder / "my_force.yaml", out=folder / "outputs/my_force")
    return folder


@pytest.fixture
def there(place, monkeypatch) -> Path:
    monkeypatch.chdir(place)
    return place


def failures(test: doctest.DocTest) -> str:
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append, clear_globs=False)
    return "".join(told)


@pytest.mark.parametrize("name", HOLDERS_OF_EXAMPLES)
def test_the_examples_of_docstrings_run(there, name):
    words = inspect.getdoc(HOLDERS_OF_EXAMPLES[name])
    test = doctest.DocTestParser().get_doctest(words, {}, name, None, 0)
    assert test.examples, f"{name} has no example"
    assert name == "the package" or "Examples\n--------" in words
    assert failures(test) == ""


def test_the_examples_of_the_page_run(tmp_path, monkeypatch):
    """As it says: one after the other, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    examples = "".join(re.findall(r"```pycon\n(.*?)```", API, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, "api.md", None, 0)
    assert len(test.examples) > 2 * len(FACE)
    assert failures(test) == ""


def test_the_page_has_a_section_for_each_name_with_its_signature():
    headings = dict(re.findall(r"^### `dap\.(\w+)(.*)`$", API, re.MULTILINE))
    assert set(headings) == FACE
    for name, written in headings.items():
        value = getattr(dap, name)
        if inspect.isfunction(value) or name == "KMedoids":
            shown = [part.split("=")[0] for part in written.strip("()").split(", ")]
            taken = inspect.signature(value).parameters.values()
            plain = [p.name for p in taken if p.kind is p.POSITIONAL_OR_KEYWORD]
            named = [p.name for p in taken if p.kind is p.KEYWORD_ONLY]
            assert shown == [*plain, *(["*"] if named else []), *named]
    for section in API.split("\n### ")[1:]:
        assert not section.startswith("`dap.") or "```pycon" in section


def test_the_page_says_what_a_run_holds_and_where_people_are():
    for name in ("out", "manifest", "config", "report", "tables", "frame(name)", "stages"):
        assert f"| `run.{name}` |" in API
    internal = [output for output in outputs.BY_NAME.values() if output.readers == "internal"]
    about_people = {Path(name).stem for name in internal if name.startswith(("tables/", "quality/"))}
    of_people = API.split("### Whose rows these are")[1].split("They are about real people")[0]
    assert set(re.findall(r"`(\w+)`", of_people)) - {"offender_id"} == about_people
    assert "`model/medoids.parquet`" in of_people
    assert "`work/`" in of_people


def test_a_run_says_what_was_found_and_where_it_is(there):
    run = dap.open_run("outputs/my_force")
    clusters = run.frame("clusters")
    names = clusters.loc[clusters["named_by"] != "nothing", "typology"].nunique()
    assert repr(run).splitlines() == [
        "dapipeline run: my force",
        f"500 offenders in 8 clusters; {names} typologies",
        "report: outputs/my_force/report/index.html",
    ]
    assert run.report.is_file()
    html = run._repr_html_()
    assert all(line in html for line in repr(run).splitlines())
    assert run.stages["stage"].tolist() == STAGES
    assert set(run.stages["because"]) == {"reused"}
    assert run.config.clustering.k == 8


def test_the_name_of_a_force_is_no_markup(there, tmp_path):
    shutil.copytree("outputs/my_force", tmp_path / "out")
    run = dap.open_run(tmp_path / "out")
    run.manifest["config"]["name"] = "<b>&"
    assert "&lt;b&gt;&amp;" in run._repr_html_()


def test_every_table_can_be_read_by_its_name(there):
    run = dap.open_run("outputs/my_force")
    assert {"clusters", "assignments", "features", "quarantine", "warnings", "reconciliation"} <= set(run.tables)
    for name in run.tables:
        assert len(run.frame(name).columns) > 1
    assert run.frame("clusters", ["cluster", "size"]).columns.tolist() == ["cluster", "size"]
    assert run.frame("features", ["da_incidents"]).columns.tolist() == ["da_incidents"]
    assert run.frame("model/components.parquet").columns.tolist() == ["component", "feature", "loading"]


@pytest.mark.parametrize(("name", "hint"), [("cluster", "'clusters'"), ("zzz", None), ("report/index.html", None)])
def test_a_table_that_is_not_there_is_one_error_with_a_hint(there, name, hint):
    with pytest.raises(dap.DapipelineError) as caught:
        dap.open_run("outputs/my_force").frame(name)
    assert caught.value.code == "C029"
    assert ("did you mean" in caught.value.fact) == bool(hint)
    assert (hint or "") in caught.value.fact
    assert "run.tables" in caught.value.remedy


def test_a_table_that_was_changed_is_refused(there, tmp_path):
    shutil.copytree("outputs/my_force", tmp_path / "out")
    with (tmp_path / "out/tables/clusters.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    run = dap.open_run(tmp_path / "out")
    with pytest.raises(dap.DapipelineError) as caught:
        run.frame("clusters")
    assert caught.value.code == "O107"
    assert "O107" in repr(run)  # and no traceback for who only looks


def test_paths_of_a_config_in_memory_are_beside_its_file(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = dap.load_config(place / "my_force.yaml")
    assert dap.check(config).refusal is None
    heard: list[str] = []
    three = config.model_copy(update={"clustering": config.clustering.model_copy(update={"k": 3})})
    shutil.copytree(place / "outputs/my_force", "outputs/my_force")
    run = dap.run(three, progress=heard.append)
    assert run.out == Path("outputs/my_force")  # by the name of the file, below the folder one is in
    assert run.config.clustering.k == 3
    assert len(heard) == len(STAGES)
    reused = STAGES[:4]  # scrutiny among them: it counts incidents, whatever becomes of the cohort
    assert sum(line.endswith(": reused, nothing it depends on changed") for line in heard) == len(reused)
    assert heard[3].startswith("Clustering: ")
    assert sorted(run.ran) == sorted(STAGES[4:])
    assert run.stages.loc[run.stages["because"] == "reused", "stage"].tolist() == reused


def code_of(notebook: Path) -> Iterator[ast.Module]:
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield ast.parse("".join(cell["source"]))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_use_nothing_but_the_face(notebook):
    nodes = [node for cell in code_of(notebook) for node in ast.walk(cell)]
    lines = [ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [line for line in lines if "dapipeline" in line] == ["import dapipeline as dap"]
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "dap"}
    assert used
    assert used <= FACE
    private = [node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr.startswith("_")]
    assert private == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
