"""The stage that analyses the course: escalation, how soon again, risk grades, outcomes, what came before the worst."""

from __future__ import annotations

from pathlib import PurePosixPath

import pandas as pd

from dapipeline.analysis.course.afterwards import after_outcome, first_risk
from dapipeline.analysis.course.again import gaps_of, reoffending
from dapipeline.analysis.course.before_crime import non_crimes_before_crime
from dapipeline.analysis.course.breaks import breaks_within
from dapipeline.analysis.course.changes import escalation_changes
from dapipeline.analysis.course.child_to_parent import child_to_parent
from dapipeline.analysis.course.escalation import escalation, in_order
from dapipeline.analysis.course.gaps import course_gaps
from dapipeline.analysis.course.holders import held_by_order
from dapipeline.analysis.course.homicides import homicides, lethal_crimes
from dapipeline.analysis.course.outcomes import COMPARED, REFERENCE, arrests, breaches, outcomes
from dapipeline.analysis.course.records import Records, crimes_of, incidents_arrested, records_of, victims_of
from dapipeline.analysis.course.risk import offences_after_grade, risk_grades, risk_transitions
from dapipeline.analysis.harm.people import reach_of
from dapipeline.clustering.threads import matrices_in_one_thread
from dapipeline.workflow import outputs
from dapipeline.workflow.output import Output
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import incident_tables, present_columns


def course(context: Context) -> Outputs:
    """Analyse the course: what goes before, what follows, how soon again."""
    tables, present = incident_tables(context), present_columns(context)
    reach = reach_of(tables.incidents, context.config.window)
    records = records_of(tables, context.frame(outputs.ASSIGNMENTS), reach.end)
    own = context.config.recording_breaks
    harmed = bool(records.incidents["severity"].any())
    victims = victims_of(tables, records.people) if "victim_id" in present else None
    units = in_order(records, victims)
    made: Outputs = {
        outputs.COURSE_GAPS: course_gaps(present, harmed, own_breaks=bool(own)),
        outputs.RECORDING_BREAKS: breaks_within(reach, own, home_office="offence_code" in present),
        outputs.ESCALATION: escalation(records, units),
        outputs.ESCALATION_CHANGES: escalation_changes(records, units),
        outputs.REOFFENDING: reoffending(records, gaps_of(records, victims), context.config.clustering.seed),
        outputs.NON_CRIMES_BEFORE_CRIME: non_crimes_before_crime(records),
        outputs.HOMICIDES: homicides(records, lethal_crimes(tables, records.people), victims),
    }
    if {"relationship"} <= set(present) and {"offender_age", "offender_dob"} & set(present):
        made[outputs.CHILD_TO_PARENT] = child_to_parent(tables, reach.end)
    crimes = crimes_of(tables, records.people)
    if "arrested" in present:
        made[outputs.ARRESTS] = arrests(records, incidents_arrested(tables, records.people))
    if "risk_grade" in present:
        made[outputs.RISK_GRADES] = risk_grades(records)
        made[outputs.RISK_TRANSITIONS] = risk_transitions(records)
        made[outputs.OFFENCES_AFTER_GRADE] = offences_after_grade(records, crimes[~crimes["is_da"]])
    if "outcome_code" in present:
        made |= {outputs.OUTCOMES: outcomes(records, crimes), outputs.BREACHES: breaches(records, crimes)}
    afterwards = _harm_afterwards(context, records, present) if harmed else {}
    held = [
        held_by_order(units["person"]).assign(table="escalation").rename(columns={"order": "of"}).astype({"of": str}),
        *(
            table[["value", "held_by_two"]].drop_duplicates().rename(columns={"value": "of"}).assign(table=name)
            for name, table in ((PurePosixPath(output).stem, table) for output, table in afterwards.items())
        ),
    ]
    made[outputs.COURSE_HOLDERS] = pd.concat(held, ignore_index=True)[["table", "of", "held_by_two"]]
    return made | {output: table.drop(columns="held_by_two") for output, table in afterwards.items()}


def _harm_afterwards(context: Context, records: Records, present: list[str]) -> dict[Output, pd.DataFrame]:
    """Compare DA harm after a first grade and after a first outcome."""
    fewest, seed = context.config.harm.fewest, context.config.clustering.seed
    made = {}
    with matrices_in_one_thread():
        if "risk_grade" in present:
            made[outputs.FIRST_RISK] = first_risk(records, fewest, seed)
        if "outcome_code" in present:
            made[outputs.AFTER_OUTCOME] = after_outcome(records, COMPARED, REFERENCE, fewest, seed)
    return made


COURSE = Stage(
    work=course, title="Analysing the course", package="analysis",
    settings=("window", "harm.fewest", "recording_breaks", "clustering.seed"),
    inputs=("imd",), after=("extract", "incidents", "typology"),
)  # fmt: skip
