"""Hand-made canonical rows, through the incidents room to the tables that analyses read."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest

from dapipeline.config import DomesticAbuse, Engine
from dapipeline.engine import connect
from dapipeline.extract.columns import COLUMNS
from dapipeline.incidents.facts import complete, with_blanked_ages, with_domestic_abuse, with_intimacy, with_people
from dapipeline.incidents.offences import recorded_offences, resolve_offences, with_offence
from dapipeline.incidents.tables import build_incidents

ARROW = {
    "text": pa.string(), "code": pa.string(), "datetime": pa.timestamp("us"), "date": pa.date32(),
    "boolean": pa.bool_(), "number": pa.float64(),
}  # fmt: skip


@pytest.fixture(scope="session")
def connection():
    return connect(Engine())


@pytest.fixture
def incidents_of(connection):
    """Rows as dicts to completed rows and the tables of the incidents room; what is not said is a DA crime."""

    def build(rows, definition=None):
        base = {"occurred_from": datetime(2015, 6, 15), "da_flag": True, "is_crime": True}
        rows = [base | row for row in rows]
        named = {column for row in rows for column in row}
        schema = pa.schema([(c.name, ARROW[c.kind]) for c in COLUMNS if c.name in named])
        table = connection.create_table("canonical", pa.Table.from_pylist(rows, schema), overwrite=True)
        own = "severity" in table.columns
        table = complete(table)
        resolved = resolve_offences(recorded_offences(table), None, own)
        facts = with_intimacy(
            with_domestic_abuse(with_blanked_ages(with_people(table), None), definition or DomesticAbuse())
        )
        return table, build_incidents(with_offence(facts, resolved.offences, own))

    return build
