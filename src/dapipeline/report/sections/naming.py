"""How names were given: scores, the next best name, why clusters stay unnamed, and how stable names are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.criteria import every_cluster_table, members_told
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology, title_of
from dapipeline.report.stability import when
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import MARK, count, exact, listed, several, share
from dapipeline.typology.naming import AVERAGES, MEMBERS, NOTHING_FITS, REASONS, RULE, UNNAMED

TITLE = "How names were given"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    return naming_section(material.contents, material.may) or {"clusters": None}


BECAME = 0.05  # of what else a typology's people become, shares below are not told


def naming_section(contents: Contents, may: Printable) -> dict[str, Any] | None:
    """Return the tables and sentences of the section on naming.

    Parameters
    ----------
    contents : Contents
    may : Printable

    Returns
    -------
    dict or None
        What naming.html shows; None where no definitions were used.
    """
    if contents.definitions is None or contents.scores is None or contents.criteria is None:
        return None
    return {
        "rule": RULE.format(
            witnesses=exact(contents.definitions.witnesses),
            enough=exact(contents.definitions.enough),
            margin=points(contents.definitions.margin),
        ),
        "summary": summary(contents),
        "absent": absent(contents),
        "clusters": _by_cluster(contents),
        "own_records": _own_records(contents, may),
        "name_stability": _name_stability(contents),
        "when": _when(contents),
        "times": contents.model["stability_fits"],
        "asked": [every_cluster_table(contents, key, may) for key in contents.definitions.typologies],
    }


def points(difference: float) -> str:
    """Write a difference of two shares: 1 point, 3.4 points, −2 points.

    Parameters
    ----------
    difference : float
        0.01 is one point.

    Returns
    -------
    str
    """
    words = f"{100 * difference:.1f}".removesuffix(".0").replace("-", "−")
    words = "0" if words == "−0" else words
    return f"{words} point{'' if words in ('1', '−1') else 's'}"


def summary(contents: Contents) -> str:
    """Write how many clusters are named and how many are not, with their people, and why.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    str
        One sentence.
    """
    clusters = contents.clusters
    people = clusters["size"].sum()
    parts = []
    for these, words in (
        (clusters["named_by"] == "criteria", "named by criteria"),
        (clusters["named_by"] == "override", "named by an analyst"),
        *((clusters["unnamed_because"] == reason, f"unnamed because {why}") for reason, why in REASONS.items()),
    ):
        if these.any():
            held = clusters.loc[these, "size"].sum()
            inside = f"{several(int(held), 'person', 'people')}, {share(held / people)}"
            parts.append(f"{these.sum()} {'is' if these.sum() == 1 else 'are'} {words} ({inside})")
    return f"Of {several(len(clusters), 'cluster')}, {listed(parts)}."


def absent(contents: Contents) -> str:
    """Write which typologies are defined and were found in no cluster.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    str
        Empty where all were found.
    """
    present = set(contents.clusters["typology"])
    known = contents.definitions.typologies if contents.definitions else {}
    missing = [definition.title for key, definition in known.items() if key not in present]
    return f"Defined, but found in no cluster: {listed(missing)}." if missing else ""


def _by_cluster(contents: Contents) -> Table:
    rows, missed, told = [], _missing_a_requirement(contents), members_told(contents)
    for row in contents.clusters.sort_values("cluster").to_dict("records"):
        named = row["typology"] != UNNAMED
        best, second = _title(row["best"], contents), _title(row["second"], contents)
        members = share(row["members"]) if row["cluster"] in told else MARK
        rows.append([
            str(row["cluster"]), title_of(row["typology"], contents) if named else "unnamed", count(row["size"]),
            best, members, share(row["score"]), second, share(row["second_score"]),
            "–" if pd.isna(row["lead"]) else points(row["lead"]), _why(row, row["cluster"] in missed),
        ])  # fmt: skip
    columns = ["Cluster", "Name", "People", "Best", "Members", "Score", "Next", "Score", "Lead", "Why"]
    return table("The best and the next name of every cluster", columns, rows, [2, 4, 5, 7, 8])


def _title(typology: Any, contents: Contents) -> str:
    return "–" if pd.isna(typology) else title_of(str(typology), contents)


def _missing_a_requirement(contents: Contents) -> set[int]:
    """Return the clusters whose best typology misses a required criterion."""
    if contents.scores is None:
        return set()
    best = contents.scores.groupby("cluster").head(1)  # the first row of each is the best
    return set(best.loc[~best["required_met"], "cluster"])


def _why(row: dict[str, Any], missed: bool) -> str:
    if row["named_by"] == "override":
        return "named by an analyst"
    if row["named_by"] == "criteria" and row["fits_by"] == MEMBERS:
        return "most members fit" if row["second_fits"] else "members fit"
    if row["named_by"] == "criteria":
        return "averages fit better" if row["second_fits"] else "averages alone fit"
    if row["unnamed_because"] != NOTHING_FITS:
        return str(row["unnamed_because"])
    return "misses a requirement" if missed else "score too low"


def evidence(contents: Contents, typology: ReportedTypology) -> str:
    """Write by what score a typology has its name, and how near the next best comes.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology

    Returns
    -------
    str
        Empty where the name does not come from criteria.
    """
    named = (
        typology.clusters[typology.clusters["named_by"] == "criteria"]
        if contents.definitions
        else typology.clusters.iloc[:0]
    )
    if named.empty or contents.definitions is None:
        return ""
    scores = list(dict.fromkeys([share(named["score"].min()), share(named["score"].max())]))
    words = f"Score of the averages {' to '.join(scores)}; a name needs {exact(contents.definitions.enough)}."
    if set(named["cluster"]) <= members_told(contents):
        meet = (named["members"] * named["size"]).sum() / named["size"].sum()
        words = f"{share(meet)} of its people meet it by their own record. {words}"
    # Where members decide, the next best score is no rival: more of them fit this one.
    rivals = named[named["second_fits"].astype(bool) & (named["fits_by"] == AVERAGES)]
    if rivals.empty:
        return words
    near = rivals.sort_values(["lead", "cluster"]).iloc[0]
    where = "" if len(named) == 1 else f" in cluster {near['cluster']}"
    return (
        f"{words} {title_of(str(near['second']), contents)} fits{where} too, by {share(near['second_score'])}, "
        f"{points(near['lead'])} below."
    )


def name_stability(contents: Contents, typology: ReportedTypology) -> str:
    """Write for how many of its people a typology keeps its name, and what the others become.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology

    Returns
    -------
    str
        Empty where it is not known.
    """
    found, changes = _of_typology(contents, typology), contents.name_changes
    if found is None or changes is None:
        return ""
    words = f"It keeps its name for {share(found['kept'])} of its people {_when(contents)}"
    others = changes.query("typology == @typology.key and became != @typology.key and share >= @BECAME")
    others = others.sort_values(["share", "became"], ascending=[False, True])
    names = [
        f"{title_of(became, contents) if became != UNNAMED else UNNAMED} ({share(part)})"
        for became, part in others[["became", "share"]].itertuples(index=False)
    ]
    return f"{words}; others become {listed(names)}." if names else f"{words}."


def kept(contents: Contents, typology: ReportedTypology) -> str:
    """Write for how many of its people a typology keeps its name, for a table.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology

    Returns
    -------
    str
        A dash where it is not known.
    """
    found = _of_typology(contents, typology)
    return "–" if found is None else share(found["kept"])


def _of_typology(contents: Contents, typology: ReportedTypology) -> pd.Series | None:
    if contents.name_stability is None:
        return None
    rows = contents.name_stability[(contents.name_stability["typology"] == typology.key)].dropna(subset="kept")
    return None if rows.empty else rows.iloc[0]


def _name_stability(contents: Contents) -> Table | None:
    if contents.name_stability is None:
        return None
    rows = [
        (title_of(str(r.typology), contents), count(r.people), f"{r.named_in} of {contents.model['stability_fits']}",
         share(r.kept), share(r.lowest), share(r.new_entrants))
        for r in contents.name_stability.itertuples()
    ]  # fmt: skip
    columns = ["Name", "People", "Named in", "Keep it", "At worst", "New entrants"]
    return table("How stable names are", columns, rows, range(1, 6))


def _own_records(contents: Contents, may: Printable) -> Table | None:
    """Lay out who is named by their cluster and by their own record; rows of few people are withheld."""
    if contents.own_records is None:
        return None
    rows: list[list[Cell]] = []
    for row in contents.own_records.to_dict("records"):
        counts = [int(row[name]) for name in ("by_cluster", "by_record", "both", "cluster_alone", "record_alone")]
        shown = all_enough(counts[1:], may.limit)
        cells: list[Cell] = [Number(number, count) if shown else WITHHELD for number in counts[1:]]
        rows.append([title_of(row["typology"], contents), Number(counts[0], count), *cells])
    columns = ["Typology", "By cluster", "By own record", "Both", "Cluster alone", "Record alone"]
    note = f"{MARK} stands for a row in which one of the numbers is of fewer than {may.limit} people."
    return table(
        "People named by their cluster, and people whose own record fits", columns, rows, range(1, 6),
        note if any(WITHHELD in row for row in rows) else "",
    )  # fmt: skip


def _when(contents: Contents) -> str:
    return when(contents.model["stability_offenders_in_each"], contents.model["offenders"])
