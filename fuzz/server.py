"""Imports the program once and becomes it again and again: imports cost more than a small case.

Reads one order a line, forks, and prints the child's number and how it ended. The child returns from here to become
the command itself, so that it ends as a real process does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import tempfile
from typing import Any


def preload() -> None:
    """Import what a command may import, so that no child has to."""
    import dapipeline  # noqa: PLC0415  the tree under test, not needed by who makes cases

    for module in pkgutil.walk_packages(dapipeline.__path__, "dapipeline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in (
        "duckdb",
        "matplotlib.figure",
        "python_calamine",
        "scipy.stats",
        "sklearn.preprocessing",
        "pyarrow.dataset",
    ):
        importlib.import_module(name)
    # Its import starts threads, which a fork does not have and could not end.
    sys.modules["duckdb"].default_connection().close()


def serve() -> dict[str, Any] | None:
    """Take orders until there are none; in a child, give the order."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            order: dict[str, Any] = json.loads(line)
            return order
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


def become(order: dict[str, Any]) -> None:
    """Take on folder, streams, temporary folder and arguments of a command."""
    os.chdir(order["folder"])
    os.umask(0o022)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for stream, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, order["out"], os.O_WRONLY),
        (2, order["err"], os.O_WRONLY),
    ):
        opened = os.open(name, flags | (os.O_CREAT if stream else 0), 0o600)
        os.dup2(opened, stream)
        os.close(opened)
    os.environ["TMPDIR"] = order["temporary"]
    tempfile.tempdir = None
    sys.argv = ["dapipeline", *order["arguments"]]


if __name__ == "__main__":
    preload()
    gc.freeze()  # what was imported is nobody's garbage: a child need not walk over it
    print("ready", flush=True)
    asked = serve()
    if asked is not None:
        become(asked)
        sys.modules["dapipeline.cli"].main()
