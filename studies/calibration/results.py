"""Keeps measurements as small tables without rows of people; the page is made from them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

RESULTS = Path(__file__).parent / "results"


def read(name: str, folder: Path = RESULTS) -> pd.DataFrame | None:
    """Read a table, None where it was not measured yet."""
    path = folder / f"{name}.csv"
    return pd.read_csv(path) if path.is_file() else None


def keep(measured: pd.DataFrame, name: str, keys: list[str], folder: Path = RESULTS) -> None:
    """Replace earlier results with the same keys, and write the table sorted by them.

    Parameters
    ----------
    measured : pandas.DataFrame
    name : str
        Of the table.
    keys : list of str
        Columns that tell measurements apart.
    folder : Path
    """
    earlier = read(name, folder)
    if earlier is not None:
        again = pd.MultiIndex.from_frame(earlier[keys]).isin(pd.MultiIndex.from_frame(measured[keys]))
        measured = pd.concat([earlier[~again], measured], ignore_index=True)
    measured = measured.sort_values(keys, kind="stable", ignore_index=True)
    write(measured, name, folder)


def write(measured: pd.DataFrame, name: str, folder: Path = RESULTS) -> None:
    """Write a table whole."""
    folder.mkdir(exist_ok=True)
    measured.to_csv(folder / f"{name}.csv", index=False, float_format="%.6g")
