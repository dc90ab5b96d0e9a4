"""Columns of the tables on data quality: what became of the rows of the extract."""

from __future__ import annotations

from dapipeline.report.dictionary.column import BOUNDS, Column, Columns

_RECONCILED: Columns = {
    "rule": Column("What happened", "Rule that was broken, or other thing that became of rows."),
    "effect": Column("Becomes", "What became of the rows: read, quarantined, duplicate, out of scope, kept or used; "
                     "blanked values are counted apart."),
}  # fmt: skip

TABLES: dict[str, Columns] = {
    "quarantine": {
        "rule": Column("Rule", "First rule that the row broke, for which it was set aside."),
        "value": Column("Value", "What stands in that column."),
        "row": Column("Whole row", "All columns of the row as read, as JSON."),
    },
    "blanked": {
        "rule": Column("Rule", "Rule that the value broke; the row was kept without it."),
        "value": Column("Value", "What stood there."),
    },
    "extract": _RECONCILED,
    "reconciliation": _RECONCILED,
    "warnings": {
        "code": Column("Code", "Code of the warning; docs/warnings.md explains each."),
        "text": Column("Warning", "What is likely wrong."),
        "remedy": Column("Remedy", "What to do about it."),
    },
    "offences": {
        "is_crime": Column("Crime", "Whether a crime was recorded."),
        "offence_family": Column("Family in the config", "Family that the config maps itself, if it does."),
        "kind": Column("Kind of non-crime", "What the title of a non-crime is about."),
        "against": Column("Against", "Child or vulnerable adult, where code or title says so."),
        "compliance": Column("Non-compliance", "Breach or related offence, where it is one."),
        "resolved_by": Column("Known by", "Whether code, title or neither told what the offence is."),
        "severity": Column("Severity", "Severity of one such offence.", "severity points"),
    },
    "missing_features": {
        "feature": Column("Feature (key)", "Key of the feature that is missing; any: at least one of them."),
        "offenders": Column("Offenders", "Offenders without it.", "people"),
        "treatment": Column("Treatment", "What was done: left out, or given the cohort's median."),
    },
    "flag_audit": BOUNDS | {
        "finding": Column("Finding", "Whether the DA flag and the tie between suspect and victim agree."),
        "incidents": Column("Incidents", "Incidents with that finding.", "incidents"),
        "audited": Column("Audited", "Incidents of which both are known.", "incidents"),
    },
    "flag_audit_rows": {
        "finding": Column("Finding", "How the DA flag and the tie between suspect and victim disagree."),
    },
}  # fmt: skip
