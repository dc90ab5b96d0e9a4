"""Files that differ only where their content does, and come back as they were."""

from __future__ import annotations

from datetime import date, datetime

import ibis
import pandas as pd
import pyarrow as pa

from dapipeline.artefacts import formats
from dapipeline.artefacts.spreadsheet import cell_types


def test_json_is_sorted_and_keeps_letters():
    assert formats.json_text({"b": [1, 2], "a": {"d": "Môn", "c": None}}) == (
        '{\n  "a": {\n    "c": null,\n    "d": "Môn"\n  },\n  "b": [\n    1,\n    2\n  ]\n}\n'
    )


def test_parquet_is_the_same_bytes_for_the_same_content(tmp_path):
    frame = pd.DataFrame({"id": ["A", "B"], "n": [1, 2]})
    for name in ("one", "two"):
        formats.write(tmp_path / f"{name}.parquet", frame.copy())
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_tables_of_every_kind_come_back_as_they_were(tmp_path):
    frame = pd.DataFrame({"offender_id": ["01", "A"], "n": [1, 2]})
    tables = {
        "frame.parquet": frame,
        "arrow.parquet": pa.Table.from_pandas(frame),
        "ibis.parquet": ibis.memtable(frame),
        "frame.csv": frame,
    }
    for name, table in tables.items():
        formats.write(tmp_path / name, table)
        found = formats.read_frame(tmp_path / name, cell_types(frame))
        assert found["offender_id"].tolist() == ["01", "A"]
        assert found["n"].tolist() == [1, 2]
        assert formats.count_rows(tmp_path / name) == 2


def test_texts_and_documents_come_back_and_have_no_rows(tmp_path):
    formats.write(tmp_path / "page.html", "<p>é</p>")
    formats.write(tmp_path / "model.json", {"k": 2})
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "<p>é</p>"
    assert formats.read_json(tmp_path / "model.json") == {"k": 2}
    assert formats.count_rows(tmp_path / "page.html") is formats.count_rows(tmp_path / "model.json") is None


def test_a_name_with_bytes_that_are_no_text_can_stand_in_a_document(tmp_path):
    document = {"extract \udcff.csv": "back\\slash \udc80"}
    formats.write(tmp_path / "run.json", document)
    assert formats.read_json(tmp_path / "run.json") == document


def test_the_mark_of_utf_8_is_put_and_taken_without_touching_a_hard_link(tmp_path):
    kept, linked = tmp_path / "kept.csv", tmp_path / "linked.csv"
    kept.write_text("name\nÉ\n", encoding="utf-8")
    linked.hardlink_to(kept)
    assert not formats.set_byte_order_mark(linked, wanted=False)
    assert formats.set_byte_order_mark(linked, wanted=True)
    assert linked.read_bytes() == b"\xef\xbb\xbfname\n\xc3\x89\n"
    assert kept.read_bytes() == b"name\n\xc3\x89\n"
    assert not formats.set_byte_order_mark(linked, wanted=True)
    one, other = (formats.read_frame(path, {"name": "text"}) for path in (kept, linked))
    assert one.equals(other) and one["name"].tolist() == ["É"]
    assert formats.count_rows(linked) == 1
    assert formats.set_byte_order_mark(linked, wanted=False)
    assert linked.read_bytes() == kept.read_bytes()


def test_the_types_of_a_table_are_told_in_its_own_order(tmp_path):
    table = pa.table({"z": ["x"], "day": [date(2020, 1, 1)], "at": [datetime(2020, 1, 1)], "n": [1], "share": [0.5],
                      "is": [True]})  # fmt: skip
    formats.write(tmp_path / "a.parquet", table)
    types = formats.types_in_order(tmp_path / "a.parquet", {})
    assert list(types.items()) == [("z", "text"), ("day", "day"), ("at", "moment"), ("n", "whole"), ("share", "number"),
                                   ("is", "truth")]  # fmt: skip
    (tmp_path / "a.csv").write_text("b,a\n1,x\n", encoding="utf-8-sig")
    assert list(formats.types_in_order(tmp_path / "a.csv", {"a": "text", "b": "whole"})) == ["b", "a"]
