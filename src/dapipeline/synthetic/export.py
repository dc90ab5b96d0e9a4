"""Makes a force for use: in memory, or as the files of an extract with the planted typologies beside them."""

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
        A key of `presets.PRESETS`: sample, west_midlands, west_midlands_shifted, or varied: the
        study's force with every rate moved by the seed.
    faults : bool
        Whether to add the recording faults of real extracts.

    Returns
    -------
    Force
        `incidents` is an extract in canonical columns, `truth` the planted typology of each offender.

    Raises
    ------
    ConfigError
        C020 if there is no such preset.

    Examples
    --------
    >>> import dapipeline as dap
    >>> force = dap.synthesise(500, seed=1)
    >>> list(force.truth.columns)
    ['offender_id', 'typology']
    """
    force = make_force(offenders, seed, preset)
    return _finished(force, seed, faults)


def export_force(
    offenders: int, seed: int, preset: str, *, faults: bool, ending: str, write: Callable[[str, Any], None]
) -> tuple[int, int]:
    """Make a force and write it in blocks, so that only one block is in memory at a time.

    Parameters
    ----------
    offenders, seed, preset
        As for `make_force`.
    faults : bool
        Whether to add the recording faults of real extracts.
    ending : {"csv", "parquet"}
        Format of the files with the incidents.
    write : callable
        Called with each file's name and content.

    Returns
    -------
    rows, offenders : int
        How many were made.

    Raises
    ------
    ConfigError
        C020 if there is no such preset.
    """
    rows, truths = 0, []
    for block in make_blocks(offenders, seed, preset):
        made = _finished(block, seed, faults)
        write(_file(block.number, blocks_of(offenders), ending), made.incidents)
        rows += len(made.incidents)
        truths.append(replace(made, incidents=made.incidents[:0].copy()))
        del block, made  # free the memory before the next block is made
    force = join_blocks(truths)
    write("truth.csv", force.truth)
    write("faults.json", dict(force.faults))
    if force.preset.documented:
        write("planted.csv", force.planted)
        write("declared.csv", force.declared)
    return rows, offenders


def _finished(force: Force, seed: int, faults: bool) -> Force:
    made = add_faults(force, seed) if faults else force
    return replace(made, incidents=made.preset.style.write(made.incidents))


def _file(block: int, blocks: int, ending: str) -> str:
    return f"incidents.{ending}" if blocks == 1 else f"incidents-{block + 1:02d}.{ending}"
