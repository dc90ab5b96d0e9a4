"""How stable clusters and typologies are, as badges and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.clustering.stability import BANDS, DIGITS, NOT_ASSESSED, STABLE, UNSTABLE, band
from dapipeline.report.contents import Contents
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.words import count, several, share

FEW = 5  # members in a draw: with fewer, one person more or less moves the figure by a band
MEANINGS = {
    "highly stable": "found again almost whole {when}",
    "stable": "found again {when}",
    "doubtful": "found again in part {when}: who is at its edge is open",
    "unstable": "mostly not found again {when}: another draw of people would have been grouped otherwise",
    NOT_ASSESSED: "too few people: no draw held any of them",
}


@dataclass(frozen=True)
class Badge:
    """The stability of a typology or cluster, as it stands beside the name.

    Attributes
    ----------
    band : str
        stable, for example.
    words : str
        What the badge says: stable 0.81.
    beside : str
        What stands beside the badge: the range over its clusters where it has several, and a warning where they
        have few people.
    meaning : str
        The band in a sentence.
    """

    band: str
    words: str
    beside: str
    meaning: str

    @property
    def style(self) -> str:
        """The band as a name in the style sheet."""
        return self.band.replace(" ", "-")


def badge(contents: Contents, typology: ReportedTypology) -> Badge:
    """Return the stability of a typology as a badge.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology

    Returns
    -------
    Badge
        With the mean of its clusters' stability by their people, where it has several.
    """
    known = typology.clusters.dropna(subset="stability")
    if known.empty:
        return Badge(NOT_ASSESSED, f"stability {NOT_ASSESSED}", "", f"{MEANINGS[NOT_ASSESSED].capitalize()}.")
    mean = round(float((known["stability"] * known["size"]).sum() / known["size"].sum()), DIGITS)
    meaning = MEANINGS[band(mean)].format(when=_when(contents))
    beside = []
    if len(known) > 1:
        beside.append(f"clusters {known['stability'].min():.2f} to {known['stability'].max():.2f}")
    if members_in_draw(known["size"].max(), contents.model) < FEW:
        beside.append("few people: a rough figure")
    return Badge(band(mean), f"{band(mean)} {mean:.2f}", "; ".join(beside), f"{meaning[:1].upper()}{meaning[1:]}.")


def _when(contents: Contents) -> str:
    return when(contents.model["stability_offenders_in_each"], contents.model["offenders"])


def members_in_draw(size: int, model: dict[str, Any]) -> float:
    """Compute how many people of a cluster a draw holds on average.

    Parameters
    ----------
    size : int
        Of the cluster.
    model : dict
        `Contents.model`.

    Returns
    -------
    float
    """
    return float(size * model["stability_offenders_in_each"] / model["offenders"])


def cell(stability: float) -> str:
    """Write a cluster's stability for a table: 0.81, stable.

    Parameters
    ----------
    stability : float
        Missing where no draw held anybody of the cluster.

    Returns
    -------
    str
    """
    return NOT_ASSESSED if pd.isna(stability) else f"{stability:.2f}, {band(stability)}"


def when(each: int, everyone: int) -> str:
    """Write what was left out when clusters were looked for again.

    Parameters
    ----------
    each : int
        How many people each draw holds.
    everyone : int
        How many people there are.

    Returns
    -------
    str
        Half of the people or, in a large cohort, all but those of the draw.
    """
    if each >= everyone // 2:
        return "when half of the people are left out"
    return f"when only {count(each)} of the {count(everyone)} people are looked at"


def stability_sentence(contents: Contents) -> str:
    """Write how many clusters are stable, and what that means, for readers who will read nothing else.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    str
        Two sentences.
    """
    clusters = contents.clusters
    stable, unstable = clusters["stability"] >= STABLE, clusters["stability"] < UNSTABLE
    shares = [share(clusters["size"][chosen].sum() / clusters["size"].sum()) for chosen in (stable, unstable)]
    return (
        f"Of {several(len(clusters), 'cluster')}, {stable.sum()} with {shares[0]} of the people "
        f"{_be(stable.sum())} stable: found again {_when(contents)}. "
        f"{unstable.sum()} with {shares[1]} of the people {_be(unstable.sum())} unstable: mostly not found again."
    )


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def bands_in_words() -> str:
    """Write the bounds of the bands, the least stable first.

    Returns
    -------
    str
    """
    names = list(BANDS)[::-1]
    bounds = [BANDS[name] for name in names[1:]]
    first, *others = names
    return f"below {bounds[0]:.2f} {first}, " + ", ".join(
        f"from {bound:.2f} {name}" for bound, name in zip(bounds, others, strict=True)
    )
