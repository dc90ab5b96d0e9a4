"""The rules on the canonical columns: what can be wrong with a value, and what is done unless the config says else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from dapipeline.config import Action, Extract
from dapipeline.errors import ConfigError, did_you_mean
from dapipeline.extract.ages import age_at
from dapipeline.extract.canonical import TEXT
from dapipeline.extract.columns import COLUMNS, MARKER, OFFENCE_CODES

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
# What systems store for an unknown date: the first days of SQL Server, Excel and COBOL, and the last day of a calendar.
ZERO_DAYS = tuple(date(*day) for day in (
    (1, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (9999, 12, 31)
))  # fmt: skip
FIRST_MOMENTS = (datetime(1970, 1, 1), datetime(1901, 1, 1), datetime(1980, 1, 1))  # of Unix, dBase and DOS
UNKNOWN_AGES = (99, 999)  # and 0: always for a suspect, for a victim if it is more frequent than 1 to 3 together
MOST_SEVERE = 10_000  # above every weight of both published scales (ONS 7,979; Cambridge 5,475)
LAST_DAY, LAST_REPORT, LAST_OUTCOME = "the last day", "the last report", "the last outcome"
NOUGHTS_ARE_UNKNOWN = "noughts are unknown"
YOUNGEST_SUSPECT, OLDEST = 10, 110  # 10 is the age of criminal responsibility in England and Wales


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with a row.

    Attributes
    ----------
    code : str
        Stable name, used in the config, the reconciliation and the quarantine.
    column : str
        The canonical column at fault.
    action : str
        quarantine (the whole row is left out and kept apart), blank (the value is set to missing) or stop.
    meaning : str
        One sentence for the documentation.
    broken : callable
        Canonical table to boolean expression, true where the rule is broken.
    essential : bool
        Whether a row is useless without the value, so that it cannot be blanked.
    """

    code: str
    column: str
    action: Action
    meaning: str
    broken: Callable[[Any], Any]
    essential: bool = False


def _absent(column: str) -> Callable[[Any], Any]:
    return lambda t: t[TEXT + column].isnull()


def _unreadable(column: str) -> Callable[[Any], Any]:
    return lambda t: t[TEXT + column].notnull() & t[column].isnull()


def _implausible(column: str) -> Callable[[Any], Any]:
    return lambda t: (t[column] < EARLIEST) | (t[column] >= LATEST)


def _scientific(column: str) -> Callable[[Any], Any]:
    # Excel shortens long numbers so; with three digits left, the ids of different people are equal.
    def broken(t: Any) -> Any:
        text = t[TEXT + column]
        return text.upper().contains("E") & text.re_search(r"^\d([.,]\d+[eE]\+?|[eE]\+)\d{2,}$")

    return broken


def _zero_day(column: str) -> Callable[[Any], Any]:
    # People are born on 1970-01-01 too, but no incident begins at its midnight.
    if column.endswith("_dob"):
        return lambda t: t[column].isin(ZERO_DAYS)
    return lambda t: t[column].cast("date").isin(ZERO_DAYS) | t[column].isin(FIRST_MOMENTS)


def _in_the_future(column: str, last: str) -> Callable[[Any], Any]:
    return lambda t: t[column].date() > t[last]


def _unknown_age(column: str) -> Callable[[Any], Any]:
    def broken(t: Any) -> Any:
        unknown = t[column].isin(UNKNOWN_AGES)
        nought = t[column] == 0
        return unknown | (nought if column == "offender_age" else nought & t[NOUGHTS_ARE_UNKNOWN])

    return broken


def _age_outside(column: str, low: int) -> Callable[[Any], Any]:
    def broken(t: Any) -> Any:
        age = age_at(t.occurred_from, t[column]) if column.endswith("_dob") else t[column]
        return (age < low) | (age > OLDEST)

    return broken


ROW_RULES = (
    Rule("missing_incident_id", "incident_id", "quarantine", "No incident id.", _absent("incident_id"),
         essential=True),
    Rule("scientific_id", "incident_id", "quarantine", "A number as a spreadsheet shortens it: 1.23E+11.",
         _scientific("incident_id"), essential=True),
    Rule("scientific_id", "offender_id", "quarantine", "A number as a spreadsheet shortens it: 1.23E+11.",
         _scientific("offender_id"), essential=True),
    Rule("no_people", "offender_id", "quarantine", "Neither suspect nor victim.",
         lambda t: t.offender_id.isnull() & (t.victim_id.isnull() if "victim_id" in t.columns else True),
         essential=True),
    Rule("missing_date", "occurred_from", "quarantine", "No start date.", _absent("occurred_from"),
         essential=True),
    Rule("unreadable_date", "occurred_from", "quarantine", "A date that is not one, or in another format.",
         _unreadable("occurred_from"), essential=True),
    Rule("zero_date", "occurred_from", "quarantine", "A date that stands for none, such as 1900-01-01.",
         _zero_day("occurred_from"), essential=True),
    Rule("implausible_date", "occurred_from", "quarantine", "A date before 1900 or after 2099.",
         _implausible("occurred_from"), essential=True),
    Rule("future_date", "occurred_from", "quarantine", "A start after the extract's last report, or long after all "
         "its other dates.",
         lambda t: (t.occurred_from.date() > t[LAST_REPORT]).fill_null(False)
         | (t.occurred_from.date() > t[LAST_DAY]).fill_null(False), essential=True),
    Rule("missing_flag", "da_flag", "quarantine", "Not said whether it is domestic abuse.", _absent("da_flag"),
         essential=True),
    Rule("unknown_code", "da_flag", "quarantine", "A code that is not on the column's list.",
         _unreadable("da_flag"), essential=True),
    Rule("missing_flag", "is_crime", "quarantine", "Not said whether it is a crime.", _absent("is_crime"),
         essential=True),
    Rule("unknown_code", "is_crime", "quarantine", "A code that is not on the column's list.",
         _unreadable("is_crime"), essential=True),
)  # fmt: skip

DATES = ("occurred_to", "reported_at", "outcome_at", "offender_dob", "victim_dob")
VALUE_RULES = (
    *(Rule("unreadable_date", name, "blank", "A date that is not one, or in another format.", _unreadable(name))
      for name in DATES),
    *(Rule("zero_date", name, "blank", "A date that stands for none, such as 1900-01-01.", _zero_day(name))
      for name in DATES),
    *(Rule("implausible_date", name, "blank", "A date before 1900 or after 2099.", _implausible(name))
      for name in DATES),
    *(Rule("future_date", name, "blank", "A date long after all others of the extract.",
           _in_the_future(name, last))
      for name, last in (("occurred_to", LAST_DAY), ("reported_at", LAST_DAY), ("outcome_at", LAST_OUTCOME))),
    Rule("end_before_start", "occurred_to", "blank", "The incident ends before it starts.",
         lambda t: t.occurred_to < t.occurred_from),
    Rule("reported_before_start", "reported_at", "blank", "Reported on a day before it started.",
         lambda t: t.reported_at.date() < t.occurred_from.date()),
    Rule("outcome_before_start", "outcome_at", "blank", "An outcome on a day before the incident started.",
         lambda t: t.outcome_at.date() < t.occurred_from.date()),
    *(Rule("unreadable_number", name, "blank", "A number that is not one.", _unreadable(name))
      for name in ("severity", "offender_age", "victim_age")),
    Rule("negative_severity", "severity", "blank", "A severity below 0.", lambda t: t.severity < 0),
    Rule("absurd_severity", "severity", "blank", f"A severity above {MOST_SEVERE:,}, or not finite.",
         lambda t: (t.severity > MOST_SEVERE) | t.severity.isnan()),
    *(Rule("unknown_age", name, "blank", "An age that stands for not known: 0, 99 or 999.", _unknown_age(name))
      for name in ("offender_age", "victim_age")),
    *(Rule("suspect_age", name, "blank", "A suspect younger than 10 or older than 110 at the incident.",
           _age_outside(name, YOUNGEST_SUSPECT)) for name in ("offender_dob", "offender_age")),
    *(Rule("victim_age", name, "blank", "A victim not yet born or older than 110 at the incident.",
           _age_outside(name, 0)) for name in ("victim_dob", "victim_age")),
    *(Rule("scientific_id", name, "blank", "A number as a spreadsheet shortens it: 1.23E+11.", _scientific(name))
      for name in ("offence_id", "victim_id")),
    Rule("victim_is_suspect", "victim_id", "blank", "The suspect is named as their own victim.",
         lambda t: t.victim_id == t.offender_id),
    *(Rule("unreadable_offence_code", name, "blank", "Not of the form 00867 or 8/67.", _unreadable(name))
      for name in OFFENCE_CODES),
    *(Rule("unknown_code", column.name, "blank", "A code that is not on the column's list.",
           _unreadable(column.name))
      for column in COLUMNS if column.kind in ("code", "boolean") and column.name not in ("da_flag", "is_crime")),
)  # fmt: skip

# Found while reading, before there are canonical columns.
READING_RULES = ("malformed_row", "repeated_header")
CODES = tuple(dict.fromkeys([*READING_RULES, *(rule.code for rule in (*ROW_RULES, *VALUE_RULES))]))


def configured_rules(extract: Extract, present: tuple[str, ...]) -> list[Rule]:
    """Return the rules on the columns of an extract, with the actions that the config chose.

    A key of ``extract.rules`` is a rule's code, for all its columns, or ``code.column`` for one.

    Parameters
    ----------
    extract : Extract
        With the rules of the config.
    present : tuple of str
        The canonical columns of the extract.

    Returns
    -------
    list of Rule
        In the order in which a row is judged.

    Raises
    ------
    ConfigError
        C014 where a key is not a rule, C015 where a value that a row cannot do without would be blanked.
    """
    of_markers = [
        Rule("unknown_code", name, "blank", "A marker that is neither yes nor no.", _unreadable(name))
        for name in present
        if name.startswith(MARKER)
    ]
    rules = [rule for rule in (*ROW_RULES, *VALUE_RULES) if rule.column in present] + of_markers
    known = {*CODES, *(f"{rule.code}.{rule.column}" for rule in (*ROW_RULES, *VALUE_RULES, *of_markers))}
    # Column settings override rule-wide ones, in any order.
    for key, action in sorted(extract.rules.items(), key=lambda item: "." in item[0]):
        if key not in known:
            raise ConfigError(
                "C014",
                f"extract.rules names {key!r}, which is not a rule{did_you_mean(key, known)}.",
                f"The rules are: {', '.join(CODES)}.",
            )
        chosen = [rule for rule in rules if key in (rule.code, f"{rule.code}.{rule.column}")]
        if action == "blank" and (key in READING_RULES or (chosen and all(rule.essential for rule in chosen))):
            raise ConfigError(
                "C015",
                f"extract.rules.{key} is blank, but a row is of no use without that value.",
                "Choose quarantine or stop.",
            )
        rules = [
            replace(rule, action=action) if rule in chosen and not (action == "blank" and rule.essential) else rule
            for rule in rules
        ]
    return rules
