"""The engine: what it may take, where it spills, and what it says when either is not enough."""

from __future__ import annotations

import gc
import stat

import duckdb
import numpy as np
import pytest

from dapipeline.config.engine import Engine
from dapipeline.engine import connect, share_done, shortages_told
from dapipeline.errors import RunError

ROWS = "SELECT md5(i::varchar) AS a, md5((i + 1)::varchar) AS b FROM range(2000000) AS t(i)"


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def limited(place, **settings):
    return connect(Engine(memory_limit="100MB", temp_directory=str(place), threads=1, **settings))


def test_settings_are_honoured(place):
    connection = connect(Engine(memory_limit="1.5GiB", threads=3, temp_directory=str(place)))
    found = {
        name: connection.raw_sql(f"SELECT current_setting('{name}')").fetchone()[0]
        for name in ("memory_limit", "threads", "temp_directory", "TimeZone")
    }
    (folder,) = [path for path in place.iterdir() if path.is_dir()]
    assert found == {"memory_limit": "1.5 GiB", "threads": 3, "temp_directory": str(folder), "TimeZone": "UTC"}


def test_each_connection_spills_into_a_folder_of_its_own_that_is_removed_with_it(place):
    connections = [limited(place) for _ in range(2)]
    for connection in connections:
        connection.raw_sql(f"CREATE TEMP TABLE t AS {ROWS}")
    folders = [path for path in place.iterdir() if path.is_dir()]
    assert len(folders) == 2
    for folder in folders:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert any(path.name.startswith("duckdb_temp") for path in folder.iterdir())
    assert {
        c.raw_sql("SELECT count(*), sum((a = b)::int), max(length(a || b)) FROM t").fetchone() for c in connections
    } == {(2_000_000, 0, 64)}
    del connections, connection
    gc.collect()
    assert list(place.iterdir()) == []


def test_memory_that_runs_out_is_told(place):
    with pytest.raises(RunError) as told, shortages_told():
        limited(place).raw_sql("SELECT list(md5(i::varchar)) FROM range(20000000) AS t(i)").fetchall()
    assert (told.value.code, told.value.exit_status) == ("O120", 1)
    assert "engine.memory_limit" in told.value.remedy


def test_memory_that_python_and_numpy_lack_is_told():
    for fail in (lambda: np.empty(2**62, dtype=np.int8), lambda: bytearray(2**62)):
        with pytest.raises(RunError, match=r"^O120: There is not enough memory"), shortages_told():
            fail()


def test_a_full_temporary_folder_is_told(place):
    connection = limited(place)
    connection.raw_sql("SET max_temp_directory_size = '10MB'")
    with pytest.raises(RunError) as told, shortages_told():
        connection.raw_sql(f"CREATE TEMP TABLE t AS {ROWS}")
    assert (told.value.code, told.value.fact) == ("O121", f"The temporary folder {place} is full.")


def test_a_temporary_folder_that_is_taken_away_is_told(place):
    connection = limited(place)
    (folder,) = [path for path in place.iterdir() if path.is_dir()]
    folder.rmdir()
    folder.touch()
    with pytest.raises(RunError) as told, shortages_told():
        connection.raw_sql(f"CREATE TEMP TABLE t AS {ROWS}")
    assert told.value.code == "O123"
    assert str(place) in told.value.fact


def test_any_other_error_stays_what_it_is(place):
    with pytest.raises(duckdb.ConversionException), shortages_told():
        limited(place).raw_sql("SELECT 'SECRET'::integer").fetchall()
    with pytest.raises(ZeroDivisionError), shortages_told():
        raise ZeroDivisionError


def test_a_connection_that_cannot_be_opened_leaves_no_folder(place, monkeypatch):
    monkeypatch.setattr("dapipeline.engine._settings", lambda engine: ["nonsense = 1"])
    with pytest.raises(duckdb.Error):
        limited(place)
    assert list(place.iterdir()) == []


def test_the_share_of_a_query_is_told_while_it_runs(place):
    seen = []

    def look(value: int) -> int:
        seen.append(share_done())
        return value

    connection = connect(Engine(threads=1, temp_directory=str(place)))
    connection.con.create_function("look", look, return_type="BIGINT", parameters=["BIGINT"])
    connection.raw_sql(f"COPY (SELECT i FROM range(500000) AS t(i)) TO '{place}/rows.parquet' (ROW_GROUP_SIZE 50000)")
    assert share_done() is None
    connection.raw_sql(
        f"CREATE TEMP TABLE t AS SELECT i, CASE WHEN i % 10000 = 0 THEN look(i) END FROM '{place}/rows.parquet'"
    )
    told = [share for share in seen if share is not None]
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1
    assert share_done() is None
