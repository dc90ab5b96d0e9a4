"""Who is in which typology, by characteristics that never entered the clustering."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dapipeline.reference.codes import SEXES
from dapipeline.report.contents import Contents
from dapipeline.report.reported import Kind
from dapipeline.report.table import Table, table
from dapipeline.report.words import FEWEST, count, plain, share


@dataclass(frozen=True)
class Makeup:
    """How many of a kind have one value of a characteristic."""

    value: str
    offenders: str
    share: str
    cohort_share: str


def makeup_of(audit: pd.DataFrame, characteristic: str, kind: Kind) -> list[Makeup]:
    """Count a kind's people by a characteristic; fewer than ten are written <10, and their share not at all."""
    rows = audit[audit["characteristic"] == characteristic]
    cohort = rows.groupby("value")["offenders"].sum()
    own = rows[rows["cluster"].isin(kind.numbers)].groupby("value")["offenders"].sum()
    own = own.reindex(cohort.index, fill_value=0)
    parts = cohort / cohort.sum()
    return [
        Makeup(_value(characteristic, str(value)), *_written(int(number), kind.people), share(parts[value]))
        for value, number in own.items()
    ]


def _value(characteristic: str, value: str) -> str:
    """Write a value in words: sexes have codes, and an ethnicity called M is no man."""
    return SEXES.get(value, value) if characteristic == "offender_sex" else value


def _written(number: int, people: int) -> tuple[str, str]:
    return (f"<{FEWEST}", "–") if number < FEWEST else (count(number), share(number / people))


def equality_tables(contents: Contents, kinds: list[Kind]) -> list[Table]:
    """Give a table for each characteristic: a row a typology or unnamed cluster, two columns a value."""
    audit = contents.equality_audit
    tables = []
    for characteristic in sorted(set(audit["characteristic"])):
        rows = []
        for kind in kinds:
            makeup = makeup_of(audit, characteristic, kind)
            cells = [m.offenders if m.share == "–" else f"{m.offenders} ({m.share})" for m in makeup]
            rows.append([kind.title, count(kind.people), *cells])
        whole = audit[audit["characteristic"] == characteristic].groupby("value")["offenders"].sum()
        cohort = [f"{count(n)} ({share(n / whole.sum())})" for n in whole]
        shown = [cell if n >= FEWEST else f"<{FEWEST}" for cell, n in zip(cohort, whole, strict=True)]
        rows.append(["All", count(whole.sum()), *shown])
        name = plain(characteristic.removeprefix("offender_"))
        columns = ["Typology or cluster", "People", *(_value(characteristic, str(value)) for value in whole.index)]
        tables.append(
            table(f"{name.capitalize()} of the people in each typology", columns, rows, range(1, len(columns)))
        )
    return tables
