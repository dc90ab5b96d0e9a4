"""What init makes of a layout, held against what a careful person would map."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from dapipeline.config import load_config
from dapipeline.errors import DapipelineError
from dapipeline.extract.draft import Draft, draft_config
from dapipeline.extract.intake import take_in

from ..held_out import HELD_OUT
from . import LAYOUTS
from .layout import Layout, blind

EVERY = {layout.name: layout for layout in (*LAYOUTS, *HELD_OUT)}


@dataclass(frozen=True)
class Drafted:
    """A layout as init drafts it.

    Attributes
    ----------
    draft : Draft
    back : dict of str to str
        Blind name to the layout's own; empty where it was not blinded.
    table : pandas.DataFrame
        As it was written.
    refusal : DapipelineError, optional
        Why a run with the draft would stop.
    """

    draft: Draft
    back: dict[str, str]
    table: pd.DataFrame
    refusal: DapipelineError | None

    def own(self, source: str) -> str:
        """Return the layout's own name of a column."""
        return self.back.get(source, source)


@cache
def drafted(name: str, seed: int, blinded: bool = False) -> Drafted:
    """Draft a config for a layout's rows of a seed, and check them with it."""
    layout = EVERY[name]
    table, back = layout.table(seed), {}
    if blinded:
        table, back = blind(table)
    with TemporaryDirectory() as folder:
        path = layout.write(table, Path(folder))
        draft = draft_config(path, folder=Path(folder))
        config = Path(folder) / "config.yaml"
        config.write_text(draft.text, encoding="utf-8")
        refusal = None if draft.undecided else take_in(path, load_config(config)).refusal
    return Drafted(draft, back, table, refusal)


def verdicts(layout: Layout, found: Drafted) -> dict[str, tuple[str, str, bool]]:
    """Return, by canonical column that a person would map, what it was mapped to, how sure, and whether that is right.

    A column that a person may as well leave is left out where the draft leaves it.
    """
    mapped = {f.column: (found.own(f.source), f.confidence) for f in found.draft.findings}
    worked_out = {
        column: {found.own(name) for name in re.findall(r'"([^"]+)"', text)}
        for column, text in found.draft.derived.items()
    }
    verdicts = {}
    for column, source in layout.expected.items():
        got, confidence = mapped.get(column, ("", ""))
        if column in worked_out:
            verdicts[column] = (", ".join(sorted(worked_out[column])), "worked out", source in worked_out[column])
        elif got or source not in layout.accepts:
            verdicts[column] = (got, confidence, got == source or column in layout.may.get(got, ()))
    return verdicts


def wrong_and_certain(layout: Layout, found: Drafted) -> set[str]:
    """Return the canonical columns that are marked certain and are not what a person would map."""
    certain = {f.column: found.own(f.source) for f in found.draft.findings if f.confidence == "certain"}
    return {
        column
        for column, source in certain.items()
        if layout.expected.get(column) != source and column not in layout.may.get(source, ())
    }


def counts(layout: Layout, found: Drafted) -> Counter[str]:
    """Count the columns that a person would map, those that are right, and the right ones that are certain."""
    judged = verdicts(layout, found)
    return Counter(
        expected=len(judged),
        right=sum(right for *_, right in judged.values()),
        certain=sum(right and confidence == "certain" for _, confidence, right in judged.values()),
        wrong=len(wrong_and_certain(layout, found)),
    )
