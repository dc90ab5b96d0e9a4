"""The first screen: who, in which patterns, and which does the most harm, for readers who will read nothing else."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.cards.firmness import VERDICTS, firmness, how_firm
from dapipeline.report.contents import Contents
from dapipeline.report.harm.few import printable_concentration
from dapipeline.report.harm.shares import UNNAMED_TITLE, mark_of, shares_by
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology, gathered
from dapipeline.report.table import WITHHELD
from dapipeline.report.words import count, exact, number, several, share, yardstick
from dapipeline.typology.naming import UNNAMED

TITLE = "What was found"
HEADLINE = 0.05  # the share of people whose share of harm the summary tells


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
    return found_section(material.contents, material.typologies, material.may)


def found_section(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Any]:
    """Return the sentences of the summary, and the bars of people and harm by typology.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    dict
        What found.html shows.
    """
    named = [typology for typology in typologies if typology.named]
    shares = _harm_shares(contents, typologies, may)
    sentences = (
        _cohort(contents), _patterns(contents, named), _hardest(contents, shares), _concentrated(contents, may.limit),
        _how_firm(contents, named),
    )  # fmt: skip
    rows = _bars(contents, typologies, shares) if named else []
    return {
        "sentences": [sentence for sentence in sentences if sentence],
        "rows": rows,
        "harm": shares is not None,
        "caption": f"The typologies: their share of the people{' and of the recorded DA harm' * (shares is not None)}",
        "note": "" if shares is None else mark_of(shares, may.limit),
    }


def _total(clusters: pd.DataFrame, feature: str) -> int:
    return round(float((clusters[f"mean_{feature}"] * clusters["size"]).sum()))


def _cohort(contents: Contents) -> str:
    excluded = int(contents.missing_features.query("feature == 'any' and treatment == 'excluded'")["offenders"].sum())
    people = len(contents.people)
    everyone = people + excluded
    sentence = f"{several(everyone, 'person is', 'people are')} recorded as "
    sentence += f"{'a suspect' if everyone == 1 else 'suspects'} of domestic abuse (DA)"
    if excluded:
        sentence += f"; {count(people)} of them are sorted here, the others lack a feature"
    if {"mean_da_incidents", "mean_non_da_incidents"} <= set(contents.clusters):
        da, other = (_total(contents.clusters, f"{which}_incidents") for which in ("da", "non_da"))
        sentence += f", with {several(da, 'DA incident')} and {several(other, 'other incident')}"
        sentence += " (one with two suspects counts for each)"
    return f"{sentence}."


def _patterns(contents: Contents, named: list[ReportedTypology]) -> str:
    clusters = several(len(contents.clusters), "cluster")
    if contents.definitions is None and not named:
        return f"Sorted by likeness, the records make {clusters}, which have numbers alone: no definitions were used."
    if not named:
        return f"Sorted by likeness, the records make {clusters}, and none fits a typology."
    people, whole = sum(typology.people for typology in named), len(contents.people)
    largest = max(named, key=lambda typology: typology.people)
    found = several(len(named), "named pattern (typology)", "named patterns (typologies)")
    rest = f"; the records of the other {share(1 - people / whole)} fit none plainly" if people < whole else ""
    return (
        f"{share(people / whole)} of those sorted ({count(people)}) are in clusters that show {found}, the largest of "
        f"them {largest.title} with {several(largest.people, 'person', 'people')}{rest}."
    )


def _harm_shares(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> pd.DataFrame | None:
    """Return the shares of people and harm by typology that may be printed; None without severity."""
    if contents.harm is None or not contents.has_severity:
        return None
    titles = {typology.key: typology.title for typology in typologies} | {UNNAMED: UNNAMED_TITLE}
    return shares_by("typology", contents, contents.harm, may, titles)


def _hardest(contents: Contents, shares: pd.DataFrame | None) -> str:
    if shares is None:
        return "The extract gives offences no severity, so nothing is said of harm."
    named = shares[shares["told"] & (shares["value"] != UNNAMED)]
    if named.empty:
        return ""
    each = named["da_severity"] / named["people"]
    most, worst = named.iloc[0], named.loc[each.sort_values(ascending=False, kind="stable").index[0]]
    among = "" if len(named) == shares["value"].ne(UNNAMED).sum() else ", of those whose harm may be shown,"
    said = (
        f"The typology with the most recorded DA harm{among} is {most['title']}: "
        f"{share(most['da_severity_share'])} of it, from {share(most['people_share'])} of the people"
    )
    points = each[worst.name]
    about = f"{number(points)} severity points on average{yardstick(points, contents.common_assault)}"
    if worst["value"] == most["value"]:
        return f"{said}, who also have the most a person, {about}."
    return f"{said}; a person of {worst['title']} has more, {about}."


def _concentrated(contents: Contents, limit: int) -> str:
    if contents.harm is None:
        return ""
    table = printable_concentration(contents.harm, "offenders", limit)
    top = table[table["top_share"] < 1]
    if top.empty:
        return ""
    row = top.iloc[(top["top_share"] - HEADLINE).abs().argmin()]
    everyone = int((contents.harm.harm_units["unit"] == "offenders").sum())
    return (
        f"The {exact(row['top_share'])} of people with the most recorded DA harm "
        f"({count(row['number'])} of {count(everyone)}) account for {share(row['share_of_severity'])} of it."
    )


def _how_firm(contents: Contents, named: list[ReportedTypology]) -> str:
    return how_firm([firmness(contents, typology).verdict for typology in named])


def _bars(contents: Contents, typologies: list[ReportedTypology], shares: pd.DataFrame | None) -> list[dict[str, Any]]:
    """Return a row per typology, most harm first; the people in none stand last, without bars to dwarf the others."""
    rows = {t.key: t for t in gathered(typologies) if t.named or t.key == UNNAMED}
    order = list(rows) if shares is None else [value for value in shares["value"] if value in rows]
    told = {} if shares is None else shares[shares["told"]].set_index("value")["da_severity_share"].to_dict()
    named = [key for key in order if key != UNNAMED]
    longest = max([*(rows[key].share for key in named), *(told[key] for key in named if key in told)], default=1.0)
    return [
        {
            "anchor": rows[key].anchor if rows[key].named else "unnamed",
            "title": rows[key].title if rows[key].named else UNNAMED_TITLE,
            "people": count(rows[key].people),
            "people_share": f"{rows[key].share:.1%}",
            "people_width": None if key == UNNAMED else round(100 * rows[key].share / longest, 1),
            "harm_share": f"{told[key]:.1%}" if key in told else str(WITHHELD),
            "harm_width": round(100 * told[key] / longest, 1) if key in told and key != UNNAMED else None,
            "firm": (verdict := firmness(contents, rows[key]).verdict if rows[key].named else ""),
            "rank": VERDICTS.index(verdict) + 1 if verdict else None,
        }
        for key in [*named, *(key for key in order if key == UNNAMED)]
    ]
