"""The rules of the house: data goes one way, and few places touch files."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from dapipeline.workflow.stage import PACKAGES

SOURCE = Path(__file__).parents[1] / "src" / "dapipeline"
FOUNDATIONS = {
    "config", "artefacts", "engine", "errors", "interruption", "reference", "say",
}  # fmt: skip
ABOVE = ["workflow", "console", "cli", "__main__"]
MODULES = sorted(SOURCE.rglob("*.py"))


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The packages a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "dapipeline":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {n.name.split(".")[1] for n in node.names if n.name.startswith("dapipeline.")}
    return found


def allowed(package: str) -> set[str]:
    if package in ABOVE:
        return {*PACKAGES, *FOUNDATIONS, "synthetic", *ABOVE[: ABOVE.index(package) + 1]}
    if package == "synthetic":
        return {"synthetic", *FOUNDATIONS}
    if package in FOUNDATIONS:
        return FOUNDATIONS
    return {*PACKAGES[: PACKAGES.index(package) + 1], *FOUNDATIONS}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_package_imports_only_what_stands_before_it(path):
    package = package_of(path)
    assert imports(path) <= (allowed("__main__") if package == "__init__" else allowed(package))


def test_every_folder_is_a_known_package():
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*PACKAGES, "synthetic", "reference", "artefacts", "config", "workflow", "console"}


def test_the_solver_is_a_library_of_its_own():
    solver = [path for path in MODULES if package_of(path) == "kmedoids"]
    assert len(solver) > 5
    assert {found for path in solver for found in imports(path)} <= {"kmedoids"}


def test_few_modules_stand_at_the_top():
    assert len(list(SOURCE.glob("*.py"))) <= 7


def test_outputs_are_named_in_one_place():
    written = re.compile(r"[\"'](?:tables|quality|work|model|figures)/[\w{}.*-]+\.(?:csv|parquet|json|svg|html)[\"']")
    holding = [p for p in MODULES if written.search(p.read_text(encoding="utf-8"))]
    assert [p.relative_to(SOURCE).as_posix() for p in holding] == ["workflow/outputs.py"]


def test_numbers_are_withheld_in_one_place():
    comparing = re.compile(r"[<>]=? ?(?:may\.)?limit\b")
    report = [path for path in MODULES if package_of(path) == "report"]
    deciding = {path.stem for path in report if comparing.search(path.read_text(encoding="utf-8"))}
    assert deciding <= {
        "disclosure",
        "sums",
        "suppression",
        "typologies",
    }  # the last warns of small clusters, and prints no less


def test_no_module_imports_in_a_circle():
    """Module by module, imports within functions included."""
    names = {".".join(["dapipeline", *path.relative_to(SOURCE).with_suffix("").parts]): path for path in MODULES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        found = set()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dapipeline"):
                found |= {f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in names else node.module
                          for alias in node.names}  # fmt: skip
        graph[name] = found - {name}
    order: list[str] = []
    while graph:
        free = [name for name, needs in graph.items() if not needs & graph.keys()]
        assert free, f"a circle among {sorted(graph)}"
        order += free
        graph = {name: needs for name, needs in graph.items() if name not in free}
    assert len(order) == len(names)


def test_files_are_touched_in_three_rooms_alone():
    touching = re.compile(r"\.(read_text|write_text|read_bytes|write_bytes|to_csv|to_parquet)\(|\bopen\(|pd\.read_")
    places = {package_of(path) for path in MODULES if touching.search(path.read_text(encoding="utf-8"))}
    assert places <= {"artefacts", "extract", "reference", "config"}


def test_nothing_dangerous_is_used():
    dangerous = re.compile(r"\bpickle\b|\bjoblib\b|\beval\(|\bexec\(|yaml\.load\(|shell=True|\|\s*safe\b|Markup\(")
    found = [package_of(p) + "/" + p.name for p in MODULES if dangerous.search(p.read_text(encoding="utf-8"))]
    assert set(found) <= {"report/figure.py"}  # puts matplotlib's own SVG, which escapes its texts, into the page


def test_the_gpl_oracle_is_no_dependency_of_the_package():
    importing = re.compile(r"^\s*(import|from)\s+kmedoids\b", re.MULTILINE)
    assert [p.name for p in MODULES if importing.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 310


def test_locks_name_no_host():
    for lock in (SOURCE.parents[1] / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|index-url|find-links", lock.read_text(encoding="utf-8")), lock.name


def test_committed_files_are_small_and_hold_no_outputs():
    root = SOURCE.parents[1]
    files = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    names = [name for name in files.split("\0") if name and (root / name).exists()]
    assert [n for n in names if (root / n).stat().st_size > 5 * 2**20] == []
    assert [n for n in names if n.startswith("outputs/") or n.endswith((".parquet.tmp", ".pkl"))] == []
