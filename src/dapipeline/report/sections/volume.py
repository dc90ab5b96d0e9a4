"""The cohort by its volume of incidents and by its first two components, and the clusters behind it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.hexagons import COMPONENTS, VOLUME
from dapipeline.reference.codes import HIGH_VOLUME
from dapipeline.report.contents import Contents
from dapipeline.report.hexagons import Axes, hexagon_figure, hexagons_shown, means_of
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.stability import cell
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import count, number, share

TITLE = "The cohort by volume of incidents"
COUNTS = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
Marks = dict[str, tuple[float, float]]
CORNERS = {"top left": "group A", "top right": "group B", "bottom right": "group D", "bottom left": "groups C and E"}


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
    contents, may = material.contents, material.may
    planes = {name: _plane(name, contents, material.typologies, may) for name in (VOLUME, COMPONENTS)}
    return {
        "finding": _finding(contents.groups),
        "planes": {name: plane for name, plane in planes.items() if plane},
        "left_out": {name: plane["left_out"] for name, plane in planes.items() if plane},
        "limit": may.limit,
        "shares": [share(value) for value in contents.components["share"].head(2)],
        "clusters": cluster_table(contents, material.typologies, may),
        "figures": {f"hexagons_{name}": plane["svg"] for name, plane in planes.items() if plane},
    }


def _finding(groups: pd.DataFrame) -> str:
    low = groups[groups["group"].isin(["C", "E"])]
    return (
        f"{share(low['share'].sum())} of people have fewer than {HIGH_VOLUME} incidents of domestic abuse and fewer "
        f"than {HIGH_VOLUME} of other kinds."
    )


def _plane(name: str, contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Any] | None:
    """Return a plane's figure, its table, and how many people neither shows; None where it shows nobody."""
    own = contents.cohort_hexagons[contents.cohort_hexagons["plane"] == name]
    if own.empty:  # a single component makes no plane
        return None
    shown = hexagons_shown(own, typologies, may.limit)
    if shown.empty:
        return None
    named = [typology for typology in typologies if typology.named] or typologies
    means = means_of(own, [typology for typology in named if typology.title not in may.means.typologies])
    if name == VOLUME:
        means = {title: (float(np.log2(1 + other)), float(np.log2(da))) for title, (other, da) in means.items()}
    step = float(own["step"].iloc[0])
    axes = _by_volume() if name == VOLUME else _by_components(shown, means, step, contents.components["share"])
    people = int(own["offenders"].sum())
    return {
        "svg": hexagon_figure(shown, step, means, axes, may.limit),
        "table": hexagon_table(shown, name, people, may.limit),
        "left_out": count(people - shown["people"].sum()) if people > shown["people"].sum() else "",
    }


def _by_volume() -> Axes:
    limit = HIGH_VOLUME - 0.5  # between the last low number of incidents and the first high one
    return Axes(
        "incidents of other kinds (each line is about twice the last)", "incidents of domestic abuse",
        {float(np.log2(1 + n)): count(n) for n in COUNTS}, {float(np.log2(n)): count(n) for n in COUNTS[1:]},
        (float(np.log2(1 + limit)),), (float(np.log2(limit)),),
        "{up} incidents of domestic abuse and {across} of other kinds on average", CORNERS,
    )  # fmt: skip


def _by_components(shown: pd.DataFrame, marks: Marks, step: float, shares: pd.Series) -> Axes:
    across, up = (_round([*shown[name], *(mark[at] for mark in marks.values())], step)
                  for at, name in enumerate(("across", "up")))  # fmt: skip
    first, second = (f"{words} component ({share(value)} of the differences between people)"
                     for words, value in zip(("first", "second"), shares, strict=False))  # fmt: skip
    return Axes(
        first, second, across, up, (), (), "a first component of {across} and a second of {up} on average", {},
    )  # fmt: skip


def _round(places: list[float], step: float) -> dict[float, str]:
    """Return at most ten round numbers over a range, with how each is written."""
    first, last = min(places) - step, max(places) + step
    apart = min((a for a in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if (last - first) / a <= 10), default=200)
    return {at * apart: number(at * apart) for at in range(int(np.floor(first / apart)), int(last / apart) + 1)}


def hexagon_table(shown: pd.DataFrame, plane: str, people: int, limit: int) -> Table:
    """Lay out the hexagons, the fullest first.

    Parameters
    ----------
    shown : pandas.DataFrame
        From `hexagons_shown`.
    plane : str
    people : int
        In all.
    limit : int

    Returns
    -------
    Table
    """
    sides = {
        VOLUME: ("DA incidents, mean", "Other incidents, mean"),
        COMPONENTS: ("Second component, mean", "First component, mean"),
    }
    rows: list[list[Cell]] = [
        [
            Number(row["mean_up"], number), Number(row["mean_across"], number), Number(row["people"], count),
            Number(row["people"] / people, share), row["most"] or "–",
        ]
        for row in shown.to_dict("records")
    ]  # fmt: skip
    caption = {VOLUME: "Hexagons by volume of incidents", COMPONENTS: "Hexagons by the first two components"}[plane]
    note = f"Left out: hexagons of fewer than {limit} people, or from which others could be worked out."
    heads = [*sides[plane], "People", "Share", "Most of them are"]
    everybody = people == int(shown["people"].sum())
    return table(f"{caption}, the fullest first", heads, rows, range(4), "" if everybody else note)


def cluster_table(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> Table:
    """Lay out the clusters for analysts, one row each.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable
        Means of the clusters that it hides are withheld.

    Returns
    -------
    Table
    """
    titles = {n: typology.title if typology.named else "unnamed" for typology in typologies for n in typology.numbers}
    columns = ["Cluster", "Typology", "Stability", "Group", "People", "Share", "Non-DA incidents", "DA incidents"]
    means = ["mean_non_da_incidents", "mean_da_incidents"]
    if contents.has_severity:
        columns.append("DA severity points")
        means.append("mean_da_severity_total")
    rows: list[list[Cell]] = []
    for row in contents.clusters.sort_values("cluster").to_dict("records"):
        cluster = int(row["cluster"])
        cells: list[Cell] = [
            str(cluster), titles[cluster], cell(row["stability"]), row["group"],
            Number(row["size"], count), Number(row["share"], share),
        ]  # fmt: skip
        rows.append([*cells, *(may.mean(cluster, name, row[name]) for name in means)])
    note = may.note_on_means if any(WITHHELD in row for row in rows) else ""
    return table("The clusters: means of an offender", columns, rows, range(4, len(columns)), note)
