"""With pseudonyms, no id and no key is in any byte that any command writes or prints."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.artefacts.secret_key import PSEUDONYM
from dapipeline.config import load_config
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..running import run_in
from .conftest import CONFIG, IDS, MARK, SECRET, dapipeline, marked_rows, put_key, write_rows

HIDDEN = [
    MARK,
    SECRET,
    hashlib.sha256(SECRET.encode()).hexdigest(),
    hashlib.sha256(f"{SECRET}\n".encode()).hexdigest(),
    SECRET.encode().hex(),
    base64.b64encode(SECRET.encode()).decode()[:40],
]


def inside(name: str, content: bytes) -> list[bytes]:
    """Give what is in a file as it is, and unpacked."""
    found = [content]
    if name.endswith(".parquet"):
        frame = pd.read_parquet(io.BytesIO(content))
        found += [str([name, *frame[name].tolist()]).encode() for name in frame]
    if zipfile.is_zipfile(io.BytesIO(content)):
        archive = zipfile.ZipFile(io.BytesIO(content))
        found += [part for item in archive.namelist() for part in inside(item, archive.read(item))]
    if name.endswith(".gz"):
        found += inside(name.removesuffix(".gz"), gzip.decompress(content))
    return found


def holding(folder: Path, text: str) -> list[str]:
    """Give the files below a folder that hold a text in any encoding a reader would find."""
    forms = [text.encode(), text.encode("utf-16-le"), text.lower().encode()]
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if text in path.name
        or (path.is_file() and any(f in part for part in inside(path.name, path.read_bytes()) for f in forms))
    ]


@pytest.fixture(scope="module")
def made(pseudonymised, tmp_path_factory) -> tuple[Path, str]:
    """Give the outputs of every command, and all that they printed."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(pseudonymised / "out", folder / "run")
    config, key, extract = (pseudonymised / name for name in ("config.yaml", "secret/key", "extract.csv"))
    assigned = pd.read_parquet(folder / "run/tables/assignments.parquet")
    rows = pd.read_csv(io.StringIO(extract.read_text().replace("\0", "")), usecols=range(4), on_bad_lines="skip")
    own = rows["offender_id"].dropna().value_counts().index[0]
    write_rows(folder / "later.csv", marked_rows(8))
    said = [(pseudonymised / "said.txt").read_text()]
    for status, *arguments in [
        (0, "check", config, "--out", folder / "check"),
        (0, "check", config),
        (0, "scrutiny", config, "--out", folder / "scrutiny"),
        (0, "choose-k", config, "--from", 2, "--to", 3, "--out", folder / "choose"),
        (0, "assign", folder / "run", "--extract", folder / "later.csv", "--out", folder / "placed", "--key", key),
        (0, "compare", folder / "run", folder / "placed", "--out", folder / "compared"),
        (0, "explain", folder / "run", own, "--key", key),
        (0, "explain", folder / "run", assigned["offender_id"][0]),
        (1, "explain", folder / "run", f"{MARK}NOBODY", "--key", key),
        (1, "explain", folder / "run", f"{MARK}S1", "--key", key),
    ]:
        ended = dapipeline(*arguments)
        assert ended.status == status, ended.said
        said.append(ended.said)
    for number, more in enumerate(["tolerance: 0", "rules: {unknown_code: stop}", "rules: {unreadable_date: stop}"]):
        place = pseudonymised.parent / f"{pseudonymised.name}_{number}"
        place.mkdir()
        shutil.copytree(pseudonymised / "secret", place / "secret")
        shutil.copy(extract, place)
        (place / "config.yaml").write_text(CONFIG.format(more=f", {more}"), encoding="utf-8")
        for ended in (dapipeline("run", place / "config.yaml", "--out", folder / "stopped"),
                      dapipeline("check", place / "config.yaml", "--out", folder / "stopped_check")):  # fmt: skip
            assert ended.status == 1, ended.said
            said.append(ended.said)
    (folder / "later.csv").unlink()
    return folder, "\n".join(said)


def test_the_search_finds_what_is_there(pseudonymised, tmp_path):
    """The same search finds the mark in the outputs of a run without pseudonyms."""
    config = CONFIG.format(more="").replace("pseudonymise: true", "pseudonymise: false")
    (tmp_path / "config.yaml").write_text(config)
    shutil.copy(pseudonymised / "extract.csv", tmp_path)
    assert dapipeline("check", tmp_path / "config.yaml", "--out", tmp_path / "out").status == 0
    assert holding(tmp_path / "out", MARK) == ["quality/blanked.csv", "quality/quarantine.csv"]
    frame = pd.DataFrame({"id": ["x" * 50, f"{MARK}1"] * 100})
    frame.to_parquet(tmp_path / "out/some.parquet", compression="zstd")
    with zipfile.ZipFile(tmp_path / "out/some.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", f"<c>{MARK}1</c>" * 100)
    assert {"some.parquet", "some.xlsx"} <= set(holding(tmp_path / "out", MARK))


@pytest.mark.parametrize("hidden", HIDDEN, ids=["an id", "the key", "its hash", "of its file", "in hex", "in base64"])
def test_no_output_holds_it(made, hidden):
    folder, said = made
    assert len([path for path in folder.rglob("*") if path.is_file()]) > 200
    assert holding(folder, hidden) == []
    assert hidden not in said


def test_the_whole_rows_are_back_if_asked_for_and_ids_are_not(pseudonymised, tmp_path):
    shutil.copytree(pseudonymised / "secret", tmp_path / "secret")
    shutil.copy(pseudonymised / "extract.csv", tmp_path)
    config = CONFIG.format(more="").replace("secret/key", "secret/key, keep_raw_rows: true")
    (tmp_path / "config.yaml").write_text(config)
    run = run_in(tmp_path, load_config(tmp_path / "config.yaml"), stages=TO_VECTORS[:2])
    assert holding(run.out, MARK) == ["quality/blanked.parquet", "quality/quarantine.parquet"]
    aside = run.frame("quarantine")
    assert aside["row"].str.contains(MARK).mean() > 0.9


def test_every_id_in_every_table_is_a_pseudonym(made):
    folder, _ = made
    seen = set()
    for path in folder.rglob("*"):
        if path.suffix in (".csv", ".parquet"):
            frame = pd.read_csv(path, dtype="string") if path.suffix == ".csv" else pd.read_parquet(path)
            for name in {*IDS} & set(frame):
                seen.add(name)
                assert frame[name].dropna().astype("string").str.fullmatch(PSEUDONYM.pattern).all(), (path, name)
    assert seen == {*IDS}


def test_a_key_among_the_outputs_is_refused(pseudonymised, tmp_path):
    shutil.copy(pseudonymised / "extract.csv", tmp_path)
    shutil.copytree(pseudonymised / "out", tmp_path / "out")
    put_key(tmp_path / "out/key")
    (tmp_path / "link").symlink_to(tmp_path / "out/key")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    for key in ("out/key", "link", "out/../out/key"):
        (tmp_path / "config.yaml").write_text(CONFIG.format(more="").replace("secret/key", key))
        for command in ("run", "check", "scrutiny"):
            ended = dapipeline(command, tmp_path / "config.yaml", "--out", tmp_path / "out")
            assert (ended.status, ended.said[:5]) == (2, "P003:"), ended.said
    ended = dapipeline("explain", tmp_path / "out", "somebody", "--key", tmp_path / "out/key")
    assert (ended.status, ended.said[:5]) == (2, "P003:"), ended.said
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before
