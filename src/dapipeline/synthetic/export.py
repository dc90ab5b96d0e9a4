"""A made-up force as the files of an extract: its rows in one file, or one a block, and its truth beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dapipeline.synthetic.faults import add_faults
from dapipeline.synthetic.force import blocks_of, join_blocks, make_blocks


def export_force(
    offenders: int, seed: int, preset: str, *, faults: bool, ending: str, write: Callable[[str, Any], None]
) -> tuple[int, int]:
    """Make a force and hand over its tables one after another, so that only a block of it is ever in memory.

    Parameters
    ----------
    offenders, seed, preset
        As of `make_force`.
    faults : bool
        Whether to add the recording faults of real extracts.
    ending : str
        Of the rows' files: csv or parquet.
    write : callable
        Takes a file's name and what it is to hold.

    Returns
    -------
    tuple of int
        Rows and offenders made.
    """
    rows, truths = 0, []
    for block in make_blocks(offenders, seed, preset):
        made = add_faults(block, seed) if faults else block
        write(_file(block.number, blocks_of(offenders), ending), made.incidents)
        rows += len(made.incidents)
        truths.append(replace(made, incidents=made.incidents[:0].copy()))
        del block, made  # the next one takes their place in memory
    force = join_blocks(truths)
    write("truth.csv", force.truth)
    write("faults.json", dict(force.faults))
    if force.preset.documented:
        write("planted.csv", force.planted)
        write("declared.csv", force.declared)
    return rows, offenders


def _file(block: int, blocks: int, ending: str) -> str:
    return f"incidents.{ending}" if blocks == 1 else f"incidents-{block + 1:02d}.{ending}"
