"""Checks for what is probably wrong with an extract although no rule was broken: one per function, over all rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.config import Config
from dapipeline.extract.canonical import Mapping
from dapipeline.extract.checks.dates import birth_dates, date_forms
from dapipeline.extract.checks.ids import id_forms, ids_meet, ids_of_nobody, ids_split, roles
from dapipeline.extract.checks.incidents import incidents_apart
from dapipeline.extract.checks.offences import codes_and_titles, unread_codes
from dapipeline.extract.checks.people import busiest, conflicts
from dapipeline.extract.checks.question import Question
from dapipeline.extract.checks.values import blanked, decimal_commas, garbled, left_out, nothing_there
from dapipeline.extract.forms import Forms
from dapipeline.extract.warnings import Warned

CHECKS = (
    left_out, nothing_there, blanked, garbled, decimal_commas, id_forms, roles, ids_meet, ids_split, ids_of_nobody,
    conflicts, busiest, incidents_apart, unread_codes, codes_and_titles, date_forms, birth_dates,
)  # fmt: skip


def look_for_warnings(
    connection: Any, kept: Any, counts: pd.DataFrame, mapping: Mapping, forms: Forms, config: Config
) -> list[Warned]:
    """Run every check on an extract.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``judged``.
    kept : ibis.Table
        The rows of it that were not quarantined, faulty values blanked.
    counts : pandas.DataFrame
        rule, column, effect, rows.
    mapping : Mapping
        Which source column or expression gave which canonical column.
    forms : Forms
        How the cells of each column are written.
    config : Config
        The settings of the extract, the marks that count as DA, and whether ids are pseudonyms.

    Returns
    -------
    list of Warned
        In the order of `CHECKS`.
    """
    connection.create_view("kept", kept, overwrite=True)
    marks, quotes = config.domestic_abuse.include, not config.privacy.pseudonymise
    question = Question(connection, counts, mapping, forms, config.extract, marks, quotes)
    return [warned for check in CHECKS for warned in check(question)]
