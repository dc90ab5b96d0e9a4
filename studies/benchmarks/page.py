"""The results as a page: a table for each size, paired starts, and growth."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from studies.benchmarks.solvers import Solver

MEASURES = ["loss", "seconds", "peak_mib", "rise_mib"]
OURS = "default"
SMALL, TENFOLD = 137_661, 1_376_610

HEAD = """# Benchmarks of the k-medoids solver

Made by `make bench`. k = {k}. Every fit runs in a process of its own, one after another. Seconds are of the fit
alone: imports, loading and a small fit that compiles come before. Loss is the mean Euclidean distance to the nearest
medoid over all rows, recomputed by one function in float64. Memory is the peak of the whole process during the fit;
rise is what the fit added to what was held before. Figures are medians over the seeds; ratios compare with the default
within one data set. No solver is given weights, which the peers do not know. Every single fit is in
`studies/benchmarks/results/kmedoids.csv`; what has no row there was not run for this page.

gaussian-15 and heavy-15 are mixtures of 50 overlapping components in 15 dimensions, Gaussian and multivariate t with 3
degrees of freedom (-37: in 37 dimensions); features are the scores that the clustering stage makes of a made-up force:
log1p, standardised, components for 90% of the variance. Solvers have the settings their authors set: CLARA of
scikit-learn-extra draws 5 samples of 40 + 2 k, and returns the medoids of the last, not of the best.

Machine: {machine}
"""


def render(results: pd.DataFrame, solvers: Mapping[str, Solver], k: int, machine: str) -> str:
    """Write the page.

    Parameters
    ----------
    results : pandas.DataFrame
        One row per fit: data, n, solver, seed, seconds, loss, peak_mib, rise_mib, note.
    solvers : mapping of str to Solver
        In the order of the tables' rows.
    k : int
    machine : str
        From `machine.describe`, of the machine that was measured on.

    Returns
    -------
    str
        Markdown.
    """
    parts = [HEAD.format(k=k, machine=machine)]
    for n, of_size in results.groupby("n"):
        parts.append(f"\n## {n:,} points\n\n")
        parts.append(_table(COMPARED, _compare(of_size, solvers)))
    parts.append(_paired(results))
    parts.append(_growth(results))
    return "".join(parts)


COMPARED = ["data", "solver", "seeds", "loss", "to ours", "seconds", "to ours", "peak MiB", "rise MiB"]


def _compare(of_size: pd.DataFrame, solvers: Mapping[str, Solver]) -> list[list[str]]:
    """Return one row per data set and solver."""
    rows = []
    for data, fits in of_size.groupby("data"):
        medians = fits.groupby("solver")[MEASURES].median()
        ours = medians.loc[OURS]
        for key in (key for key in solvers if key in medians.index):
            row, mine = medians.loc[key], fits[fits["solver"] == key]
            start = [str(data), solvers[key].label]
            if pd.isna(row["loss"]):
                rows.append([*start, "", mine["note"].iloc[0], *[""] * 5])
                continue
            rows.append(
                [
                    *start,
                    str(mine["loss"].count()),
                    f"{row['loss']:.5f}",
                    f"{row['loss'] / ours['loss'] - 1:+.2%}",
                    f"{row['seconds']:,.2f}",
                    f"{row['seconds'] / ours['seconds']:.2f} ×",
                    f"{row['peak_mib']:,.0f}",
                    f"{row['rise_mib']:,.0f}",
                ]
            )
    return rows


def _paired(results: pd.DataFrame) -> str:
    """Return the table of exact mode against FasterPAM of kmedoids, seed by seed."""
    fits = results[results["n"] == 20_000].set_index(["data", "seed"])
    ours, theirs = (fits[fits["solver"] == key][MEASURES] for key in ("exact", "fasterpam"))
    ratios = (ours / theirs).dropna()
    if ratios.empty:
        return ""
    medians, seeds = ratios.groupby("data").median(), ratios.groupby("data").size()
    rows = [
        [
            str(data),
            str(seeds[data]),
            f"{ratio['loss'] - 1:+.3%}",
            f"{ratio['seconds']:.3f}",
            f"{ratio['peak_mib']:.3f}",
            f"{ratio['rise_mib']:.3f}",
        ]
        for data, ratio in medians.iterrows()
    ]
    heading = "\n## Exact mode and FasterPAM of kmedoids, 20,000 points\n\nMedian over the seeds of the ratio, ours"
    header = ["data", "seeds", "loss", "seconds", "peak memory", "rise"]
    return f"{heading} to theirs: both are local optima, from starts of their own.\n\n{_table(header, rows)}"


def _growth(results: pd.DataFrame) -> str:
    """Return the sentence on ten times the points."""
    fits = results[(results["data"] == "gaussian-15") & (results["solver"] == OURS)]
    medians = fits.groupby("n")[["seconds", "peak_mib"]].median()
    if not {SMALL, TENFOLD} <= set(medians.index):
        return ""
    small, large = medians.loc[SMALL], medians.loc[TENFOLD]
    return (
        f"\n## Growth\n\nThe default on gaussian-15: {small['seconds']:.1f} s for {SMALL:,} points, "
        f"{large['seconds']:.1f} s for {TENFOLD:,}: {large['seconds'] / small['seconds']:.1f} times the time and "
        f"{large['peak_mib'] / small['peak_mib']:.1f} times the memory for ten times the points.\n"
    )


def _table(header: list[str], rows: list[list[str]]) -> str:
    rule = ["---" if name in ("data", "solver") else "---:" for name in header]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in [header, rule, *rows])
