"""The same rows through every kind of file are the same; and every row keeps the number it has in its source."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import datetime

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dapipeline.config import Extract
from dapipeline.errors import ExtractError
from dapipeline.extract.files import find_files, fingerprint
from dapipeline.extract.source import open_source, raw_batches
from dapipeline.extract.table import Reading

ROWS = [
    {"incident_id": "I1", "offender_id": "007", "occurred_from": "2015-06-15 10:00:00", "da_flag": "true",
     "is_crime": "true", "offence_code": "00867", "severity": "12.5", "imd_decile": "3", "borough": "Ynys Môn",
     "offence": 'Said "no", left'},
    {"incident_id": "I2", "offender_id": "O'B;x|y", "occurred_from": "2015-06-16 00:00:00", "da_flag": "false",
     "is_crime": "false", "offence_code": "", "severity": "", "imd_decile": "10", "borough": "",
     "offence": "first line\nsecond line"},
    {"incident_id": "3", "offender_id": "C", "occurred_from": "2016-02-29 23:59:59", "da_flag": "true",
     "is_crime": "true", "offence_code": "10501", "severity": "0", "imd_decile": "", "borough": "Café",
     "offence": "Naïve"},
]  # fmt: skip
COLUMNS = list(ROWS[0])


def as_text(rows=ROWS, columns=COLUMNS, **dialect) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def workbook(path, rows=ROWS) -> None:
    """A workbook as people make one: dates as dates, numbers as numbers, ids as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    for row in rows:
        cells = dict(row)
        cells["occurred_from"] = datetime.fromisoformat(row["occurred_from"])
        cells["severity"] = float(row["severity"]) if row["severity"] else None
        cells["imd_decile"] = int(row["imd_decile"]) if row["imd_decile"] else None
        cells["da_flag"] = row["da_flag"] == "true"
        cells["incident_id"] = int(row["incident_id"]) if row["incident_id"].isdigit() else row["incident_id"]
        sheet.append([cells[name] or None if cells[name] == "" else cells[name] for name in COLUMNS])
    book.save(path)


def parquet(path, rows=ROWS) -> None:
    """A Parquet file as programs make one: every column of its own type."""
    frame = pd.DataFrame(rows).replace("", None)
    frame["occurred_from"] = pd.to_datetime(frame["occurred_from"])
    frame["severity"] = pd.to_numeric(frame["severity"])
    frame["imd_decile"] = pd.to_numeric(frame["imd_decile"]).astype("Int64")
    frame["da_flag"], frame["is_crime"] = frame["da_flag"] == "true", frame["is_crime"] == "true"
    frame["borough"] = frame["borough"].astype("category")
    frame.to_parquet(path)


KINDS = {
    "plain.csv": (lambda p: p.write_text(as_text(), "utf-8"), {}),
    "PLAIN.CSV": (lambda p: p.write_text(as_text(), "utf-8"), {}),
    "unix.csv": (lambda p: p.write_bytes(as_text(lineterminator="\n").encode()), {}),
    "quoted.csv": (lambda p: p.write_text(as_text(quoting=csv.QUOTE_ALL), "utf-8"), {}),
    "packed.csv.gz": (lambda p: p.write_bytes(gzip.compress(as_text().encode())), {}),
    "pipes.txt": (lambda p: p.write_text(as_text(delimiter="|"), "utf-8"), {"delimiter": "|"}),
    "tabs.tsv": (lambda p: p.write_text(as_text(delimiter="\t"), "utf-8"), {"delimiter": "\t"}),
    "semicolons.psv": (lambda p: p.write_text(as_text(delimiter=";"), "utf-8"), {"delimiter": ";"}),
    "windows.csv": (lambda p: p.write_bytes(as_text().encode("cp1252")), {"encoding": "cp1252"}),
    "unicode.csv": (lambda p: p.write_bytes(as_text().encode("utf-16")), {"encoding": "utf-16"}),
    "unicode_le.csv": (lambda p: p.write_bytes(as_text().encode("utf-16-le")), {"encoding": "utf-16-le"}),
    "mark.csv": (lambda p: p.write_bytes(as_text().encode("utf-8-sig")), {}),
    "typed.parquet": (parquet, {}),
    "book.xlsx": (workbook, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_the_same_rows_in_every_kind_of_file(tmp_path, take, name):
    write, settings = KINDS[name]
    write(tmp_path / name)
    taken = take(tmp_path / name, **settings)
    assert taken.counts == {"rows_read": 3, "rows_kept": 3}
    wanted = [
        {"source_row": 2, "incident_id": "I1", "offender_id": "007", "occurred_from": datetime(2015, 6, 15, 10),
         "da_flag": True, "is_crime": True, "offence_code": "00867", "severity": 12.5, "imd_decile": "3",
         "borough": "Ynys Môn", "offence": 'Said "no", left'},
        {"source_row": 3, "incident_id": "I2", "offender_id": "O'B;x|y", "occurred_from": datetime(2015, 6, 16),
         "da_flag": False, "is_crime": False, "offence_code": None, "severity": None, "imd_decile": "10",
         "borough": None, "offence": "first line\nsecond line"},
        {"source_row": 4, "incident_id": "3", "offender_id": "C", "occurred_from": datetime(2016, 2, 29, 23, 59, 59),
         "da_flag": True, "is_crime": True, "offence_code": "10501", "severity": 0.0, "imd_decile": None,
         "borough": "Café", "offence": "Naïve"},
    ]  # fmt: skip
    assert taken.rows == [{"source_file": name, **row} for row in wanted]


def test_parts_are_read_in_the_order_of_their_names_whatever_the_order_of_their_columns(tmp_path, take):
    (tmp_path / "part_2.csv").write_text(as_text(ROWS[:1]), "utf-8")
    (tmp_path / "part_1.csv").write_text(as_text(ROWS[1:], COLUMNS[::-1]), "utf-8")
    (tmp_path / "part_3.parquet").write_text("not asked for", "utf-8")
    taken = take(tmp_path / "part_*.csv")
    assert [(row["source_file"], row["source_row"], row["incident_id"]) for row in taken.rows] == [
        ("part_1.csv", 2, "I2"),
        ("part_1.csv", 3, "3"),
        ("part_2.csv", 2, "I1"),
    ]
    assert taken.column("severity") == [None, 0.0, 12.5]


def test_a_row_that_two_parts_share_is_a_duplicate(tmp_path, take):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(as_text(), "utf-8")
    taken = take(tmp_path / "?.csv")
    assert taken.counts == {"rows_read": 6, "exact_duplicate": 3, "rows_kept": 3}
    assert set(taken.column("source_file")) == {"a.csv"}


def test_row_numbers_stay_right_after_malformed_records_and_quoted_newlines(tmp_path, take):
    lines = [
        "",  # lines without anything are no records, and have a number in a spreadsheet all the same
        "incident_id,offender_id,occurred_from,da_flag,is_crime,offence",
        "",
        'I2,A,2015-01-01,1,1,"two\nlines"',
        "I3,A,2015-01-01,1,1",  # a field too few
        "I4,A,2015-01-01,1,1,plain",
        "",
        'I5,A,2015-01-01,1,1,"two\nlines",and one field more',
        'I6,A,2015-01-01,1,1,"a ""quoted"" word"',
        "I7,A,never,1,1,plain",
        "one field",
        "I9,A,2015-01-01,1,1,plain",
    ]
    (tmp_path / "odd.csv").write_text("\r\n".join(lines) + "\r\n", "utf-8")
    taken = take(tmp_path / "odd.csv")
    assert [(row["source_row"], row["incident_id"]) for row in taken.rows] == [
        (4, "I2"), (6, "I4"), (9, "I6"), (12, "I9"),
    ]  # fmt: skip
    assert [(row, rule) for row, rule, *_ in taken.quarantined] == [
        (5, "malformed_row"), (8, "malformed_row"), (10, "unreadable_date"), (11, "malformed_row"),
    ]  # fmt: skip
    assert taken.counts["rows_read"] == 8
    assert taken.column("offence")[2] == 'a "quoted" word'


def test_row_numbers_stay_right_over_several_blocks(tmp_path, take, monkeypatch):
    """The fast reader takes a file in blocks; a malformed record in one moves the rows of the next."""
    monkeypatch.setattr("dapipeline.extract.delimited.BLOCK", 2_000)
    odd = {3, 57, 58, 400, 401, 799}
    lines = ["incident_id,offender_id,occurred_from,da_flag,is_crime"]
    lines += [f"I{at},A,2015-01-01,1,1" + (",too much" if at in odd else "") for at in range(2, 801)]
    (tmp_path / "long.csv").write_text("\n".join(lines), "utf-8")
    taken = take(tmp_path / "long.csv")
    assert [row for row, *_ in taken.quarantined] == sorted(odd)
    assert len(taken.rows) == 799 - len(odd)
    assert all(row["incident_id"] == f"I{row['source_row']}" for row in taken.rows)


def test_malformed_records_are_kept_as_they_stand(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_bytes('a,b\n1,2\nDún,"x\ny",3\n'.encode("cp1252"))
    reading = Reading()
    source = open_source(path, "odd.csv", Extract(path="x", encoding="cp1252"))
    batches = list(raw_batches(source, {"a"}, reading, lambda share: None))
    assert [batch.num_rows for batch in batches] == [1]
    wanted = [{"source_file": "odd.csv", "source_row": 3, "text": 'Dún,"x\ny",3'}]
    assert reading.malformed_table().to_pylist() == wanted
    assert reading.widths == {3: 1}


def test_a_delimiter_at_the_end_of_every_row_is_no_column(tmp_path, take):
    path = tmp_path / "trailing.csv"
    header, rows = (
        "incident_id,offender_id,occurred_from,da_flag,is_crime",
        "I1,A,2015-01-01,1,1,\nI2,A,2015-01-01,1,1,\n",
    )
    for first in (header, header + ","):
        path.write_text(f"{first}\n{rows}")
        taken = take(path)
        assert taken.counts == {"rows_read": 2, "rows_kept": 2}
    path.write_text(f"{header},\nI1,A,2015-01-01,1,1\n")
    assert take(path).counts == {"rows_read": 1, "rows_kept": 1}


def test_rows_wider_than_the_header_are_named(tmp_path, take):
    path = tmp_path / "r.csv"
    path.write_text("incident_id,offender_id,occurred_from,da_flag,is_crime\n"
                    "1,I1,A,2015-01-01,1,1\n2,I2,A,2015-01-01,1,1\n")  # fmt: skip
    with pytest.raises(ExtractError, match=r"E117: The rows of r.csv have 6 fields, its header has 5 names"):
        take(path)


def test_records_of_delimiters_alone_are_records(tmp_path, take):
    path = tmp_path / "empty.csv"
    path.write_text("incident_id,offender_id,occurred_from,da_flag,is_crime\n,,,,\n\nI1,A,2015-01-01,1,1\n,,,,\n")
    taken = take(path)
    assert taken.counts == {
        "rows_read": 3,
        "rows_kept": 1,
        "exact_duplicate": 1,
        ("missing_incident_id", "incident_id"): 1,
    }
    assert taken.column("source_row") == [4]


def test_long_fields_are_read(tmp_path, take, write, needed):
    path = write([needed(offence="x" * 200_000), needed(incident_id="I2", offence="short")])
    path.write_text(path.read_text() + "and,a,malformed,record\n")
    taken = take(path)
    assert [len(text) for text in taken.column("offence")] == [200_000, 5]
    assert taken.counts["malformed_row"] == 1


def test_names_are_trimmed_and_may_hold_anything(tmp_path, take):
    path = tmp_path / "names.csv"
    path.write_text(
        'incident_id , offender_id,occurred_from,da_flag,is_crime,"the ""area"",\nor so"\nI1,A,2015-01-01,1,1,North\n'
    )
    taken = take(path, columns={"borough": 'the "area",\nor so'})
    assert taken.column("borough") == ["North"]
    assert taken.column("source_row") == [2]


def test_a_parquet_file_of_odd_types_is_read_as_text(tmp_path, take):
    table = pa.table(
        {
            "incident_id": pa.array([101, 102], pa.int64()),
            "offender_id": pa.array(["A", "B"]).dictionary_encode(),
            "occurred_from": pa.array([datetime(2015, 6, 15, 10), datetime(2015, 6, 16)], pa.timestamp("ns")),
            "da_flag": pa.array([1, 0], pa.int8()),
            "is_crime": pa.array(["Y", None]),
            "lists": pa.array([[1, 2], None], pa.list_(pa.int64())),
            "bytes": pa.array([b"\xff\xfe", None], pa.binary()),
            "borough": pa.nulls(2),
        }
    )
    pq.write_table(table, tmp_path / "odd.parquet", row_group_size=1)
    taken = take(tmp_path / "odd.parquet")
    assert [row["incident_id"] for row in taken.rows] == ["101"]
    assert taken.rows[0]["occurred_from"] == datetime(2015, 6, 15, 10)
    assert taken.quarantined == [(3, "missing_flag", "is_crime", None)]


def test_files_are_found_by_path_or_pattern(tmp_path):
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "d.csv").mkdir()
    assert list(find_files(tmp_path / "*.csv")) == ["a.csv", "b.csv"]
    assert find_files(tmp_path / "c.txt") == {"c.txt": tmp_path / "c.txt"}
    for wrong, code in [("*.xml", "E101"), ("", "E102"), ("d.csv", "E102")]:
        with pytest.raises(ExtractError) as refused:
            find_files(tmp_path / wrong)
        assert refused.value.code == code


def test_a_pattern_may_stand_in_a_folder_s_name(tmp_path):
    for name in ("2019/part.csv", "2020/part.csv", "2020/~$part.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert list(find_files(tmp_path / "*" / "*.csv")) == ["2019/part.csv", "2020/part.csv"]
    assert list(find_files(tmp_path / "20*" / "part.csv")) == ["2019/part.csv", "2020/part.csv"]


def test_a_file_is_known_by_its_content(tmp_path):
    (tmp_path / "abc.csv").write_bytes(b"abc")
    found = fingerprint(tmp_path / "abc.csv")
    # The SHA-256 of "abc", from FIPS 180-2.
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (found.name, found.bytes) == ("abc.csv", 3)


def test_a_file_that_cannot_be_opened_is_no_fault_of_the_outputs(tmp_path):
    with pytest.raises(ExtractError, match=r"E101: .* cannot be opened: No such file or directory"):
        fingerprint(tmp_path / "gone.csv")
