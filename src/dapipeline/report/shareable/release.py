"""Everything that the shareable edition tells: its tables, and the typologies that they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dapipeline.report.cards.firmness import firmness
from dapipeline.report.contents import Contents
from dapipeline.report.harm.shares import UNNAMED_TITLE
from dapipeline.report.reported import ReportedTypology, reported_typologies
from dapipeline.report.shareable.course import courses
from dapipeline.report.shareable.means import harm_of_few, means_by_typology
from dapipeline.report.shareable.people import by_typology, history_by_harm, of_few_together
from dapipeline.report.shareable.released import Amounts, Counts, Released
from dapipeline.report.shareable.scrutiny import scrutiny_tables


@dataclass(frozen=True)
class Release:
    """The shareable edition before it is laid out.

    Attributes
    ----------
    typologies : tuple of ReportedTypology
        Those of enough people, in the order of the definitions; only what no figure is in may be shown of them.
    firm : mapping of str to str
        Title to how firm it is.
    means : Amounts
        One row per typology, and one of those in none.
    few : tuple of Amounts
        How few hold most of the harm; empty without severity.
    people, harm, scrutiny : tuple of Counts
    courses : mapping of str to Amounts
        Title to its average course.
    """

    typologies: tuple[ReportedTypology, ...]
    firm: Mapping[str, str]
    means: Amounts
    few: tuple[Amounts, ...]
    people: tuple[Counts, ...]
    harm: tuple[Counts, ...]
    scrutiny: tuple[Counts, ...]
    courses: Mapping[str, Amounts]

    @property
    def tables(self) -> tuple[Released, ...]:
        """Every table, in the order of the page."""
        return (self.means, *self.few, *self.harm, *self.people, *self.courses.values(), *self.scrutiny)

    @property
    def printed(self) -> tuple[int, int]:
        """How many cells of all tables are printed, and how many there are."""
        cells = [table.cells for table in self.tables]
        return sum(printed for printed, _ in cells), sum(every for _, every in cells)


def release_of(contents: Contents, facts: pd.DataFrame, course: pd.DataFrame) -> Release:
    """Choose what of a run may leave the force.

    Parameters
    ----------
    contents : Contents
    facts : pandas.DataFrame
        From `person_facts`.
    course : pandas.DataFrame
        From `average_course`.

    Returns
    -------
    Release
    """
    limit = contents.config.report.limit
    named = {typology.key: typology for typology in reported_typologies(contents) if typology.named}
    titles = {key: typology.title for key, typology in named.items()}
    facts = facts.assign(title=of_few_together(facts, titles, UNNAMED_TITLE, limit))
    enough = {key: title for key, title in titles.items() if title in facts["title"].cat.categories}
    return Release(
        typologies=tuple(named[key] for key in enough),
        firm={title: firmness(contents, named[key]).verdict for key, title in enough.items()},
        means=means_by_typology(facts, limit),
        few=tuple(harm_of_few(facts, limit)),
        people=tuple(by_typology(facts, limit)),
        harm=tuple(history_by_harm(facts, limit)),
        scrutiny=tuple(scrutiny_tables(contents.counted_for_scrutiny, limit)),
        courses=courses(course, enough, limit),
    )
