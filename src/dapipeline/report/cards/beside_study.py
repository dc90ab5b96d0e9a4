"""What the study prints of a typology beside what was found, and where figures contradict the name."""

from __future__ import annotations

import math

from dapipeline.reference.codes import SEXES
from dapipeline.report.cards.pooled import everybody, may_tell, one_cluster, plain, pooled, written
from dapipeline.report.contents import Contents
from dapipeline.report.disclosure import gate_part
from dapipeline.report.harm.ranking import typology_ranking
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.sections.equality import makeup_of
from dapipeline.report.table import WITHHELD, Cell, Part, Table, Withheld, table
from dapipeline.report.words import MARK, count, listed, several, share
from dapipeline.typology.study import Expectation, PrintedFigure

NOT_HERE = "not known"
ONE_PERSON = "†"


def printed_table(contents: Contents, typology: ReportedTypology, may: Printable) -> Table | None:
    """Lay out the figures that the study prints of a typology, ours beside them.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    Table or None
        None where the definition has none.
    """
    if typology.definition is None:
        return None
    rows: list[list[Cell]] = []
    for figure in typology.definition.printed:
        words = f"{figure.words} {ONE_PERSON}" if figure.one_person else figure.words
        rows.append([words[:1].upper() + words[1:], _theirs(figure), _ours(figure, contents, typology, may)])
    ranks = _ranks(contents, typology, may)
    rows += ranks
    if not rows:
        return None
    note = []
    if any(figure.one_person for figure in typology.definition.printed):
        note.append(f"{ONE_PERSON} The study's figure is of its example, one person; here stands the average.")
    if ranks:
        note.append("Ranks are of clusters in the study, and of typologies here.")
    if any(isinstance(cell, Withheld) for row in rows for cell in row):
        note.append(f"{MARK} Withheld: of too few people, or it would tell of too few.")
    return table("In the study, and here", ["", "Study", "Here"], rows, (1, 2), " ".join(note))


def _theirs(figure: PrintedFigure) -> str:
    return f"{'over ' if figure.or_more else ''}{_written(figure.value, figure)}"


def _written(value: float, figure: PrintedFigure) -> str:
    """Write a figure of the study, or ours of the same kind."""
    if math.isnan(value):
        return NOT_HERE
    if figure.counts is not None:
        return count(value)
    if figure.feature is None or figure.of_all:
        return share(value)
    if figure.over is not None and figure.value > 1:
        return plain(value)
    return written(value, figure.feature, figure.over)


def _ours(figure: PrintedFigure, contents: Contents, typology: ReportedTypology, may: Printable) -> Cell:
    if figure.counts is not None:
        return count(typology.people if figure.counts == "people" else len(typology.clusters))
    if figure.characteristic is not None and figure.group is not None:
        return _of_characteristic(figure.characteristic, figure.group, typology, may)
    if figure.without is not None:
        return _without(figure.without, contents, typology, may)
    if figure.feature is None:
        raise ValueError("a printed figure is found in one way")
    if figure.of_all:
        return _of_all(figure.feature, contents, typology, may)
    if not may_tell(typology, may, figure.feature, figure.over):
        return WITHHELD
    return _written(pooled(typology, figure.feature, figure.over), figure)


def _of_characteristic(characteristic: str, group: str, typology: ReportedTypology, may: Printable) -> Cell:
    if characteristic not in may.makeup:
        return NOT_HERE
    heading = SEXES.get(group, group) if characteristic == "offender_sex" else group
    columns = {name.casefold() for name in may.makeup[characteristic].columns}
    if heading.casefold() not in columns:
        return NOT_HERE
    found = {row.value.casefold(): row.offenders for row in makeup_of(may, characteristic, typology)}
    cell = found.get(heading.casefold(), WITHHELD)
    return share(cell.number / cell.of) if isinstance(cell, Part) and cell.of else WITHHELD


def _without(column: str, contents: Contents, typology: ReportedTypology, may: Printable) -> Cell:
    if column not in contents.people:
        return NOT_HERE
    own = contents.people.loc[contents.people["cluster"].isin(typology.numbers), column]
    part = gate_part(int((own == 0).sum()), len(own), may.limit)
    return share(part.number / part.of) if isinstance(part, Part) else WITHHELD


def _of_all(feature: str, contents: Contents, typology: ReportedTypology, may: Printable) -> Cell:
    """Write which share of all of something, counted in incidents, is a typology's."""
    own, every = (round(t.mean(feature) * t.people) if t.mean(feature) == t.mean(feature) else -1
                  for t in (typology, everybody(contents)))  # fmt: skip
    if own < 0:
        return NOT_HERE
    part = gate_part(own, every, may.limit)
    return share(part.number / part.of) if isinstance(part, Part) and part.of else WITHHELD


def _ranks(contents: Contents, typology: ReportedTypology, may: Printable) -> list[list[Cell]]:
    """Return its rank by DA harm in the study, and here among the typologies that are ranked."""
    ranks = typology.definition.harm_ranks if typology.definition else None
    ranking = typology_ranking(contents, may)
    if ranks is None or ranking is None:
        return []
    here = {str(row[0]): row[ranking.columns.index("Rank, DA")] for row in ranking.rows}
    of = len([cell for cell in here.values() if not isinstance(cell, Withheld)])
    cell = here.get(typology.title, WITHHELD)
    found: Cell = cell if isinstance(cell, Withheld) else f"{cell} of {of}"
    return [["Rank by DA harm a person", str(ranks[0]), found]]


def contradictions(contents: Contents, typology: ReportedTypology, may: Printable) -> list[str]:
    """Write where the figures of a typology, or of one of its clusters, are not what its name promises.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    list of str
        One sentence for each promise that is not kept: The name promises X; here Y.
    """
    if typology.definition is None:
        return []
    found = (_contradicted(promise, contents, typology, may) for promise in typology.definition.expects)
    return [words for words in found if words]


def misfits(contents: Contents, typology: ReportedTypology, may: Printable) -> dict[int, list[str]]:
    """Write which of these sentences are about the figures of each cluster.

    Parameters
    ----------
    contents : Contents
    typology : ReportedTypology
    may : Printable

    Returns
    -------
    dict of int to list of str
        Cluster to the sentences of `contradictions`; only those clusters whose own printed figures break the promise.
    """
    found: dict[int, list[str]] = {}
    for promise in typology.definition.expects if typology.definition else ():
        if words := _contradicted(promise, contents, typology, may):
            for part in _broken(promise, contents, typology, may):
                found.setdefault(part.numbers[0], []).append(words)
    return found


def _broken(
    promise: Expectation, contents: Contents, typology: ReportedTypology, may: Printable
) -> list[ReportedTypology]:
    """Return the clusters whose figures break a promise, of those whose figures are printed."""
    cohort = pooled(everybody(contents), promise.feature, promise.over)
    hidden = may.of(promise.feature).clusters | (may.of(promise.over).clusters if promise.over else frozenset())
    parts = [one_cluster(typology, number) for number in typology.numbers if number not in hidden]
    return [p for p in parts if promise.holds(pooled(p, promise.feature, promise.over), cohort) is False]


def _contradicted(promise: Expectation, contents: Contents, typology: ReportedTypology, may: Printable) -> str:
    cohort = pooled(everybody(contents), promise.feature, promise.over)

    def said(part: ReportedTypology) -> str:
        here, all_of_it = (written(value, promise.feature, promise.over)
                           for value in (pooled(part, promise.feature, promise.over), cohort))  # fmt: skip
        return promise.here.replace("{here}", "none" if here in ("0", "0%") else here).replace("{cohort}", all_of_it)

    if not may_tell(typology, may, promise.feature, promise.over):
        return ""
    if promise.holds(pooled(typology, promise.feature, promise.over), cohort) is False:
        return f"The name promises {promise.promises}; here {said(typology)}."
    off = _broken(promise, contents, typology, may) if len(typology.numbers) > 1 else []
    if not off:
        return ""
    where = [f"in cluster {part.numbers[0]} ({several(part.people, 'person', 'people')}) {said(part)}" for part in off]
    return f"The name promises {promise.promises}; over all of its people that holds, but {listed(where)}."
