"""Groups A to E: how many people, and which clusters lie mostly in each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.material import Material
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.words import count, listed, several, share

TITLE = "Groups A to E"


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
    contents = material.contents
    return {"rows": group_rows(contents, material.typologies), "finding": largest(contents.groups)}


def largest(groups: pd.DataFrame) -> str:
    """Write which group has most people.

    Parameters
    ----------
    groups : pandas.DataFrame
        tables/groups.csv.

    Returns
    -------
    str
    """
    first = groups.sort_values(["offenders", "group"], ascending=[False, True]).iloc[0]
    return (
        f"By volume, the largest group is {first['group']} ({str(first['title']).replace('Low', 'low')}): "
        f"{several(int(first['offenders']), 'person', 'people')}, {share(first['share'])} of all."
    )


def group_rows(contents: Contents, typologies: list[ReportedTypology]) -> list[dict[str, Any]]:
    """Return the table of groups, one row per group.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology

    Returns
    -------
    list of dict
        group (its letter), title, people, share, width of its bar, and typologies with their clusters.
    """
    columns = contents.groups[["group", "title", "offenders", "share"]]
    return [
        {
            "group": group,
            "title": title,
            "people": count(people),
            "share": share(part),
            "width": round(100 * float(part), 1),
            "typologies": _held(str(group), typologies),
        }
        for group, title, people, part in columns.itertuples(index=False)
    ]


def _held(group: str, typologies: list[ReportedTypology]) -> list[str]:
    words, unnamed = [], []
    for typology in typologies:
        inside = sorted(typology.clusters.loc[typology.clusters["group"] == group, "cluster"])
        if inside and typology.named:
            clusters = f"cluster{'s' * (len(inside) > 1)} {listed(str(n) for n in inside)}"
            words.append(f"{typology.title} ({clusters})")
        elif inside:
            unnamed += [str(n) for n in inside]
    if unnamed:
        words.append(f"{'unnamed: ' if words else ''}cluster{'s' * (len(unnamed) > 1)} {listed(unnamed)}")
    return words
