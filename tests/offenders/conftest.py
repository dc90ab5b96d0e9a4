"""Rows of hand-made and random histories, through the incidents room to one feature vector an offender."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest

from dapipeline.config import DomesticAbuse, Engine
from dapipeline.engine import connect
from dapipeline.extract.columns import COLUMNS
from dapipeline.incidents.facts import complete, with_blanked_ages, with_domestic_abuse, with_intimacy, with_people
from dapipeline.incidents.offences import recorded_offences, resolve_offences, with_offence
from dapipeline.incidents.scope import cohort_of
from dapipeline.incidents.tables import build_incidents
from dapipeline.offenders.catalogue import CATALOGUE
from dapipeline.offenders.histories import histories_of
from dapipeline.offenders.vectors import compute_features

from .histories import small_histories

ARROW = {
    "text": pa.string(), "code": pa.string(), "datetime": pa.timestamp("us"), "date": pa.date32(),
    "boolean": pa.bool_(), "number": pa.float64(),
}  # fmt: skip
SCHEMA = pa.schema(
    [("source_file", pa.string()), ("source_row", pa.int64()), *((c.name, ARROW[c.kind]) for c in COLUMNS)]
)
IDS = ("incident_id", "offence_id", "offender_id", "victim_id")


def as_arrow(rows: list[dict]) -> pa.Table:
    """Give dict rows as an extract's table, numbered from 2 on as in a file with a header."""
    numbered = [{"source_file": "rows.csv", "source_row": at} | row for at, row in enumerate(rows, start=2)]
    return pa.Table.from_pylist(numbered, SCHEMA)


@pytest.fixture(scope="session")
def connection():
    return connect(Engine())


@pytest.fixture(scope="session")
def canonical(connection):
    """Write rows, dicts or an Arrow table, as a table of canonical rows."""

    def create(rows, on=connection):
        table = rows if isinstance(rows, pa.Table) else as_arrow(rows)
        return on.create_table("canonical", table, overwrite=True)

    return create


@pytest.fixture(scope="session")
def random_rows():
    """Hundreds of random histories, each apart from the others: one call of the engine judges all."""
    chance = Random(2022)
    gathered = [small_histories(chance) for _ in range(400)]
    return [
        row | {id: row[id] and f"{row[id]} of {number}" for id in IDS}
        for number, history in enumerate(gathered)
        for row in history
    ]


@pytest.fixture(scope="session")
def features_of(canonical, connection):
    """Compute features of dict rows as the pipeline does, on the extract's own or the shipped severity."""

    def compute(rows, own=False, definition=None, features=CATALOGUE, on=connection):
        table = complete(canonical(rows, on))
        resolved = resolve_offences(recorded_offences(table), None, own)
        table = with_intimacy(
            with_domestic_abuse(with_blanked_ages(with_people(table), None), definition or DomesticAbuse())
        )
        tables = build_incidents(with_offence(table, resolved.offences, own))
        cohort = cohort_of(tables.incidents)
        return on.to_pandas(compute_features(histories_of(tables, cohort), cohort, features)).set_index("offender_id")

    return compute
