"""Who does the harm: people and DA severity by typology, group, sex, age and deprivation."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.analysis.harm.people import NOT_KNOWN
from dapipeline.analysis.harm.shares import NOT_CLUSTERED
from dapipeline.reference.codes import GROUPS, SEXES
from dapipeline.report.colours import DA, INK, OTHER
from dapipeline.report.contents import Contents, HarmTables
from dapipeline.report.figure import drawn, says, svg
from dapipeline.report.harm.ranking import agreement, cluster_ranking, typology_ranking
from dapipeline.report.part import Part, hidden_values, part
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology, title_of
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import MARK, count, listed, number, several, share
from dapipeline.typology.naming import UNNAMED

MEASURES = {"people": "people", "da_incidents": "DA incidents", "da_crimes": "DA crimes", "da_severity": "DA severity",
            "da_high_graded": "DA incidents graded high"}  # fmt: skip
WEIGHS = (
    "Severity is what was recorded and what its offences weigh on the scale of this run. It is not what anybody "
    "suffered, and non-crimes weigh nothing. An incident with two suspects counts for each."
)
UNNAMED_TITLE = "In no named cluster"
BY_CLUSTER = ("typology", "group")
BY_PERSON = {
    "sex": "sex",
    "age_band": "age at the first DA incident",
    "deprivation": "deprivation decile, 1 most deprived",
}


def who_does_the_harm(contents: Contents, harm: HarmTables, typologies: list[ReportedTypology], may: Printable) -> Part:
    """Lay out who does the harm.

    Parameters
    ----------
    contents : Contents
    harm : HarmTables
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    Part
    """
    titles = {key: title_of(key, contents) for key in harm.share_of_harm["value"].unique()}
    shown = shares_by("typology", contents, harm, may, titles | {UNNAMED: UNNAMED_TITLE})
    left = int(harm.harm_people["cluster"].eq(NOT_CLUSTERED).sum())
    volume = shares_by("group", contents, harm, may, _group_titles())
    out = ""
    if left:
        out = (
            f"{several(left, 'person', 'people')} of whom a feature is not known {'is' if left == 1 else 'are'} in no "
            "cluster, and not in the shares by typology and group (they are in tables/share_of_harm.csv)."
        )
    return part(
        "Who does the harm",
        _findings(shown),
        [("harm_shares", _figure(shown), "People in clusters and their recorded DA severity, as shares, by typology.")],
        [
            ("People, incidents and harm by typology", _table("By typology", shown, may.limit)),
            ("By group", _table("By volume of incidents", volume, may.limit)),
            *((f"By {words}", _by_person(name, words, contents, harm, may)) for name, words in BY_PERSON.items()),
            ("Typologies ranked, beside the study's ranks", typology_ranking(contents, may)),
            ("Every cluster ranked", cluster_ranking(contents, typologies, may)),
        ],
        [agreement(contents, may) or "", out, WEIGHS],
    )


def shares_by(
    dimension: str, contents: Contents, harm: HarmTables, may: Printable, titles: Mapping[str, str]
) -> pd.DataFrame:
    """Return the shares by one dimension that may be printed.

    Parameters
    ----------
    dimension : str
    contents : Contents
    harm : HarmTables
    may : Printable
    titles : mapping of str to str
        Value to what readers call it.

    Returns
    -------
    pandas.DataFrame
        Rows of share_of_harm, most severity first, with title: told says whether the severity of a row may be printed.
        Those that may not stand last, by title, so that their order tells nothing.
    """
    rows = harm.share_of_harm.query("dimension == @dimension and value != @NOT_CLUSTERED").reset_index(drop=True)
    if dimension in BY_CLUSTER:  # of the clustered, as everything else on the page; others are the table's own
        for name in MEASURES:
            if name in rows:
                rows[f"{name}_share"] = rows[name] / rows[name].sum() if rows[name].sum() else float("nan")
    rows["title"] = rows["value"].map(lambda value: titles.get(value, value))
    if dimension == "typology":  # what is withheld of a cluster may not be found by taking the others from their sum
        hidden = may.of("da_severity_total")
        unnamed = contents.clusters.loc[contents.clusters["typology"] == UNNAMED, "cluster"]
        of_unnamed = (rows["value"] == UNNAMED) & unnamed.isin(hidden.clusters).any()
        rows["told"] = ~(rows["title"].isin(hidden.typologies) | of_unnamed)
    else:
        own = harm.harm_people[harm.harm_people[dimension] != NOT_CLUSTERED]
        rows["told"] = ~rows["value"].isin(hidden_values(own[dimension], own["da_severity_total"], may.limit))
    if dimension not in BY_CLUSTER:
        return rows
    order = rows.assign(printed=rows["da_severity"].where(rows["told"]))
    order = order.sort_values(["printed", "title"], ascending=[False, True], ignore_index=True)
    return order.drop(columns="printed")


def _group_titles() -> dict[str, str]:
    return {key: f"{key}: {group.title}" for key, group in GROUPS.items()}


def _findings(shown: pd.DataFrame) -> list[str]:
    every = shown[shown["value"] != UNNAMED]
    named = every[every["told"]]
    if named.empty:
        return []
    people, severity = named["people_share"].sum(), named["da_severity_share"].sum()
    most, each = named.iloc[0], named.assign(each=named["da_severity"] / named["people"]).nlargest(1, "each").iloc[0]
    which = f"the {len(every)} named typologies" if len(every) > 1 else "the one named typology"
    of_these = "" if len(named) == len(every) else "Of these, "
    if len(named) < len(every):
        which = f"{len(named)} of {which}; of the others too little may be shown"
    first = (
        f"{of_these}{most['title']} accounts for most: {share(most['da_severity_share'])}, with "
        f"{several(int(most['people']), 'person', 'people')} ({share(most['people_share'])})."
    )
    if each["value"] != most["value"]:
        first += (
            f" Per person {each['title']} does: {number(each['each'])} points on average, against "
            f"{number(most['da_severity'] / most['people'])}."
        )
    whole = (
        f"{share(severity)} of the DA harm recorded of people in clusters is that of {share(people)} of them, those in "
        f"{which}."
    )
    return [whole, first]


def _figure(shown: pd.DataFrame) -> str:
    """Draw two bars for each row: its share of the people, and of the harm."""
    rows = shown[shown["told"]].iloc[::-1].reset_index(drop=True)
    if rows.empty:
        return ""
    with drawn(9.2, 0.46 * len(rows) + 0.55) as figure:
        axes = figure.add_axes((0.34, 0.02, 0.58, 0.97 - 0.35 / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, max(rows["people_share"].max(), rows["da_severity_share"].max()))
        axes.set_ylim(-0.6, len(rows) - 0.2)
        for at, row in rows.iterrows():
            for column, height, colour in (("people_share", 0.2, OTHER), ("da_severity_share", -0.2, DA)):
                (bar,) = axes.barh(at + height, row[column], 0.36, color=colour)
                of = "people" if column == "people_share" else "DA severity"
                says(bar, f"{row['title']}: {share(row[column])} of {of}", row["title"])
                axes.annotate(share(row[column]), (row[column], at + height), (4, 0), textcoords="offset points",
                              va="center", color=colour, fontsize=8.5, fontweight="bold")  # fmt: skip
            axes.annotate(
                row["title"], (0, at), (-8, 0), textcoords="offset points", ha="right", va="center", color=INK
            )
        for words, colour, at in (("share of the people", OTHER, 0.34), ("share of all DA severity", DA, 0.52)):
            figure.text(at, 1 - 0.12 / figure.get_figheight(), words, color=colour, va="top", fontweight="bold")
        spoken = "; ".join(
            f"{row.title}: {share(row.people_share)} of people, {share(row.da_severity_share)} of DA severity"
            for row in rows.iloc[::-1].itertuples()
        )
        return svg(figure, "harm_shares", f"Shares of people and of recorded DA severity. {spoken}.")


def _table(caption: str, shown: pd.DataFrame, limit: int) -> Table:
    names = _enough(shown, limit)
    rows: list[list[Cell]] = []
    for row in shown.to_dict("records"):
        shares = {name: Number(row[f"{name}_share"], share) for name in names}
        told = [shares[name] if name == "people" or row["told"] else WITHHELD for name in names]
        rows.append([row["title"], Number(row["people"], count), *told])
    heads = [caption, "People", *(f"Share of {MEASURES[name]}" for name in names)]
    whole = f"{caption}: people, DA incidents and DA severity"
    return table(whole, heads, rows, range(1, len(heads)), mark_of(shown, limit))


def _enough(shown: pd.DataFrame, limit: int) -> list[str]:
    """Return the measures of which no row that is told has too few."""
    told = shown[shown["told"]]
    return [name for name in MEASURES if name in shown and (name == "people" or all_enough(told[name], limit))]


def mark_of(shown: pd.DataFrame, limit: int) -> str:
    """Write what the mark stands for in shares of harm.

    Parameters
    ----------
    shown : pandas.DataFrame
        From `shares_by`.
    limit : int

    Returns
    -------
    str
        Empty where every row is told.
    """
    if shown["told"].all():
        return ""
    return (
        f"{MARK} Not shown: fewer than {limit} people, or nearly all that of one or two, or it would reveal another "
        "hidden figure."
    )


def _by_person(dimension: str, words: str, contents: Contents, harm: HarmTables, may: Printable) -> Table | None:
    """Lay out shares alone: counts of people by a characteristic are in the equality section, of those clustered."""
    if dimension not in harm.harm_people:
        return None
    shown = shares_by(dimension, contents, harm, may, SEXES | {NOT_KNOWN: "Not known"})
    shown, left = shown[shown["told"]], shown.loc[~shown["told"], "title"]
    if shown.empty:
        return None
    names = _enough(shown, may.limit)
    rows = [
        [row["title"], *(Number(row[f"{name}_share"], share) for name in names)] for row in shown.to_dict("records")
    ]
    heads = [words[:1].upper() + words[1:], *(f"Share of {MEASURES[name]}" for name in names)]
    note = f"Not shown, of too few people or mostly of one or two: {listed(left)}." if len(left) else ""
    return table(f"People and harm by {words}", heads, rows, range(1, len(heads)), note)
