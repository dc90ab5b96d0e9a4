"""Markers: any boolean column of the force's own, read under a name of the config's."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import dapipeline as dap
from dapipeline.config import Config, checked
from dapipeline.extract.intake import take_in


def taken(path, markers, **extract):
    settings = {"path": "given", "tolerance": 1.0, **extract}
    found = take_in(path, Config.model_validate({"name": "test", "extract": settings, "markers": markers}))
    rows = found.extracted.rows.order_by("source_row").to_pandas()
    columns = {name: rows[name].astype(object).tolist() for name in rows if name.startswith("marker_")}
    return found, {name: [None if v is None else bool(v) for v in values] for name, values in columns.items()}


@pytest.fixture
def marked(write, needed):
    values = ("Y", "no", "", "TRUE", "0", "perhaps")
    return write([needed(incident_id=f"I{at}", WPN=value, KIDS="J") for at, value in enumerate(values)])


def test_a_marker_is_read_as_yes_no_or_not_known(marked):
    found, columns = taken(marked, {"weapon": "WPN"})
    assert columns == {"marker_weapon": [True, False, None, True, False, None]}
    assert found.columns[-1] == "marker_weapon"
    blanked = found.extracted.blanked.to_pandas()
    assert blanked[["rule", "column", "value"]].to_numpy().tolist() == [["unknown_code", "marker_weapon", "perhaps"]]


def test_the_forces_own_words_for_yes_are_mapped_and_rules_are_chosen(marked):
    values = {"marker_children_present": {"true": ["J"], "false": ["N"]}}
    _, columns = taken(marked, {"children_present": "KIDS"}, values=values)
    assert columns == {"marker_children_present": [True] * 6}
    found, _ = taken(marked, {"weapon": "WPN"}, rules={"unknown_code.marker_weapon": "quarantine"})
    assert found.extracted.quarantined.count().to_pandas() == 1


def test_a_marker_whose_column_is_missing_is_one_clear_error(marked):
    with pytest.raises(dap.DapipelineError, match=r"E110: The extract has no column 'WEPN' \(did you mean 'WPN'\?\)"):
        taken(marked, {"weapon": "WEPN"})
    with pytest.raises(dap.DapipelineError, match=r"C004: extract\.values names 'marker_stalking'"):
        taken(marked, {"weapon": "WPN"}, values={"marker_stalking": {"true": ["J"]}})


def test_a_marker_whose_column_is_missing_says_where_it_is_named_and_what_there_is(write, needed):
    path = write([needed(**{f"C{at}": "x" for at in range(70)})])
    with pytest.raises(dap.DapipelineError, match=r"'C\d+' and 15 more\. .*that of a marker under markers"):
        taken(path, {"weapon": "nosuch"})


def test_a_name_that_is_none_is_told_in_words():
    settings = {"name": "x", "extract": {"path": "x.csv"}, "markers": {"My Marker": "A"}}
    with pytest.raises(dap.DapipelineError) as told:
        checked(Config, settings, "It")
    assert "markers.My Marker: a name has small letters, digits and underscores, and begins" in str(told.value)


def test_names_of_markers_are_plain():
    for name in ("Weapon", "two words", "1st", ""):
        with pytest.raises(ValidationError):
            Config.model_validate({"name": "x", "extract": {"path": "x.csv"}, "markers": {name: "A"}})


@pytest.mark.parametrize(("years", "right"), [
    ("financial", True), ("calendar", True), ("11-30", True), ("02-28", True), ("02-30", False), ("april", False),
    ("4", False),
])  # fmt: skip
def test_years_are_financial_calendar_or_end_on_a_day(years, right):
    settings = {"name": "x", "extract": {"path": "x.csv"}, "scrutiny": {"years": years}}
    if right:
        assert Config.model_validate(settings).scrutiny.years == years
    else:
        with pytest.raises(ValidationError, match="should be financial, calendar, or a month and a day"):
            Config.model_validate(settings)


def test_new_columns_are_read(write, needed, take):
    rows = [
        needed(initial_offence_code="8/67", reported_via="Telephone", managed_by="marac", force="North"),
        needed(incident_id="I2", initial_offence_code="x", reported_via="", managed_by="none", force="North"),
        needed(incident_id="I3", initial_offence_code="00501", reported_via="unknown", managed_by="MAPPA 2", force=""),
    ]
    found = take(write(rows))
    assert found.column("initial_offence_code") == ["00867", None, "00501"]
    assert found.column("reported_via") == ["Telephone", None, None]
    assert found.column("managed_by") == ["MARAC", "none", None]
    assert found.column("force") == ["North", "North", None]
    broken = {(rule, column) for _, rule, column, _ in found.blanked}
    assert broken == {("unreadable_offence_code", "initial_offence_code"), ("unknown_code", "managed_by")}
