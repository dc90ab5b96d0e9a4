"""The figure of the clusters: how much domestic abuse, how much else, and how severe."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from dapipeline.reference.codes import HIGH_VOLUME
from dapipeline.report.colours import GROUPS, INK, LINE
from dapipeline.report.contents import Contents
from dapipeline.report.figure import drawn, svg
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.stability import cell
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import count, several, share

TITLE = "Volume and harm of the clusters"


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
    shown = volume_section(material.contents, material.typologies, material.may)
    return shown | {"figures": {"bubble": shown["figure"]} if shown["figure"] else {}}


LARGEST, SMALLEST = 2600.0, 80.0  # areas in square points
CORNERS = {"A": (0.015, 0.975), "B": (0.985, 0.975), "D": (0.985, 0.025), "C and E": (0.015, 0.025)}
ROOM = 8.0  # the radius from which a number stands inside, in points
OFFSETS = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def volume_section(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Any]:
    """Return the figure of the clusters, its key, and the table behind it.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    dict
        What volume.html shows.
    """
    hidden = may.means.clusters | may.hidden("da_severity_total")
    shown = contents.clusters[~contents.clusters["cluster"].isin(hidden)]
    return {
        "figure": bubble_figure(contents, shown) if len(shown) else None,
        "key": bubble_key(typologies, hidden),
        "hidden": sorted(int(cluster) for cluster in hidden),
        "limit": may.limit,
        "table": bubble_table(contents, typologies, may),
    }


def bubble_figure(contents: Contents, clusters: pd.DataFrame) -> str:
    """Draw a bubble per cluster: non-DA across, DA upwards, area by mean total DA severity, colour by group.

    Parameters
    ----------
    contents : Contents
    clusters : pandas.DataFrame
        The clusters that may be drawn; at least one.

    Returns
    -------
    str
        An svg element.
    """
    weight = clusters["mean_da_severity_total"] if contents.has_severity else clusters["size"]
    areas = _areas(weight)
    with drawn(9.2, 6.6) as figure:
        axes = figure.add_axes((0.07, 0.085, 0.92, 0.9))
        _scales(axes, clusters)
        across, up = clusters["mean_non_da_incidents"].to_numpy(), clusters["mean_da_incidents"].to_numpy()
        order = np.argsort(-areas, kind="stable")  # the small lie on the large
        colours = clusters["group"].map(GROUPS).to_numpy()
        axes.scatter(across[order], up[order], s=areas[order], c=list(colours[order]), alpha=0.72,
                     edgecolors="white", linewidths=1.0, zorder=3)  # fmt: skip
        _threshold(axes)
        _label(axes, clusters["cluster"].to_numpy(), across, up, areas)
        axes.set_xlabel("Non-DA incidents, mean of the cluster (stretched scale)")
        axes.set_ylabel("DA incidents, mean of the cluster (stretched scale)")
        sized = "mean total DA severity" if contents.has_severity else "number of people"
        groups = ", ".join(f"{n} in group {g}" for g, n in clusters["group"].value_counts().sort_index().items())
        return svg(
            figure, "bubble",
            f"Bubble chart of {several(len(clusters), 'cluster')} by mean non-DA and mean DA incidents, "
            f"area by {sized}: {groups}. The figures are in the table below it.",
        )  # fmt: skip


def _areas(weight: pd.Series) -> np.ndarray:
    largest = float(weight.max())
    scaled = weight.fillna(0).to_numpy(dtype=float) / largest if largest > 0 else np.zeros(len(weight))
    return np.asarray(SMALLEST + (LARGEST - SMALLEST) * scaled)


def _scales(axes: Any, clusters: pd.DataFrame) -> None:
    axes.set_xscale("symlog", linthresh=1, linscale=0.6)
    axes.set_yscale("symlog", linthresh=1, linscale=0.35)
    axes.set_xlim(-0.28, max(10.0, float(clusters["mean_non_da_incidents"].max()) * 1.9))
    axes.set_ylim(0.55, max(10.0, float(clusters["mean_da_incidents"].max()) * 1.9))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator([0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500]))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.grid(color=LINE, linewidth=0.5, alpha=0.6, zorder=0)


def _threshold(axes: Any) -> None:
    for line in (axes.axvline, axes.axhline):
        line(HIGH_VOLUME, color=INK, linewidth=1.1, linestyle=(0, (5, 3)), zorder=2)
    for letters, (x, y) in CORNERS.items():
        axes.text(
            x, y, f"group {letters}" if len(letters) == 1 else f"groups {letters}", transform=axes.transAxes,
            ha="left" if x < 0.5 else "right", va="bottom" if y < 0.5 else "top", color=GROUPS[letters[0]],
            fontsize=11, fontweight="bold",
        )  # fmt: skip


def _label(axes: Any, numbers: np.ndarray, across: np.ndarray, up: np.ndarray, areas: np.ndarray) -> None:
    """Number the bubbles, inside where that is free, else beside; the largest choose first."""
    places = axes.transData.transform(np.column_stack([across, up]))
    pixels = axes.figure.dpi / 72
    radii = np.sqrt(areas / np.pi) * pixels
    taken: list[tuple[float, float]] = []
    for at in np.argsort(-areas, kind="stable"):
        reach = radii[at] + 7.5 * pixels
        options = [places[at] + np.array(offset) * reach for offset in OFFSETS[int(radii[at] < ROOM * pixels) :]]
        free = [o for o in options if all(abs(o[0] - x) > 15 * pixels or abs(o[1] - y) > 10 * pixels for x, y in taken)]
        chosen = (free or options)[0]
        taken.append((float(chosen[0]), float(chosen[1])))
        inside = bool(np.hypot(*(chosen - places[at])) < radii[at])
        x, y = axes.transAxes.inverted().transform(chosen)
        axes.text(
            x, y, str(numbers[at]), transform=axes.transAxes, ha="center", va="center", zorder=4, fontsize=8.5,
            fontweight="bold", color="white" if inside else INK,
        )  # fmt: skip


def bubble_table(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> Table:
    """Lay out the numbers behind the bubbles, one row per cluster.

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


def bubble_key(typologies: list[ReportedTypology], hidden: frozenset[int]) -> list[dict[str, Any]]:
    """List typologies with their clusters and colours, to read the numbers by.

    Parameters
    ----------
    typologies : list of ReportedTypology
    hidden : frozenset of int
        Clusters that are not drawn.

    Returns
    -------
    list of dict
        title, and numbers: pairs of cluster and group.
    """
    key: dict[str, list[tuple[int, str]]] = {}
    for typology in typologies:
        drawn_ones = typology.clusters[~typology.clusters["cluster"].isin(hidden)].sort_values("cluster")
        pairs = [(int(n), str(g)) for n, g in drawn_ones[["cluster", "group"]].itertuples(index=False)]
        key.setdefault(typology.title if typology.named else "Unnamed", []).extend(pairs)
    return [{"title": title, "numbers": numbers} for title, numbers in key.items() if numbers]
