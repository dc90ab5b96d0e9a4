"""The program's entry: in charge of signals before anything that takes seconds to load."""

from __future__ import annotations

import sys

from dapipeline import interruption


def main() -> None:
    """Run a command; `--version` is answered without loading the program."""
    interruption.take_over()
    if sys.argv[1:] == ["--version"]:
        from importlib.metadata import version  # noqa: PLC0415  after the signals

        sys.stdout.write(f"dapipeline {version('dapipeline')}\n")
        return
    from dapipeline.cli import main as command  # noqa: PLC0415  takes seconds

    command()


if __name__ == "__main__":
    main()
