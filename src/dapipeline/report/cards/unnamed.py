"""The clusters without a name: in words why they have none, and a table of them."""

from __future__ import annotations

import pandas as pd

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.cards.pooled import plain, written
from dapipeline.report.cards.sentences import harm_share
from dapipeline.report.contents import Contents
from dapipeline.report.labels import label
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology, title_of
from dapipeline.report.stability import cell
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import count, exact, listed, several, share
from dapipeline.typology.naming import NOTHING_FITS, TWO_FIT, UNNAMED

TOLD = 4  # typologies that unnamed clusters come closest to are told, those of most people first


def missed(contents: Contents, typology: ReportedTypology) -> pd.DataFrame:
    """Return the required criteria that an unnamed cluster misses, of the typology that it comes closest to.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
        One unnamed cluster.

    Returns
    -------
    pandas.DataFrame
        Rows of tables/criteria.csv; empty where nothing is missed but the score.
    """
    criteria = contents.criteria
    if criteria is None:
        raise ValueError("a run without definitions has asked nothing")
    own = criteria[(criteria["cluster"] == typology.numbers[0]) & (criteria["typology"] == _closest(typology))]
    return own[own["required"].astype(bool) & ~own["met"].astype(bool)]


def _closest(typology: ReportedTypology) -> str:
    return str(typology.clusters["best"].iloc[0])


def why_unnamed(contents: Contents, typology: ReportedTypology, may: Printable) -> str:
    """Write what keeps an unnamed cluster from the name that it comes closest to.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
        One unnamed cluster.
    may : Printable
        Means that it hides are not told.

    Returns
    -------
    str
        Empty in a run without definitions.
    """
    if contents.definitions is None or contents.criteria is None:
        return ""
    own = typology.clusters.iloc[0]
    if own["unnamed_because"] == TWO_FIT:
        return f"fits {title_of(str(own['second']), contents)} just as well"
    rows = missed(contents, typology)
    if rows.empty:
        score, enough = share(own["score"]), exact(contents.definitions.enough)
        return f"scores {score}, and a name needs {enough}" if own["score"] < contents.definitions.enough else ""
    parts = []
    for row in rows.itertuples():
        told = typology.numbers[0] not in may.hidden(str(row.feature))
        value = f" ({written(float(str(row.value)), str(row.feature))})" if told else ""
        parts.append(f"{_named(str(row.feature))} {_direction(row)}{value}")
    return listed(dict.fromkeys(parts))


def _named(feature: str) -> str:
    words = label(feature)
    return words if words[:2].isupper() or words.startswith("DA") else words[:1].lower() + words[1:]


def _direction(row: object) -> str:
    value, threshold = float(getattr(row, "value")), float(getattr(row, "threshold"))  # noqa: B009
    feature = BY_NAME[str(getattr(row, "feature"))]  # noqa: B009
    if pd.isna(value):
        return "not known"
    if feature.kind == "age":
        return "too young" if value < threshold else "too old"
    if feature.kind == "duration":
        return "too short" if value < threshold else "too long"
    few = value < threshold
    if feature.kind == "count":
        return "too few" if few else "too many"
    return "too low" if few else "too high"


def unnamed_sentences(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> list[str]:
    """Write how many people have no name, what harm is theirs, and why their clusters have none.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
        Unnamed clusters alone.
    may : Printable

    Returns
    -------
    list of str
        The first sentence, and one for each of the typologies that most of these people come closest to.
    """
    people = sum(t.people for t in typologies)
    unnamed = contents.clusters[contents.clusters["typology"] == UNNAMED]
    whole = ReportedTypology(UNNAMED, "Unnamed clusters", unnamed, None, sum(t.share for t in typologies))
    first = (
        f"{several(people, 'person', 'people')} ({share(sum(t.share for t in typologies))} of all) are in "
        f"{several(len(typologies), 'cluster')} without a name"
    )
    part = harm_share(contents, whole, may)
    if not pd.isna(part):
        first += f", and account for {share(part)} of recorded domestic abuse harm"
    return [f"{first}.", *_by_closest(contents, typologies)]


def _by_closest(contents: Contents, typologies: list[ReportedTypology]) -> list[str]:
    if contents.definitions is None or contents.criteria is None:
        return []
    closest: dict[str, list[ReportedTypology]] = {}
    for typology in typologies:
        closest.setdefault(_closest(typology), []).append(typology)
    order = sorted(closest, key=lambda key: (-sum(t.people for t in closest[key]), key))
    lines = []
    for key in order[:TOLD]:
        own = closest[key]
        held = f"{several(len(own), 'cluster')} with {several(sum(t.people for t in own), 'person', 'people')}"
        lines.append(
            f"{held} {'comes' if len(own) == 1 else 'come'} closest to {title_of(key, contents)}: "
            f"{_usual_reason(contents, own)}."
        )
    left = [t for key in order[TOLD:] for t in closest[key]]
    if left:
        people = sum(t.people for t in left)
        lines.append(
            f"{several(len(left), 'other')} with {several(people, 'person', 'people')} come closest to "
            f"{listed(title_of(key, contents) for key in order[TOLD:])}; the table below says what each misses."
        )
    return lines


def _usual_reason(contents: Contents, typologies: list[ReportedTypology]) -> str:
    """Write what most people of some clusters miss, up to two reasons."""
    people: dict[str, int] = {}
    for typology in typologies:
        reason = str(typology.clusters["unnamed_because"].iloc[0])
        rows = missed(contents, typology)
        words = [f"{_named(str(row.feature))} ({_direction(row)})" for row in rows.itertuples()]
        if reason == TWO_FIT:
            words = ["another name fits as well"]
        elif reason == NOTHING_FITS and not words:
            words = ["the score is too low"]
        for word in dict.fromkeys(words):
            people[word] = people.get(word, 0) + typology.people
    order = sorted(people, key=lambda word: (-people[word], word))[:2]
    total = sum(t.people for t in typologies)
    if not order:
        return "too few of their members fit"
    told = [word if people[word] == total else f"for {share(people[word] / total)} of them {word}" for word in order]
    return "what does not fit is " + " and ".join(told)


def unnamed_table(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> Table:
    """List the clusters without a name, the most stable first.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
        Unnamed clusters alone.
    may : Printable

    Returns
    -------
    Table
    """
    features = {"da_incidents": "DA incidents", "non_da_incidents": "Other incidents"}
    if contents.has_severity:
        features["da_severity_total"] = "DA severity points"
    rows: list[list[Cell]] = []
    for typology in sorted(typologies, key=_by_stability):
        cluster, own = typology.numbers[0], typology.clusters.iloc[0]
        means: list[Cell] = [
            WITHHELD if cluster in may.hidden(name) else Number(typology.mean(name), plain) for name in features
        ]
        closest = title_of(_closest(typology), contents) if contents.definitions is not None else "–"
        rows.append([
            str(cluster), Number(typology.people, count), Number(typology.share, share), cell(own["stability"]),
            str(own["group"]), *means, closest, why_unnamed(contents, typology, may) or "–",
        ])  # fmt: skip
    columns = [
        "Cluster",
        "People",
        "Share",
        "Stability",
        "Group",
        *features.values(),
        "Comes closest to",
        "What is missing",
    ]
    numeric = [1, 2, *range(5, 5 + len(features))]
    note = may.note_on_means if any(WITHHELD in row for row in rows) else ""
    return table("Clusters without a name, the most stable first: means of a person", columns, rows, numeric, note)


def _by_stability(typology: ReportedTypology) -> tuple[float, int]:
    stability = float(typology.clusters["stability"].iloc[0])
    return (1.0 if pd.isna(stability) else -stability, typology.numbers[0])
