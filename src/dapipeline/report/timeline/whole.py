"""One person's timeline: sentences, strip, the people in it, and every incident, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from dapipeline.report.contents import Contents
from dapipeline.report.figure import inline
from dapipeline.report.printable import Printable
from dapipeline.report.timeline.incidents import Incident
from dapipeline.report.timeline.people import Known, known_people
from dapipeline.report.timeline.records import histories_in_words
from dapipeline.report.timeline.sentences import in_sentences
from dapipeline.report.timeline.strip import strip_figure
from dapipeline.report.timeline.years import Year, years_of
from dapipeline.report.words import count

APART = 0.1  # share of the measures by more of which a person differs who is very, or not very, typical


@dataclass(frozen=True)
class Timeline:
    """The record of one person, the medoid of a cluster or an example beside it.

    Attributes
    ----------
    cluster : int
    title : str
        Whose record it is.
    summary : str
        How long the record is.
    sentences : str
        What happened, in two.
    typical : str
        How typical the person is of the cluster.
    strip : Markup
        The figure of the whole record.
    people : list of Known
        Those met in domestic abuse.
    further : int
        Identified victims of other incidents alone.
    years : tuple of Year
    example : Timeline or None
        The example beside this medoid.
    misfits : tuple of str
        Where the name of the typology does not fit the figures of the cluster, in the words of the card.
    """

    cluster: int
    title: str
    summary: str
    sentences: str
    typical: str
    strip: Markup
    people: list[Known]
    further: int
    years: tuple[Year, ...]
    example: Timeline | None = None
    misfits: tuple[str, ...] = ()

    def with_misfits(self, sentences: Sequence[str]) -> Timeline:
        """Return the same timeline, and that of the example, with where the name does not fit the cluster's figures.

        Parameters
        ----------
        sentences : sequence of str

        Returns
        -------
        Timeline
        """
        example = self.example.with_misfits(sentences) if self.example else None
        return replace(self, misfits=tuple(sentences), example=example)


def timelines_of(contents: Contents, may: Printable) -> tuple[dict[int, Timeline], dict[str, str]]:
    """Lay out the record of every person shown.

    Parameters
    ----------
    contents : Contents
    may : Printable

    Returns
    -------
    timelines : dict of int to Timeline
        Cluster to its medoid's, which has that of the example.
    strips : dict of str to str
        Name of the figure to the strip, as SVG.
    """
    written = histories_in_words(contents.medoids, contents.timeline_records, contents.timeline_others)
    laid: dict[int, Timeline] = {}
    strips = {}
    # The example, which sorts before the medoid, is there when its medoid is laid out.
    for about in contents.timeline_people.sort_values(["cluster", "shown"]).to_dict("records"):
        cluster, shown = int(about["cluster"]), str(about["shown"])
        incidents = written[cluster, shown]
        strip = strip_figure(incidents, "The record of one person")
        strips[f"{shown}_{cluster:02d}"] = strip
        hidden = cluster in may.means.clusters
        laid[cluster] = _timeline(about, incidents, inline(strip), hidden, laid.get(cluster))
    return laid, strips


def _timeline(
    about: Mapping[str, Any], incidents: list[Incident], strip: Markup, hidden: bool, example: Timeline | None
) -> Timeline:
    labels = {person.label for i in incidents if i.suspect for person in i.people if person.label}
    people = known_people(incidents)
    return Timeline(
        cluster=int(about["cluster"]),
        title=_title(about),
        summary=_summary(about, incidents),
        sentences=" ".join(in_sentences(incidents)),
        typical=typical_in_words(about, hidden),
        strip=strip,
        people=people,
        further=len(labels - {person.label for person in people}),
        years=years_of(incidents),
        example=example,
    )


def _title(about: Mapping[str, Any]) -> str:
    if about["shown"] == "example":
        return f"One person’s timeline: an example {about['example']}"
    if about["members"] > 1:
        return f"One person’s timeline: the most central of {count(about['members'])} people"
    return "One person’s timeline"


def _summary(about: Mapping[str, Any], incidents: Sequence[Incident]) -> str:
    first, last = incidents[0].year, max(incident.year for incident in incidents)
    abuse = sum(incident.suspect and incident.da for incident in incidents)
    other = sum(incident.suspect and not incident.da for incident in incidents)
    suffered = len(incidents) - abuse - other
    years = f"{first}" if first == last else f"{first} to {last}"
    numbers = [f"{abuse} DA", f"{other} other", f"{suffered} as victim"]
    shown = [words for words, many in zip(numbers, (abuse, other, suffered), strict=True) if many]
    return f"cluster {about['cluster']}; {years}: {', '.join(shown)}"


def typical_in_words(about: Mapping[str, Any], hidden: bool) -> str:
    """Write how typical a person is of the members of the cluster.

    Parameters
    ----------
    about : mapping
        A row of the table timeline_people.
    hidden : bool
        Whether no mean of the cluster may be printed.

    Returns
    -------
    str
    """
    if about["members"] <= 1:
        return "Nobody else is in this cluster."
    if hidden:
        return "Too few people are in this cluster to say how typical this one is of them."
    measures, here, average = about["measures"], about["in_middle"], round(about["members_in_middle"])
    return (
        f"{_verdict(here - average, measures)}: in {here} of the {measures} measures that form the clusters, this "
        f"person is in the middle half of the cluster’s {count(about['members'])} people; the average member is in "
        f"{average}."
    )


def _verdict(more: int, measures: int) -> str:
    """Say how typical a person is who is like the middle half in so many more measures than the average member."""
    if abs(more) <= APART * measures:
        return "Fairly typical"
    return "Very typical" if more > 0 else "Not very typical"
