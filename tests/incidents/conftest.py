"""Hand-made canonical rows, through the incidents room."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest

from dapipeline.config import DomesticAbuse, Engine
from dapipeline.engine import connect
from dapipeline.extract.columns import COLUMNS
from dapipeline.incidents.deprivation import with_deprivation
from dapipeline.incidents.facts import complete, with_blanked_ages, with_domestic_abuse, with_intimacy, with_people
from dapipeline.incidents.offences import recorded_offences, resolve_offences, with_offence
from dapipeline.incidents.tables import build_incidents

ARROW = {
    "text": pa.string(), "code": pa.string(), "datetime": pa.timestamp("us"), "date": pa.date32(),
    "boolean": pa.bool_(), "number": pa.float64(),
}  # fmt: skip
BASE = {
    "incident_id": "I1",
    "offender_id": "A",
    "occurred_from": datetime(2015, 6, 15, 10),
    "da_flag": True,
    "is_crime": True,
}


KEYS_OF = {
    "incidents": ["offender_id", "incident_id"],
    "offences": ["offender_id", "incident_id", "offence_key"],
    "victims": ["offender_id", "incident_id", "victim_key"],
    "victimisations": ["victim_id", "incident_id"],
}


class Tables:
    """The tables of the room as dicts, in the order of their keys; each is computed when it is asked for."""

    def __init__(self, tables):
        self.tables = tables

    def __getitem__(self, name: str) -> list[dict]:
        frame = getattr(self.tables, name).order_by(KEYS_OF[name]).to_pandas()
        return frame.astype(object).where(frame.notna(), None).to_dict("records")


@pytest.fixture(scope="session")
def connection():
    return connect(Engine())


@pytest.fixture
def rows_of(connection):
    """Canonical rows of what is said on top of a DA crime of A; only the columns that are named are there."""

    def create(*said: dict):
        rows = [BASE | row for row in said]
        named = {column for row in rows for column in row}
        schema = pa.schema([(c.name, ARROW[c.kind]) for c in COLUMNS if c.name in named])
        return connection.create_table("canonical", pa.Table.from_pylist(rows, schema), overwrite=True)

    return create


@pytest.fixture
def build(rows_of):
    """Build the tables of the room."""

    def run(*said: dict, definition=None, supplied=None, deprivation=None):
        rows = rows_of(*said)
        own = "severity" in rows.columns
        rows = complete(rows)
        resolved = resolve_offences(recorded_offences(rows), supplied, own)
        people = with_blanked_ages(with_people(rows), None)
        rows = with_intimacy(with_domestic_abuse(people, definition or DomesticAbuse()))
        return Tables(build_incidents(with_deprivation(with_offence(rows, resolved.offences, own), deprivation)))

    return run
