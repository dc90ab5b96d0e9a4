"""The engine's settings: what they accept, and what makes no sense together."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from dapipeline.config.engine import Engine, bytes_of


@pytest.mark.parametrize(
    ("memory", "size"),
    [("4GB", 4_000_000_000), ("1.5 GiB", 3 * 2**29), ("200mb", 200_000_000), ("1TiB", 2**40), (" 512MiB ", 2**29)],
)
def test_sizes_are_read_as_duckdb_reads_them(memory, size):
    assert bytes_of(memory) == size
    assert Engine(memory_limit=memory).memory_limit == memory


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"memory_limit": "4"}, "should be a number and MB, GB or TB, such as 4GB"),
        ({"memory_limit": "80%"}, "should be a number and MB, GB or TB, such as 4GB"),
        ({"memory_limit": "-1GB"}, "should be a number and MB, GB or TB, such as 4GB"),
        ({"memory_limit": "4GB'; DROP TABLE t"}, "should be a number and MB, GB or TB, such as 4GB"),
        ({"memory_limit": "99MB"}, "should be at least 100MB, such as 4GB"),
        ({"temp_directory": "here"}, "should be an absolute path"),
        ({"master": "yarn"}, "master and options are settings of Spark; set kind: spark, or take them out"),
        ({"options": {"spark.executor.memory": "8g"}}, "master and options are settings of Spark; set kind: spark"),
        ({"kind": "spark", "options": {"executor": "8g"}}, "executor is no setting of Spark"),
        ({"kind": "spark", "options": {"spark.sql.session.timeZone": "Asia/Tokyo"}}, "is set by the program"),
        ({"kind": "spark", "master": "yarn", "threads": 2}, "threads has no meaning where master is given"),
    ],
)
def test_what_makes_no_sense_is_refused(settings, said):
    with pytest.raises(ValidationError) as told:
        Engine(**settings)
    assert said in str(told.value)


def test_another_kind_keeps_what_both_have():
    spark = Engine(kind="spark", master="yarn", options={"spark.executor.memory": "8g"}, memory_limit="4GB")
    assert spark.of_kind("duckdb") == Engine(memory_limit="4GB")
    assert spark.of_kind("spark") == spark
