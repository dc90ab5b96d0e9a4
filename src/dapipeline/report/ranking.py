"""Which typologies and clusters have most recorded harm, beside the ranks that a study prints."""

from __future__ import annotations

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.reported import Kind, title_of
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, number

RANKS = (("da_severity_total", "harm_rank_da"), ("non_da_severity_total", "harm_rank_non_da"))
KINDS = {"da": "DA", "non_da": "non-DA"}


def typology_ranking(contents: Contents) -> Table | None:
    """Rank typologies, with the study's ranks where the definitions carry them; None without names or harm."""
    ranking = contents.harm_ranking
    if ranking is None or ranking.empty:
        return None
    printed = _printed(ranking)
    columns = ["Typology", "People"]
    for words in KINDS.values():
        columns += [f"Rank, {words}", *(["The study's"] if printed else []), f"{words[:1].upper()}{words[1:]} points"]
    rows = []
    for row in ranking.to_dict("records"):
        cells = [title_of(row["typology"], contents), count(row["offenders"])]
        for kind in KINDS:
            study = [_rank(row[f"published_rank_{kind}"])] if printed else []
            cells += [_rank(row[f"rank_{kind}"]), *study, number(row[f"severity_{kind}"])]
        rows.append(cells)
    return table("Typologies by mean total severity of a person", columns, rows, range(1, len(columns)))


def _printed(ranking: pd.DataFrame) -> bool:
    return bool(ranking[[f"published_rank_{kind}" for kind in KINDS]].notna().any(axis=None))


def _rank(rank: float) -> str:
    return "–" if pd.isna(rank) else str(int(rank))


def agreement(contents: Contents) -> str:
    """Say how far the order of typologies agrees with the study's; nothing where it prints no ranks of enough."""
    if contents.harm_rank_agreement is None:
        return ""
    known = contents.harm_rank_agreement.dropna(subset="spearman")
    if known.empty:
        return ""
    parts = [f"{r.spearman:.2f} by {KINDS[str(r.severity)]} severity".replace("-0.", "−0.") for r in known.itertuples()]
    return (
        f"Of the typologies found, {known['typologies'].max()} have a rank in the study. The rank correlation "
        f"(Spearman) of their order here with the order there is {' and '.join(parts)}: 1 is the same order, 0 none, "
        "−1 the reverse. The study ranks them among all of its clusters: orders can be compared, single ranks cannot."
    )


def cluster_ranking(clusters: pd.DataFrame, kinds: list[Kind]) -> Table:
    """Rank every cluster, as the study does."""
    titles = {n: kind.title if kind.named else "unnamed" for kind in kinds for n in kind.numbers}
    columns, picked = ["Cluster", "Typology", "People"], []
    for (feature, rank), words in zip(RANKS, KINDS.values(), strict=True):
        if rank in clusters:
            columns += [f"Rank, {words}", f"{words[0].upper()}{words[1:]} severity points"]
            picked.append((rank, f"mean_{feature}"))
    rows = []
    for row in clusters.sort_values(["harm_rank_da", "cluster"]).to_dict("records"):
        cells = [text for rank, mean in picked for text in (str(row[rank]), number(row[mean]))]
        rows.append([str(row["cluster"]), titles[row["cluster"]], count(row["size"]), *cells])
    return table("Clusters by mean total severity of a person", columns, rows, range(2, len(columns)))
