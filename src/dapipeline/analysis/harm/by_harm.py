"""Wider offending by how much DA harm people have: the study's headline, by bands of DA severity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import normal_p, wilson
from dapipeline.reference.codes import HIGH_VOLUME

TOPS = (0.01, 0.03, 0.05, 0.10, 0.25, 0.50)  # shares of everybody, by most DA severity, between which the bands lie
SUMS = (0.03, 0.05, 0.10, 0.25)  # tops that are told as sums of bands too
SMALL = 0.10  # the largest of them that may be the study's small group
PUBLISHED = 0.60  # Recommendation 1: of "the small group" that causes most DA harm, whose size is not printed
NONE = "no DA severity"
QUESTIONS = {"any": 1, "high_volume": HIGH_VOLUME}  # name to the least number of non-DA incidents


def harm_and_history(people: pd.DataFrame) -> pd.DataFrame:
    """Describe the wider offending of people by their DA severity.

    Parameters
    ----------
    people : pandas.DataFrame
        Indexed by offender_id: da_severity_total, non_da_incidents, non_da_severity_total.

    Returns
    -------
    pandas.DataFrame
        One row per band, from those without DA severity to the top 1% of everybody, and one for each of `SUMS`: band,
        disjoint (False for the sums), people, of (everybody), share, da_severity and the least of a person in it, then
        for `QUESTIONS` the number of people with at least that many non-DA incidents, its share and Wilson's 95%
        interval; non_da_incidents and non_da_severity with their means per person; published_high_volume_share beside
        the sums up to `SMALL`. Bands of equal severity are cut by a hash of the id.
    """
    ordered = people.iloc[_by_harm(people)]
    harmed = int((ordered["da_severity_total"] > 0).sum())
    edges = [0, *(min(int(np.ceil(top * len(ordered) - 1e-9)), harmed) for top in TOPS), harmed]
    names = [*(f"top {_percent(a)} to {_percent(b)}" for a, b in zip((0, *TOPS), TOPS, strict=False)),
             "all others with DA severity"]  # fmt: skip
    names[0] = f"top {_percent(TOPS[0])}"
    bands = [(NONE, True, ordered.iloc[harmed:])]
    bands += [
        (name, True, ordered.iloc[start:stop])
        for name, start, stop in reversed(list(zip(names, edges, edges[1:], strict=False)))
        if stop > start
    ]
    bands += [(f"top {_percent(top)}", False, ordered.iloc[: edges[TOPS.index(top) + 1]]) for top in SUMS]
    table = _wider(pd.DataFrame([_described(*band, len(people)) for band in bands]))
    small = ~table["disjoint"] & (table["share"] <= SMALL + 1 / len(people))
    return table.assign(published_high_volume_share=np.where(small, PUBLISHED, np.nan))


def _by_harm(people: pd.DataFrame) -> np.ndarray:
    hashes = pd.util.hash_array(people.index.to_numpy().astype(object), categorize=False)
    return np.lexsort((hashes, -people["da_severity_total"].to_numpy()))


def _percent(top: float) -> str:
    return f"{top:.0%}"


def _described(band: str, disjoint: bool, held: pd.DataFrame, everybody: int) -> dict[str, object]:
    other = held["non_da_incidents"]
    return {
        "band": band, "disjoint": disjoint, "people": len(held), "of": everybody, "share": len(held) / everybody,
        "da_severity": float(held["da_severity_total"].sum()),
        "da_severity_from": float(held["da_severity_total"].min()) if len(held) else np.nan,
        **{name: int((other >= least).sum()) for name, least in QUESTIONS.items()},
        "non_da_incidents": round(other.sum()), "non_da_severity": float(held["non_da_severity_total"].sum()),
    }  # fmt: skip


def _wider(table: pd.DataFrame) -> pd.DataFrame:
    """Add shares, intervals and means beside the counts that they are of."""
    laid_out = table[["band", "disjoint", "people", "of", "share", "da_severity", "da_severity_from"]].copy()
    people = table["people"].to_numpy()
    with np.errstate(invalid="ignore"):
        for name in QUESTIONS:
            laid_out[name] = table[name]
            laid_out[f"{name}_share"] = table[name] / people
            laid_out[f"{name}_low"], laid_out[f"{name}_high"] = wilson(table[name].to_numpy(), people)
        for name in ("non_da_incidents", "non_da_severity"):
            laid_out[name] = table[name]
            laid_out[f"{name}_mean"] = table[name] / people
    return laid_out


def harm_trend(history: pd.DataFrame) -> pd.DataFrame:
    """Test whether wider offending rises from band to band (Cochran 1954, Armitage 1955).

    Parameters
    ----------
    history : pandas.DataFrame
        From `harm_and_history`; its disjoint bands are counted 1, 2, 3 … from the least harm.

    Returns
    -------
    pandas.DataFrame
        One row for each of `QUESTIONS`: question, bands, people, number, slope (change of the share from a band to the
        next), z and p (two-sided; missing where all or none have it).
    """
    bands = history[history["disjoint"] & (history["people"] > 0)]
    people, score = bands["people"].to_numpy(dtype=float), np.arange(1.0, len(bands) + 1)
    rows = []
    for name in QUESTIONS:
        number = bands[name].to_numpy(dtype=float)
        part, centre = number.sum() / people.sum(), (people * score).sum() / people.sum()
        spread = (people * (score - centre) ** 2).sum()
        along = (number * (score - centre)).sum()
        error = np.sqrt(part * (1 - part) * spread)
        z = along / error if error > 0 else np.nan
        slope = along / spread if spread > 0 else np.nan
        rows.append((name, len(bands), int(people.sum()), int(number.sum()), slope, z, float(normal_p(z))))
    return pd.DataFrame(rows, columns=["question", "bands", "people", "number", "slope", "z", "p"])
