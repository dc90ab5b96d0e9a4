"""The package is a library of its own: it imports nothing beside itself, speaks of no police, and its README runs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from dapipeline import kmedoids as library

FOLDER = Path(library.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
OF_POLICING = re.compile(r"polic|offend|offence|crime|cohort|victim|suspect|incident|typolog|abuse|\bforces?\b", re.I)


def test_it_imports_nothing_of_the_package_but_itself():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.split(".")[0] != "dapipeline" or name.startswith("dapipeline.kmedoids"), (path.name, name)


def test_it_has_no_word_of_policing():
    for path in [*MODULES, FOLDER / "README.md"]:
        assert OF_POLICING.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_the_example_of_its_readme_prints_what_is_shown():
    (code,), (shown,) = (re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) for language in ("python", "text"))
    loaded = "\nimport sys\nprint(sorted(n for n in sys.modules if n.startswith('dapipeline.')))\n"
    done = subprocess.run([sys.executable, "-c", code + loaded], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    *printed, modules = done.stdout.splitlines()
    assert printed == shown.splitlines()
    assert all(name.startswith("dapipeline.kmedoids") for name in ast.literal_eval(modules))


def test_its_readme_names_every_file():
    assert re.findall(r"^\| `(\w+\.py)`", README, re.MULTILINE) != []
    assert set(re.findall(r"^\| `(\w+\.py)`", README, re.MULTILINE)) == {p.name for p in MODULES} - {"__init__.py"}
