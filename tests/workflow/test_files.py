"""What a run writes for people to take away: dictionary, data package, copies in CSV, workbook, pictures."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from rich.console import Console

import dapipeline as dap
from dapipeline.analysis.severity_bands import BANDS, severity_bands
from dapipeline.console.results import print_summary
from dapipeline.report.dictionary.keys import PRIMARY, references
from dapipeline.report.dictionary.meanings import TABLES
from dapipeline.report.dictionary.shared import SHARED
from dapipeline.workflow.files import TWINNED

ROOT = Path(__file__).parents[2]
MARK = b"\xef\xbb\xbf"
RUNS = ("sample", "foreign")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def runs(folder):
    """Both runs; that of the sample with the tables of the shareable edition too."""
    config = dap.load_config(ROOT / "configs/sample.yaml")
    both = config.report.model_copy(update={"edition": "shareable", "csv_twins": True})
    sample = dap.run(config.model_copy(update={"report": both}), out=folder / "sample")
    return {"sample": sample, "foreign": dap.run(ROOT / "configs/foreign.yaml", out=folder / "foreign")}


@pytest.fixture(scope="module")
def foreign(runs):
    return runs["foreign"]


def with_report(**settings):
    """The config of the foreign extract with other settings of the report."""
    config = dap.load_config(ROOT / "configs/foreign.yaml")
    return config.model_copy(update={"report": config.report.model_copy(update=settings)})


def files_in(run) -> set[str]:
    return {path.relative_to(run.out).as_posix() for path in run.out.rglob("*") if path.is_file()}


def columns_of(run) -> set[tuple[str, str]]:
    """Every file and column, from the files themselves."""
    found = set()
    for name in files_in(run):
        if name.endswith(".parquet"):
            found |= {(name, column) for column in pq.read_schema(run.out / name).names}
        elif name.endswith(".csv"):
            with (run.out / name).open(encoding="utf-8", newline="") as stream:
                found |= {(name, column) for column in next(csv.reader(stream))}
    return found


@pytest.mark.parametrize("name", RUNS)
def test_every_column_of_every_table_stands_in_the_dictionary_once_with_its_meaning(runs, name):
    run = runs[name]
    table = run.frame("dictionary")
    assert set(zip(table["file"], table["column"], strict=True)) == columns_of(run)
    assert not table.duplicated(["file", "column"]).any()
    for said in ("table", "row", "words", "type", "meaning"):
        assert table[said].str.strip().ne("").all() and table[said].notna().all(), said
    # Two columns of one table do not have the same heading.
    assert table[table.duplicated(["file", "words"])][["file", "words"]].to_numpy().tolist() == []


def test_nothing_is_declared_that_no_table_has(runs):
    tables = [run.frame("dictionary") for run in runs.values()]
    seen = {(t, c) for table in tables for t, c in zip(table["table"], table["column"], strict=True)}
    one = pd.DataFrame({"offender_id": ["A"], "cluster": [1], "typology": ["x"]})
    bands = severity_bands(pd.DataFrame({"offender_id": ["A"], **{band: [1] for band in BANDS}}), one)
    seen |= {("severity_bands", column) for column in bands}  # a run has it on the scale of the ONS alone
    declared = {(table, column) for table, columns in TABLES.items() for column in columns}
    assert sorted(declared - seen) == []
    shared = {column for table, column in seen if column not in TABLES.get(table, {})}
    assert sorted(set(SHARED) - shared) == []
    assert sorted(set(PRIMARY) - {table for table, _ in seen}) == []


@pytest.mark.parametrize("name", RUNS)
def test_the_types_of_the_dictionary_are_those_of_the_cells(runs, name):
    run, kinds = runs[name], {"whole number": "i", "number": "f", "true or false": "b", "date and time": "M"}
    table = run.frame("dictionary")
    for file in [file for file in files_in(run) if file.endswith(".csv") and not file.startswith("model/")]:
        frame = run.frame(file)
        for line in table[table["file"] == file].itertuples():
            if line.type == "text":
                assert not pd.api.types.is_numeric_dtype(frame[line.column]), (file, line.column)
            elif frame[line.column].notna().all():
                assert frame[line.column].dtype.kind == kinds[line.type], (file, line.column)


@pytest.mark.parametrize("name", RUNS)
def test_keys_tell_rows_apart_and_refer_to_what_is_there(runs, name):
    run = runs[name]
    table = run.frame("dictionary").drop_duplicates(["table", "column"])
    places = table.groupby("table")["file"].first()
    keys = referring = 0
    for known, file in places.items():
        frame = run.frame(file)
        if known in PRIMARY:
            key = list(PRIMARY[known])
            assert not frame.duplicated(key).any() and frame[key].notna().all(axis=None), known
            keys += 1
        for column, (other, of) in references(known, list(frame.columns), set(places.index)).items():
            assert set(frame[column].dropna()) <= set(run.frame(places[other])[of]), (known, column)
            referring += 1
    assert keys > 50 and referring > 40


def cast(cell: str, field: dict) -> object:
    """Read a cell as the data package says."""
    if field["type"] == "boolean":
        return {**dict.fromkeys(field["trueValues"], True), **dict.fromkeys(field["falseValues"], False)}[cell]
    return {"string": str, "integer": int, "number": float, "datetime": pd.Timestamp}[field["type"]](cell)


@pytest.mark.parametrize("name", RUNS)
def test_the_data_package_describes_every_table_as_it_is(runs, name):
    run = runs[name]
    package = run.document("datapackage.json")
    resources = package["resources"]
    names = [resource["name"] for resource in resources]
    assert len(names) == len(set(names)) and package["name"] == package["name"].lower()
    assert {(r["path"], field["name"]) for r in resources for field in r["schema"]["fields"]} == set(
        zip(*run.frame("dictionary")[["file", "column"]].to_numpy().T, strict=True)
    )
    for resource in resources:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert resource["format"] == resource["path"].rsplit(".", 1)[1] and resource["mediatype"]
        assert set(resource["schema"].get("primaryKey", [])) <= set(fields)
        for key in resource["schema"].get("foreignKeys", []):
            assert key["fields"] in fields and key["reference"]["resource"] in names
        if resource["format"] == "csv":
            with (run.out / resource["path"]).open(encoding=resource["encoding"], newline="") as stream:
                head, *rows = csv.reader(stream)
            assert head == list(fields), resource["path"]
            for at, column in enumerate(head):
                assert all(cast(row[at], fields[column]) is not None for row in rows if row[at]), (
                    resource["path"],
                    column,
                )


def test_copies_hold_what_the_parquet_holds_with_titles_beside_keys(runs):
    for run in runs.values():
        titles = run.frame("typologies").set_index("typology")["title"]
        for output in TWINNED:
            whole, copy = run.frame(str(output)), run.frame(output.replace(".parquet", ".csv"))
            if "typology" in whole:
                at = list(copy.columns).index("typology")
                assert copy.columns[at + 1] == "title" and copy["title"].equals(copy["typology"].map(titles))
                copy = copy.drop(columns="title")
            assert list(copy) == list(whole) and len(copy) == len(whole)
            for name in whole:
                if whole[name].dtype.kind == "f":
                    assert copy[name].to_numpy() == pytest.approx(whole[name].to_numpy(), rel=1e-11, nan_ok=True)
                else:
                    assert copy[name].fillna("").tolist() == whole[name].fillna("").tolist(), (output, name)
        assert run.frame("assignments").equals(run.frame("tables/assignments.parquet"))  # by name it is the Parquet


def test_a_copy_has_no_cell_that_a_spreadsheet_runs(tmp_path):
    rows = pd.read_csv(ROOT / "data/foreign/force_export.txt", sep="|", encoding="cp1252", dtype="string")
    ids = {old: f"=cmd|'/C calc'!{n}" for n, old in enumerate(rows["NOMINAL_REF"].dropna().unique())}
    swapped = rows.assign(NOMINAL_REF=rows["NOMINAL_REF"].map(ids), VICTIM_REF=rows["VICTIM_REF"].replace(ids))
    swapped.to_csv(tmp_path / "extract.txt", sep="|", index=False, encoding="cp1252")
    run = dap.run(ROOT / "configs/foreign.yaml", extract=tmp_path / "extract.txt", out=tmp_path / "out")
    for name in [name for name in files_in(run) if name.endswith(".csv")]:
        with (run.out / name).open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r") or (cell[:1] == "-" and not number(cell))]
    assert run.frame("tables/assignments.csv")["offender_id"].str.startswith("=cmd").all()


def number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_without_copies_no_other_stage_runs(foreign, tmp_path):
    shutil.copytree(foreign.out, tmp_path / "out")
    run = dap.run(with_report(csv_twins=False), out=tmp_path / "out")
    assert run.ran == {"files": ["setting report.csv_twins changed"]}
    assert files_in(foreign) - files_in(run) == {output.replace(".parquet", ".csv") for output in TWINNED}
    assert not [file for file in run.frame("dictionary")["file"] if file == "tables/features.csv"]


def test_every_csv_gets_the_mark_for_excel_and_no_stage_counts_again(foreign, tmp_path):
    shutil.copytree(foreign.out, tmp_path / "out")
    plain = {name: (foreign.out / name).read_bytes() for name in files_in(foreign) if name.endswith(".csv")}
    assert len(plain) > 50 and not [name for name, text in plain.items() if text.startswith(MARK)]
    run = dap.run(with_report(csv_for_excel=True), out=tmp_path / "out")
    assert run.ran == {"files": ["setting report.csv_for_excel changed"]}
    for name, text in plain.items():
        assert (run.out / name).read_bytes() == MARK + text, name
        pd.testing.assert_frame_equal(run.frame(name), foreign.frame(name))
    assert dap.run(with_report(csv_for_excel=True), out=tmp_path / "out").ran == {}
    back = dap.run(with_report(), out=tmp_path / "out")
    assert list(back.ran) == ["files"]
    assert {name: (back.out / name).read_bytes() for name in plain} == plain
    # A run from nothing writes the same.
    afresh = dap.run(with_report(csv_for_excel=True), out=tmp_path / "afresh")
    assert {name: (afresh.out / name).read_bytes() for name in plain} == {n: MARK + text for n, text in plain.items()}


def test_two_runs_write_the_same_bytes(foreign, tmp_path):
    again = dap.run(ROOT / "configs/foreign.yaml", out=tmp_path / "again")
    assert files_in(again) == files_in(foreign)
    kept = [name for name in files_in(foreign) if name != "run.json"]
    assert len([name for name in kept if name.endswith(".png")]) > 10
    assert [name for name in kept if (again.out / name).read_bytes() != (foreign.out / name).read_bytes()] == []


def test_every_figure_comes_as_a_picture_too(runs):
    for run in runs.values():
        figures = {Path(name).stem for name in files_in(run) if name.endswith(".svg")}
        pictures = [name for name in files_in(run) if name.endswith(".png")]
        assert {Path(name).stem for name in pictures} == figures and len(figures) > 10
        for name in pictures:
            whole = (run.out / name).read_bytes()
            assert whole.startswith(b"\x89PNG") and b"tEXt" not in whole and b"tIME" not in whole
            assert int.from_bytes(whole[16:20]) >= 1000  # dots across


def test_the_workbook_says_that_it_must_stay_in_the_force(tmp_path, foreign):
    shutil.copytree(foreign.out, tmp_path / "out")
    run = dap.run(with_report(marking="OFFICIAL-SENSITIVE", contact="Insight team"), out=tmp_path / "out")
    assert set(run.ran) == {"report", "files"}
    book = openpyxl.load_workbook(io.BytesIO((run.out / "tables/tables.xlsx").read_bytes()))
    head = "\n".join(str(row[0].value) for row in book["Contents"].iter_rows(max_row=5))
    assert "OFFICIAL-SENSITIVE" in head and "must not leave the force" in head and "Insight team" in head
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows(min_row=2)}
    assert notes["Protective marking"] == "OFFICIAL-SENSITIVE" and notes["Whom to ask"] == "Insight team"
    assert "fewer than 10 people" in notes["Small numbers"]
    ids = set(run.frame("features")["offender_id"])
    held = {cell.value for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert not ids & held


def test_the_end_of_a_run_names_the_workbook(foreign):
    said = io.StringIO()
    print_summary(Console(file=said, width=80), foreign)
    *_, report, tables = said.getvalue().splitlines()
    assert report == f"Report: {foreign.out / 'report/index.html'}"
    assert tables == f"Tables for Excel: {foreign.out / 'tables/tables.xlsx'}"


def test_the_end_of_a_run_names_the_shareable_edition_where_there_is_one(runs):
    said = io.StringIO()
    print_summary(Console(file=said, width=80), runs["sample"])
    page = runs["sample"].out / "shareable/index.html"
    assert page.is_file()
    assert said.getvalue().splitlines()[-1] == f"Shareable edition: {page}"


def test_the_page_on_power_bi_names_tables_columns_and_keys_that_are_there(foreign):
    page = (ROOT / "docs/power_bi.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:tables|work|quality)/\w+\.\w+)`", page):
        assert path in foreign.manifest["files"], path
    merged = foreign.frame("features").merge(foreign.frame("assignments"), on="offender_id", how="left")
    tables = {name: foreign.frame(name) for name in foreign.tables}
    tables |= {"offenders": merged, "incidents": foreign.frame("work/incidents.parquet")}
    lines = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `(\w+)` \|$", page, re.MULTILINE)
    assert len(lines) == 8
    for many, one, by in lines:
        assert tables[one][by].is_unique and by in tables[many], (many, one)
        if many != "incidents":  # which the page says has others
            assert set(tables[many][by].dropna()) <= set(tables[one][by]), (many, one)
    assert not set(tables["incidents"]["offender_id"]) <= set(merged["offender_id"])
    for table, column in re.findall(r"\b(\w+)\[(\w+)\]", page):
        assert column in tables[table], (table, column)
