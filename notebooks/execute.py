"""Executes every notebook of this folder from scratch; exit status 1 where one fails or was committed with outputs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import dapipeline

HERE = Path(__file__).parent


def main() -> int:
    """Run the notebooks, in this interpreter and with the package that this script imports."""
    source = str(Path(dapipeline.__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])])
    status = 0
    for path in sorted(HERE.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells):
            print(f"{path.name}: committed with outputs; clear them")
            status = 1
        try:
            NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HERE)}}).execute()
            print(f"{path.name}: ran")
        except CellExecutionError as error:
            print(f"{path.name}: {error}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
