"""Tables of the page: names against planted typologies, recovery, name stability and the rarest typology."""

from __future__ import annotations

import pandas as pd

from studies.calibration.ceiling import FOREST
from studies.calibration.cohorts import WEIGHTS
from studies.calibration.name_stability import shares
from studies.calibration.scores import UNNAMED, confusion_of, score_names
from studies.calibration.words import SQUARED, force, markdown, percent, spread, two, whole, words

ORDER = [f"{weight}{squared}" for squared in SQUARED.values() for weight in WEIGHTS]
NAMES = ["weight", "faults", "clustered", "without a name", "macro-F1", "Rand, planted", "Rand, all", "F1 > 0.6",
         "F1 > 0.75", "Spearman, DA", "non-DA", "names ranked"]  # fmt: skip


def confusion_tables(table: pd.DataFrame, names: pd.DataFrame) -> str:
    """Write planted against assigned, and how well each name fits, for each weight without faults."""
    text = ""
    for weight, part in table[~table["faults"]].groupby("weight", sort=False):
        counts = confusion_of(part)
        numbered = [words(name) if name == UNNAMED else f"{n}. {words(name)}" for n, name in enumerate(counts.index, 1)]
        header = ["planted", *(str(number) for number in range(1, len(counts))), UNNAMED]
        cells = [[whole(cell) if cell else "" for cell in row] for row in counts.to_numpy()]
        text += f"\n### Weight {weight}\n"
        text += markdown(header, [[name, *row] for name, row in zip(numbered, cells, strict=True)])
        rows = [
            [words(row.typology), whole(row.planted), whole(row.named), whole(row.both), two(row.precision),
             two(row.recall), two(row.f1)]
            for row in score_names(counts).itertuples()
        ]  # fmt: skip
        text += markdown(["typology", "planted", "named", "both", "precision", "recall", "F1"], rows)
    rows = [
        [row.weight, "with" if row.faults else "without", whole(row.clustered), percent(row.unnamed),
         two(row.macro_f1), two(row.rand_among_planted), two(row.rand_with_unnamed), whole(row.above_060),
         whole(row.above_075), two(row.spearman_da), two(row.spearman_non_da), whole(row.ranked)]
        for row in names.itertuples()
    ]  # fmt: skip
    return text + "\n### Together\n" + markdown(NAMES, rows, texts=2)


RECOVERED = ["weight", "seeds", "macro-F1", "Rand, planted", "Rand, all", "F1 > 0.6", "F1 > 0.75",
             "of at least 100 members, not above 0.6", "Spearman, DA", "names ranked", "without a name"]  # fmt: skip


def recovery_tables(fits: pd.DataFrame, by_name: pd.DataFrame) -> str:
    """Write, for every kind of force, the weights side by side: together, and the F1 of each name."""
    text, kind = "", ["preset", "offenders", "faults", "k"]
    fits, by_name = (table.assign(weight=table["weight"] + table["metric"].map(SQUARED)) for table in (fits, by_name))
    for about, part in fits.groupby(kind, sort=False):
        preset, offenders, faults, k = about
        text += f"\n### {force(preset, offenders, faults)}, {k} clusters\n"
        weights = [weight for weight in ORDER if weight in set(part["weight"])]
        rows = [_together(weight, part[part["weight"] == weight]) for weight in weights]
        text += markdown(RECOVERED, rows)
        names = by_name[(by_name[kind] == list(about)).all(axis=1)]
        for score, title in (("f1", "F1"), ("best_f1", "F1 of the best union of clusters")):
            text += _by_name(names, score, title, weights)
    return text


def _by_name(names: pd.DataFrame, score: str, title: str, weights: list[str]) -> str:
    rows = [
        [words(str(name)), spread(fits.drop_duplicates("seed")["planted"], ",.0f"),
         *(spread(fits.loc[fits["weight"] == weight, score]) for weight in weights)]
        for name, fits in names.groupby("typology", sort=False)
    ]  # fmt: skip
    return markdown([title, "planted", *weights], rows)


def _together(weight: str, fits: pd.DataFrame) -> list[str]:
    scores = ("macro_f1", "rand_among_planted", "rand_with_unnamed")
    below = sorted({name for names in fits["below_060"].dropna() for name in names.split("; ")})
    return [
        weight, whole(fits["seed"].nunique()), *(spread(fits[score]) for score in scores),
        *(spread(fits[number], ".0f") for number in ("above_060", "above_075")),
        ", ".join(name.replace("_", " ") for name in below) or "none", spread(fits["spearman_da"]),
        spread(fits["ranked"], ".0f"), spread(fits["unnamed"], ".1%"),
    ]  # fmt: skip


def ceiling_tables(scores: pd.DataFrame) -> str:
    """Write what a forest and clusters that are shown the names reach, one table per force."""
    text = ""
    for about, part in scores.groupby(["preset", "offenders", "faults", "seed"], sort=False):
        preset, offenders, faults, seed = about
        text += f"\n### {force(preset, offenders, faults)}, seed {seed}\n"
        planted = part.drop_duplicates("typology").set_index("typology")["planted"]
        f1 = part.pivot(index="typology", columns="shown", values="f1")[[FOREST, *ORDER]]
        rows = [[words(str(name)), whole(planted[name]), *map(two, f1.loc[name])] for name in planted.index]
        large = f1.loc[planted.index[planted >= 100]]
        for bar in (0.6, 0.75):
            rows.append([f"above {bar}, of at least 100 members", whole(len(large)), *map(whole, (large > bar).sum())])
        text += markdown(["F1", "planted", *f1.columns], rows)
    return text


def name_stability_tables(kept: pd.DataFrame) -> str:
    """Write who keeps their name, one table per weight."""
    text = ""
    for about, part in kept.groupby(["preset", "offenders", "seed", "weight"], sort=False):
        preset, offenders, _, weight = about
        text += f"\n### Weight {weight}, {force(preset, offenders)}\n"
        measures = ["seed_mean", "seed_lowest", "half_mean", "half_lowest"]
        rows = [
            [words(row.typology), whole(row.people), *(percent(getattr(row, name, float("nan"))) for name in measures)]
            for row in shares(part).itertuples()
        ]
        header = ["typology", "people", "other seeds, mean", "lowest", "halves, mean", "lowest"]
        text += markdown(header, rows)
    return text


RAREST = ["formulation", "clusters", "smallest", "size", "held", "purity", "recall", "DA rank", "non-DA rank",
          "spread over", "best union F1", "F1 by name", "macro-F1 of the others", "Rand, planted",
          "Rand, all"]  # fmt: skip


def rarest_tables(formulations: pd.DataFrame) -> str:
    """Write where the high harm offenders went in every formulation."""
    text = ""
    for about, part in formulations.groupby(["preset", "offenders", "force_seed", "seed"], sort=False):
        preset, offenders, force_seed, seed = about
        text += f"\n### {force(preset, offenders)}, seed {force_seed}, clustering seed {seed}\n"
        rows = [
            [row.formulation, whole(row.clusters), whole(row.smallest), whole(row.size), whole(row.held),
             percent(row.purity), percent(row.recall), whole(row.rank_da), whole(row.rank_non_da),
             whole(row.spread), two(row.best_f1), two(row.f1), two(row.macro_f1_others), two(row.rand_among_planted),
             two(row.rand_with_unnamed)]
            for row in part.itertuples()
        ]  # fmt: skip
        text += markdown(RAREST, rows)
    return text
