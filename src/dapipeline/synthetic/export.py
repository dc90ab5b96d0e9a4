"""A made-up force to use: in memory, or as the files of an extract with its truth beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dapipeline.synthetic.faults import add_faults
from dapipeline.synthetic.force import Force, blocks_of, join_blocks, make_blocks, make_force


def synthesise(offenders: int, *, seed: int = 2022, preset: str = "sample", faults: bool = False) -> Force:
    """Make up a force with planted typologies; every person in it is invented.

    Parameters
    ----------
    offenders : int
        People in the cohort, at least 1.
    seed : int
        The same seed makes the same force.
    preset : str
        Which made-up force: sample, west_midlands, …
    faults : bool
        Whether to add the recording faults of real extracts.

    Returns
    -------
    Force
        `incidents` is an extract in canonical columns, `truth` the planted typology of each offender.

    Raises
    ------
    ConfigError
        C020 where there is no such preset.

    Examples
    --------
    >>> import dapipeline as dap
    >>> force = dap.synthesise(500, seed=1)
    >>> list(force.truth.columns)
    ['offender_id', 'typology']
    """
    force = make_force(offenders, seed, preset)
    return add_faults(force, seed) if faults else force


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
