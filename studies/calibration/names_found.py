"""Tables of the page: how names are found again on forces that nobody tuned for, by rule, k and typology."""

from __future__ import annotations

import pandas as pd

from dapipeline.clustering.clusters import clusters_for
from dapipeline.config import Clustering
from studies.calibration.naming import CHOSEN_ON, KS, REPORTED, SIZE
from studies.calibration.words import force, markdown, percent, spread, two, whole, words

OWN, NEW, OLD = "own record", "clusters", "before"
FORCE = ["preset", "offenders", "seed"]
HEADER = ["force", "seed", "k", "macro-F1", "of the best union", "best union", "rule before", "own records",
          "F1 > 0.6", "F1 > 0.75", "background named"]  # fmt: skip


def naming_tables(measured: pd.DataFrame) -> str:
    """Write the forces that are reported, means by k, each name at the defaults, and the forces chosen on.

    Parameters
    ----------
    measured : pandas.DataFrame
        From `naming.measure`.
    """
    fits = _fits(measured)
    reported, chosen = (_of(fits, forces) for forces in (REPORTED, CHOSEN_ON))
    default = clusters_for(Clustering().k, SIZE)
    text = "\n### Forces that nothing was chosen on\n" + markdown(HEADER, _rows(reported, default), texts=2)
    text += MEANS + _means(reported)
    text += BY_NAME.format(k=default) + _by_name(_of(measured, REPORTED), default)
    if not chosen.empty:
        text += CHOSEN + _means(chosen)
    return text


MEANS = """
Means over the forces of a kind, by number of clusters; the last row of each is what a run did by default before: 29
clusters, weight `incidents`, distances, log(1 + x), and the rule before.
"""
BY_NAME = """
### Each name, {k} clusters

Ten forces of `varied`: means, lowest and highest. *Alone* is the F1 of the definition asked of each person's own
record, with no clusters.
"""
CHOSEN = """
### Forces that rule and defaults were chosen on

Ten seeds of `varied` and four more, measured in the same way; shown so that the two can be compared.
"""


def _fits(measured: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fit: macro-F1 by rule, the best union, names above the bars, background named."""
    keys = [*FORCE, "k", "settings"]
    by_rule = measured.groupby([*keys, "rule"])["f1"].mean().unstack()
    new = measured[measured["rule"] == NEW].groupby(keys)
    found = by_rule.assign(
        best=new["best_f1"].mean(), background=new["background_named"].first(),
        above_060=new["f1"].agg(lambda f1: int((f1 > 0.6).sum())),
        above_075=new["f1"].agg(lambda f1: int((f1 > 0.75).sum())),
    )  # fmt: skip
    return found.reset_index()


def _of(table: pd.DataFrame, forces: list[tuple[str, int, int]]) -> pd.DataFrame:
    return table[pd.MultiIndex.from_frame(table[FORCE]).isin(forces)]


def _rows(fits: pd.DataFrame, default: int) -> list[list[str]]:
    shown = fits[(fits["settings"] == "defaults") & (fits["k"] == default)]
    shown = shown.sort_values(["offenders", "preset", "seed"], ascending=[True, False, True])
    made = zip(shown["preset"], shown["offenders"], shown["seed"], strict=True)
    return [
        [force(preset, offenders), whole(seed), *_scores(shown.iloc[[at]])]
        for at, (preset, offenders, seed) in enumerate(made)
    ]


def _scores(fits: pd.DataFrame) -> list[str]:
    return [
        whole(fits["k"].iloc[0]), two(fits[NEW].mean()), percent((fits[NEW] / fits["best"]).mean()),
        two(fits["best"].mean()), two(fits[OLD].mean()), two(fits[OWN].mean()), f"{fits['above_060'].mean():.1f}",
        f"{fits['above_075'].mean():.1f}", percent(fits["background"].mean()),
    ]  # fmt: skip


def _means(fits: pd.DataFrame) -> str:
    rows = []
    for (offenders, preset), part in fits.groupby(["offenders", "preset"]):
        name = force(str(preset), int(offenders))
        for k in KS:
            rows.append([name, *_scores(part[(part["settings"] == "defaults") & (part["k"] == k)])])
        # What was named then: the rule before, on the defaults before.
        then = part[part["settings"] == "before"]
        reached = [two(then[OLD].mean()), percent((then[OLD] / then["best"]).mean()), two(then["best"].mean())]
        rows.append([f"{name}, before", whole(then["k"].iloc[0]), *reached, *[""] * 5])
    return markdown([HEADER[0], *HEADER[2:]], rows)


def _by_name(measured: pd.DataFrame, default: int) -> str:
    part = measured[(measured["preset"] == "varied") & (measured["offenders"] == SIZE) & (measured["k"] == default)]
    part = part[part["settings"] == "defaults"]
    rows = []
    for name, of_name in part.groupby("typology", sort=False):
        new, old, own = (of_name[of_name["rule"] == rule] for rule in (NEW, OLD, OWN))
        shown = [spread(new[score]) for score in ("precision", "recall", "f1", "best_f1")]
        rows.append([
            words(str(name)), spread(new["planted"], ",.0f"), *shown, two(old["f1"].mean()), two(own["f1"].mean())
        ])  # fmt: skip
    return markdown(["typology", "planted", "precision", "recall", "F1", "best union", "rule before", "alone"], rows)
