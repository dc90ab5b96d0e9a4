"""Sexual beside other assault among DA incidents, by marker: odds ratios, beside the proportions of the study of 2004.

Source: MPS 2004, sections 4 and 5: 241 sexual and 146 serious offences flagged as domestic violence.
"""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import NORMAL_95, false_discovery_rates, normal_p
from dapipeline.extract.columns import MARKER
from dapipeline.incidents.tables import any_known
from dapipeline.offenders.feature import missing_columns
from dapipeline.reference.codes import RISK_RANKS
from dapipeline.scrutiny.markers import KNOWN, names_of, title_of
from dapipeline.scrutiny.units import Units

COLUMNS = [
    "factor", "title", "unit", "sexual_with", "sexual_of", "assault_with", "assault_of", "odds_ratio", "low", "high",
    "p", "q", "published_sexual", "published_sexual_of", "published_serious", "published_serious_of",
]  # fmt: skip
# Factor to its title, the columns that it needs, what is printed of it in 2004.
OWN = {
    "high_risk": ("Graded high, of those graded", ("risk_grade",), ((92, 241), (73, 146))),
    "couple": ("Between partners or ex-partners, of a known tie", ("relationship",), ((217, 241), (96, 143))),
    "parted": ("Ex-partners, of couples", ("relationship",), ((116, 217), (47, 96))),
    "alcohol_or_drugs": ("Alcohol or drugs", ("alcohol|drugs",), ((35, 241), (33, 143))),
    "female_suspect": ("A female suspect, of a known sex", ("offender_sex",), (None, (35, 146))),
}  # fmt: skip
OUTSIDE = "offends_outside"
OUTSIDE_TITLE = "Suspects with a crime outside DA too"
PUBLISHED_OUTSIDE = ((119, 241), (102, 146))  # an earlier record of any kind


def offence_groups(units: Units, present: tuple[str, ...]) -> pd.DataFrame:
    """Compare DA incidents with a sexual crime and those with another assault.

    Parameters
    ----------
    units : Units
    present : tuple of str
        Canonical columns of the extract.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`. The odds ratio is Woolf's with its interval of 95%; half a case is added to every cell where one is
        empty (Haldane 1956). An incident with both is sexual. q is Benjamini and Hochberg's over the rows. Incidents of
        one person are taken as independent.
    """
    table = units.incidents.filter(units.incidents.da & (units.incidents.sexual | units.incidents.assault))
    factors = {key: OWN[key] for key in OWN if not missing_columns(OWN[key][1], present)}
    asked = _conditions(table)
    conditions = {key: asked[key] for key in factors} | {
        name: (table[name] == 1, table[name].notnull()) for name in names_of(list(table.columns))
    }
    laid = table.select(sexual=table.sexual, **{
        f"{side} {key}": part.fill_null(False).cast("int32")
        for key, (has, known) in conditions.items() for side, part in (("with", has & known), ("of", known))
    })  # fmt: skip
    sums = laid.group_by("sexual").aggregate(n=laid.count(), **{
        name: laid[name].sum() for name in laid.columns if name != "sexual"
    }).to_pandas().set_index("sexual")  # fmt: skip
    rows = []
    for key in conditions:
        counts = [int(sums[f"{side} {key}"].get(group, 0)) for group in (True, False) for side in ("with", "of")]
        known = KNOWN.get(key.removeprefix(MARKER))
        printed = OWN[key][2] if key in OWN else (known.sexual, known.serious) if known else (None, None)
        title = OWN[key][0] if key in OWN else title_of(key.removeprefix(MARKER))
        rows.append((key.removeprefix(MARKER), title, "incidents", *counts, *_printed(printed)))
    rows.append((OUTSIDE, OUTSIDE_TITLE, "suspects", *_outside(units), *_printed(PUBLISHED_OUTSIDE)))
    made = pd.DataFrame(rows, columns=[*COLUMNS[:7], *COLUMNS[12:]])
    return with_odds(made)[COLUMNS]


def _conditions(table: Any) -> dict[str, tuple[Any, Any]]:
    return {
        "high_risk": (table.risk == RISK_RANKS["high"], table.risk.notnull()),
        "couple": (table.couple, table.tied),
        "parted": (table.parted, table.couple),
        "alcohol_or_drugs": (table.alcohol_or_drugs, ibis.literal(True) & table.da),
        "female_suspect": (table.female_suspect, table.suspect_sexed),
    }


def _printed(pairs: tuple[Any, Any]) -> list[float]:
    return [number for pair in pairs for number in (pair or (np.nan, np.nan))]


def _outside(units: Units) -> list[int]:
    """Count the suspects of either group, and those of them who have a crime outside DA."""
    kinds = units.incidents.select("incident_id", "sexual", "assault")
    own = units.suspects.inner_join(kinds, "incident_id")
    people = own.group_by("offender_id").aggregate(
        sexual=any_known(own.da & own.sexual), assault=any_known(own.da & own.assault),
        outside=any_known(~own.da & own.crime),
    )  # fmt: skip
    table = people.filter(people.sexual | people.assault).to_pandas()
    sexual, outside = table["sexual"].astype(bool), table["outside"].astype(bool)
    return [int(number) for of in (sexual, ~sexual) for number in ((of & outside).sum(), of.sum())]


def with_odds(table: pd.DataFrame) -> pd.DataFrame:
    """Add odds ratios to counts of two groups.

    Parameters
    ----------
    table : pandas.DataFrame
        sexual_with, sexual_of, assault_with, assault_of.

    Returns
    -------
    pandas.DataFrame
        The same rows with odds_ratio, low, high, p (two-sided, of the log odds ratio) and q; missing where a group is
        empty, or everybody or nobody has it in both.
    """
    cells = np.array([
        table["sexual_with"], table["sexual_of"] - table["sexual_with"],
        table["assault_with"], table["assault_of"] - table["assault_with"],
    ], dtype=float)  # fmt: skip
    nothing = (
        (cells[0] + cells[1] == 0)
        | (cells[2] + cells[3] == 0)
        | (cells[0] + cells[2] == 0)
        | (cells[1] + cells[3] == 0)
    )
    cells += np.where((cells == 0).any(axis=0), 0.5, 0.0)
    log = np.where(nothing, np.nan, np.log(cells[0] * cells[3] / (cells[1] * cells[2])))
    error = np.sqrt((1 / cells).sum(axis=0))
    p = normal_p(log / error)
    return table.assign(
        odds_ratio=np.exp(log), low=np.exp(log - NORMAL_95 * error), high=np.exp(log + NORMAL_95 * error), p=p,
        q=false_discovery_rates(p),
    )  # fmt: skip
