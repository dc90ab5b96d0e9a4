"""Every case ends as it should: as the clean file, with a word, or with one error that says what to do.

The cases are made here (made.py). With the variable CASES naming a folder of them, the same is asked of those.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from dapipeline import cli
from dapipeline.config import Config
from dapipeline.console import results
from dapipeline.workflow import commands as program
from dapipeline.workflow.pipeline import STAGES
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..running import run_in
from .made import CASES, clean, text_of, write

GIVEN = os.environ.get("CASES")
# These concern what comes after the features; for the others the stages up to them will do.
WHOLE = {"ethnicity_na", "km_all_identical", "km_single_offender", "override_na", "titles_na", "u999_no_titles"}


@dataclass
class Ended:
    """How a run ended: exit status, what it printed, and its outputs."""

    status: int
    said: str
    error: str
    out: Path

    def frame(self, name: str) -> pd.DataFrame:
        path = self.out / name
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        return pd.read_csv(path, keep_default_na=False, dtype=str)

    def warned(self, code: str, column: str = "") -> str:
        """Give the text of a warning and what to do; it stands on the terminal, in the table and in run.json."""
        table = self.frame("quality/warnings.csv")
        [line] = table[(table["code"] == code) & (table["column"] == column)].itertuples()
        return f"{line.text} {line.remedy}"

    def effect(self, effect: str) -> int:
        books = self.frame("quality/reconciliation.csv")
        return int(books.loc[books["effect"] == effect, "rows"].astype(int).sum())


@pytest.fixture
def end(tmp_path, monkeypatch, capsys):
    """Run a case from its own folder, as a user would."""

    def run(name: str) -> Ended:
        folder = tmp_path / name
        if GIVEN:
            shutil.copytree(Path(GIVEN) / name, folder)
        else:
            folder.mkdir()
            CASES[name](folder)
        return run_folder(folder, name in WHOLE)

    def run_folder(folder: Path, whole: bool) -> Ended:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(program, "STAGES", STAGES if whole else TO_VECTORS)
        monkeypatch.setattr(results, "print_summary", lambda console, run: None)
        monkeypatch.setattr(sys, "argv", ["dapipeline", "run", "config.yaml", "--out", "out"])
        status = 0
        try:
            cli.main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "U999" not in said.err
        return Ended(status, said.out, said.err, folder / "out")

    run.folder = run_folder
    return run


@pytest.fixture(scope="session")
def features_of_clean(tmp_path_factory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("clean")
    write(folder, text_of(clean()))
    config = Config.model_validate({"name": "clean", "extract": {"path": "extract.csv"}})
    run_in(folder, config, stages=TO_VECTORS)
    return pd.read_parquet(folder / "out/tables/features.parquet")


AS_CLEAN = (
    "ethnicity_na", "float_booleans", "format_with_z", "glob_parent", "iso_z", "missing_values_replaces", "nbsp_ids",
    "nul_bytes", "one_bad_byte_utf8", "own_names_source_file", "pandas_index", "placeholder_backslash_n",
    "placeholder_unknown", "r_na", "sep_line", "trailing_delimiter_all", "u999_no_titles", "wide_1500",
    "xlsx_hidden_first", "xlsx_two_sheets", "yaml_norway",
)  # fmt: skip


@pytest.mark.parametrize("name", AS_CLEAN)
def test_it_is_as_the_clean_file(end, features_of_clean, name):
    ended = end(name)
    assert (ended.status, ended.error) == (0, "")
    assert ended.effect("read") == 516
    pd.testing.assert_frame_equal(ended.frame("tables/features.parquet"), features_of_clean, check_exact=True)


def test_an_id_is_one_person_however_it_is_written(end, features_of_clean):
    ended = end("float_ids")
    own = ended.frame("tables/features.parquet")
    names = features_of_clean["offender_id"].str.removeprefix("N").str.lstrip("0")
    wanted = features_of_clean.assign(offender_id=names).sort_values("offender_id", ignore_index=True)
    pd.testing.assert_frame_equal(own, wanted, check_dtype=False)
    assert "put into the form of an id" in ended.warned("W210", "offender_id")


WARNED = {
    "date_typo_future": None,
    "decimal_comma": ("W305", "severity", 'Set extract.decimal: ","'),
    "excel_half_swapped": ("W306", "occurred_from", "Excel has swapped them"),
    "incident_no_per_day": ("W208", "incident_id", "left(cast(occurred_from as text), 10)"),
    "layout_nypd_codes": ("W303", "offence_code", "00101 beside 'ASSAULT 3'"),
    "layout_role_rows": ("W207", "victim_id", "docs/your_extract.md"),
    "leading_zeros_one_column": ("W202", "victim_id", "58 more would be if both ids were written alike"),
    "one_bad_byte_utf8": ("W104", "note", "1 cell of note"),
    "offence_codes_as_dates": ("W302", "offence_code", "A spreadsheet has turned them into dates"),
    "offence_codes_default_is_crime": ("W302", "offence_code", "'13A'"),
    "person_conflict": ("W205", "offender_id", "three or more birth dates"),
    "xlsx_errors": ("W108", "", "count as missing"),
    "xlsx_hidden_first": ("W102", "", "old"),
}


@pytest.mark.parametrize("name", [name for name, warning in WARNED.items() if warning])
def test_a_word_is_said(end, name):
    code, column, part = WARNED[name]
    ended = end(name)
    assert ended.status == 0
    assert part in ended.warned(code, column)


REFUSED = {
    "excel_serial": (1, "E121", "They are days as Excel counts them"),
    "km_all_identical": (1, "D117", "All 40 offenders have the same history"),
    "km_single_offender": (1, "D118", "There is one offender"),
    "metadata_lines": (1, "E105", "stand on row 4"),
    "open_quote_pair": (1, "E112", "A quote opens on line 102 of extract.txt"),
    "open_quote_tsv": (1, "E112", "A quote opens on line 152 of extract.txt"),
    "reference_decimal_comma": (1, "R011", "'12,5'"),
    "scientific_ids_spread": (1, "E121", "scientific_id in offender_id"),
    "utf8_bom_as_cp1252": (1, "E107", "begins with the mark of UTF-8"),
    "values_word_twice": (2, "C003", "the word 'KNOWN' under partner and under acquaintance"),
    "window_bad_day": (2, "C003", "window.from"),
    "xls_is_html": (1, "E108", "a web page"),
    "xlsx_formulas": (1, "E118", "have no stored values"),
    "xlsx_password": (1, "E108", "locked by a password"),
    "yaml_duplicate_key": (2, "C025", "the key 'offender_id' twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_ends_in_one_error(end, name):
    status, code, part = REFUSED[name]
    ended = end(name)
    assert (ended.status, ended.error[:4]) == (status, code)
    assert part in ended.error
    assert ended.error.count("\n") == 1
    assert not ended.out.exists()


def test_an_incident_number_is_mended_as_the_warning_says(end, features_of_clean, tmp_path):
    remedy = end("incident_no_per_day").warned("W208", "incident_id")
    folder = tmp_path / "incident_no_per_day"
    config = (folder / "config.yaml").read_text()
    derive = remedy.split("extract.derive: ")[1].removesuffix(".")
    mended = config.replace("  path: extract.csv\n", f"  path: extract.csv\n  derive:\n    {derive}\n")
    if GIVEN:
        mended = config.replace("extract.csv", f"extract.csv\n  derive:\n    {derive}")
    (folder / "config.yaml").write_text(mended)
    shutil.rmtree(folder / "out")
    ended = end.folder(folder, whole=False)
    durations = "da_duration_max_hours"
    assert ended.frame("tables/features.parquet")[durations].max() == features_of_clean[durations].max()


def test_a_start_after_all_else_is_a_fault_of_the_start(end):
    ended = end("date_typo_future")
    aside = ended.frame("quality/quarantine.parquet")
    assert set(aside["rule"]) == {"future_date"}
    assert len(aside) == 9
    assert ended.effect("blanked") == 0


@pytest.mark.parametrize(
    ("name", "rule", "rows"), [("age_zero_unknown", "unknown_age", 500), ("placeholder_1900", "zero_date", 200)]
)
def test_what_stands_for_not_known_is_not_known(end, name, rule, rows):
    ended = end(name)
    books = ended.frame("quality/reconciliation.csv")
    assert books.loc[books["rule"] == rule, "rows"].astype(int).sum() > rows
    ages = ended.frame("tables/features.parquet")["age_last_da"]
    assert ages.dropna().between(10, 98).all()


def test_nobody_is_born_after_the_incident(end, features_of_clean):
    own = end("two_digit_years").frame("tables/features.parquet")
    for name in ("age_first_da", "age_last_da", "age_first_incident"):
        pd.testing.assert_series_equal(own[name], features_of_clean[name])


@pytest.mark.parametrize("name", ["offence_codes_as_dates", "offence_codes_default_is_crime"])
def test_a_crime_whose_code_cannot_be_read_stays_one(end, features_of_clean, name):
    own = end(name).frame("tables/features.parquet")
    for feature in ("da_crimes", "non_da_crimes"):
        pd.testing.assert_series_equal(own[feature], features_of_clean[feature])


def test_names_of_clusters_and_ethnic_groups_are_words(end):
    named = end("override_na")
    assert {"NA", "None"} <= set(named.frame("tables/clusters.csv")["typology"])
    assert {"NA", "None"} <= set(named.frame("tables/assignments.parquet")["typology"])
    audited = end("ethnicity_na").frame("tables/equality_audit.csv")
    groups = audited[audited["characteristic"] == "offender_ethnicity"]
    assert {"NA", "None"} <= set(groups["value"])
    assert groups["offenders"].astype(int).sum() == 132


def test_the_fault_is_reported_where_excel_shows_it(end):
    aside = end("xlsx_row_numbers").frame("quality/quarantine.parquet")
    assert list(aside["source_row"]) == [55]


def test_an_error_cell_is_nobody(end):
    features = end("xlsx_errors").frame("tables/features.parquet")
    assert not features["offender_id"].str.startswith("#").any()


def test_a_report_is_written_of_titles_that_are_missing(end):
    assert (end("titles_na").out / "report/index.html").is_file()


def test_every_case_is_asked_of():
    asked = {*AS_CLEAN, *WARNED, *REFUSED, "float_ids", "age_zero_unknown", "placeholder_1900", "two_digit_years",
             "override_na", "titles_na", "xlsx_row_numbers"}  # fmt: skip
    cases = {path.name for path in Path(GIVEN).iterdir() if path.is_dir()} if GIVEN else set(CASES)
    assert asked == cases
