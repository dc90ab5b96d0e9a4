"""How it was done: settings, weight, components, features, inputs and versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dapipeline.config import Config, Section
from dapipeline.report.colours import INK, LINE, OTHER, QUIET
from dapipeline.report.contents import Contents
from dapipeline.report.figure import drawn, says, svg
from dapipeline.report.labels import label
from dapipeline.report.material import Material
from dapipeline.report.stability import bands_in_words
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, day, listed, plain, several, share

TITLE = "Method and provenance"


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
    figures = {"components": _components_figure(material.contents.components)}
    return method_section(material.contents) | {"figures": figures}


SECTIONS = ("window", "domestic_abuse", "reference", "features", "clustering", "typology")
WEIGHTS = {
    "none": "Every offender counted alike when clusters were formed.",
    "root_incidents": "When clusters were formed, an offender counted as the square root of their incidents, halfway "
    "between counting people and counting incidents: counted alike, the many with one incident would take most "
    "clusters; counted by incidents, the few with most would.",
    "incidents": "When clusters were formed, an offender counted as often as they have incidents. In the published "
    "cohort about two thirds have a single DA incident; counted alike, such people would take most clusters, and rare "
    "patterns with the most harm would get none.",
    "harm": "When clusters were formed, an offender counted as 1 plus their total severity, so that rare patterns "
    "with the most harm get clusters of their own.",
}


def _components_figure(components: pd.DataFrame) -> str:
    """Draw the share of the variance that each principal component holds, and their running sum."""
    with drawn(9.2, 2.6) as figure:
        axes = figure.add_axes((0.065, 0.19, 0.92, 0.77))
        bars = axes.bar(components["component"], components["share"], 0.7, color=OTHER)
        for bar, own in zip(bars, components.itertuples(), strict=True):
            says(bar, f"component {own.component}: {share(own.share)}, the sum so far {share(own.cumulative)}")
        axes.plot(
            components["component"],
            components["cumulative"],
            color=INK,
            linewidth=1.4,
            marker="o",
            markersize=3.5,
        )
        last = components.iloc[-1]
        axes.annotate(f"together {share(last['cumulative'])}", (last["component"], last["cumulative"]), (0, -24),
                      textcoords="offset points", ha="right", fontweight="bold")  # fmt: skip
        axes.set_ylim(0, 1)
        axes.set_xlim(0.3, float(last["component"]) + 0.7)
        axes.set_xticks(components["component"])
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(axis="y", color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel("principal component", color=QUIET)
        return svg(
            figure, "components",
            f"Variance held by {len(components)} principal components: the first {share(components['share'].iloc[0])}, "
            f"all together {share(last['cumulative'])}.",
        )  # fmt: skip


def method_section(contents: Contents) -> dict[str, Any]:
    """Return the tables and sentences of the section on method.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    dict
        What method.html shows.
    """
    model = contents.model
    return {
        "settings": settings_table(contents.config),
        "medoids": several(model["k"], "person whose record best stands", "people whose records best stand"),
        "weight": WEIGHTS[contents.config.clustering.weight],
        "stability": _stability(model),
        "follows_contact": contents.config.clustering.weight != "none",
        "model": table(
            "What was fitted", ["Figure", "Value"],
            [(plain(str(name)).capitalize(), _value(value)) for name, value in sorted(model.items())], [1],
        ),
        "components": table(
            "Variance held by the principal components", ["Component", "Share", "Together"],
            [(str(c), share(s), share(t))
             for c, s, t in contents.components[["component", "share", "cumulative"]].itertuples(index=False)],
            [1, 2],
        ),
        "features": _features(contents.feature_catalogue),
        "clustered": int((contents.feature_catalogue["use"] == "clustered").sum()),
        "inputs": table("Files that went in", ["File", "SHA-256"], sorted(contents.inputs.items())),
        "versions": table("Versions of the programs", ["Program", "Version"], sorted(contents.versions.items())),
    }  # fmt: skip


def _stability(model: dict[str, Any]) -> str:
    each, everyone = model["stability_offenders_in_each"], model["offenders"]
    half = each >= everyone // 2
    text = (
        f"{model['stability_fits']} times, {'half of the people' if half else 'a part of the people'} "
        f"({count(each)} of {count(everyone)}) were drawn and clustered from scratch. A cluster's stability is the "
        f"mean, over the draws, of what it shares with the most similar cluster found there: the people in both over "
        f"the people in either (Jaccard), 1 where they are the same; {bands_in_words()} (Hennig 2007)."
    )
    if not half:
        text += " Of a rare cluster so small a draw holds few people, and its figure comes out too low."
    return text


def settings_table(config: Config) -> Table:
    """Return a table of every setting that changes results, with its meaning.

    Parameters
    ----------
    config : Config

    Returns
    -------
    Table
        One row per setting; paths and the number of threads change nothing and are left out.
    """
    rows = []
    for name in SECTIONS:
        section: Section = getattr(config, name)
        for field, about in type(section).model_fields.items():
            setting = f"{plain(name)}: {plain(str(about.alias or field))}"
            rows.append((setting.capitalize(), _value(getattr(section, field)), about.description or ""))
    return table("Settings of this run", ["Setting", "Value", "What it means"], rows)


def _value(value: Any) -> str:
    if value is None or value in ((), {}):
        return "–"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {item}" for key, item in sorted(value.items()))
    if isinstance(value, tuple):
        return listed(map(str, value))
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _features(catalogue: pd.DataFrame) -> list[Table]:
    uses = {"clustered": "clustered", "described": "described only", "off": "switched off"}
    return [
        table(
            f"Features: {theme}", ["Feature", "Use", "Unit", "What it means"],
            [(label(f), uses[use], unit, meaning)
             for f, use, unit, meaning in rows[["feature", "use", "unit", "meaning"]].itertuples(index=False)],
        )
        for theme, rows in catalogue.groupby("theme", sort=False)
    ]  # fmt: skip
