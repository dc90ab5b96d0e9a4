"""Rows of hand-made and random histories, through the incidents room to one feature vector an offender."""

from __future__ import annotations

import pyarrow as pa
import pytest

from dapipeline.config import DomesticAbuse, Engine
from dapipeline.engine import connect
from dapipeline.extract.columns import COLUMNS
from dapipeline.incidents.facts import complete, with_domestic_abuse, with_intimacy, with_people
from dapipeline.incidents.offences import KEYS, resolve_offences, with_offence
from dapipeline.incidents.tables import build_incidents
from dapipeline.offenders.catalogue import CATALOGUE
from dapipeline.offenders.histories import cohort_of, histories_of
from dapipeline.offenders.vectors import compute_features

ARROW = {
    "text": pa.string(), "code": pa.string(), "datetime": pa.timestamp("us"), "date": pa.date32(),
    "boolean": pa.bool_(), "number": pa.float64(),
}  # fmt: skip
SCHEMA = pa.schema(
    [("source_file", pa.string()), ("source_row", pa.int64()), *((c.name, ARROW[c.kind]) for c in COLUMNS)]
)


@pytest.fixture(scope="session")
def connection():
    return connect(Engine())


@pytest.fixture(scope="session")
def canonical(connection):
    """Write dict rows as a table of canonical rows."""

    def create(rows, on=connection):
        numbered = [{"source_file": "rows.csv", "source_row": at} | row for at, row in enumerate(rows, start=2)]
        return on.create_table("canonical", pa.Table.from_pylist(numbered, SCHEMA), overwrite=True)

    return create


@pytest.fixture(scope="session")
def features_of(canonical, connection):
    """Compute features of dict rows as the pipeline does, on the extract's own or the shipped severity."""

    def compute(rows, own=False, definition=None, features=CATALOGUE, on=connection):
        table = complete(canonical(rows, on))
        resolved = resolve_offences(table.select(KEYS).distinct().to_pandas(), None, own)
        table = with_intimacy(with_domestic_abuse(with_people(table), definition or DomesticAbuse()))
        tables = build_incidents(with_offence(table, resolved.offences, own))
        cohort = cohort_of(tables.incidents)
        return on.to_pandas(compute_features(histories_of(tables, cohort), cohort, features)).set_index("offender_id")

    return compute
