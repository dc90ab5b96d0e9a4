"""The records of the small run that is written out by hand."""

import pytest

from dapipeline.report.material import material_of
from dapipeline.report.records.facts import facts_of
from dapipeline.report.records.written import RECORDS


@pytest.fixture(scope="session")
def facts(make):
    return facts_of(material_of(make()))


@pytest.fixture(scope="session")
def records(facts):
    return {record.name: record for record in (write(facts) for write in RECORDS)}
