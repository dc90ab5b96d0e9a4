"""The example SQL for systems that keep suspects and victims in a link table, run on a small invented system."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.extract.intake import take_in

DOCS = Path(__file__).parents[1] / "docs/sql"
SQL, LINK_TABLES = ((DOCS / name).read_text(encoding="utf-8") for name in ("extract.sql", "link_tables.sql"))


@pytest.fixture
def system():
    """Three events: A a man against his partner, with two offences; B two suspects, one victim; C a victim alone."""
    con = duckdb.connect()
    con.execute("""
        CREATE TABLE person (person_id TEXT, birth_date DATE, sex TEXT, ethnicity TEXT);
        INSERT INTO person VALUES ('P1', '1980-01-01', 'M', 'x'), ('P2', '1982-01-01', 'F', 'y'),
                                  ('P3', '1990-01-01', 'M', 'x'), ('P4', '1991-01-01', 'M', 'x');
        CREATE TABLE event (event_id TEXT, started_at TIMESTAMP, ended_at TIMESTAMP, reported_at TIMESTAMP,
                            da_marker TEXT, risk_grade TEXT, location_type TEXT, lsoa_code TEXT,
                            alcohol_marker TEXT, drugs_marker TEXT);
        INSERT INTO event VALUES
            ('A', '2015-01-01 10:00', NULL, '2015-01-01 11:00', 'Y', 'high', 'residential', NULL, 'N', 'N'),
            ('B', '2015-02-01 10:00', NULL, '2015-02-01 11:00', 'N', NULL, 'public', NULL, 'N', 'N'),
            ('C', '2015-03-01 10:00', NULL, '2015-03-01 11:00', 'N', NULL, 'public', NULL, 'N', 'N');
        CREATE TABLE offence (offence_id TEXT, event_id TEXT, home_office_code TEXT, offence_title TEXT,
                              outcome_code TEXT);
        INSERT INTO offence VALUES ('A1', 'A', '10501', 'Common assault', '16'),
                                   ('A2', 'A', '05800', 'Criminal damage', '16'),
                                   ('B1', 'B', '10501', 'Common assault', '14'),
                                   ('C1', 'C', '10501', 'Common assault', '18');
        CREATE TABLE person_event_link (event_id TEXT, offence_id TEXT, person_id TEXT, role_code TEXT,
                                        relationship_code TEXT);
        INSERT INTO person_event_link VALUES
            ('A', NULL, 'P1', 'SUSPECT', NULL), ('A', NULL, 'P2', 'VICTIM', 'partner'),
            ('B', 'B1', 'P3', 'SUSPECT', NULL), ('B', 'B1', 'P4', 'SUSPECT', NULL),
            ('B', 'B1', 'P1', 'VICTIM', 'stranger'),
            ('C', 'C1', 'P1', 'VICTIM', NULL), ('C', NULL, 'P2', 'WITNESS', NULL);
    """)
    return con


def test_every_suspect_meets_every_victim_of_an_offence_once(system):
    rows = system.execute(SQL).df()
    keys = ["incident_id", "offence_id", "offender_id", "victim_id"]
    assert sorted(rows[keys].fillna("").itertuples(index=False, name=None)) == [
        ("A", "A1", "P1", "P2"),
        ("A", "A2", "P1", "P2"),
        ("B", "B1", "P3", "P1"),
        ("B", "B1", "P4", "P1"),
        ("C", "C1", "", "P1"),
    ]


def test_the_result_is_read_without_a_mapping(system, tmp_path):
    system.execute(SQL).df().to_csv(tmp_path / "extract.csv", index=False)
    config = Config.model_validate({"name": "link table", "extract": {"path": "extract.csv"}})
    taken = take_in(tmp_path / "extract.csv", config).extracted
    effects = taken.counts.groupby("effect")["rows"].sum()
    assert effects["kept"] == 5
    assert effects["quarantined"] == effects["blanked"] == 0
    rows: pd.DataFrame = taken.rows.to_pandas()
    assert rows["da_flag"].sum() == 2


@pytest.fixture
def role_rows():
    """Three events as above, without offences: the suspect of A was arrested, a victim of B stands there twice."""
    con = duckdb.connect()
    con.execute("""
        CREATE TABLE role_rows (event_id TEXT, started_at TIMESTAMP, reported_at TIMESTAMP, da_marker TEXT,
                                home_office_code TEXT, offence_title TEXT, person_id TEXT, birth_date DATE, sex TEXT,
                                role_code TEXT);
        INSERT INTO role_rows
        SELECT event_id, started_at, started_at + INTERVAL 1 HOUR, da, code, title, person_id, birth, sex, role FROM (
            VALUES ('A', TIMESTAMP '2015-01-01 10:00', 'Y', '10501', 'Common assault'),
                   ('B', TIMESTAMP '2015-02-01 10:00', 'N', NULL, 'Argument'),
                   ('C', TIMESTAMP '2015-03-01 10:00', 'N', '10501', 'Common assault')
        ) AS e(event_id, started_at, da, code, title) JOIN (
            VALUES ('A', 'P1', DATE '1980-01-01', 'M', 'SUS'), ('A', 'P1', DATE '1980-01-01', 'M', ' arr'),
                   ('A', 'P2', DATE '1982-01-01', 'F', 'VIC'), ('B', 'P3', DATE '1990-01-01', 'M', 'SUS'),
                   ('B', 'P4', DATE '1991-01-01', 'M', 'SUS'), ('B', 'P1', DATE '1980-01-01', 'M', 'IP'),
                   ('B', 'P1', DATE '1980-01-01', 'M', 'Vic'), ('B', NULL, NULL, NULL, 'SUS'),
                   ('C', 'P1', DATE '1980-01-01', 'M', 'AGG'), ('C', 'P2', DATE '1982-01-01', 'F', 'WIT')
        ) AS p(event_id, person_id, birth, sex, role) USING (event_id);
    """)
    return con


def test_one_table_of_roles_gives_every_pair_once(role_rows, tmp_path):
    rows = role_rows.execute(LINK_TABLES).df()
    keys = ["incident_id", "offender_id", "victim_id", "offender_sex", "victim_sex"]
    assert list(rows[keys].fillna("").itertuples(index=False, name=None)) == [
        ("A", "P1", "P2", "M", "F"),
        ("B", "P3", "P1", "M", "M"),
        ("B", "P4", "P1", "M", "M"),
        ("C", "", "P1", "", "M"),
    ]
    rows.to_csv(tmp_path / "extract.csv", index=False)
    config = Config.model_validate({"name": "roles", "extract": {"path": "extract.csv"}})
    taken = take_in(tmp_path / "extract.csv", config).extracted
    effects = taken.counts.groupby("effect")["rows"].sum()
    assert effects["kept"] == 4
    assert effects["quarantined"] == effects["blanked"] == 0
    assert taken.rows.to_pandas()["is_crime"].sum() == 2
