"""A card for each typology: size, what sets it apart, criteria, who is in it, and the medoid's timeline."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.criteria import criteria_table, nearest
from dapipeline.report.labels import label
from dapipeline.report.reported import Kind
from dapipeline.report.sections.equality import Makeup, makeup_of
from dapipeline.report.sections.naming import evidence, name_stability
from dapipeline.report.stability import badge, cell
from dapipeline.report.table import Table, table
from dapipeline.report.timeline import Timeline
from dapipeline.report.words import FEWEST, amount, count, listed, number, several, share

STANDING = (  # what no card is, after "It is not" or "Nor is it"
    "a finding about any person in it, a risk score or a prediction; and "
    "to be named as a suspect is not to be convicted."
)
SHOWN = 8  # features a card shows
LONGEST_BAR = 4.0  # standard deviations of the cohort that fill the bar


def cards(contents: Contents, kinds: list[Kind], timelines: dict[int, Timeline]) -> list[dict[str, Any]]:
    """Give what the cards show, one a kind."""
    return [
        {
            "kind": kind,
            "stability": badge(contents, kind),
            "apart": apart(contents, kind),
            "criteria": criteria_table(contents.criteria, kind),
            "evidence": evidence(contents, kind),
            "name_stability": name_stability(contents, kind),
            "response": _response(contents, kind),
            "makeup": _sex_and_ethnicity(contents.equality_audit, kind),
            "people": several(kind.people, "person", "people"),
            "share": share(kind.share),
            "colour": str(kind.clusters["group"].iloc[0]),  # of its largest cluster
            "groups": sorted(set(kind.clusters["group"])),
            "defined_elsewhere": _defined_elsewhere(kind),
            "is_not": _is_not(kind),
            "small": _small(kind),
            "timelines": [timelines[n] for n in kind.clusters["cluster"] if n in timelines],
            "nearest": nearest(contents, kind),
        }
        for kind in kinds
    ]


def apart(contents: Contents, kind: Kind) -> list[dict[str, Any]]:
    """Choose the clustered features in which a kind differs most from the cohort.

    The mean of several clusters, and so its difference, is that of the clusters weighted by size.
    """
    sizes = kind.clusters.set_index("cluster")["size"]
    rows = contents.profiles[contents.profiles["cluster"].isin(sizes.index)]
    weight = rows["cluster"].map(sizes) / kind.people
    means = pd.DataFrame(
        {"feature": rows["feature"], "mean": rows["mean"] * weight, "difference": rows["difference"] * weight}
    )
    found = means.groupby("feature").sum()
    found["cohort"] = rows.groupby("feature")["cohort_mean"].first()
    about = contents.feature_catalogue.set_index("feature").reindex(found.index)
    found = found.join(about[["kind", "unit", "meaning"]])[(about["use"] == "clustered").to_numpy()]
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


def _is_not(kind: Kind) -> str:
    """Give the definition's own words, to follow "It is not": they begin with "Not a finding ..."."""
    if kind.definition is None:
        return ""
    words = kind.definition.is_not.removeprefix("Not ")
    return words if words.endswith(".") else f"{words}."


def _defined_elsewhere(kind: Kind) -> str:
    """Write in which group a typology is defined, where most people of any of its clusters are in another one."""
    named = kind.clusters.dropna(subset="defined_group").sort_values("cluster")
    other = named[named["group"] != named["defined_group"]]
    if other.empty:
        return ""
    if len(other) == len(kind.clusters) and len(set(other["group"])) == 1:
        where = f"most of its people here are in group {other['group'].iloc[0]}"
    else:
        where = listed(f"most people of cluster {cluster} are in group {group}"
                       for cluster, group in other[["cluster", "group"]].itertuples(index=False))  # fmt: skip
    return f"Defined in group {other['defined_group'].iloc[0]}; {where}."


def _small(kind: Kind) -> str:
    rows = kind.clusters.loc[kind.clusters["size"] < FEWEST, ["cluster", "size"]].sort_values("cluster")
    if rows.empty:
        return ""
    numbers = [f"{cluster} ({size})" for cluster, size in rows.itertuples(index=False)]
    many = len(numbers) > 1
    return f"fewer than ten people are in cluster{'s' * many} {listed(numbers)}."


def _response(contents: Contents, kind: Kind) -> str:
    if contents.definitions is None or kind.definition is None:
        return ""
    return contents.definitions.response[kind.definition.response]


def _sex_and_ethnicity(audit: pd.DataFrame, kind: Kind) -> list[tuple[str, list[Makeup]]]:
    return [
        (name, makeup_of(audit, characteristic, kind))
        for characteristic, name in (("offender_sex", "Sex"), ("offender_ethnicity", "Ethnicity"))
        if (audit["characteristic"] == characteristic).any()
    ]


def unnamed_table(contents: Contents, kinds: list[Kind]) -> Table:
    """List the clusters without a name."""
    severity = contents.has_severity
    columns = ["Cluster", "People", "Share", "Stability", "Group", "DA incidents", "Non-DA incidents"]
    columns += ["DA severity points"] if severity else []
    rows = []
    for kind in kinds:
        cells = [str(kind.numbers[0]), count(kind.people), share(kind.share), cell(kind.clusters["stability"].iloc[0]),
                 str(kind.clusters["group"].iloc[0]),
                 number(kind.mean("da_incidents")), number(kind.mean("non_da_incidents"))]  # fmt: skip
        cells += [number(kind.mean("da_severity_total"))] if severity else []
        rows.append([*cells, nearest(contents, kind)])
    numeric = [1, 2, 5, 6, 7] if severity else [1, 2, 5, 6]
    return table("Clusters without a name: means of an offender", [*columns, "Comes closest to"], rows, numeric)
