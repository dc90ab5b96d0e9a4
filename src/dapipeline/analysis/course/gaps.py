"""What of the course an extract cannot answer, each with the column that would."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dapipeline.offenders.feature import OFFENCE, OFFENDER_AGE, missing_columns

NEEDS = (  # table, what of it, the columns that it needs
    ("escalation", "share graded high", ("risk_grade",)),
    ("escalation", "within pairs of offender and victim", ("victim_id",)),
    ("reoffending", "the same victim or a new one", ("victim_id",)),
    ("risk_grades", "risk grades, what became of the first one, and what follows it", ("risk_grade",)),
    ("outcomes", "outcomes of crimes, and what follows them", ("outcome_code",)),
    ("outcomes", "arrests", ("arrested",)),
    ("after_outcome", "the clock at the day of the outcome: it starts with the incident", ("outcome_at",)),
    ("breaches", "what became of breaches", (OFFENCE, "outcome_code")),
    ("homicides", "homicides and attempts", (OFFENCE,)),
    ("child_to_parent", "children who abuse a parent", ("relationship", OFFENDER_AGE)),
)
NO_BREAKS = (
    "the offences have no codes of the Home Office, whose changes are known, and the config lists no others "
    "(recording_breaks)"
)
COLUMNS = ["table", "what", "because"]


def course_gaps(present: Sequence[str], harmed: bool, *, own_breaks: bool) -> pd.DataFrame:
    """List what cannot be answered.

    Parameters
    ----------
    present : sequence of str
        The canonical columns that the extract has.
    harmed : bool
        Whether any DA incident has a severity.
    own_breaks : bool
        Whether the config says when recording changed.

    Returns
    -------
    pandas.DataFrame
        table, what, because; no rows where everything can be answered.
    """
    rows = []
    for table, what, needs in NEEDS:
        missing = missing_columns(needs, present)
        if missing:
            rows.append((table, what, f"missing: {'; '.join(missing)}"))
    if "offence_code" not in present and not own_breaks:
        rows.append(("recording_breaks", "whether recording changed", NO_BREAKS))
    if not harmed:
        rows.append(("first_risk", "DA harm afterwards", "no DA incident has a severity above 0"))
    return pd.DataFrame(rows, columns=COLUMNS)
