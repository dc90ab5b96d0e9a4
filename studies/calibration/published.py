"""The figures that the study published, one per row of published.csv."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

PUBLISHED = Path(__file__).parent / "published.csv"
EXCEPTIONS = Path(__file__).parent / "exceptions.csv"


def published_figures() -> pd.DataFrame:
    """Read the published figures.

    Returns
    -------
    pandas.DataFrame
        figure (unique), subject (data set, cohort or a typology), what, value, most (the upper end of a range, inf
        where it is open), unit, kind (count, mean, medoid, share, rank or rule), source, not_measured (why).
        A rule is a statement that holds or does not.
    """
    return pd.read_csv(PUBLISHED, dtype="string")


def published_ranks() -> pd.DataFrame:
    """Return the published harm ranks of the nine typologies that have one.

    Returns
    -------
    pandas.DataFrame
        da and non_da, indexed by typology.
    """
    ranks = published_figures().query("kind == 'rank' and not_measured.isna()")
    side = ranks["figure"].str.removeprefix("rank_").str.partition(".")[0]
    table = ranks.assign(side=side, value=ranks["value"].astype(float))
    return table.pivot_table(index="subject", columns="side", values="value", sort=False)


def typologies() -> list[str]:
    """Return the names of the published typologies."""
    subjects = published_figures()["subject"].unique()
    return [name for name in subjects if name not in ("data set", "cohort", "cluster 29")]


def exceptions() -> pd.Series:
    """Return the explanation of each figure that is not within tolerance, indexed by figure."""
    return pd.read_csv(EXCEPTIONS, dtype="string").set_index("figure")["explanation"]
