"""What was counted as domestic abuse, and the measures behind the study's recommendations, each with its definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.config import DomesticAbuse
from dapipeline.incidents.measures import CHILD_TO_PARENT
from dapipeline.incidents.tables import any_known
from dapipeline.offenders.feature import OFFENCE, OFFENDER_AGE, VICTIM_AGE, missing_columns
from dapipeline.reference.codes import RISK_RANKS

ANNEX = "Crest 2023, Annex 3"
RECOMMENDATION_3 = "Crest 2023, Recommendation 3 and the four categories of offences"
RECOMMENDATION_4 = "Crest 2023, Recommendation 4"
INITIAL_RESPONSE = "Crest 2023, Initial response 4"
PROGRAM = "this program"
AGES = f"{OFFENDER_AGE}|{VICTIM_AGE}"
EVERYONE, COHORT = "everyone named as a suspect", "the cohort"


@dataclass(frozen=True)
class Measure:
    """One thing that is counted.

    Attributes
    ----------
    name : str
        Stable name.
    title : str
        What the report calls it.
    definition : str
        One sentence, exact enough to count it by hand.
    source : str
        Who defines it so.
    whose : str
        Whose incidents are counted: `EVERYONE` in the window, or `COHORT`.
    holds, among : callable
        Incidents to a boolean column: of which it holds, and of which it is asked.
    of : str
        What `among` is, in words.
    needs : tuple of str
        Canonical columns without which it cannot be counted; ``a|b`` means that either is enough.
    """

    name: str
    title: str
    definition: str
    source: str
    whose: str
    holds: Callable[[Any], Any]
    among: Callable[[Any], Any]
    of: str
    needs: tuple[str, ...] = ()


def _all(t: Any) -> Any:
    return t.incident_id.notnull()


def _non_crime(t: Any) -> Any:
    return t.is_da & ~t.is_crime


def _is(column: str) -> Callable[[Any], Any]:
    return lambda t: t[column]


def _outside(column: str) -> Callable[[Any], Any]:
    return lambda t: t[column] & ~t.is_da


def _history(t: Any) -> Any:
    """DA or other history: what lies below the age is neither."""
    return ~t.below_age


def _of_da(name: str, title: str, definition: str, source: str, holds: Any, needs: tuple[str, ...] = ()) -> Measure:
    return Measure(name, title, definition, source, EVERYONE, holds, _all, "incidents of any kind", needs)


def _parallel(name: str, title: str, definition: str, needs: tuple[str, ...]) -> Measure:
    return Measure(
        name, title, definition, RECOMMENDATION_4, COHORT, _outside(name), lambda t: ~t.is_da, "incidents outside "
        "DA, those below the age too", needs,
    )  # fmt: skip


def _compliance(name: str, title: str, definition: str) -> Measure:
    return Measure(
        name, title, definition, RECOMMENDATION_3, COHORT, _is(name), _history, "DA and other incidents", (OFFENCE,)
    )


MEASURES: tuple[Measure, ...] = (
    _of_da("flagged", "Flagged as domestic abuse", "The force's DA flag, or another mark that the run counts.", ANNEX,
           _is("flagged")),
    _of_da("marked_otherwise", "Of these, without the force's DA flag",
           "Marked as honour-based abuse, forced marriage or female genital mutilation, and not flagged as DA.", ANNEX,
           lambda t: t.flagged & ~t.da_flag, ("honour_based|forced_marriage|fgm",)),
    _of_da("below_age", "Flagged, but somebody is too young",
           "Flagged, and the suspect or all of the victims are known to be younger than the age at which DA starts. "
           "Neither DA nor other history.", ANNEX, _is("below_age"), (AGES,)),
    _of_da("da", "Counted as DA", "Flagged and, where the run asks for an age, not below it.", ANNEX, _is("is_da")),
    _of_da("da_of_unknown_age", "Of these, somebody's age is not known",
           "Counted as DA without knowing whether suspect or victim was old enough.", PROGRAM,
           lambda t: t.is_da & t.unknown_age),
    _of_da("da_of_implausible_age", "Of these, an age was blanked as implausible",
           "A suspect recorded as younger than 10 or older than 110, or a victim as not yet born or older than 110: "
           "the age is taken as not known.", PROGRAM, lambda t: t.is_da & t.unknown_age & t.age_blanked, (AGES,)),
    Measure("perpetrators", "Perpetrators", "People named as the suspect of at least one DA incident, crime or not: "
            "the cohort of this report.", ANNEX, COHORT, _is("is_da"), _history, "DA and other incidents"),
    Measure("offenders", "Offenders", "Of these, people suspected of at least one DA crime; no charge is needed. The "
            "study defines the two words so and uses both for everybody, as this report does.", ANNEX, COHORT,
            lambda t: t.is_da & t.is_crime, _is("is_da"), "DA incidents"),
    _parallel("da_parallel", "DA-parallel", "Outside DA, as a crime or as a non-crime: abuse of a child, abuse of a "
              "vulnerable adult, or violence of a child to a parent.", (OFFENCE,)),
    _parallel("child_abuse", "Of these, abuse of a child", "The record is called so, or a homicide, violence or a "
              "sexual offence has a victim under 18; not where both are under 18, neither family nor partners, and the "
              "victim is 13 or older.", (OFFENCE,)),
    _parallel("vulnerable_adult_abuse", "Of these, abuse of a vulnerable adult", "The record is called so; no column "
              "of the extract says who is vulnerable.", (OFFENCE,)),
    _parallel("child_to_parent", "Of these, a child to a parent", f"A suspect of {CHILD_TO_PARENT[0]} to "
              f"{CHILD_TO_PARENT[1]} does violence, harassment or damage to a parent, or is named in a domestic or "
              "unexplained non-crime against one.", (OFFENCE, OFFENDER_AGE, "relationship")),
    _compliance("non_compliance", "Non-compliance", "A breach, or a related offence below, in DA or outside."),
    _compliance("breach", "Breaches", "Breach of a court order or injunction, of bail or of licence conditions; recall "
                "to prison."),
    _compliance("police_assault", "Related: assault on police", "Assault on a constable, or on an emergency worker "
                "where the record does not tell them apart."),
    _compliance("witness", "Related: threats to witnesses or jurors", "Intimidating or harming a witness or juror."),
    _compliance("dangerous_driving", "Related: dangerous driving", "Dangerous driving, where it kills too."),
    _compliance("criminal_damage", "Related: criminal damage", "Damage, arson and threats to damage."),
    Measure("non_compliance_outside_da", "Non-compliance outside DA", "The same, in incidents that are not DA.",
            RECOMMENDATION_3, COHORT, _outside("non_compliance"), lambda t: _history(t) & ~t.is_da, "other incidents",
            (OFFENCE,)),
    Measure("high_risk_non_crime", "High-risk non-crimes", "DA incidents without a crime that are graded high, of all "
            "DA incidents without a crime, graded or not. The study prints 14% for its catastrophic offenders.",
            INITIAL_RESPONSE, COHORT, _is("high_risk_non_crime"), _non_crime, "DA non-crimes", ("risk_grade",)),
    Measure("high_risk_of_graded", "High-risk non-crimes, of the graded", "The same, of those with a grade.",
            INITIAL_RESPONSE, COHORT, _is("high_risk_non_crime"), lambda t: _non_crime(t) & t.risk.notnull(),
            "graded DA non-crimes", ("risk_grade",)),
    Measure("medium_risk_non_crime", "Medium-risk non-crimes", "DA incidents without a crime that are graded medium, "
            "of all DA incidents without a crime.", "Crest 2023, research question 6", COHORT,
            lambda t: _non_crime(t) & (t.risk == RISK_RANKS["medium"]), _non_crime, "DA non-crimes", ("risk_grade",)),
)  # fmt: skip


def count_measures(incidents: Any, cohort: Any, definition: DomesticAbuse, present: Sequence[str]) -> pd.DataFrame:
    """Count `MEASURES` over incidents and people.

    Parameters
    ----------
    incidents : ibis.Table
        One row per suspect and incident.
    cohort : ibis.Table
        One row per offender: offender_id.
    definition : DomesticAbuse
        What counts as DA: without other marks, or without an age, nothing is asked of them.
    present : sequence of str
        The canonical columns that the extract has.

    Returns
    -------
    pandas.DataFrame
        One row per measure: measure, title, definition, source, whose; incidents (of which it holds), of_incidents (of
        which it is asked), of (what these are), share; people (with any such incident), of_people; missing_columns.
        An incident with two suspects counts for each. The numbers are missing where a column is.
    """
    own = incidents.semi_join(cohort, "offender_id")
    tables = {EVERYONE: incidents, COHORT: own}
    counts = {
        whose: _counted(tables[whose], [m for m in MEASURES if m.whose == whose]).iloc[0]
        for whose in (EVERYONE, COHORT)
    }
    rows = []
    for measure in _asked(definition):
        # Of the other marks every one that the config counts has to be there.
        needs = definition.include if measure.name == "marked_otherwise" else measure.needs
        missing = missing_columns(needs, present)
        found = counts[measure.whose]
        names = (f"{measure.name}_incidents", f"{measure.name}_of", f"{measure.name}_people", "people")
        numbers = [pd.NA] * 4 if missing else [int(found[name]) for name in names]
        about = (measure.name, measure.title, measure.definition, measure.source, measure.whose)
        rows.append((*about, *numbers[:2], measure.of, *numbers[2:], "; ".join(missing)))
    columns = ["measure", "title", "definition", "source", "whose", "incidents", "of_incidents", "of", "people",
               "of_people", "missing_columns"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(["incidents", "of_incidents", "people", "of_people"], "Int64")
    )
    share = table["incidents"].astype("Float64") / table["of_incidents"].where(table["of_incidents"] > 0)
    table.insert(8, "share", share)
    return table


def _asked(definition: DomesticAbuse) -> list[Measure]:
    """Return the measures that a definition of DA leaves something to count for."""
    left_out = set() if definition.include else {"marked_otherwise"}
    if definition.minimum_age is None:
        left_out |= {"below_age", "da_of_unknown_age", "da_of_implausible_age"}
    return [measure for measure in MEASURES if measure.name not in left_out]


def _counted(incidents: Any, measures: list[Measure]) -> pd.DataFrame:
    """Count incidents and, in a second step, the people who have any, in one row."""
    numbers = {}
    for measure in measures:
        among = measure.among(incidents).fill_null(False)
        holds = measure.holds(incidents).fill_null(False) & among
        numbers[measure.name] = (holds.cast("int64").sum(), among.cast("int64").sum(), any_known(holds))
    by_person = incidents.group_by("offender_id").aggregate(
        **{f"{name}_incidents": held for name, (held, _, _) in numbers.items()},
        **{f"{name}_of": asked for name, (_, asked, _) in numbers.items()},
        **{f"{name}_people": anybody for name, (_, _, anybody) in numbers.items()},
    )
    sums = {
        name: by_person[name].cast("int64").sum().fill_null(0) for name in by_person.columns if name != "offender_id"
    }
    counted: pd.DataFrame = by_person.aggregate(people=by_person.count(), **sums).to_pandas()
    return counted
