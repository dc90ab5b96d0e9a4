"""A card for each typology: size, what sets it apart, criteria, who is in it, and the medoid's timeline."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.criteria import criteria_table, nearest
from dapipeline.report.labels import label
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.sections.equality import makeup_of
from dapipeline.report.sections.naming import evidence, name_stability
from dapipeline.report.stability import badge, cell
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.timeline.whole import Timeline
from dapipeline.report.words import amount, count, listed, several, share

TITLE = "Typologies"


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
    contents, others = material.contents, material.in_the_list
    return {
        "cards": cards(contents, material.on_cards, material.may, dict(material.timelines)),
        "standing": STANDING,
        "unnamed": unnamed_table(contents, others, material.may) if others else None,
        "unnamed_timelines": [material.timelines[n] for t in others for n in t.numbers if n in material.timelines],
    }


STANDING = (  # what no card is, after "It is not" or "Nor is it"
    "a finding about any person in it, a risk score or a prediction; and "
    "to be named as a suspect is not to be convicted."
)
CHARACTERISTICS = (("offender_sex", "Sex"), ("offender_ethnicity", "Ethnicity"))
SHOWN = 8  # features a card shows
LONGEST_BAR = 4.0  # standard deviations of the cohort that fill the bar


def cards(
    contents: Contents, typologies: list[ReportedTypology], may: Printable, timelines: dict[int, Timeline]
) -> list[dict[str, Any]]:
    """Return what the cards show, one per typology.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable
    timelines : dict of int to Timeline
        By cluster.

    Returns
    -------
    list of dict
        What typologies.html shows of each.
    """
    return [
        {
            "typology": typology,
            "stability": badge(contents, typology),
            "apart": [] if typology.title in may.means.typologies else apart(contents, typology, may),
            "criteria": criteria_table(contents.criteria, typology, may),
            "evidence": evidence(contents, typology),
            "name_stability": name_stability(contents, typology),
            "response": _response(contents, typology),
            "makeup": [(word, makeup_of(may, name, typology)) for name, word in CHARACTERISTICS if name in may.makeup],
            "people": several(typology.people, "person", "people"),
            "share": share(typology.share),
            "colour": str(typology.clusters["group"].iloc[0]),  # of its largest cluster
            "groups": sorted(set(typology.clusters["group"])),
            "defined_elsewhere": _defined_elsewhere(typology),
            "is_not": _is_not(typology),
            "small": _small(typology, may.limit),
            "timelines": [timelines[n] for n in typology.clusters["cluster"] if n in timelines],
            "nearest": nearest(contents, typology),
        }
        for typology in typologies
    ]


def apart(contents: Contents, typology: ReportedTypology, may: Printable) -> list[dict[str, Any]]:
    """Choose the clustered features in which a typology differs most from the cohort.

    The mean of several clusters, and so its difference, is that of the clusters weighted by size.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    list of dict
        One row per feature, the most different first.
    """
    sizes = typology.clusters.set_index("cluster")["size"]
    rows = contents.profiles[contents.profiles["cluster"].isin(sizes.index)]
    weight = rows["cluster"].map(sizes) / typology.people
    means = pd.DataFrame(
        {"feature": rows["feature"], "mean": rows["mean"] * weight, "difference": rows["difference"] * weight}
    )
    found = means.groupby("feature").sum()
    found["cohort"] = rows.groupby("feature")["cohort_mean"].first()
    about = contents.feature_catalogue.set_index("feature").reindex(found.index)
    found = found.join(about[["kind", "unit", "meaning"]])[(about["use"] == "clustered").to_numpy()]
    found = found[[typology.title not in may.of(str(name)).typologies for name in found.index]]
    found["size"] = found["difference"].abs().round(9)
    found = found.reset_index().sort_values(["size", "feature"], ascending=[False, True]).head(SHOWN)
    return [
        {
            "label": label(row["feature"]),
            "meaning": row["meaning"],
            "here": amount(row["mean"], row["kind"], row["unit"]),
            "cohort": amount(row["cohort"], row["kind"], row["unit"]),
            "difference": f"{row['difference']:+.1f}".replace("-", "−"),
            "more": row["difference"] > 0,
            "bar": round(50 * min(row["size"], LONGEST_BAR) / LONGEST_BAR, 1),
            "beyond": row["size"] > LONGEST_BAR,
        }
        for row in found.to_dict("records")
    ]


def _is_not(typology: ReportedTypology) -> str:
    """Return the definition's own words, to follow "It is not": they begin with "Not a finding ..."."""
    if typology.definition is None:
        return ""
    words = typology.definition.is_not.removeprefix("Not ")
    return words if words.endswith(".") else f"{words}."


def _defined_elsewhere(typology: ReportedTypology) -> str:
    """Write in which group a typology is defined, where most people of any of its clusters are in another one."""
    named = typology.clusters.dropna(subset="defined_group").sort_values("cluster")
    other = named[named["group"] != named["defined_group"]]
    if other.empty:
        return ""
    if len(other) == len(typology.clusters) and len(set(other["group"])) == 1:
        where = f"most of its people here are in group {other['group'].iloc[0]}"
    else:
        where = listed(f"most people of cluster {cluster} are in group {group}"
                       for cluster, group in other[["cluster", "group"]].itertuples(index=False))  # fmt: skip
    return f"Defined in group {other['defined_group'].iloc[0]}; {where}."


def _small(typology: ReportedTypology, limit: int) -> str:
    rows = typology.clusters.loc[typology.clusters["size"] < limit, ["cluster", "size"]].sort_values("cluster")
    if rows.empty:
        return ""
    numbers = [f"{cluster} ({size})" for cluster, size in rows.itertuples(index=False)]
    many = len(numbers) > 1
    return f"fewer than {limit} people are in cluster{'s' * many} {listed(numbers)}."


def _response(contents: Contents, typology: ReportedTypology) -> str:
    if contents.definitions is None or typology.definition is None:
        return ""
    return contents.definitions.response[typology.definition.response]


def unnamed_table(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> Table:
    """List the clusters without a name.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
        Unnamed clusters alone.
    may : Printable

    Returns
    -------
    Table
    """
    features = {"da_incidents": "DA incidents", "non_da_incidents": "Non-DA incidents"}
    if contents.has_severity:
        features["da_severity_total"] = "DA severity points"
    rows: list[list[Cell]] = []
    for typology in typologies:
        cluster, own = typology.numbers[0], typology.clusters.iloc[0]
        means = [may.mean(cluster, name, typology.mean(name)) for name in features]
        cells: list[Cell] = [str(cluster), Number(typology.people, count), Number(typology.share, share)]
        rows.append([*cells, cell(own["stability"]), str(own["group"]), *means, nearest(contents, typology)])
    columns = ["Cluster", "People", "Share", "Stability", "Group", *features.values(), "Comes closest to"]
    numeric = [1, 2, *range(5, 5 + len(features))]
    note = may.note_on_means if any(WITHHELD in row for row in rows) else ""
    return table("Clusters without a name: means of an offender", columns, rows, numeric, note)
