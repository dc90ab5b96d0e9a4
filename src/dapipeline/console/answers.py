"""What explain, assign and compare print."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from dapipeline.artefacts.access_log import FOLDER
from dapipeline.console.results import print_warnings
from dapipeline.report.labels import label
from dapipeline.report.words import amount, count, listed, number, plain, several, share
from dapipeline.review.comparison import COHORT, Comparison
from dapipeline.workflow import outputs
from dapipeline.workflow.explain import Answer
from dapipeline.workflow.run import Run

LOUDEST = 12  # features with the largest contributions that are printed
WIDEST = 40  # characters: a longer setting is cut
PURPOSE = (
    "For audit and complaints, not for decisions. This shows between which recorded histories one record was sorted. "
    "It is no score, it predicts nothing, and it is no finding about a person. A suspect is not a convicted person."
)


def print_explanation(console: Console, answer: Answer, out: Path) -> None:
    """Print why an offender is in a cluster; the id is not repeated.

    Parameters
    ----------
    console : rich.console.Console
    answer : Answer
    out : Path
        The run's folder, whose access log records the question.
    """
    found = answer.explanation
    console.print(PURPOSE, highlight=False)
    own, other = found.cluster, found.second_cluster
    console.print(
        f"\nCluster {own} ({_named(answer, own)}): {found.distance:.3f} from its medoid.\n"
        f"Second: cluster {other} ({_named(answer, other)}), {found.second_distance:.3f} from its medoid. "
        f"Margin: {found.margin:.3f}.\n",
        highlight=False, markup=False,
    )  # fmt: skip
    table = _table("Feature", "Offender", f"Medoid of {own}", f"Medoid of {other}", "Towards", "By")
    loudest = found.features[found.features["contribution"].abs().round(3) > 0].head(LOUDEST)
    for line in loudest.itertuples():
        values = [_amount(answer, line.feature, value) for value in (line.value, line.nearest, line.second)]
        values[0] += " *" if line.feature in answer.filled else ""
        table.add_row(
            label(line.feature), *values, _side(line.contribution, own, other), f"{abs(line.contribution):.3f}"
        )
    rest, whole = found.features["contribution"].iloc[len(loudest) :].sum(), found.features["contribution"].sum()
    others = len(found.features) - len(loudest)
    if others:
        table.add_row(f"{several(others, 'other feature')}", "", "", "", _side(rest, own, other), f"{abs(rest):.3f}")
    table.add_row("All together", "", "", "", _side(whole, own, other), f"{abs(whole):.3f}")
    console.print(table)
    console.print(
        f"What draws towards {own}, less what draws towards {other}, is the difference of the squared distances: "
        f"{found.second_distance:.3f}² − {found.distance:.3f}² = {whole:.3f}. A feature draws towards neither where "
        "the offender's value lies midway; features that go together are weighed together.",
        highlight=False,
    )
    if set(loudest["feature"]) & answer.filled:
        console.print("* Not known of this offender: the cohort's median stands for it.", highlight=False)
    for name in loudest["feature"]:
        about = answer.catalogue.loc[name]
        console.print(f"  {label(name)}, in {about['unit']}: {about['meaning']}", highlight=False, markup=False)
    console.print(f"\nRecorded: {out / FOLDER / 'explain.jsonl'}", soft_wrap=True, highlight=False, markup=False)


def _named(answer: Answer, cluster: int) -> str:
    return plain(str(answer.typologies[cluster]))


def _amount(answer: Answer, feature: str, value: float) -> str:
    about = answer.catalogue.loc[feature]
    return amount(value, about["kind"], about["unit"])


def _side(contribution: float, own: int, other: int) -> str:
    return "neither" if round(contribution, 3) == 0 else str(own if contribution > 0 else other)


def print_assignment(console: Console, run: Run) -> None:
    """Print where a refreshed cohort lies in the typology of a run, and whether it has drifted.

    Parameters
    ----------
    console : rich.console.Console
    run : Run
        What assign made.
    """
    drift, about = run.frame(outputs.DRIFT), run.document(outputs.DRIFT_ABOUT)
    cohort = drift[drift["level"] == COHORT].iloc[0]
    # Two tables, because one does not fit on a terminal of 80 columns.
    sizes = _table("Typology", "Offenders", "New", "Share", "Drift",
                   title=f"{count(cohort['offenders'])} offenders placed: the fit → now")  # fmt: skip
    distances = _table("Typology", "Median", "90th", "Beyond 99th", title="Distance to the medoid: the fit → now")
    for line in drift[drift["level"] != "cluster"].itertuples():
        name = "all" if line.level == COHORT else plain(str(line.typology))
        sizes.add_row(
            name, f"{count(line.fit_offenders)} → {count(line.offenders)}", share(line.new_entrants_share),
            f"{share(line.fit_share)} → {share(line.share)}", line.drift,
        )  # fmt: skip
        distances.add_row(
            name, f"{number(line.fit_median)} → {number(line.median)}", f"{number(line.fit_p90)} → {number(line.p90)}",
            share(line.beyond_fit_p99),
        )  # fmt: skip
    console.print(sizes)
    console.print(distances)
    console.print(
        "New: the share who are not in the fit. Median and 90th: percentiles of the distance to the medoid. Beyond "
        "99th: the share further from it than the 99th percentile of the fit.",
        highlight=False,
    )
    _print_rows(console, run)
    strayed = drift[~drift["drift"].isin(["none", "too few"])]
    if strayed.empty:
        console.print("No drift: sizes and distances differ from those of the fit by no more than resampling explains.")
    else:
        clusters = strayed.loc[strayed["level"] == "cluster", "cluster"].astype(int).astype(str)
        names = [plain(str(name)) for name in strayed.loc[strayed["level"] == "typology", "typology"]]
        where = [*(["the cohort as a whole"] if (strayed["level"] == COHORT).any() else []), *names,
                 *([f"cluster{'s' * (len(clusters) > 1)} {listed(clusters)}"] if len(clusters) else [])]  # fmt: skip
        console.print(
            f"Warning: this cohort has drifted from the fit by more than resampling explains (over "
            f"{about['threshold']:.1f} standard errors) in {listed(where)}. Its typologies may no longer fit: "
            "make a new run and compare.",
            style="yellow", highlight=False, markup=False,
        )  # fmt: skip
    print_warnings(console, run.frame(outputs.WARNINGS))
    console.print(f"Tables: {run.out / 'tables'}", soft_wrap=True, highlight=False, markup=False)


def _print_rows(console: Console, run: Run) -> None:
    rows = run.frame(outputs.RECONCILIATION).set_index("rule")["rows"]
    outside = int(rows["outside_window"])
    console.print(
        f"{count(rows['rows_read'])} rows read"
        + (f", {count(outside)} of them outside the window; --from and --to set another." if outside else "."),
        highlight=False,
    )
    missing = run.frame(outputs.MISSING_FEATURES).set_index("feature").loc["any"]
    if missing["offenders"]:
        console.print(f"{several(missing['offenders'], 'offender')} with a feature missing: {missing['treatment']}.")


def print_comparison(console: Console, found: Comparison) -> None:
    """Print what differs between two runs, in counts alone.

    Parameters
    ----------
    console : rich.console.Console
    found : Comparison
    """
    about = found.about
    console.print(
        f"{count(about['offenders_in_both'])} offenders are in both runs, {count(about['only_in_first'])} in the first "
        f"alone, {count(about['only_in_second'])} in the second alone.",
        highlight=False,
    )
    if about["offenders_in_both"]:
        stayed = about["same_typology"]
        console.print(
            f"Of those in both, {count(stayed)} ({share(stayed / about['offenders_in_both'])}) have the same typology. "
            f"Adjusted Rand index: {about['adjusted_rand_index_typology']:.3f} of typologies, "
            f"{about['adjusted_rand_index_cluster']:.3f} of clusters.",
            highlight=False,
        )
        console.print(_matrix(found.moves))
    _print_moved(console, found.features)
    if about["features_of_one_run"]:
        console.print(f"In one run alone: {listed(about['features_of_one_run'])}.", highlight=False)
    if found.settings.empty:
        console.print("The runs have the same settings and inputs.")
        return
    table = Table("Setting", "First", "Second", title="What the runs were made of")
    for line in found.settings.itertuples():
        table.add_row(line.setting, _short(line.first), _short(line.second))
    console.print(table)


def _matrix(moves: pd.DataFrame) -> Table:
    """Count who moved: rows are the first run's typologies, columns the second's, numbered as the rows."""
    counts = moves.pivot_table(index="typology_first", columns="typology_second", values="offenders", fill_value=0)
    names = sorted({*counts.index, *counts.columns})
    counts = counts.reindex(index=names, columns=names, fill_value=0).astype(int)
    table = _table("First run", *(str(place) for place in range(1, len(names) + 1)), title="Columns: second run")
    for place, (name, line) in enumerate(counts.iterrows(), start=1):
        table.add_row(f"{place} {plain(str(name))}", *(count(value) if value else "·" for value in line))
    return table


def _print_moved(console: Console, features: pd.DataFrame) -> None:
    cohort = features[(features["level"] == COHORT) & (features["difference"].abs() > 0)]
    if cohort.empty:
        console.print("No feature has another mean.")
        return
    far = cohort.sort_values("difference_sd", key=abs, ascending=False, kind="stable").head(LOUDEST)
    table = _table("Feature", "Mean, first", "second", "Median, first", "second", "Moved by",
                   title=f"{several(len(cohort), 'feature')} moved; the furthest, over the whole cohort")  # fmt: skip
    for line in far.itertuples():
        values = (line.mean_first, line.mean_second, line.median_first, line.median_second)
        table.add_row(label(line.feature), *(number(value) for value in values), f"{line.difference_sd:+.2f} SD")
    console.print(table)


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _table(first: str, *others: str, title: str | None = None) -> Table:
    """Make a table whose numbers are aligned on the right."""
    table = Table(first, *others, title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    return table
