"""What an output is: a file that also knows who makes it, what a row of it is, and who may see it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

Readers = Literal["internal", "shareable"]


class Output(str):
    """An output: a text, its path below the folder of a run, that also knows who makes it and who may see it.

    Parameters
    ----------
    name : str
        Path below the folder of the run; its ending is the format.
    made_by : str
        The stage of `dapipeline run` that makes it, or that of the only command that has it.
    row : str
        What one row is; for a document, what it holds.
    readers : {"internal", "shareable"}
        internal: it has one row per person, an id or a raw value, and must stay in the force. shareable: it has counts,
        means and settings only; `report.disclosure` still suppresses small counts where they are printed.
    """

    made_by: str
    row: str
    readers: Readers

    def __new__(cls, name: str, made_by: str, row: str, readers: Readers) -> Output:
        """Make the text and attach what it names."""
        made = super().__new__(cls, name)
        made.made_by, made.row, made.readers = made_by, row, readers
        return made


INTERNAL: Readers = "internal"
SHAREABLE: Readers = "shareable"


def table_name(output: Output) -> str:
    """Return the name of a table: that of its file, with the folder where that is neither tables nor quality.

    Parameters
    ----------
    output : Output

    Returns
    -------
    str
    """
    path = PurePosixPath(output)
    return path.stem if str(path.parent) in ("tables", "quality") else str(path.with_suffix(""))


def twin(output: Output) -> Output:
    """Return the output that is a table's copy in CSV, with the titles of typologies.

    Parameters
    ----------
    output : Output
        A table in Parquet.

    Returns
    -------
    Output
    """
    return Output(str(PurePosixPath(output).with_suffix(".csv")), "files", output.row, output.readers)
