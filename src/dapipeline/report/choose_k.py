"""The evidence for each k: a paragraph, a figure and a page of its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from dapipeline.clustering.choosing_k import Evidence, weigh
from dapipeline.clustering.clusters import clusters_for
from dapipeline.clustering.stability import BANDS
from dapipeline.config import Config
from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.figure import drawn, inline, svg
from dapipeline.report.stability import bands_in_words, when
from dapipeline.report.table import Table, table
from dapipeline.report.template import policy, template
from dapipeline.report.words import count, listed, number, share


@dataclass(frozen=True)
class Choice:
    """The evidence for each number of clusters, for readers.

    Attributes
    ----------
    html : str
        The page.
    figure : str
        Its figure, as SVG.
    evidence : dict
        The paragraph, and the k that each measure points to.
    """

    html: str
    figure: str
    evidence: dict[str, Any]


def render_choice(trials: pd.DataFrame, clusters: pd.DataFrame, about: dict[str, Any], config: Config) -> Choice:
    """Write what was measured for every k.

    Parameters
    ----------
    trials, clusters : pandas.DataFrame
        From `try_ks`: one row per k, and one row per cluster of each k.
    about : dict
        How many people and halves the trials rest on.
    config : Config
        The settings of the run.

    Returns
    -------
    Choice
    """
    chosen = clusters_for(config.clustering.k, about["offenders"])
    words = paragraph(trials, about, chosen)
    figure = choice_figure(trials, clusters, chosen)
    page = template("choose_k.html").render(
        policy=policy(),
        name=config.name, paragraph=words, figure=inline(figure), table=choice_table(trials), about=about,
        people=_people(about), weight=config.clustering.weight, bands=bands_in_words(), count=count,
    )  # fmt: skip
    return Choice(page, figure, {"paragraph": words, **asdict(weigh(trials))})


def paragraph(trials: pd.DataFrame, about: dict[str, Any], chosen: int) -> str:
    """Write in plain words which k each measure points to, whether they agree, and how the configured k does.

    Parameters
    ----------
    trials : pandas.DataFrame
        From `try_ks`: one row per k.
    about : dict
        How many people and halves the trials rest on.
    chosen : int
        The k of the config.

    Returns
    -------
    str
        One paragraph.
    """
    found, rows = weigh(trials), trials.set_index("k")
    first, last = rows.index[0], rows.index[-1]
    sentences = [
        f"Every number of clusters k from {first} to {last} was tried on {_people(about)}.",
        f"The medoid silhouette is highest at k = {found.silhouette} ({rows['silhouette'][found.silhouette]:.2f}).",
        _gap_in_words(found.gap, rows),
        _stability_in_words(found.stability, rows, when(about["offenders_in_half"], about["offenders_measured"])),
    ]
    if first != last:
        sentences.append(
            f"The loss falls from {number(rows['loss'][first])} to {number(rows['loss'][last])}, as it must with more "
            f"clusters; half of the fall is reached at k = {found.half_of_fall}."
        )
    return " ".join([*sentences, _agreement(found), _chosen_in_words(chosen, rows)])


def _people(about: dict[str, Any]) -> str:
    if about["offenders_measured"] == about["offenders"]:
        return f"{count(about['offenders'])} offenders"
    return f"{count(about['offenders_measured'])} of {count(about['offenders'])} offenders"


def _gap_in_words(k: int | None, rows: pd.DataFrame) -> str:
    if k is None:
        return f"The gap to data without clusters points to no k before {rows.index[-1]}: it goes on widening."
    return (
        f"The gap to data without clusters points to k = {k} ({rows['gap'][k]:.2f}), the first at which one cluster "
        "more does not widen it beyond its standard error."
    )


def _stability_in_words(k: int | None, rows: pd.DataFrame, left_out: str) -> str:
    best = rows["stability"].idxmax()
    text = f"The mean stability of the clusters is highest at k = {best} ({rows['stability'][best]:.2f}); "
    steady = f"at least half of the clusters are stable, that is, found again {left_out}"
    if k is None:
        return f"{text}there is no k at which {steady}."
    return f"{text}the largest k at which {steady}, is {k} ({rows['stability'][k]:.2f})."


def _agreement(found: Evidence) -> str:
    votes = {"silhouette": found.silhouette, "gap": found.gap, "stability": found.stability}
    given = {name: k for name, k in votes.items() if k is not None}
    if len(set(given.values())) == 1:
        if len(given) == len(votes):
            return f"The three measures agree on k = {found.silhouette}."
        one = len(given) == 1
        return f"Of the three measures only {listed(given)} point{'s' * one} to a k in this range, {found.silhouette}."
    named = listed(f"{k} by {name}" for name, k in given.items())
    return (
        f"The measures do not agree on one k ({named}): fewer clusters are more surely found again, more of them keep "
        "rarer patterns apart, and which matters more is a question of what the clusters are for."
    )


def _chosen_in_words(chosen: int, rows: pd.DataFrame) -> str:
    if chosen not in rows.index:
        return f"The config asks for k = {chosen}, which was not tried."
    row = rows.loc[chosen]
    return (
        f"The config asks for k = {chosen}: silhouette {row['silhouette']:.2f}, mean stability {row['stability']:.2f}, "
        f"{int(row['stable_clusters'])} of its clusters stable (with {share(row['stable_share'])} of the people) and "
        f"{int(row['unstable_clusters'])} unstable."
    )


def choice_table(trials: pd.DataFrame) -> Table:
    """Return a table of every k with everything that was measured for it.

    Parameters
    ----------
    trials : pandas.DataFrame
        From `try_ks`: one row per k.

    Returns
    -------
    Table
        One row per k.
    """
    columns = ["k", "Loss", "Silhouette", "Gap", "Standard error", "Stability, mean", "Stable clusters",
               "Unstable clusters", "People in stable ones"]  # fmt: skip
    rows = [
        (str(k), f"{loss:.3f}", f"{silhouette:.3f}", _decimals(width), _decimals(error), f"{stability:.2f}",
         str(stable), str(unstable), share(part))
        for k, loss, silhouette, width, error, stability, stable, unstable, part in trials.itertuples(index=False)
    ]  # fmt: skip
    return table("Every number of clusters that was tried", columns, rows, range(len(columns)))


def _decimals(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.3f}"


def choice_figure(trials: pd.DataFrame, clusters: pd.DataFrame, chosen: int) -> str:
    """Draw loss, silhouette, gap and stability against k, and mark the k that each points to.

    Parameters
    ----------
    trials, clusters : pandas.DataFrame
        From `try_ks`: one row per k, and one row per cluster of each k.
    chosen : int
        The k of the config; a dashed line marks it.

    Returns
    -------
    str
        An svg element.
    """
    found = weigh(trials)
    with drawn(9.2, 6.6) as figure:
        loss, silhouette, gap, stability = figure.subplots(2, 2).ravel()
        figure.subplots_adjust(left=0.065, right=0.985, top=0.94, bottom=0.075, hspace=0.4, wspace=0.17)
        _line(loss, "Loss: mean distance to the medoid", trials["k"], trials["loss"], found.half_of_fall)
        _line(silhouette, "Medoid silhouette", trials["k"], trials["silhouette"], found.silhouette)
        gap.errorbar(trials["k"], trials["gap"], trials["gap_error"], color=OTHER, linewidth=0, elinewidth=1)
        _line(gap, "Gap to data without clusters", trials["k"], trials["gap"], found.gap)
        stability.scatter(clusters["k"], clusters["stability"], s=7, color=QUIET, alpha=0.35, linewidths=0)
        for bound in BANDS.values():
            stability.axhline(bound, color=LINE, linewidth=0.8, zorder=0)
        _line(stability, "Stability: each cluster, and their mean", trials["k"], trials["stability"], found.stability)
        stability.set_ylim(0, 1.03)
        for axes in (loss, silhouette, gap, stability):
            if trials["k"].min() <= chosen <= trials["k"].max():
                axes.axvline(chosen, color=QUIET, linewidth=0.9, linestyle=(0, (5, 3)), zorder=0)
            axes.set_xlabel("number of clusters k", color=QUIET)
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        return svg(
            figure, "choose_k",
            f"Four curves against the number of clusters from {trials['k'].min()} to {trials['k'].max()}: loss, "
            "medoid silhouette, gap and stability. The figures are in the table below.",
        )  # fmt: skip


def _line(axes: Axes, title: str, ks: pd.Series, values: pd.Series, pointed: int | None) -> None:
    axes.plot(ks, values, color=OTHER, linewidth=1.5, marker="o", markersize=2.5)
    axes.set_title(title, loc="left", fontsize=10, fontweight="bold", color=INK)
    if pointed is not None:
        right = pointed > (ks.min() + 3 * ks.max()) / 4  # the label then stands to the left of its line
        axes.axvline(pointed, color=DA, linewidth=0.9, zorder=0)
        axes.plot([pointed], values[ks == pointed], marker="o", markersize=9, color=DA, markerfacecolor="none")
        axes.annotate(
            f"k = {pointed}", (pointed, 0), (-5 if right else 5, 5), xycoords=("data", "axes fraction"),
            textcoords="offset points", color=DA, fontweight="bold", ha="right" if right else "left",
        )  # fmt: skip
