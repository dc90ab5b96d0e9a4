"""run.json is believed where it is as a run wrote it, and nowhere else; nothing outside the run's folder is read."""

from __future__ import annotations

import json
import os

import pytest

from dapipeline.artefacts.finished import FinishedRun
from dapipeline.artefacts.folder import open_run
from dapipeline.artefacts.manifest import LARGEST, read_manifest, sealed
from dapipeline.errors import RunError

from ..manifests import HASH, manifest_of, put_manifest, read_raw


@pytest.fixture
def out(tmp_path):
    """A run of one page."""
    with open_run(tmp_path / "out") as run:
        digest = run.write("tables/a.html", "x")
        run.commit(manifest_of({"tables/a.html": digest}, note="more than the program reads"))
    return tmp_path / "out"


def refused(out) -> None:
    """Every reader of run.json says the same, and how to go on; the outputs stay."""
    before = sorted(path.name for path in out.rglob("*"))
    for ask in (lambda: read_manifest(out), lambda: FinishedRun(out, "run"), lambda: open_run(out).__enter__()):
        with pytest.raises(RunError, match=r"O109: .*run\.json is not as .* wrote it.* choose another --out"):
            ask()
    assert sorted(path.name for path in out.rglob("*")) == before


def test_what_was_written_is_read(out):
    manifest = read_manifest(out)
    assert manifest["note"] == "more than the program reads"
    assert {name: value for name, value in manifest.items() if name != "sha256"} == (
        manifest_of(manifest["files"], note=manifest["note"])
    )


def test_how_it_is_laid_out_does_not_matter_and_what_it_says_does(out):
    manifest = read_raw(out)
    (out / "run.json").write_text(json.dumps(manifest, indent=None, sort_keys=False))
    assert read_manifest(out) == manifest
    (out / "run.json").write_text(json.dumps(manifest | {"seed": manifest["seed"] + 1}))
    refused(out)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "{}", "null", '"run"', "\0", '{"a": "\0"}', "\xff", "[" * 100_000, '{"a":' * 100_000, "NaN",
        "9" * 9999,
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_manifest(out, text):
    (out / "run.json").write_bytes(text.encode("latin-1"))
    refused(out)


def test_a_manifest_of_a_gigabyte_is_not_read(out):
    with (out / "run.json").open("r+b") as stream:
        stream.truncate(2**30)
    refused(out)
    manifest = read_raw_padded(out)
    assert len(manifest) == LARGEST
    (out / "run.json").write_bytes(manifest)
    read_manifest(out)
    (out / "run.json").write_bytes(manifest + b" ")
    refused(out)


def read_raw_padded(out) -> bytes:
    """A sound manifest of exactly the size that is still read."""
    manifest = json.dumps(sealed(manifest_of({}))).encode()
    return manifest + b" " * (LARGEST - len(manifest))


@pytest.mark.parametrize(
    "change",
    [
        {"command": "format"}, {"command": None}, {"config": []}, {"seed": "1"}, {"stages": []}, {"versions": {"a": 1}},
        {"stages": {"only": {}}}, {"stages": {"only": None}}, {"files": {"tables/a.html": "short"}},
        {"files": ["tables/a.html"]}, {"config_sha256": None}, {"inputs": {"extract": {"e.csv": 1}}},
    ],
    ids=str,
)  # fmt: skip
def test_another_shape_is_refused_even_where_the_hash_is_right(out, change):
    put_manifest(out, read_raw(out) | change)
    refused(out)


@pytest.mark.parametrize("missing", sorted(manifest_of({})))
def test_every_part_is_needed(out, missing):
    put_manifest(out, {name: value for name, value in read_raw(out).items() if name != missing})
    refused(out)


@pytest.mark.parametrize(
    "name", ["../secret.html", "/etc/passwd", "a/../../secret.html", "..", ".", "", "a//b", "a\0b", "a/./b", "a/"]
)
@pytest.mark.parametrize("where", ["files", "stages", "kinds"])
def test_a_name_that_leads_out_of_the_folder_is_refused(out, name, where):
    made = manifest_of({name: HASH} if where != "kinds" else {}, {name: {"a": "text"}} if where == "kinds" else {})
    if where == "files":
        made["stages"] = {}
    elif where == "stages":
        made["files"] = {}
    put_manifest(out, made)
    refused(out)


def test_links_in_the_folder_are_not_followed_out_of_it(out, tmp_path):
    secret = tmp_path / "secret.html"
    secret.write_text("x")  # to the byte what the run wrote
    (out / "tables/a.html").unlink()
    (out / "tables/a.html").symlink_to(secret)
    files = read_manifest(out)["files"]
    with pytest.raises(RunError, match="O107"):
        FinishedRun(out, "run").path("tables/a.html")
    with open_run(out) as run:
        assert not run.holds(files)
    (out / "tables/a.html").unlink()
    (out / "tables").rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    secret.rename(elsewhere / "a.html")
    (out / "tables").symlink_to(elsewhere)
    with open_run(out) as run:
        assert not run.holds(files)
    linked = tmp_path / "link"
    linked.symlink_to(out)
    (out / "tables").unlink()
    (out / "tables").mkdir()
    (out / "tables/a.html").write_text("x")
    assert FinishedRun(linked, "run").path("tables/a.html").read_text() == "x"  # the folder itself may be a link


@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "fifo"])
def test_what_stands_in_its_place_is_not_opened(out, tmp_path, kind):
    (out / "run.json").rename(tmp_path / "run.json")
    if kind == "folder":
        (out / "run.json").mkdir()
    elif kind == "fifo":
        os.mkfifo(out / "run.json")
    else:
        (out / "run.json").symlink_to(tmp_path / ("run.json" if kind == "link" else "gone"))
    refused(out)


def test_none_at_all(tmp_path):
    for place in (tmp_path, tmp_path / "gone", tmp_path / ("x" * 300)):
        with pytest.raises(RunError, match=r"O104: .* has no readable run.json"):
            read_manifest(place)
