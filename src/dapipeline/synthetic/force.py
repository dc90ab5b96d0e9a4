"""A made-up force: the extract that it would export, and the typology planted for each offender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from dapipeline.synthetic.circumstances import draw_areas
from dapipeline.synthetic.declared import declared_rates, planted_people
from dapipeline.synthetic.further import with_further
from dapipeline.synthetic.histories import draw_histories
from dapipeline.synthetic.outcome_days import with_outcome_days
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.presets import preset_named
from dapipeline.synthetic.rows import write_rows

BLOCK = 200_000  # offenders made at once, to limit memory; no incident involves people of two blocks
_STREAMS = 18  # random generators, one per step
_FURTHER = 19  # beside the seed, of the columns that are drawn apart


@dataclass(frozen=True)
class Force:
    """A made-up extract and its planted typologies, or one block of a large one.

    Attributes
    ----------
    preset : Preset
        The declared rates.
    incidents : DataFrame
        The canonical columns and markers; one row per suspect and victim in one recorded offence or non-crime incident,
        sorted by incident_id, offender_id, victim_id and offence_id.
    truth : DataFrame
        One row per suspect of a DA incident in the window, sorted by offender_id: offender_id and typology (a published
        one, or the name of the archetype if it has none).
    planted : DataFrame
        The same people with everything that was planted, from `declared.planted_people`.
    number : int
        Of the block, from 0.
    faults : mapping of str to int
        Number of recording faults of each kind that `add_faults` planted.
    """

    preset: Preset
    incidents: pd.DataFrame
    truth: pd.DataFrame
    planted: pd.DataFrame
    number: int = 0
    faults: Mapping[str, int] = field(default_factory=dict)

    @property
    def declared(self) -> pd.DataFrame:
        """Every number that the preset declares, from `declared.declared_rates`."""
        return declared_rates(self.preset)


def make_force(offenders: int, seed: int, preset: str = "sample") -> Force:
    """Make a force with planted typologies.

    Careers are drawn at the rates that the study prints for each typology, and at assumed ones if it prints none
    (`typologies`, `shades`, `west_midlands`). They were chosen without looking at any clustering or naming rule.
    Everybody is invented.

    Parameters
    ----------
    offenders : int
        People in the cohort, at least 1.
    seed : int
        The same seed makes the same force.
    preset : str
        A key of `presets.PRESETS`, or varied.

    Returns
    -------
    Force

    Raises
    ------
    ConfigError
        C020 if there is no such preset.
    """
    return join_blocks(list(make_blocks(offenders, seed, preset)))


def make_blocks(offenders: int, seed: int, preset: str = "sample") -> Iterator[Force]:
    """Make a force in blocks of up to `BLOCK` offenders, one after another, so that any size fits in memory.

    Parameters
    ----------
    offenders, seed, preset
        As for `make_force`.

    Yields
    ------
    Force
        One block; ids are unique over all blocks and ascend from block to block.

    Raises
    ------
    ConfigError
        C020 if there is no such preset.
    """
    chosen = preset_named(preset, seed)
    blocks = blocks_of(offenders)
    areas = draw_areas(max(100, offenders // 40), next(_streams(np.random.SeedSequence(seed))))
    upto = chosen.share_out(offenders)[None, :] * np.arange(blocks + 1)[:, None] // blocks
    for block, shares in enumerate(np.diff(upto, axis=0)):
        # A single block uses the seed itself; each of several has an own seed and an own prefix of ids.
        source = np.random.SeedSequence(seed) if blocks == 1 else np.random.SeedSequence([seed, 2, block])
        made = _make_block(shares, chosen, areas, source, block, "" if blocks == 1 else f"{block + 1:02d}")
        yield replace(made, incidents=with_further(made.incidents, np.random.SeedSequence([seed, _FURTHER, block])))


def blocks_of(offenders: int) -> int:
    """Return the number of blocks that a force is made in.

    Parameters
    ----------
    offenders : int
        People in the cohort.

    Returns
    -------
    int
    """
    return -(-offenders // BLOCK)


def join_blocks(blocks: list[Force]) -> Force:
    """Put the blocks of a force together.

    Parameters
    ----------
    blocks : list of Force
        From `make_blocks`, in their order, at least one.

    Returns
    -------
    Force
    """
    if len(blocks) == 1:
        return blocks[0]
    tables = {
        name: pd.concat([getattr(block, name) for block in blocks], ignore_index=True)
        for name in ("incidents", "truth", "planted")
    }
    faults = {kind: sum(block.faults[kind] for block in blocks) for kind in blocks[0].faults}
    return replace(blocks[0], **tables, faults=faults)


def _streams(source: np.random.SeedSequence) -> Iterator[np.random.Generator]:
    return (np.random.default_rng(child) for child in source.spawn(_STREAMS))


def _make_block(
    shares: np.ndarray, preset: Preset, areas: pd.DataFrame, source: np.random.SeedSequence, number: int, mark: str
) -> Force:
    streams = _streams(source)
    next(streams)  # used for the areas in make_blocks
    steps = [next(streams) for _ in range(10)]
    for_rows = next(streams)
    histories = draw_histories(shares, preset, len(areas), iter([*steps, *streams]))
    rows, ids = write_rows(histories, areas, int(shares.sum()), mark, for_rows)
    rows = with_outcome_days(rows, np.random.default_rng(source.spawn(1)[0]))  # its own stream: nothing else moves
    planted = planted_people(histories, preset, ids)
    return Force(preset, rows, planted[["offender_id", "typology"]], planted, number)
