"""What every section of the page is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dapipeline.report.contents import Contents
from dapipeline.report.figure import inline
from dapipeline.report.printable import Printable, printable
from dapipeline.report.records import records_in_words
from dapipeline.report.reported import ReportedTypology, reported_typologies
from dapipeline.report.strip import strip_figure
from dapipeline.report.timeline import Timeline, timeline


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
        Cluster to its medoid's record.
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
    records = records_in_words(contents.medoids)
    timelines, strips = {}, {}
    for cluster, own in records.groupby("cluster", sort=True):
        number = int(str(cluster))
        strip = strip_figure(own, number, int(records["year"].min()), int(records["year"].max()))
        strips[f"medoid_{number:02d}"] = strip
        timelines[number] = timeline(own, number, inline(strip))
    return Material(contents, typologies, printable(contents, typologies), timelines, strips)
