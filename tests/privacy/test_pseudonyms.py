"""Pseudonyms are HMACs of the ids, the same wherever an id stands, and change nothing else."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dapipeline.artefacts.secret_key import Key
from dapipeline.config import Config
from dapipeline.extract.pseudonyms import _make_macro, pseudonym_of
from dapipeline.synthetic import make_force
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..running import Heard, run_in
from .conftest import IDS, SECRET, put_key

TABLES = (
    "work/rows", "work/described", "work/incidents", "work/offences", "work/victims", "work/victimisations",
    "work/people", "work/vectors", "tables/features",
)  # fmt: skip
PLAIN = {"name": "made up", "extract": {"path": "extract.csv"}}


def pseudonym(one: str, secret: str = SECRET) -> str:
    """Work a pseudonym out with Python's own HMAC."""
    return "p" + hmac.new(secret.encode(), one.encode(), hashlib.sha256).hexdigest()[:32]


def settings_of(**privacy) -> Config:
    return Config.model_validate(PLAIN | {"privacy": {"pseudonymise": True, "key_file": "key"} | privacy})


@pytest.fixture(scope="module")
def force(tmp_path_factory) -> Path:
    """A folder with extract.csv and key; in plain and in keyed, the first stages of a run without and with them."""
    folder = tmp_path_factory.mktemp("force")
    make_force(600, 11).incidents.to_csv(folder / "extract.csv", index=False)
    put_key(folder / "key")
    run_in(folder, Config.model_validate(PLAIN), folder / "plain", TO_VECTORS)
    run_in(folder, settings_of(), folder / "keyed", TO_VECTORS)
    return folder


def test_they_are_those_that_python_makes_of_the_raw_extract(force):
    raw = pd.read_csv(force / "extract.csv", dtype="string").reset_index().assign(source_row=lambda f: f["index"] + 2)
    rows = pd.read_parquet(force / "keyed/work/rows.parquet").merge(raw, on="source_row", suffixes=("", "_raw"))
    assert len(rows) > 2_000
    for name in IDS:
        known = rows[rows[f"{name}_raw"].notna() & rows[name].notna()]
        assert len(known) > 1_000
        assert known[name].tolist() == known[f"{name}_raw"].str.strip().map(pseudonym).tolist()
        assert known.groupby(name)[f"{name}_raw"].nunique().max() == 1


def test_suspects_and_victims_share_them(force):
    plain, keyed = (pd.read_parquet(force / out / "work/rows.parquet") for out in ("plain", "keyed"))
    both = [len({*rows["offender_id"].dropna()} & {*rows["victim_id"].dropna()}) for rows in (plain, keyed)]
    assert both[0] == both[1] > 50


@pytest.mark.parametrize("table", TABLES)
def test_nothing_but_ids_and_their_order_differs(force, table):
    plain, keyed = (pd.read_parquet(force / out / f"{table}.parquet") for out in ("plain", "keyed"))
    replaced = {name: plain[name].map(pseudonym, na_action="ignore") for name in {*IDS} & set(plain)}
    made = {}
    if "victim_key" in plain:  # an id, where there is one
        made["victim_key"] = replaced["victim_id"].where(plain["victim_id"].notna(), plain["victim_key"])
    if "offence_key" in plain:
        keys = [*plain["offence_key"], *keyed["offence_key"]]
        plain, keyed = plain.drop(columns="offence_key"), keyed.drop(columns="offence_key")
        assert len(keys) == 2 * len(plain)
    expected = plain.assign(**replaced, **made)
    by = list(expected.columns)
    ordered = [frame.astype("string").sort_values(by, ignore_index=True) for frame in (expected, keyed)]
    pd.testing.assert_frame_equal(*ordered)


def test_tables_are_in_the_order_of_pseudonyms(force):
    found = pd.read_parquet(force / "keyed/tables/features.parquet")["offender_id"]
    assert found.is_monotonic_increasing
    ids = pd.read_parquet(force / "plain/tables/features.parquet")["offender_id"]
    assert ids.map(pseudonym).tolist() != found.tolist()


def test_the_same_key_gives_the_same_bytes_and_another_key_others(force, tmp_path):
    for name in ("extract.csv", "key"):
        (tmp_path / name).write_bytes((force / name).read_bytes())
    rows = pd.read_csv(tmp_path / "extract.csv", dtype="string")
    run_in(tmp_path, settings_of(), tmp_path / "again", TO_VECTORS)
    place = "tables/features.parquet"
    assert (tmp_path / "again" / place).read_bytes() == (force / "keyed" / place).read_bytes()
    rows.sample(frac=1, random_state=1).to_csv(tmp_path / "extract.csv", index=False)
    run_in(tmp_path, settings_of(), tmp_path / "shuffled", TO_VECTORS)
    assert (tmp_path / "shuffled" / place).read_bytes() == (force / "keyed" / place).read_bytes()
    put_key(tmp_path / "key", SECRET[::-1])
    run_in(tmp_path, settings_of(), tmp_path / "other", TO_VECTORS)
    others = pd.read_parquet(tmp_path / "other" / place)["offender_id"]
    assert not set(others) & set(pd.read_parquet(force / "keyed" / place)["offender_id"])
    assert len(others) == len(pd.read_parquet(force / "keyed" / place))


def test_the_extract_is_read_again_after_another_key_or_setting_alone(force, tmp_path):
    for name in ("extract.csv", "key"):
        (tmp_path / name).write_bytes((force / name).read_bytes())
    (tmp_path / "key").chmod(0o600)
    first = TO_VECTORS[:1]

    def why(config) -> list[str]:
        heard = Heard()
        run_in(tmp_path, config, tmp_path / "out", first, heard)
        return heard.stages["extract"]

    assert why(settings_of()) == ["there are no outputs of it yet"]
    assert why(settings_of()) == []
    (tmp_path / "key").rename(tmp_path / "moved")
    assert why(settings_of(key_file="moved")) == []
    assert why(settings_of(key_file="moved", review_after_days=2)) == []
    assert why(settings_of(key_file="moved", keep_raw_rows=True)) == ["setting privacy.keep_raw_rows changed"]
    put_key(tmp_path / "moved", SECRET + "!")
    assert why(settings_of(key_file="moved", keep_raw_rows=True)) == ["setting privacy.key_file changed"]
    assert why(Config.model_validate(PLAIN)) == [
        f"setting privacy.{name} changed" for name in ("keep_raw_rows", "key_file", "pseudonymise")
    ]


@pytest.fixture(scope="module")
def engine():
    return ibis.duckdb.connect()


@settings(max_examples=60, deadline=None)
@given(
    secret=st.binary(min_size=32, max_size=200),
    ids=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5),
)
def test_the_engine_makes_the_hmac_that_python_makes(engine, secret, ids):
    _make_macro(engine, Key(Path("key"), secret))
    table = engine.create_table("ids", pd.DataFrame({"id": pd.array(ids, "string")}), overwrite=True)
    found = table.mutate(made=pseudonym_of(table.id)).to_pandas()
    expected = ["p" + hmac.new(secret, one.encode(), hashlib.sha256).hexdigest()[:32] for one in found["id"]]
    assert found["made"].tolist() == expected
    assert [Key(Path("key"), secret).pseudonym(one) for one in found["id"]] == expected


def test_a_missing_id_has_no_pseudonym(engine):
    _make_macro(engine, Key(Path("key"), b"x" * 32))
    assert engine.con.execute("SELECT pseudonym_of(NULL)").fetchone() == (None,)
