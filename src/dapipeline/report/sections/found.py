"""What was found, in sentences for readers who will read nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.harm.few import printable_concentration
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.sections.naming import kept
from dapipeline.report.stability import badge, stability_sentence
from dapipeline.report.words import count, exact, listed, number, several, share
from dapipeline.typology.naming import NOTHING_FITS, REASONS

TITLE = "What was found"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    return found_section(material.contents, material.typologies, material.may)


HEADLINE = 0.05  # the share of offenders whose share of harm the summary tells


def found_section(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Any]:
    """Return the sentences of the summary, and its four large figures.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    dict
        What found.html shows.
    """
    people, clusters = len(contents.people), len(contents.clusters)
    named = [typology for typology in typologies if typology.named]
    unnamed = [typology for typology in typologies if not typology.named]
    figures = [(count(people), "people suspected of domestic abuse, grouped")]
    if "mean_incidents" in contents.clusters:
        figures.append((count(_total(contents.clusters, "incidents")), "incidents they were suspects in"))
    figures.append((str(clusters), "clusters of similar records"))
    figures.append((str(len(named)), "typologies found"))
    return {
        "numbers": figures,
        "sentences": [
            s for s in (
                _cohort(contents), _typologies(contents, named), _unnamed(contents, unnamed, people),
                _absent(contents, named), stability_sentence(contents), _group(contents.groups),
                _harm(contents, may.limit),
                _hardest(contents, named, may),
            ) if s
        ],
        "typologies": [
            (t.anchor, t.title, badge(contents, t), kept(contents, t), count(t.people), share(t.share)) for t in named
        ],
    }  # fmt: skip


def _total(clusters: pd.DataFrame, feature: str) -> int:
    return round(float((clusters[f"mean_{feature}"] * clusters["size"]).sum()))


def _cohort(contents: Contents) -> str:
    excluded = contents.missing_features.query("feature == 'any' and treatment == 'excluded'")["offenders"].sum()
    people = len(contents.people)
    sentence = f"{several(people, 'person', 'people')} recorded as a suspect of domestic abuse (DA) "
    sentence += f"{'was' if people == 1 else 'were'} sorted into {several(len(contents.clusters), 'cluster')}"
    if {"mean_da_incidents", "mean_non_da_incidents"} <= set(contents.clusters):
        da, other = (_total(contents.clusters, f"{which}_incidents") for which in ("da", "non_da"))
        sentence += f", by {count(da)} DA incidents and {count(other)} other incidents"
        sentence += " (an incident with two suspects counts for each)"
    left = f" {several(int(excluded), 'more was', 'more were')} left out because a feature was missing."
    return f"{sentence}.{left if excluded else ''}"


def _typologies(contents: Contents, named: list[ReportedTypology]) -> str:
    if contents.definitions is None and not named:
        return "No definitions of typologies were used: clusters have numbers, not names."
    if not named:
        return "No cluster fits a typology."
    largest = max(named, key=lambda typology: typology.people)
    return (
        f"{several(len(named), 'typology', 'typologies')} {'was' if len(named) == 1 else 'were'} found. "
        f"The largest is {largest.title}, with {several(largest.people, 'person', 'people')} "
        f"({share(largest.share)})."
    )


def _unnamed(contents: Contents, unnamed: list[ReportedTypology], people: int) -> str:
    if not unnamed or (contents.definitions is None and len(unnamed) == len(contents.clusters)):
        return ""
    without = sum(typology.people for typology in unnamed)
    held = f"{several(len(unnamed), 'cluster')} with {several(without, 'person', 'people')} ({share(without / people)})"
    one = len(unnamed) == 1
    if contents.definitions is None:
        return f"{held} {'has' if one else 'have'} no name."
    reasons = Counter(str(typology.clusters["unnamed_because"].iloc[0]) for typology in unnamed)
    if set(reasons) == {NOTHING_FITS}:
        return f"{held} {'fits no typology and is' if one else 'fit no typology and are'} left unnamed."
    because = [f"{reasons[reason]} because {why}" for reason, why in REASONS.items() if reasons[reason]]
    return f"{held} {'is' if one else 'are'} left unnamed: {listed(because)}."


def _absent(contents: Contents, named: list[ReportedTypology]) -> str:
    if contents.definitions is None:
        return ""
    present = {typology.key for typology in named}
    absent = [d.title for key, d in contents.definitions.typologies.items() if key not in present]
    return f"Defined, but found in no cluster: {listed(absent)}." if absent else ""


def _group(groups: pd.DataFrame) -> str:
    first = groups.sort_values(["offenders", "group"], ascending=[False, True]).iloc[0]
    return (
        f"By volume, the largest group is {first['group']} ({str(first['title']).replace('Low', 'low')}): "
        f"{several(int(first['offenders']), 'person', 'people')}, {share(first['share'])} of all."
    )


def _harm(contents: Contents, limit: int) -> str:
    if contents.harm is None:
        return "The extract gives offences no severity, so nothing is said of harm."
    table = printable_concentration(contents.harm, "offenders", limit)
    top = table[table["top_share"] < 1]
    if top.empty:
        return ""
    row = top.iloc[(top["top_share"] - HEADLINE).abs().argmin()]
    return (
        f"The {exact(row['top_share'])} of offenders with the most recorded DA harm "
        f"({several(int(row['number']), 'person', 'people')}) account for {share(row['share_of_severity'])} of it."
    )


def _hardest(contents: Contents, named: list[ReportedTypology], may: Printable) -> str:
    hidden = may.of("da_severity_total").typologies
    shown = [typology for typology in named if typology.title not in hidden]
    if not contents.has_severity or not shown:
        return ""
    first = max(shown, key=lambda typology: typology.mean("da_severity_total"))
    among = "" if len(shown) == len(named) else ", of those whose harm may be shown,"
    return (
        f"The typology with the most DA harm a person{among} is {first.title}: "
        f"{number(first.mean('da_severity_total'))} severity points on average, "
        f"among {several(first.people, 'person', 'people')}."
    )
