"""What every section of the page is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dapipeline.report.contents import Contents
from dapipeline.report.printable import Printable, printable
from dapipeline.report.reported import ReportedTypology, reported_typologies
from dapipeline.report.timeline.whole import Timeline, timelines_of


@dataclass(frozen=True)
class Material:
    """A run as the sections see it.

    Attributes
    ----------
    contents : Contents
        The tables of the run.
    typologies : list of ReportedTypology
        The typologies with their clusters, and each cluster without a name.
    may : Printable
        What of it may be printed.
    timelines : mapping of int to Timeline
        Cluster to its medoid's record, with that of the example beside it.
    strips : mapping of str to str
        Name of the figure to the strip above a timeline, as SVG.
    """

    contents: Contents
    typologies: list[ReportedTypology]
    may: Printable
    timelines: Mapping[int, Timeline]
    strips: Mapping[str, str]

    @property
    def on_cards(self) -> list[ReportedTypology]:
        """The typologies that have a card: the named ones, and all where a run has no definitions."""
        return [t for t in self.typologies if t.named or self.contents.definitions is None]

    @property
    def in_the_list(self) -> list[ReportedTypology]:
        """The others: clusters without a name, which share one card."""
        on_cards = self.on_cards
        return [t for t in self.typologies if t not in on_cards]


def material_of(contents: Contents) -> Material:
    """Prepare a run for the sections.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    Material
    """
    typologies = reported_typologies(contents)
    may = printable(contents, typologies)
    return Material(contents, typologies, may, *timelines_of(contents, may))
