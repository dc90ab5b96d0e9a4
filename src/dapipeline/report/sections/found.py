"""What was found, in sentences for readers who will read nothing else."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.reported import Kind
from dapipeline.report.sections.naming import kept
from dapipeline.report.stability import badge, stability_sentence
from dapipeline.report.words import count, exact, listed, number, several, share
from dapipeline.typology.naming import TWO_FIT

HEADLINE = 0.05  # the share of offenders whose share of harm the summary tells


def found_section(contents: Contents, kinds: list[Kind]) -> dict[str, Any]:
    """Give the sentences of the summary, and its four large figures."""
    people, clusters = len(contents.assignments), len(contents.clusters)
    named = [kind for kind in kinds if kind.named]
    unnamed = [kind for kind in kinds if not kind.named]
    figures = [(count(people), "people suspected of domestic abuse, grouped")]
    if "mean_incidents" in contents.clusters:
        figures.append((count(_total(contents.clusters, "incidents")), "incidents they were suspects in"))
    figures.append((str(clusters), "clusters of similar records"))
    figures.append((str(len(named)), "typologies found"))
    return {
        "figures": figures,
        "sentences": [
            s for s in (
                _cohort(contents), _typologies(contents, named), _unnamed(contents, unnamed, people),
                _absent(contents, named), stability_sentence(contents), _group(contents.groups), _harm(contents),
                _hardest(contents, named),
            ) if s
        ],
        "typologies": [
            (kind.title, badge(contents, kind), kept(contents, kind), count(kind.people), share(kind.share))
            for kind in named
        ],
    }  # fmt: skip


def _total(clusters: pd.DataFrame, feature: str) -> int:
    return round(float((clusters[f"mean_{feature}"] * clusters["size"]).sum()))


def _cohort(contents: Contents) -> str:
    excluded = contents.missing_features.query("feature == 'any' and treatment == 'excluded'")["offenders"].sum()
    people = len(contents.assignments)
    sentence = f"{several(people, 'person', 'people')} recorded as a suspect of domestic abuse (DA) "
    sentence += f"{'was' if people == 1 else 'were'} sorted into {several(len(contents.clusters), 'cluster')}"
    if {"mean_da_incidents", "mean_non_da_incidents"} <= set(contents.clusters):
        da, other = (_total(contents.clusters, f"{kind}_incidents") for kind in ("da", "non_da"))
        sentence += f", by {count(da)} DA incidents and {count(other)} other incidents"
        sentence += " (an incident with two suspects counts for each)"
    left = f" {several(int(excluded), 'more was', 'more were')} left out because a feature was missing."
    return f"{sentence}.{left if excluded else ''}"


def _typologies(contents: Contents, named: list[Kind]) -> str:
    if contents.definitions is None and not named:
        return "No definitions of typologies were used: clusters have numbers, not names."
    if not named:
        return "No cluster fits a typology."
    largest = max(named, key=lambda kind: kind.people)
    return (
        f"{several(len(named), 'typology', 'typologies')} {'was' if len(named) == 1 else 'were'} found. "
        f"The largest is {largest.title}, with {several(largest.people, 'person', 'people')} "
        f"({share(largest.share)})."
    )


def _unnamed(contents: Contents, unnamed: list[Kind], people: int) -> str:
    if not unnamed or (contents.definitions is None and len(unnamed) == len(contents.clusters)):
        return ""
    without = sum(kind.people for kind in unnamed)
    held = f"{several(len(unnamed), 'cluster')} with {several(without, 'person', 'people')} ({share(without / people)})"
    one = len(unnamed) == 1
    if contents.definitions is None:
        return f"{held} {'has' if one else 'have'} no name."
    alike = sum(bool((kind.clusters["unnamed_because"] == TWO_FIT).any()) for kind in unnamed)
    if not alike:
        return f"{held} {'fits no typology and is' if one else 'fit no typology and are'} left unnamed."
    because = [f"{len(unnamed) - alike} because no typology fits"] * (alike < len(unnamed))
    because.append(f"{alike} because two typologies fit alike")
    return f"{held} {'is' if one else 'are'} left unnamed: {listed(because)}."


def _absent(contents: Contents, named: list[Kind]) -> str:
    if contents.definitions is None:
        return ""
    present = {kind.key for kind in named}
    absent = [d.title for key, d in contents.definitions.typologies.items() if key not in present]
    return f"Defined, but found in no cluster: {listed(absent)}." if absent else ""


def _group(groups: pd.DataFrame) -> str:
    first = groups.sort_values(["offenders", "group"], ascending=[False, True]).iloc[0]
    return (
        f"By volume, the largest group is {first['group']} ({str(first['title']).replace('Low', 'low')}): "
        f"{several(int(first['offenders']), 'person', 'people')}, {share(first['share'])} of all."
    )


def _harm(contents: Contents) -> str:
    table = contents.harm_concentration
    if table is None:
        return "The extract gives offences no severity, so nothing is said of harm."
    row = table.iloc[(table["top_share"] - HEADLINE).abs().argmin()]
    return (
        f"The {exact(row['top_share'])} of offenders with the most recorded DA harm "
        f"({several(int(row['offenders']), 'person', 'people')}) account for {share(row['share_of_severity'])} of it."
    )


def _hardest(contents: Contents, named: list[Kind]) -> str:
    if not contents.has_severity or not named:
        return ""
    first = max(named, key=lambda kind: kind.mean("da_severity_total"))
    return (
        f"The typology with the most DA harm a person is {first.title}: "
        f"{number(first.mean('da_severity_total'))} severity points on average, "
        f"among {several(first.people, 'person', 'people')}."
    )
