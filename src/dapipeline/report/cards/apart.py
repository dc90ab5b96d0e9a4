"""What sets a typology apart: its mean of a feature, everybody's and the usual range, on an axis that fits them."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.cards.pooled import everybody, may_tell, plain, written
from dapipeline.report.contents import Contents
from dapipeline.report.labels import label
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.table import Table, table
from dapipeline.report.words import lasting, share

SHOWN = 5  # features a card shows
OF_A_THEME = 2  # at most, so that one fact counted in several ways does not fill the card
LEAST = 0.1  # standard deviations: what differs by less is no difference
FEWEST = 4  # clusters of which a middle half is told
STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class Dots:
    """One feature of a typology on an axis of its own.

    Attributes
    ----------
    label, meaning : str
    here, everybody : str
        The two means.
    words : str
        How they compare, for lay readers.
    low, high : str
        The ends of the axis.
    at, everybody_at : float
        Positions of the two means, in percent of the axis.
    clusters : tuple of float
        Those of its clusters, where it has several.
    middle : (float, float) or None
        Beginning and width of the middle half of all clusters.
    asked : bool
        Whether the definition asks for this feature: that it stands out is partly so by definition.
    """

    label: str
    meaning: str
    here: str
    everybody: str
    words: str
    low: str
    high: str
    at: float
    everybody_at: float
    clusters: tuple[float, ...]
    middle: tuple[float, float] | None
    asked: bool


def differences(contents: Contents, typology: ReportedTypology, may: Printable) -> pd.DataFrame:
    """Return the clustered features of a typology whose means may be printed, the most different first.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    pandas.DataFrame
        feature, mean, cohort, difference (in standard deviations of the cohort).
    """
    sizes = typology.clusters.set_index("cluster")["size"]
    rows = contents.profiles[contents.profiles["cluster"].isin(sizes.index)]
    weight = rows["cluster"].map(sizes) / typology.people
    means = pd.DataFrame(
        {"feature": rows["feature"], "mean": rows["mean"] * weight, "difference": rows["difference"] * weight}
    )
    found = means.groupby("feature").sum()
    found["cohort"] = rows.groupby("feature")["cohort_mean"].first()
    use = contents.feature_catalogue.set_index("feature")["use"].reindex(found.index)
    found = found[(use == "clustered").to_numpy()]
    found = found[[name in BY_NAME and may_tell(typology, may, str(name)) for name in found.index]]
    found["size"] = found["difference"].abs().round(9)
    found = found.reset_index().sort_values(["size", "feature"], ascending=[False, True], ignore_index=True)
    return found[["feature", "mean", "cohort", "difference"]]


def apart(contents: Contents, typology: ReportedTypology, may: Printable) -> list[Dots]:
    """Choose the clustered features in which a typology differs most, no more than two of a theme.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    list of Dots
        The most different first; empty where no mean may be printed.
    """
    found = differences(contents, typology, may)
    asked = {c.feature for c in typology.definition.criteria} if typology.definition else set()
    chosen: list[Dots] = []
    themes: Counter[str] = Counter()
    for row in found[found["difference"].abs() >= LEAST].itertuples():
        feature = str(row.feature)
        theme = BY_NAME[feature].theme
        if themes[theme] == OF_A_THEME or len(chosen) == SHOWN:
            continue
        themes[theme] += 1
        chosen.append(_dots(contents, typology, may, feature, feature in asked))
    return chosen


def _dots(contents: Contents, typology: ReportedTypology, may: Printable, feature: str, asked: bool) -> Dots:
    here, cohort = typology.mean(feature), everybody(contents).mean(feature)
    column, hidden = f"mean_{feature}", may.of(feature).clusters
    open_ones = contents.clusters[~contents.clusters["cluster"].isin(hidden)]
    own = typology.clusters.loc[~typology.clusters["cluster"].isin(hidden), column].dropna().to_numpy()
    own = own if len(typology.clusters) > 1 else own[:0]
    every = open_ones[column].dropna().to_numpy()
    middle = np.quantile(every, [0.25, 0.75]) if len(every) >= FEWEST else np.array([])
    low, high = _ends(np.array([here, cohort, *own, *middle]), feature)

    def at(value: float) -> float:
        return round(100 * (value - low) / (high - low), 1)

    about = BY_NAME[feature]
    return Dots(
        label(feature), about.meaning, written(here, feature), written(cohort, feature),
        compared(here, cohort, feature), _end(low, feature), _end(high, feature), at(here), at(cohort),
        tuple(at(float(value)) for value in own),
        (at(middle[0]), round(at(middle[1]) - at(middle[0]), 1)) if len(middle) else None,
        asked,
    )  # fmt: skip


def _unit(feature: str, largest: float) -> float:
    """Return the size of the unit in which a reader counts: years or days of a time, 1 of anything else."""
    about = BY_NAME[feature]
    if about.kind != "duration":
        return 1.0
    hours = 1.0 if about.unit == "hours" else 1 / 24
    size = next((size for size in (8766.0, 24.0) if largest / hours >= 2 * size), 1.0)
    return size * hours


def _ends(values: np.ndarray, feature: str) -> tuple[float, float]:
    """Choose round ends of an axis that holds all values; it begins at nothing but for ages and the like."""
    low, high = float(values.min()), float(values.max())
    if BY_NAME[feature].kind in ("age", "difference", "decile"):
        step = 5.0 if BY_NAME[feature].kind == "age" else 1.0
        low, high = step * math.floor(low / step), step * math.ceil(high / step)
        return low, max(high, low + step)
    if BY_NAME[feature].kind == "share" and high > 0.8:
        return 0.0, 1.0
    unit = _unit(feature, high)
    if high <= 0:
        return 0.0, unit
    power = 10.0 ** math.floor(math.log10(high / unit))
    return 0.0, unit * next(step * power for step in STEPS if step * power >= high / unit * (1 - 1e-9))


def _end(value: float, feature: str) -> str:
    about = BY_NAME[feature]
    if about.kind == "share":
        return share(value)
    if about.kind == "duration":
        return lasting(value if about.unit == "hours" else value * 24) if value else "0"
    return plain(value)


def compared(here: float, cohort: float, feature: str) -> str:
    """Write how a mean compares with everybody's, for lay readers.

    Parameters
    ----------
    here, cohort : float
    feature : str

    Returns
    -------
    str
        4.6 times the average; 12% of the average; 35 percentage points more; 5.2 years younger.
    """
    about = BY_NAME[feature]
    apart_by = here - cohort
    if about.kind == "share":
        points = f"{abs(100 * apart_by):.0f}"
        return f"{points} percentage point{'' if points == '1' else 's'} {'more' if apart_by > 0 else 'fewer'}"
    if about.kind in ("age", "difference", "decile"):
        more, less = ("older", "younger") if about.kind == "age" else ("more", "less")
        if about.kind == "decile":
            more, less = "less deprived", "more deprived"
        unit = "deciles" if about.kind == "decile" else "years"
        return f"{plain(abs(apart_by))} {unit} {more if apart_by > 0 else less}"
    if here == 0:
        return "none"
    if cohort <= 0:
        return "nobody else has any"
    return _times(here / cohort)


def _times(ratio: float) -> str:
    if ratio >= 1.5:
        return f"{plain(ratio) if ratio < 9.95 else plain(round(ratio))} times the average"
    if ratio >= 1.05:
        return f"{100 * (ratio - 1):.0f}% above the average"
    return "about the average" if ratio >= 0.95 else f"{share(ratio)} of the average"


def differences_table(contents: Contents, typology: ReportedTypology, may: Printable) -> Table | None:
    """Lay out all clustered features with their differences in standard deviations, for analysts.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    Table or None
        None where no mean may be printed.
    """
    found = differences(contents, typology, may)
    if found.empty:
        return None
    rows = [
        (label(feature), written(mean, feature), written(cohort, feature), f"{apart_by:+.1f}".replace("-", "−"))
        for feature, mean, cohort, apart_by in found.itertuples(index=False)
    ]  # fmt: skip
    columns = ["Clustered feature", "Mean here", "Everybody", "Difference, SD"]
    caption = f"{typology.title}: every clustered feature, by its difference in standard deviations (SD) of the cohort"
    return table(caption, columns, rows, range(1, 4))
