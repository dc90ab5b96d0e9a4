"""dapipeline check: what is usable in an extract and what is wrong with it, without a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dapipeline.artefacts.folder import open_plain
from dapipeline.engine import shortages_told
from dapipeline.errors import ExtractError
from dapipeline.extract.intake import Intake, take_in
from dapipeline.incidents.facts import complete
from dapipeline.incidents.offences import recorded_offences, resolve_offences, untold
from dapipeline.say import Say, silent
from dapipeline.workflow import outputs
from dapipeline.workflow.commands import Settings, settings_of
from dapipeline.workflow.inputs import find_key, locate_extract

BY_ROW = ["source_file", "source_row", "rule", "column"]


@dataclass(frozen=True)
class Checked:
    """What is usable in an extract, and what is wrong with it.

    Attributes
    ----------
    columns : dict of str to str
        Canonical column to the source column that gives it.
    counts : pandas.DataFrame
        stage, rule, column, effect, rows: how many rows or values each rule kept, changed or set aside.
    quarantined, blanked : pandas.DataFrame
        source_file, source_row, rule, column, value: rows that were quarantined and values that were left blank, one
        row per rule broken. Where ids are pseudonyms, the value is left out.
    warnings : pandas.DataFrame
        code, column, rows, text, remedy: what is probably wrong although no rule was broken.
    offences : pandas.DataFrame
        What each offence and non-crime as recorded was taken for, and by what, on the shipped severity scale unless the
        extract has its own: as quality/offences.csv.
    untold : pandas.DataFrame
        is_crime, title, titles, rows: the titles that told nothing, those of few rows together.
    refusal : ExtractError or None
        The error with which a run would stop.
    intake : Intake
        Everything found, with the rows of the extract.
    """

    columns: dict[str, str]
    counts: pd.DataFrame
    quarantined: pd.DataFrame
    blanked: pd.DataFrame
    warnings: pd.DataFrame
    offences: pd.DataFrame
    untold: pd.DataFrame
    refusal: ExtractError | None
    intake: Intake


@shortages_told()
def check(
    config: Settings, *, extract: str | Path | None = None, out: str | Path | None = None, progress: Say = silent
) -> Checked:
    """Check an extract without running the pipeline, row by row.

    Parameters
    ----------
    config : Config, str or Path
        Settings, or the YAML file they stand in.
    extract : str or Path, optional
        The extract, instead of the config's path.
    out : str or Path, optional
        A folder for the quarantined rows, blanked values, counts and warnings, as CSV.
    progress : callable, optional
        Called with a text and, if it is known, the share done, from 0 to 1.

    Returns
    -------
    Checked

    Raises
    ------
    DapipelineError
        If the config is wrong or the extract cannot be read. If a run would stop, `refusal` says why.

    Examples
    --------
    >>> import dapipeline as dap
    >>> found = dap.check("my_force.yaml")
    >>> found.refusal is None
    True
    >>> sorted(set(found.counts["effect"]))
    ['blanked', 'duplicate', 'kept', 'out of scope', 'quarantined', 'read']
    """
    settings = settings_of(config)
    key = find_key(settings)
    if key and out is not None:
        key.refuse_within(Path(out))
    taken = take_in(locate_extract(settings, None if extract is None else Path(extract)), settings, progress, key)
    recorded = recorded_offences(complete(taken.extracted.rows))
    offences = resolve_offences(recorded, None, "severity" in taken.columns).offences
    found = Checked(
        columns=taken.mapping.columns,
        counts=taken.extracted.counts,
        quarantined=taken.extracted.quarantined.order_by(BY_ROW).to_pandas(),
        blanked=taken.extracted.blanked.order_by(BY_ROW).to_pandas(),
        warnings=taken.warnings,
        offences=offences,
        untold=untold(offences, settings.report.limit),
        refusal=taken.refusal,
        intake=taken,
    )
    if out is not None:
        with open_plain(Path(out)) as write:
            write(Path(outputs.QUARANTINE).with_suffix(".csv").as_posix(), found.quarantined)
            write(Path(outputs.BLANKED).with_suffix(".csv").as_posix(), found.blanked)
            write(outputs.EXTRACT_COUNTS, found.counts)
            write(outputs.WARNINGS, found.warnings)
            write(outputs.OFFENCE_TYPES, found.offences)
    return found
