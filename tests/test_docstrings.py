"""Every public function says what it takes and what it gives back, in numpydoc; counted from the syntax tree."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dapipeline"
MODULES = sorted(SOURCE.rglob("*.py"))
FIRST_WORDS_NOT_WANTED = {"Give", "Say", "Gives", "Says", "Tell"}
READ_ELSEWHERE = {"cli.py"}  # its docstrings are what --help prints

Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(path: Path) -> Iterator[tuple[str, Function]]:
    """Functions of a module and methods of its public classes, without properties and what Python itself calls."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from ((f"{node.name}.{inner.name}", inner) for inner in node.body if isinstance(inner, Function))
        elif isinstance(node, Function):
            yield node.name, node


def lacking(path: Path) -> list[str]:
    """What the docstrings of a module leave out, as text to mend it by."""
    found = []
    for name, function in public_functions(path):
        if function.name.startswith("_") or _is_attribute(function) or _is_stage(function):
            continue
        words = ast.get_docstring(function) or ""
        at = f"{path.relative_to(SOURCE)}:{function.lineno} {name}"
        arguments = function.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        takes = [argument for argument in names if argument not in ("self", "cls")]
        if takes and not _section(words, "Parameters"):
            found.append(f"{at}: no Parameters")
        elif takes:
            listed = _section(words, "Parameters")
            missing = [argument for argument in takes if not re.search(rf"\b{argument}\b", listed)]
            found += [f"{at}: the parameter {argument} is not described" for argument in missing]
        gives = function.returns is not None and ast.unparse(function.returns) not in ("None", "NoReturn")
        if gives and not (_section(words, "Returns") or _section(words, "Yields")):
            found.append(f"{at}: no Returns")
        if words.split(maxsplit=1)[:1] and words.split(maxsplit=1)[0] in FIRST_WORDS_NOT_WANTED:
            found.append(f"{at}: begins with {words.split(maxsplit=1)[0]}; say Return, Compute, Write …")
    return found


def _is_attribute(function: Function) -> bool:
    """Properties, and validators that pydantic calls."""
    return any(re.search(r"property|validator|setter", ast.unparse(mark)) for mark in function.decorator_list)


def _is_stage(function: Function) -> bool:
    """Stages take a context and give outputs: `workflow.stage.Stage` says so for all of them."""
    return [a.annotation is not None and ast.unparse(a.annotation) for a in function.args.args] == ["Context"]


def _section(words: str, title: str) -> str:
    found = re.search(rf"^{title}\n-{{{len(title)}}}\n(.*?)(?=^[A-Z]\w+\n-+\n|\Z)", words, re.DOTALL | re.MULTILINE)
    return found.group(1) if found else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_public_functions_are_documented(path):
    assert path.name in READ_ELSEWHERE or lacking(path) == []


if __name__ == "__main__":  # python tests/test_docstrings.py [package …]: what is left to do
    wanted = [SOURCE / name for name in sys.argv[1:]] or [SOURCE]
    for module in MODULES:
        if module.name not in READ_ELSEWHERE and any(module.is_relative_to(place) for place in wanted):
            print(*lacking(module), sep="\n", end="\n" if lacking(module) else "")
