"""Markers: boolean columns of the force's own, counted by incident, with what is known of each beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import wilson
from dapipeline.extract.columns import MARKER
from dapipeline.scrutiny.counting import Grid
from dapipeline.scrutiny.years import year_in_words

SEXUAL, SERIOUS = "sexual", "serious"  # the two samples of the study of 2004


@dataclass(frozen=True)
class Known:
    """A marker whose key is known.

    Attributes
    ----------
    title : str
    sexual, serious : tuple of (int, int) or None
        Count and base in the sexual and the serious sample of MPS 2004; None where it prints none.
    """

    title: str
    sexual: tuple[int, int] | None = None
    serious: tuple[int, int] | None = None


KNOWN = {
    "children_present": Known("Children in the household", (74, 241), (34, 143)),
    "children_witnessed": Known("Children witnessed it", (25, 241), (21, 143)),
    "injury": Known("The victim was injured"),
    "weapon": Known("A weapon was used; in 2004 fists count", (86, 241), (112, 146)),
    "strangulation": Known("Strangulation", None, (7, 143)),
    "pregnancy": Known("The victim was pregnant", (11, 241), (7, 143)),
    "separation": Known("The couple had parted or was about to", (116, 217), (47, 96)),
    "mental_health": Known("The suspect's mental health is recorded as an issue", (13, 241), (7, 146)),
    "victim_mental_health": Known("The victim's mental health is recorded as an issue", (20, 241), (6, 143)),
    "jealousy": Known("Jealousy and control"),
    "stalking": Known("Stalking"),
    "suicidal_thoughts": Known("Suicidal thoughts"),
    "victim_fear": Known("The victim is in fear"),
    "sexual_abuse": Known("Sexual abuse"),
    "barrier": Known("A barrier of language or disability"),
    "on_bail": Known("On bail or licence, or under an order", (12, 241), (15, 146)),
}  # fmt: skip
COLUMNS = [
    "marker", "title", "dimension", "value", "incidents", "recorded", "marked", "share", "low", "high", "missing",
    "published_sexual", "published_serious",
]  # fmt: skip
DA = {True: "DA", False: "other"}


def names_of(columns: list[str]) -> list[str]:
    """Return the names of the markers among columns.

    Parameters
    ----------
    columns : list of str

    Returns
    -------
    list of str
        With their prefix, in alphabetical order.
    """
    return sorted(name for name in columns if name.startswith(MARKER))


def title_of(marker: str) -> str:
    """Return the title of a marker: of a known key its own, else its name in words.

    Parameters
    ----------
    marker : str

    Returns
    -------
    str
    """
    known = KNOWN.get(marker)
    return known.title if known else marker.replace("_", " ").capitalize()


def count_markers(incidents: Any, grid: Grid, years: str) -> pd.DataFrame:
    """Count every marker of incidents in DA and outside, and of DA incidents by area and year.

    Parameters
    ----------
    incidents : ibis.Table
        With a whole number per marker: 1, 0, or missing where no row of the incident says.
    grid : Grid
    years : str

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: incidents, those of which the marker is recorded, those marked, their share of those recorded with
        Wilson's interval, the share that is missing, and the proportions of 2004.
    """
    names = names_of(list(incidents.columns))
    if not names:
        return pd.DataFrame(columns=COLUMNS)
    sums = {f"{side} {name}": value for name in names
            for side, value in (("marked", incidents[name].sum()), ("recorded", incidents[name].count()))}  # fmt: skip
    found = incidents.group_by(["da", "area", "year"]).aggregate(
        incidents=incidents.count(), **{name: value.fill_null(0).cast("int64") for name, value in sums.items()}
    ).to_pandas()  # fmt: skip
    areas = np.array([*grid.areas], dtype=object)
    found = found.assign(
        kind=found["da"].map(DA), area=areas[grid.place(found["area"])],
        year=[year_in_words(int(first), years) for first in found["year"]],
    )  # fmt: skip
    domestic = found[found["da"]]
    return laid_out([("da", "kind", found), ("area", "area", domestic), ("year", "year", domestic)], names)


def laid_out(dimensions: list[tuple[str, str, pd.DataFrame]], names: list[str]) -> pd.DataFrame:
    """Lay out counts of markers by the values of some dimensions.

    Parameters
    ----------
    dimensions : list of (str, str, pandas.DataFrame)
        What a dimension is called, its column, and a table with incidents and, per marker, marked and recorded.
    names : list of str
        With their prefix.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`.
    """
    parts = []
    for name in names:
        for dimension, column, table in dimensions:
            own = table.groupby(column)[["incidents", f"recorded {name}", f"marked {name}"]].sum()
            own.columns = pd.Index(["incidents", "recorded", "marked"])
            marker = name.removeprefix(MARKER)
            parts.append(own.rename_axis("value").reset_index().assign(marker=marker, dimension=dimension))
    made = pd.concat(parts, ignore_index=True)
    low, high = wilson(made["marked"].to_numpy(), made["recorded"].to_numpy())
    published = {
        f"published_{sample}": [_proportion(getattr(KNOWN.get(name, Known("")), sample)) for name in made["marker"]]
        for sample in (SEXUAL, SERIOUS)
    }
    return made.assign(
        title=made["marker"].map(title_of), low=low, high=high,
        share=made["marked"] / made["recorded"].where(made["recorded"] > 0),
        missing=1 - made["recorded"] / made["incidents"], **published,
    )[COLUMNS]  # fmt: skip


def _proportion(counts: tuple[int, int] | None) -> float:
    return counts[0] / counts[1] if counts else np.nan


def markers_by_typology(incidents: Any, assigned: pd.DataFrame) -> pd.DataFrame:
    """Count every marker of suspects' DA incidents by typology.

    Parameters
    ----------
    incidents : ibis.Table
        One row per suspect and incident: the table of the incidents stage.
    assigned : pandas.DataFrame
        offender_id, typology.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, and people, the suspects behind a row.
    """
    names = names_of(list(incidents.columns))
    if not names:
        return pd.DataFrame(columns=[*COLUMNS, "people"])
    own = incidents.filter(incidents.is_da)
    sums = {f"{side} {name}": value.fill_null(0).cast("int64") for name in names
            for side, value in (("marked", own[name].sum()), ("recorded", own[name].count()))}  # fmt: skip
    typologies = ibis.memtable(assigned[["offender_id", "typology"]].astype("string"))
    found = own.group_by("offender_id").aggregate(incidents=own.count(), **sums).inner_join(typologies, "offender_id")
    table = found.to_pandas()
    people = table.groupby("typology").size()
    made = laid_out([("typology", "typology", table)], names)
    return made.assign(people=made["value"].map(people))
