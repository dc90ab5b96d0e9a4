"""A card for each typology: size, what sets it apart, how firm it is, the study beside it, and who is in it."""

from __future__ import annotations

from math import isnan
from typing import Any

from dapipeline.report.cards.apart import apart, differences_table
from dapipeline.report.cards.beside_study import contradictions, misfits, printed_table
from dapipeline.report.cards.firmness import firmness
from dapipeline.report.cards.recommended import areas_for, matrix, proposal
from dapipeline.report.cards.sentences import bars_of, harm_share, sentences
from dapipeline.report.cards.unnamed import unnamed_sentences, unnamed_table
from dapipeline.report.contents import Contents
from dapipeline.report.criteria import criteria_table
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.sections.equality import makeup_of
from dapipeline.report.sections.naming import evidence, name_stability
from dapipeline.report.stability import badge, cell
from dapipeline.report.table import Table, table
from dapipeline.report.timeline.whole import Timeline
from dapipeline.report.words import count, listed, several
from dapipeline.typology.study import EVERYONE

TITLE = "Typologies"


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
    contents, others, may = material.contents, material.in_the_list, material.may
    definitions = contents.definitions
    defined = [(key, d.title) for key, d in definitions.typologies.items()] if definitions else []
    return {
        "cards": cards(contents, _most_harm_first(material), may, dict(material.timelines)),
        "standing": STANDING,
        "for_all": areas_for(definitions, EVERYONE),
        "matrix": matrix(definitions, defined),
        "why_unnamed": unnamed_sentences(contents, others, may) if others else [],
        "unnamed": unnamed_table(contents, others, may) if others else None,
        "unnamed_timelines": [material.timelines[n] for t in others for n in t.numbers if n in material.timelines],
    }


def _most_harm_first(material: Material) -> list[ReportedTypology]:
    """Return the typologies in the order of the first screen; those whose harm is withheld last, by title."""
    if not any(typology.named for typology in material.on_cards):
        return material.on_cards
    harm = {t.key: harm_share(material.contents, t, material.may) for t in material.on_cards}
    return sorted(material.on_cards, key=lambda t: (-(0 if isnan(harm[t.key]) else harm[t.key]), t.title))


STANDING = (  # what no card is, after "It is not" or "Nor is it"
    "a finding about any person in it, a risk score or a prediction; and "
    "to be named as a suspect is not to be convicted."
)
CHARACTERISTICS = (("offender_sex", "Sex"), ("offender_ethnicity", "Ethnicity"))


def cards(
    contents: Contents, typologies: list[ReportedTypology], may: Printable, timelines: dict[int, Timeline]
) -> list[dict[str, Any]]:
    """Return what the cards show, one per typology.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable
    timelines : dict of int to Timeline
        By cluster.

    Returns
    -------
    list of dict
        What typologies.html shows of each.
    """
    bars = bars_of(contents, typologies, may)
    made = []
    for typology in typologies:
        dots = apart(contents, typology, may)
        off = misfits(contents, typology, may)
        made.append({
            "typology": typology,
            "people": several(typology.people, "person", "people"),
            "colour": str(typology.clusters["group"].iloc[0]),  # of its largest cluster
            "bars": bars.get(typology.key),
            "sentences": sentences(contents, typology, may),
            "firmness": firmness(contents, typology),
            "contradictions": contradictions(contents, typology, may),
            "caveats": _caveats(typology, may.limit, sum(row.asked for row in dots), len(dots)),
            "apart": dots,
            "withheld": typology.title in may.means.typologies,
            "printed": printed_table(contents, typology, may),
            "proposal": proposal(contents.definitions, typology),
            "recommended": areas_for(contents.definitions, typology.key),
            "is_not": _is_not(typology),
            "makeup": [(word, makeup_of(may, name, typology)) for name, word in CHARACTERISTICS if name in may.makeup],
            "criteria": criteria_table(contents.criteria, typology, may),
            "stability": badge(contents, typology),
            "evidence": evidence(contents, typology),
            "name_stability": name_stability(contents, typology),
            "clusters": clusters_table(typology),
            "differences": differences_table(contents, typology, may),
            "timelines": [timelines[n].with_misfits(off.get(n, ())) for n in typology.clusters["cluster"]
                          if n in timelines],
        })  # fmt: skip
    return made


def _is_not(typology: ReportedTypology) -> str:
    """Return the definition's own words, to follow "It is not": they begin with "Not a finding ..."."""
    if typology.definition is None:
        return ""
    words = typology.definition.is_not.removeprefix("Not ")
    return words if words.endswith(".") else f"{words}."


def _caveats(typology: ReportedTypology, limit: int, asked: int, shown: int) -> list[tuple[str, str]]:
    """Return what has to be kept in mind of this typology: a word for each, and a sentence."""
    found = [
        ("Few people", _small(typology, limit)),
        ("Named by an analyst", _by_analyst(typology)),
        ("Group", _defined_elsewhere(typology)),
        ("By definition", _by_definition(asked, shown)),
    ]
    return [(word, words) for word, words in found if words]


def _by_definition(asked: int, shown: int) -> str:
    if not asked:
        return ""
    which = "the one feature" if shown == 1 else f"{'all' if asked == shown else asked} of the {shown} features"
    return f"{which[:1].upper()}{which[1:]} shown {'is' if asked == 1 else 'are'} what the name asks for (marked ◆)."


def _by_analyst(typology: ReportedTypology) -> str:
    if not typology.by_analyst:
        return ""
    own = typology.clusters[typology.clusters["named_by"] == "override"]
    whole = len(own) == len(typology.clusters)
    return f"An analyst gave {'this name' if whole else 'a part of its clusters this name'}; no criterion did."


def _small(typology: ReportedTypology, limit: int) -> str:
    rows = typology.clusters.loc[typology.clusters["size"] < limit, ["cluster", "size"]].sort_values("cluster")
    if rows.empty:
        return ""
    of = len(typology.clusters)
    if typology.people < limit:
        where = f"There are fewer than {limit} people in it."
    else:
        which = "All" if len(rows) == of else str(len(rows))
        where = f"{which} of its {of} clusters {'has' if len(rows) == 1 else 'have'} fewer than {limit} people."
    return f"{where} Whatever is written of so few comes close to describing one of them: do not pass it on."


def _defined_elsewhere(typology: ReportedTypology) -> str:
    """Write in which group a typology is defined, where most people of any of its clusters are in another one."""
    named = typology.clusters.dropna(subset="defined_group").sort_values("cluster")
    other = named[named["group"] != named["defined_group"]]
    if other.empty:
        return ""
    if len(other) == len(typology.clusters) and len(set(other["group"])) == 1:
        where = f"most of its people here are in group {other['group'].iloc[0]}"
    else:
        where = listed(f"most people of cluster {cluster} are in group {group}"
                       for cluster, group in other[["cluster", "group"]].itertuples(index=False))  # fmt: skip
    return f"Defined in group {other['defined_group'].iloc[0]}; {where}."


def clusters_table(typology: ReportedTypology) -> Table:
    """List the clusters of a typology, for analysts.

    Parameters
    ----------
    typology : ReportedTypology

    Returns
    -------
    Table
        One row per cluster, the largest first.
    """
    rows = [
        (str(row["cluster"]), count(row["size"]), str(row["group"]), cell(row["stability"]))
        for row in typology.clusters.to_dict("records")
    ]
    columns = ["Cluster", "People", "Group", "Stability"]
    return table(f"{typology.title}: its clusters", columns, rows, [1])
