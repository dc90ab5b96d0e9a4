"""The titles of typologies beside their keys, wherever a table has one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.report.dictionary.column import Column, Columns
from dapipeline.report.words import plain
from dapipeline.typology.definitions import Definitions
from dapipeline.typology.naming import UNNAMED

OF_KEYS = ("typology", "best", "second", "became")  # columns that hold the key of a typology
ADDED: Columns = {  # what is added beside each
    "title": Column("Typology", "Title of the typology."),
    "best_title": Column("Best fit", "Title of the typology that fits best."),
    "second_title": Column("Second fit", "Title of the typology that fits next."),
    "became_title": Column("Became", "Title of what it became."),
    "value_title": Column("Title of the value", "Title of the typology, where the value is the key of one."),
}


def typology_title(typology: str, definitions: Definitions | None) -> str:
    """Return the title of a typology: that of the definitions, or the analyst's own words.

    Parameters
    ----------
    typology : str
        Its key.
    definitions : Definitions or None

    Returns
    -------
    str
    """
    known = definitions.typologies if definitions else {}
    words = known[typology].title if typology in known else plain(typology)
    return words[:1].upper() + words[1:]


def typologies_table(clusters: pd.DataFrame, definitions: Definitions | None) -> pd.DataFrame:
    """List the typologies of a run: those of the definitions, an analyst's own, and unnamed.

    Parameters
    ----------
    clusters : pandas.DataFrame
        cluster, typology, size.
    definitions : Definitions or None

    Returns
    -------
    pandas.DataFrame
        One row per typology, also for one that no cluster has: typology, title, defined_group (missing where there is
        no definition), clusters (how many have the name), offenders (in them).
    """
    known = definitions.typologies if definitions else {}
    others = sorted(set(clusters["typology"]) - {*known, UNNAMED})
    keys = [*known, *others, UNNAMED]
    counted = clusters.groupby("typology")["size"].agg(["count", "sum"]).reindex(keys, fill_value=0)
    return pd.DataFrame(
        {
            "typology": keys,
            "title": [typology_title(key, definitions) for key in keys],
            "defined_group": pd.array([known[key].group if key in known else None for key in keys], dtype="string"),
            "clusters": counted["count"].to_numpy(),
            "offenders": counted["sum"].to_numpy(),
        }
    )


def with_titles(frame: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Put the title beside each key of a typology.

    Parameters
    ----------
    frame : pandas.DataFrame
    titles : mapping of str to str
        Key of a typology to its title.

    Returns
    -------
    pandas.DataFrame
        With a column after each that holds keys; a table that has titles already is returned as it is.
    """
    if {"typology", "title"} <= set(frame.columns):
        return frame
    beside = {name: frame[name] for name in OF_KEYS if name in frame}
    if {"dimension", "value"} <= set(frame.columns) and frame["dimension"].eq("typology").any():
        beside["value"] = frame["value"].where(frame["dimension"] == "typology")
    wider = frame.copy()
    for name, keys in beside.items():
        added = "title" if name == "typology" else f"{name}_title"
        wider.insert(wider.columns.get_loc(name) + 1, added, keys.map(titles).astype("string"))
    return wider
