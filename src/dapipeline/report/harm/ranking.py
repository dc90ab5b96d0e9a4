"""Which typologies and clusters have most recorded harm, beside the ranks that a study prints."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.harm.ranking import rank_agreement
from dapipeline.report.contents import Contents
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology, title_of
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import count, listed, number

MEASURES = {"da": "DA", "non_da": "non-DA"}
TOTALS = {"da": "da_severity_total", "non_da": "non_da_severity_total"}


def typology_ranking(contents: Contents, may: Printable) -> Table | None:
    """Rank typologies, with the study's ranks where the definitions carry them.

    Parameters
    ----------
    contents : Contents
    may : Printable
        Those that it hides are named in the note, and have no part in the ranks.

    Returns
    -------
    Table or None
        None without names or severity, and where no typology may be ranked.
    """
    ranking = contents.harm_ranking
    if ranking is None or ranking.empty:
        return None
    titles = ranking["typology"].map(lambda key: title_of(key, contents))
    open_to = {m: ~titles.isin(may.of(TOTALS[m]).typologies) for m in MEASURES}
    seen = open_to["da"] | open_to["non_da"]
    if not seen.any():
        return None
    shown = ranking[seen].assign(title=titles[seen])
    printed = bool(shown[[f"published_rank_{measure}" for measure in MEASURES]].notna().any(axis=None))
    columns = ["Typology", "People"]
    for words in MEASURES.values():
        columns += [f"Rank, {words}", *(["The study's"] if printed else []), f"{words[:1].upper()}{words[1:]} points"]
    values = {m: shown[f"severity_{m}"].where(open_to[m]) for m in MEASURES}
    ranks = {m: values[m].rank(ascending=False, method="min") for m in MEASURES}
    rows = []
    for at in shown.assign(rank=ranks["da"]).sort_values(["rank", "title"]).index:
        row = shown.loc[at]
        cells: list[Cell] = [row["title"], Number(row["offenders"], count)]
        for measure in MEASURES:
            study = [Number(row[f"published_rank_{measure}"], _rank)] if printed else []
            told = bool(open_to[measure][at])
            cells += [Number(ranks[measure][at], _rank) if told else WITHHELD, *study]
            cells.append(Number(values[measure][at], number) if told else WITHHELD)
        rows.append(cells)
    caption = "Typologies by mean total severity of a person"
    return table(caption, columns, rows, range(1, len(columns)), _note(rows, list(titles[~seen]), may))


def _rank(rank: float) -> str:
    return "–" if pd.isna(rank) else str(int(rank))


def _note(rows: list[list[Cell]], not_ranked: list[str], may: Printable) -> str:
    """Explain the mark, where a row has one, and name what has no row."""
    said = [may.note_on_means] if any(WITHHELD in row for row in rows) else []
    if not_ranked:
        said.append(
            f"Not ranked, because they have fewer than {may.limit} people, or one or two hold most of the severity, "
            f"or others could be worked out from them: {listed(not_ranked)}."
        )
    return " ".join(said)


def agreement(contents: Contents, may: Printable) -> str:
    """Write how far the order of typologies agrees with the study's.

    Parameters
    ----------
    contents : Contents
    may : Printable
        Those that it hides have no part: a correlation over them too would tell of their ranks.

    Returns
    -------
    str
        Empty where too few typologies have a rank in the study.
    """
    ranking, found = contents.harm_ranking, contents.harm_rank_agreement
    if ranking is None or found is None:
        return ""
    titles = ranking["typology"].map(lambda key: title_of(key, contents))
    hidden = {f"severity_{m}": titles.isin(may.of(TOTALS[m]).typologies) for m in MEASURES}
    if any(gone.any() for gone in hidden.values()):
        found = rank_agreement(ranking.assign(**{name: ranking[name].mask(gone) for name, gone in hidden.items()}))
    known = found.dropna(subset="spearman")
    if known.empty:
        return ""
    parts = [
        f"{r.spearman:.2f} by {MEASURES[str(r.severity)]} severity".replace("-0.", "−0.") for r in known.itertuples()
    ]
    return (
        f"Of the typologies found, {known['typologies'].max()} have a rank in the study. The rank correlation "
        f"(Spearman) of their order here with the order there is {' and '.join(parts)}: 1 is the same order, 0 none, "
        "−1 the reverse. The study ranks them among all of its clusters: orders can be compared, single ranks cannot."
    )


def cluster_ranking(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> Table:
    """Rank every cluster, as the study does.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable
        Those that it hides are named in the note, and have no part in the ranks.

    Returns
    -------
    Table
        One row per cluster that may be ranked.
    """
    titles = {n: typology.title if typology.named else "unnamed" for typology in typologies for n in typology.numbers}
    clusters = contents.clusters
    open_to = {m: ~clusters["cluster"].isin(may.hidden(TOTALS[m])) for m in MEASURES}
    seen = open_to["da"] | open_to["non_da"]
    shown = clusters[seen]
    columns, means = ["Cluster", "Typology", "People"], []
    for measure, words in MEASURES.items():
        if f"mean_{TOTALS[measure]}" in shown:
            columns += [f"Rank, {words}", f"{words[0].upper()}{words[1:]} severity points"]
            means.append(shown[f"mean_{TOTALS[measure]}"].where(open_to[measure]))
    ranks = [mean.rank(ascending=False, method="min") for mean in means]
    rows: list[list[Cell]] = []
    for at in shown.assign(rank=ranks[0]).sort_values(["rank", "cluster"]).index:
        own = shown.loc[at]
        rows.append([str(own["cluster"]), titles[own["cluster"]], Number(own["size"], count)])
        for rank, mean in zip(ranks, means, strict=True):
            told = pd.notna(mean[at])
            rows[-1] += [Number(rank[at], _rank), Number(mean[at], number)] if told else [WITHHELD, WITHHELD]
    note = _note(rows, [f"cluster {n}" for n in sorted(clusters.loc[~seen, "cluster"])], may)
    return table("Clusters by mean total severity of a person", columns, rows, range(2, len(columns)), note)
