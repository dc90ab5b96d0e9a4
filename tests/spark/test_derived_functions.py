"""Derived columns on Spark: the cases that DuckDB is tested with. It needs pyspark and Java: .ci/run installs both."""

from __future__ import annotations

import pytest

from dapipeline.config.engine import Engine
from dapipeline.engine import connect

from ..extract.derived_cases import all_cases, worked_out


@pytest.fixture(scope="module")
def found():
    return worked_out(connect(Engine(kind="spark", threads=1)), "spark")


@pytest.mark.parametrize(("at", "case"), enumerate(all_cases()), ids=str)
def test_spark_gives_what_the_hand_gives(found, at, case):
    assert found[at] == case[-1]
