"""An invented world: who did what to whom, before any layout has words for it.

One row for each suspect and victim in one offence. Suspects repeat, some events have several rows, some rows have
no suspect and some no victim. Nothing in it comes from a record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

NOBODY = -1

# kind of offence, how often when it is domestic, how often when it is not
KINDS = (
    ("injury", 16, 9),
    ("assault", 24, 12),
    ("threats", 6, 4),
    ("harassment", 10, 4),
    ("stalking", 5, 1),
    ("coercion", 6, 0),
    ("rape", 2, 1),
    ("damage", 9, 11),
    ("theft", 2, 22),
    ("burglary", 1, 8),
    ("robbery", 0, 6),
    ("drugs", 0, 9),
    ("weapons", 0, 3),
    ("public_order", 1, 8),
    ("breach", 4, 2),
    ("no_crime", 14, 0),
)
RELATIONS = (
    ("partner", 34, 0),
    ("ex_partner", 30, 0),
    ("parent", 9, 0),
    ("child", 7, 0),
    ("sibling", 7, 0),
    ("other_family", 6, 0),
    ("acquaintance", 3, 35),
    ("stranger", 0, 50),
    ("none", 4, 15),
)
PLACES = (
    ("residential", 78, 22),
    ("public", 12, 40),
    ("licensed", 2, 8),
    ("retail", 2, 18),
    ("custody", 1, 3),
    ("other", 5, 9),
)
FIRST = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
LAST = ("Quillby", "Ravensbeck", "Stannerley", "Thornwick", "Umberfold", "Vexley", "Wraxholme", "Yarrowdene")


def _drawn(rng: np.random.Generator, options: Sequence[tuple[str, int, int]], domestic: np.ndarray) -> np.ndarray:
    names = np.array([name for name, _, _ in options])
    shares = np.array([[one, other] for _, one, other in options], dtype=float)
    shares /= shares.sum(axis=0)
    size = len(domestic)
    return np.where(domestic, rng.choice(names, size, p=shares[:, 0]), rng.choice(names, size, p=shares[:, 1]))


def world(seed: int, name: str = "") -> pd.DataFrame:
    """Make 600 to 1,500 rows, in the order of their dates.

    Parameters
    ----------
    seed : int
    name : str
        Whose world it is; every layout has one of its own.

    Returns
    -------
    DataFrame
        event, offence, offender and victim are numbers, -1 for nobody; start, end and reported are moments, some of
        the last two missing; kind, relation and place are words of this module; the rest is what each name says.
    """
    rng = generator(seed, name)
    events = int(rng.integers(480, 1000))
    people = events
    births = pd.Timestamp("1948-01-01") + pd.to_timedelta(rng.integers(0, 55 * 365, people), unit="D")
    sexes = rng.choice(["M", "F"], people, p=[0.62, 0.38])
    races = rng.integers(0, 5, people)
    suspects = rng.permutation(people)[: people // 2]
    busy = 1 / np.arange(1, len(suspects) + 1) ** 0.7

    domestic = rng.random(events) < 0.45
    start = pd.Timestamp("2015-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 6 * 365 * 1440, events)), unit="min")
    frame = pd.DataFrame({"event": np.arange(events), "da": domestic, "start": start})
    frame["end"] = frame["start"] + pd.to_timedelta(rng.integers(0, 300, events), unit="min")
    frame["reported"] = frame["end"] + pd.to_timedelta(rng.integers(1, 4000, events), unit="min")
    frame["place"] = _drawn(rng, PLACES, domestic)
    frame["area"] = rng.integers(0, 6, events)
    frame["lon"] = rng.uniform(-0.2, 0.2, events)
    frame["lat"] = rng.uniform(-0.2, 0.2, events)
    frame["officer"] = rng.integers(0, 60, events)
    frame["alcohol"] = rng.random(events) < 0.22
    frame["drugs"] = rng.random(events) < 0.08

    rows = frame.loc[np.repeat(np.arange(events), rng.choice([1, 2, 3], events, p=[0.72, 0.2, 0.08]))]
    rows = rows.reset_index(drop=True)
    size = len(rows)
    domestic = rows["da"].to_numpy()
    rows["offence"] = np.arange(size)
    rows["kind"] = _drawn(rng, KINDS, domestic)
    rows["relation"] = _drawn(rng, RELATIONS, domestic)
    first = rng.choice(suspects, events, p=busy / busy.sum())
    rows["offender"] = first[rows["event"].to_numpy()]
    second = rng.random(size) < 0.06
    rows.loc[second, "offender"] = rng.choice(suspects, int(second.sum()))
    rows["victim"] = rng.integers(0, people, size)
    rows.loc[rows["victim"] == rows["offender"], "victim"] = NOBODY
    rows.loc[rows["kind"].isin(["drugs", "weapons"]) | (rng.random(size) < 0.03), "victim"] = NOBODY
    lost = ~domestic & (rng.random(size) < 0.2) & (rows["victim"] != NOBODY).to_numpy()
    rows.loc[lost, "offender"] = NOBODY
    rows.loc[(rows["offender"] == NOBODY) | (rows["victim"] == NOBODY), "relation"] = "none"

    for who in ("offender", "victim"):
        known = (rows[who] != NOBODY).to_numpy()
        index = rows[who].to_numpy()
        born = pd.Series(births[index]).where(known)
        rows[f"{who}_born"] = born.to_numpy()
        rows[f"{who}_age"] = ((rows["start"] - born) / pd.Timedelta(days=365.25)).fillna(-1).astype(int)
        rows[f"{who}_sex"] = np.where(known, sexes[index], "")
        rows[f"{who}_race"] = np.where(known, races[index], -1)
        names = np.array([f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}" for n in range(people)])
        rows[f"{who}_name"] = np.where(known, names[index], "")
    for who in ("offender", "victim"):
        rows[who] = rows[who].where(rows[who] == NOBODY, 40_000 + 7 * rows[who])  # numbers as of a register
    rows["outcome"] = np.where(
        rows["offender"] == NOBODY,
        18,
        rng.choice([0, 1, 3, 8, 10, 15, 16, 20, 21], size, p=[0.05, 0.2, 0.05, 0.08, 0.04, 0.16, 0.34, 0.03, 0.05]),
    )
    rows["arrested"] = (rows["offender"] != NOBODY) & (rng.random(size) < 0.42)
    rows["risk"] = np.where(domestic, rng.choice(["standard", "medium", "high"], size, p=[0.6, 0.28, 0.12]), "")
    return rows


def generator(seed: int, name: str) -> np.random.Generator:
    """Give a layout its own randomness for a seed."""
    return np.random.default_rng([seed, *name.encode()])


def stamped(moments: pd.Series, pattern: str) -> pd.Series:
    """Write moments by a pattern of strftime, an empty text for none."""
    return moments.dt.strftime(pattern).fillna("")


def numbered(numbers: pd.Series, pattern: str) -> pd.Series:
    """Write numbers by a pattern of format, an empty text for nobody."""
    return pd.Series([pattern.format(number) if number >= 0 else "" for number in numbers], index=numbers.index)


def worded(
    rng: np.random.Generator, keys: pd.Series, words: Mapping[str, Sequence[str]], same: pd.Series | None = None
) -> pd.Series:
    """Say each key in one of its words; the first is used most; a key without words stays empty.

    Rows of the same number in `same` are given the same word.
    """
    luck = rng.random(len(keys)) if same is None else rng.random(int(same.max()) + 1)[same.to_numpy()]
    out = pd.Series("", index=keys.index)
    for key, options in words.items():
        here = (keys == key).to_numpy()
        shares = np.cumsum([3.0, *[1.0] * (len(options) - 1)])
        out[here] = np.array(options)[np.searchsorted(shares / shares[-1], luck[here], side="right")]
    return out


def gaps(rng: np.random.Generator, cells: pd.Series, share: float, word: str = "") -> pd.Series:
    """Lose a share of the cells to a word for missing."""
    return cells.mask(rng.random(len(cells)) < share, word)


def flagged(truth: pd.Series | np.ndarray, yes: str = "Y", no: str = "N") -> pd.Series:
    """Say yes or no."""
    return pd.Series(np.where(truth, yes, no), index=getattr(truth, "index", None))


def sure(words: Mapping[str, Sequence[str]], *doubtful: str) -> dict[str, str]:
    """Turn key to words into word to key, lower case, without the doubtful words."""
    left_out = {word.lower() for word in doubtful}
    return {
        word.lower(): key for key, options in words.items() for word in options if word and word.lower() not in left_out
    }
