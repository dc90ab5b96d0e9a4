"""Warnings: each is given for rows made for it, and for no sound ones."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.extract.warnings import CATALOGUE
from dapipeline.synthetic import make_force
from dapipeline.workflow import outputs

from ..running import run_in


@pytest.fixture(scope="module")
def force() -> pd.DataFrame:
    """The rows of a made-up force without recording faults, as text."""
    rows = make_force(500, 5).incidents
    return rows.astype(object).where(rows.notna(), "").astype(str)


@pytest.fixture
def warned(tmp_path, take):
    """Take in a frame; give the warnings by code and column."""

    def run(frame: pd.DataFrame, **settings) -> dict:
        frame.to_csv(tmp_path / "extract.csv", index=False, encoding=settings.get("written", "utf-8"))
        settings.pop("written", None)
        return take(tmp_path / "extract.csv", **settings).warned

    return run


def test_a_sound_extract_is_not_warned_of(force, warned):
    assert warned(force) == {}


def renumbered(force: pd.DataFrame, number) -> pd.DataFrame:
    return force.assign(incident_id=number(force).astype(str))


def each_day(frame):
    return frame.groupby(frame["occurred_from"].str[:10]).cumcount() + 1


def each_year(frame):
    return frame.groupby(frame["occurred_from"].str[:4]).cumcount() + 1


def per_area(frame):
    return frame.groupby("borough").cumcount() // 2 + 1


@pytest.mark.parametrize(
    ("number", "code", "part"),
    [
        (each_day, "W208", "left(cast(occurred_from as text), 10)"),
        (each_year, "W208", "left(cast(occurred_from as text), 4)"),
        (per_area, "W209", '"borough"'),
    ],
)
def test_numbers_that_begin_anew_come_with_the_derive_that_mends_them(force, warned, number, code, part):
    rows, text = warned(renumbered(force, number))[code, "incident_id"]
    assert rows > len(force) / 2
    assert part in text
    expression = text.split("incident_id: '")[1].rsplit("'", 1)[0].replace("''", "'")
    mended = warned(renumbered(force, number), derive={"incident_id": expression})
    assert (code, "incident_id") not in mended


def test_ids_that_never_meet(force, warned):
    apart = force.assign(victim_id=force["victim_id"].where(force["victim_id"] == "", "V" + force["victim_id"]))
    rows, text = warned(apart)["W201", "victim_id"]
    assert rows == 0
    assert "share an id" in text


WRITTEN = {
    "noughts": lambda ids: ids.str.replace(r"^N0*", "", regex=True),
    "case": lambda ids: ids.str.lower(),
    "hyphen": lambda ids: ids.str.replace(r"^N", "N-", regex=True),
    "half": lambda ids: ids.where(ids.index % 2 == 0, ids.str.lower()),
}


@pytest.mark.parametrize("way", ["case", "hyphen", "half"])
def test_ids_that_would_meet_if_written_alike(force, warned, way):
    rows, text = warned(force.assign(victim_id=WRITTEN[way](force["victim_id"])))["W202", "victim_id"]
    assert rows >= 3
    assert "more would be if both ids were written alike" in text


def test_lost_noughts_come_with_the_derive_that_mends_them(force, warned):
    numbers = {name: force[name].str.replace("N", "", regex=False) for name in ("offender_id", "victim_id")}
    frame = force.assign(**numbers | {"victim_id": numbers["victim_id"].str.lstrip("0")})
    _, text = warned(frame)["W202", "victim_id"]
    derive = {
        part.split(": ")[0].split()[-1]: part.split(": '")[1].rstrip("'.")
        for part in text.split("derive: ")[1].split("; ")
    }
    assert set(derive) == {"offender_id", "victim_id"}
    assert ("W202", "victim_id") not in warned(frame, derive=derive)


def test_ids_split_by_case(force, warned):
    ids = force["offender_id"].where(force.index % 2 == 0, force["offender_id"].str.lower())
    assert warned(force.assign(offender_id=ids))["W203", "offender_id"][0] > 10


@pytest.mark.parametrize("word", ["NOMINAL UNKNOWN", "dummy", "99999999", "Suspect not identified"])
def test_what_looks_like_nobody_is_warned_of_and_not_shown(force, warned, word):
    rows, text = warned(force.assign(offender_id=force["offender_id"].where(force.index % 50 > 0, word)))[
        "W204", "offender_id"
    ]
    assert rows == (force.index % 50 == 0).sum()
    assert word not in text
    assert "row 2 of extract.csv" in text


def test_an_id_of_many_people(force, warned):
    shared = force["offender_id"].where(force.index % 3 > 0, "N777777")
    found = warned(force.assign(offender_id=shared))
    assert "three or more birth dates, among offenders; the first is in row 2 of" in found["W205", "offender_id"][1]
    assert found["W206", "offender_id"][0] > 100


def test_roles_in_rows_of_their_own(force, warned):
    both = force[(force["offender_id"] != "") & (force["victim_id"] != "")]
    roles = pd.concat([both.assign(victim_id=""), both.assign(offender_id="")])
    rows, text = warned(roles)["W207", "victim_id"]
    assert rows == len(roles)
    assert "docs/your_extract.md" in text


def test_codes_of_another_country(force, warned):
    codes = force["offence_code"].where(force["offence_code"] == "", "101.0")
    titles = force["offence"].where(force["offence_code"] == "", "ASSAULT 3")
    rows, text = warned(force.assign(offence_code=codes, offence=titles))["W303", "offence_code"]
    assert rows == (codes != "").sum()
    assert "00101 beside 'ASSAULT 3'" in text
    assert warned(force.assign(offence_code=codes.str.replace("101.0", "99999")))["W304", "offence_code"][0] == rows


def british(frame: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(frame["reported_at"]).dt.strftime("%d/%m/%Y %H:%M")


def test_dates_that_excel_swapped(force, warned):
    moments = pd.to_datetime(force["reported_at"])
    swapped = moments.dt.strftime("%Y-%d-%m %H:%M:%S")
    mixed = swapped.where(moments.dt.day <= 12, british(force))
    rows, text = warned(force.assign(reported_at=mixed), datetime_format="%d/%m/%Y %H:%M")["W306", "reported_at"]
    assert rows > 500  # those that swapping puts before their start are blanked already
    assert "Excel has swapped them" in text


def test_dates_with_and_without_noughts(force, warned):
    bare = british(force).str.replace(r"\b0(\d)/", r"\1/", regex=True)
    mixed = bare.where(force.index % 2 == 0, british(force))
    assert (
        "as 05" in warned(force.assign(reported_at=mixed), datetime_format="%d/%m/%Y %H:%M")["W306", "reported_at"][1]
    )
    assert ("W306", "reported_at") not in warned(force.assign(reported_at=bare), datetime_format="%d/%m/%Y %H:%M")


def test_a_birth_date_of_many(force, warned):
    births = force["offender_dob"].where(force["offender_id"].str[-1] != "7", "1970-01-01")
    assert warned(force.assign(offender_dob=births))["W307", "offender_dob"][0] > 30


def test_utf_8_that_was_read_as_something_else(force, warned):
    assert warned(force.assign(borough="Ynys Môn"), encoding="cp1252")["W107", "borough"][0] == len(force)


def test_values_that_a_rule_blanked(force, warned):
    words = force["relationship"].where(force["relationship"] != "partner", "BOYFRIEND")
    rows, text = warned(force.assign(relationship=words), tolerance=0.05)["W301", "relationship"]
    assert rows == (words == "BOYFRIEND").sum()
    assert "such as 'BOYFRIEND'" in text
    assert "extract.values.relationship" in text


def test_a_bad_byte_in_a_column_that_nobody_maps(force, tmp_path, take):
    force.assign(note="ok").to_csv(tmp_path / "extract.csv", index=False)
    content = (tmp_path / "extract.csv").read_bytes().replace(b",ok\n", b",\x92\n", 1)
    (tmp_path / "extract.csv").write_bytes(content)
    taken = take(tmp_path / "extract.csv")
    assert taken.counts["rows_read"] == len(force)
    assert taken.warned["W104", "note"][0] == 1


def test_a_file_as_long_as_a_sheet(tmp_path, take, monkeypatch):
    monkeypatch.setattr("dapipeline.extract.table.SHEET_ROWS", (4,))
    header = "incident_id,offender_id,occurred_from,da_flag,is_crime\n"
    for rows, full in ((2, False), (3, True), (4, False)):
        (tmp_path / "e.csv").write_text(header + "".join(f"I{at},A,2015-01-01,1,1\n" for at in range(rows)))
        assert (("W101", "") in take(tmp_path / "e.csv").warned) is full


def test_every_warning_is_declared_once_and_whole():
    assert len({kind.code for kind in CATALOGUE}) == len(CATALOGUE)
    for kind in CATALOGUE:
        assert all(text.strip().endswith((".", "nothing", '".')) for text in (kind.when, kind.meaning, kind.remedy)), (
            kind.code
        )


LETTERS = str.maketrans("0123456789", "abcdefghij")
SOMEBODY = {
    "ids": lambda frame: frame["offender_id"],
    "births": lambda frame: frame["offender_dob"],
    "names": lambda frame: (
        "Person " + frame["offender_id"].str[-4:].str.translate(str.maketrans("0123456789", "abcdefghij"))
    ),
    "notes": lambda frame: pd.Series("Friend: Jane Doe 07700 900123", index=frame.index),
}


@pytest.mark.parametrize("what", SOMEBODY)
def test_a_column_that_is_mapped_wrongly_shows_nobody(force, warned, what):
    texts = SOMEBODY[what](force)
    columns = ("relationship", "alcohol", "offence_code")
    frame = force.assign(**dict.fromkeys(columns, texts))
    found = warned(frame, derive={"is_crime": "offence_code is not null"}, tolerance=0.05)
    told = " ".join(text for _, text in found.values())
    assert not [text for text in set(texts) if text and repr(text) in told]
    assert "mapped to the right column" in found["W301", "relationship"][1]


def test_a_column_of_nothing_is_warned_of_and_a_mark_without_a_column(force, warned):
    empty = force.assign(offence_code="", offence="", fgm="").drop(columns="forced_marriage")
    found = warned(empty, marks=("fgm", "forced_marriage"))
    assert {(code, column) for code, column in found if code in ("W309", "W310")} == {
        ("W309", "offence_code"), ("W309", "offence"), ("W310", "forced_marriage")
    }  # fmt: skip


def test_what_needs_a_column_of_nothing_is_not_known(force, tmp_path):
    force.assign(offence_code="", offence="").to_csv(tmp_path / "extract.csv", index=False)
    config = {"name": "test", "extract": {"path": "extract.csv"}, "clustering": {"k": 5}}
    run = run_in(tmp_path, Config.model_validate(config))
    measures = run.frame(outputs.MEASURES).set_index("measure")
    assert measures.loc["breach", "missing_columns"] == "offence_code or offence or offence_family"
    assert pd.isna(measures.loc["breach", "incidents"])
    catalogue = run.frame(outputs.FEATURE_CATALOGUE).set_index("feature")
    assert catalogue.loc["breach_incidents", "use"] == "off"
