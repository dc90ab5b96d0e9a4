"""What of the harm analyses an extract cannot answer, each with the column that would."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dapipeline.analysis.harm.order import LAST, LOOK_BACK
from dapipeline.analysis.harm.people import Reach
from dapipeline.offenders.feature import OFFENCE, OFFENDER_AGE, missing_columns

NEEDS = (  # table, what of it, the columns that it needs
    ("share_of_harm", "high-graded incidents", ("risk_grade",)),
    ("share_of_harm", "by sex", ("offender_sex",)),
    ("share_of_harm", "by age band", (OFFENDER_AGE,)),
    ("share_of_harm", "by deprivation", ("imd_decile",)),
    (
        "harm_regression",
        "offences by type: without codes and titles only families are compared",
        ("offence_code|offence",),
    ),
    ("harm_concentration", "of victims and of pairs", ("victim_id",)),
    ("harm_parts", "by number of victims", ("victim_id",)),
    ("comparisons", "intimate, family and other abuse", ("relationship",)),
    ("comparisons", "women and men", ("offender_sex",)),
    ("comparisons", "age bands", (OFFENDER_AGE,)),
    ("comparisons", "deprivation", ("imd_decile",)),
)
WITHOUT_SEVERITY = ("share_of_harm", "comparisons")  # tables that are made of people and incidents too
SEVERITY = "all that needs severity"
COLUMNS = ["table", "what", "because"]


def harm_gaps(present: Sequence[str], reach: Reach, has_severity: bool, others: bool) -> pd.DataFrame:
    """List what cannot be answered.

    Parameters
    ----------
    present : sequence of str
        The canonical columns that the extract has.
    reach : Reach
    has_severity : bool
        Whether any DA incident has a severity.
    others : bool
        Whether the extract holds suspects without DA.

    Returns
    -------
    pandas.DataFrame
        table, what, because; no rows where everything can be answered.
    """
    rows = []
    if not has_severity:
        missing = missing_columns((OFFENCE,), present)
        because = f"missing: {missing[0]}" if missing else "no DA incident has a severity above 0"
        rows.append((SEVERITY, "who does the harm, what goes with it, what came first, how few hold most", because))
    for table, what, needs in NEEDS:
        missing = missing_columns(needs, present)
        if missing and (has_severity or table in WITHOUT_SEVERITY):
            rows.append((table, what, f"missing: {'; '.join(missing)}"))
    if has_severity and reach.years < LAST + 1:
        rows.append(("harm_order", "out of time", f"the records cover fewer than {LAST + 1} years"))
    if has_severity and reach.years < LOOK_BACK:
        what = f"all of the {LOOK_BACK} years before the first DA incident"
        rows.append(("harm_order", what, f"the records cover {reach.years:.1f} years"))
    if not others:
        rows.append(("comparisons", "suspects of DA and other suspects", "the extract holds suspects of DA alone"))
    return pd.DataFrame(rows, columns=COLUMNS)
