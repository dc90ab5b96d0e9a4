"""Where people who are to be erased stand in the tables of a run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.workflow import outputs
from dapipeline.workflow.output import Output, twin
from dapipeline.workflow.run import Run

PERSONS = ["offender_id", "victim_id"]
SOURCE = ["source_file", "source_row"]
AS_WRITTEN = (outputs.QUARANTINE, outputs.BLANKED)  # hold rows and values as the extract writes them
TWINS = tuple(map(twin, AS_WRITTEN))
TIMELINES = (outputs.MEDOIDS, outputs.TIMELINE_PEOPLE, outputs.TIMELINE_RECORDS, outputs.TIMELINE_OTHERS)
TELLING = (*PERSONS, *SOURCE, "value", "row", "cluster")
AT_ONCE = 500  # ids in one regular expression


@dataclass(frozen=True)
class Traces:
    """What tells the rows of people who are to be erased.

    Attributes
    ----------
    ids : frozenset of str
        As the run holds them.
    written : tuple of str
        As the extract writes them, to be looked for in what was set aside.
    rows : pandas.DataFrame
        source_file, source_row of the kept rows that name them.
    medoids : list of int
        The clusters at whose centre one of them stands.
    timelines : list of int
        The clusters whose timelines show one of them.
    in_harm : numpy.ndarray of int
        The places of those in the cohort, in the order of ids: the table of harm has that order, and no ids.
    cohort : int
        How many offenders the cohort has.
    """

    ids: frozenset[str]
    written: tuple[str, ...]
    rows: pd.DataFrame
    medoids: list[int]
    timelines: list[int]
    in_harm: np.ndarray
    cohort: int

    def found_in(self, name: str, table: pd.DataFrame) -> np.ndarray:
        """Find which rows of a table are about these people, as suspects or as victims.

        Parameters
        ----------
        name : str
            The output.
        table : pandas.DataFrame
            The output, or of its columns those in `TELLING`.

        Returns
        -------
        ndarray of bool
            One per row.
        """
        lost = np.zeros(len(table), dtype=bool)
        for column in PERSONS:
            if column in table:
                lost |= table[column].isin(self.ids).to_numpy()
        if set(SOURCE) <= set(table):
            lost |= pd.MultiIndex.from_frame(table[SOURCE]).isin(pd.MultiIndex.from_frame(self.rows))
        if name in (*AS_WRITTEN, *TWINS):
            for column in {"value", "row"} & set(table):
                lost |= mentions(table[column], self.written)
        if name in TIMELINES:
            lost |= table["cluster"].isin(self.timelines).to_numpy()
        if name == outputs.HARM_PEOPLE:
            lost[self.in_harm if len(table) == self.cohort else slice(None)] = True
        if name == outputs.PERSON_FACTS:  # nothing tells whose row is whose: all go, and the next run makes them anew
            lost[:] = True
        return lost


def traces_of(run: Run, ids: Sequence[str], written: Sequence[str]) -> Traces:
    """Find out what tells the rows of people.

    Parameters
    ----------
    run : Run
    ids : sequence of str
        As the run holds them.
    written : sequence of str
        As the extract writes them.

    Returns
    -------
    Traces
    """
    wanted = frozenset(ids)
    rows = run.frame(outputs.ROWS)
    named = pd.concat([rows[column].isin(wanted) for column in PERSONS if column in rows], axis=1).any(axis=1)
    medoids = _frame_if_there(run, outputs.MODEL_MEDOIDS, ["cluster", "offender_id"])
    central = medoids.loc[medoids["offender_id"].isin(wanted), "cluster"]
    shown = [
        _frame_if_there(run, name, ["cluster", "offender_id", "incident_id"])
        for name in (outputs.MEDOIDS, outputs.TIMELINE_RECORDS)
    ]
    records = pd.concat([_frame_if_there(run, outputs.TIMELINE_PEOPLE, ["cluster", "offender_id"]), *shown])
    seen = records["offender_id"].isin(wanted) | records["incident_id"].isin(rows.loc[named, "incident_id"])
    cohort = _frame_if_there(run, outputs.FEATURES, ["offender_id"])["offender_id"].sort_values(ignore_index=True)
    return Traces(
        wanted,
        tuple(written),
        rows.loc[named, SOURCE],
        sorted(int(cluster) for cluster in central.unique()),
        sorted(int(cluster) for cluster in records.loc[seen, "cluster"].unique()),
        np.flatnonzero(cohort.isin(wanted)),
        len(cohort),
    )


def people_in(run: Run) -> set[str]:
    """Return the ids of everybody whom the kept rows of a run name, as it holds them.

    Parameters
    ----------
    run : Run

    Returns
    -------
    set of str
    """
    rows = run.frame(outputs.ROWS)
    return set().union(*(rows[column].dropna().unique() for column in PERSONS if column in rows))


def mentions(texts: pd.Series, ids: Sequence[str]) -> np.ndarray:
    """Find which texts hold an id as a whole word, with noughts in front or not.

    Parameters
    ----------
    texts : pandas.Series of str
    ids : sequence of str

    Returns
    -------
    ndarray of bool
    """
    found = np.zeros(len(texts), dtype=bool)
    written = texts.astype("string").fillna("")
    for pattern in _patterns(ids):
        found |= written.str.contains(pattern, regex=True).to_numpy(dtype=bool)
    return found


def which_are_mentioned(texts: pd.Series, ids: Sequence[str]) -> set[str]:
    """Return the ids that a text holds as a whole word.

    Parameters
    ----------
    texts : pandas.Series of str
    ids : sequence of str

    Returns
    -------
    set of str
    """
    written = texts.astype("string").dropna()
    hits = (written.str.findall(pattern).explode().dropna() for pattern in _patterns(ids))
    by_form = _forms(ids)
    return {_by_end(hit, by_form) for column in hits for hit in column.unique()}


def _by_end(hit: str, by_form: dict[str, str]) -> str:
    """Return the id that a text ends with after noughts in front."""
    return next(by_form[hit[start:]] for start in range(len(hit)) if hit[start:] in by_form)


def _forms(ids: Sequence[str]) -> dict[str, str]:
    """Return each id by the forms it may be written in: as it is, and as JSON has it between quotes."""
    return {form: one for one in ids for form in (one, json.dumps(one, ensure_ascii=False)[1:-1])}


def _patterns(ids: Sequence[str]) -> Iterator[str]:
    """Write regular expressions for ids."""
    forms = list(_forms(ids))
    for start in range(0, len(forms), AT_ONCE):
        longest_first = sorted(forms[start : start + AT_ONCE], key=len, reverse=True)
        yield rf"(?<![0-9A-Za-z])0*(?:{'|'.join(map(re.escape, longest_first))})(?![0-9A-Za-z])"


def _frame_if_there(run: Run, name: Output, columns: list[str]) -> pd.DataFrame:
    return run.frame(name, columns) if name in run.manifest["files"] else pd.DataFrame(columns=columns, dtype="object")
