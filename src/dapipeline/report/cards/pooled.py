"""Figures of a typology, pooled over its people: a mean, or one mean over another; and how they are written."""

from __future__ import annotations

import pandas as pd

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.contents import Contents
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.words import count, lasting, share


def everybody(contents: Contents) -> ReportedTypology:
    """Return all clusters as if they were one typology.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    ReportedTypology
    """
    return ReportedTypology("all", "All", contents.clusters, None, 1.0)


def one_cluster(typology: ReportedTypology, cluster: int) -> ReportedTypology:
    """Return one cluster of a typology as if it were a typology.

    Parameters
    ----------
    typology : ReportedTypology
    cluster : int

    Returns
    -------
    ReportedTypology
    """
    own = typology.clusters[typology.clusters["cluster"] == cluster]
    return ReportedTypology(f"cluster_{cluster}", f"Cluster {cluster}", own, typology.definition, float("nan"))


def pooled(typology: ReportedTypology, feature: str, over: str | None = None) -> float:
    """Compute the mean of a feature over the people of a typology, or its ratio to the mean of another feature.

    Parameters
    ----------
    typology : ReportedTypology
    feature : str
    over : str, optional
        Of two counts the ratio of means is the share of all incidents of these people, whoever has how many.

    Returns
    -------
    float
        Missing where a feature was not computed, and where nobody has any of `over`.
    """
    value = typology.mean(feature)
    if over is None:
        return value
    base = typology.mean(over)
    return value / base if base > 0 else float("nan")


def may_tell(typology: ReportedTypology, may: Printable, *features: str | None) -> bool:
    """Return whether means of some features over a typology may be printed.

    Parameters
    ----------
    typology : ReportedTypology
    may : Printable
    *features : str or None
        None is no feature.

    Returns
    -------
    bool
    """
    return all(typology.title not in may.of(name).typologies for name in features if name is not None)


def written(value: float, feature: str, over: str | None = None) -> str:
    """Write a figure for lay readers: 4.1; 623; 38%; 30.2 years; 8.9 days.

    Parameters
    ----------
    value : float
    feature : str
    over : str, optional
        With it the value is a share.

    Returns
    -------
    str
        With one decimal at the most; a dash where the value is missing.
    """
    about = BY_NAME[feature]
    if pd.isna(value):
        return "–"
    if over is not None or about.kind == "share":
        return share(value)
    if about.kind == "duration":
        return _shorter(lasting(value if about.unit == "hours" else value * 24))
    if about.kind in ("age", "difference"):
        return f"{plain(value)} years"
    return plain(value)


def plain(value: float) -> str:
    """Write a number with one decimal at the most: 1,204; 31; 4.1; <0.1.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    size = abs(value)
    if 0 < size < 0.05:
        return "<0.1" if value > 0 else "−0.1 to 0"
    said = count(round(size)) if size >= 99.95 else f"{size:.1f}".removesuffix(".0")
    return f"−{said}" if value < 0 and said != "0" else said


def _shorter(words: str) -> str:
    """Take a second decimal away: 2.28 years become 2.3 years."""
    number, _, unit = words.partition(" ")
    return f"{plain(float(number.replace(',', '')))} {unit}"
