"""The section on scrutiny: what its parts say of tables that were counted by hand, and what they keep to themselves."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dapipeline.report.scrutiny.beyond import beyond_table
from dapipeline.report.scrutiny.marks import flag_and_tie, managed, marked, two_groups, unanswerable
from dapipeline.report.scrutiny.outcomes import from_incident_to_charge, outcomes_of_crimes
from dapipeline.report.scrutiny.people import who_recurs
from dapipeline.report.scrutiny.places import areas, when
from dapipeline.report.scrutiny.values import not_whole
from dapipeline.report.words import MARK

from ..scrutiny_made import AREAS, YEARS, scrutiny_tables

LIMIT = 3


@pytest.fixture
def tables():
    return scrutiny_tables()


def written(part) -> dict[str, list[list[str]]]:
    return {summary: table.written() for summary, table in part.tables}


def test_how_far_incidents_went_is_said_and_adds_up(tables):
    part = from_incident_to_charge(tables, LIMIT)
    assert part.findings == (
        "Of 540 DA incidents 48% hold a crime; 62% of these led to an arrest, and 33% of these to a charge: "
        "10% of all.",
    )
    rows = written(part)["How far DA incidents went, by area"]
    assert rows[-1] == ["All", "540", "279 (52%)", "99 (18%)", "108 (20%)", "54 (10%)"]
    assert [row[0] for row in rows[:-1]] == sorted(AREAS)
    assert part.figures[0][0] == "scrutiny_funnel" and "with a charge" in part.figures[0][1]


def test_outcomes_are_shared_out_and_the_old_term_is_labelled_so(tables):
    part = outcomes_of_crimes(tables, LIMIT)
    assert part.findings == (
        "21% of 261 DA crimes ended in a charge or summons and 14% in a caution: 1.5 charges for each caution; "
        "48% ended without action that the victim did not support.",
    )
    assert any("a term that ended with the outcomes framework of 2013-14" in limit for limit in part.limits)


def test_a_table_whose_total_hides_a_number_is_left_out_and_that_is_said(tables):
    few = tables.scrutiny.copy()
    own = (few["indicator"] == "outcome_mix") & (few["group"] == "caution")
    few.loc[own, "numerator"] = (few.loc[own, "numerator"] / 36).round()
    part = outcomes_of_crimes(replace(tables, scrutiny=few), LIMIT)
    for rows in written(part).values():
        assert MARK not in rows[-1]


def test_victims_and_suspects_are_told_by_sex(tables):
    part = who_recurs(tables, LIMIT)
    assert "69% of the 261 victims of DA crimes are recorded as women." in part.findings
    rows = written(part)["Repeat victims, by area"]
    assert rows[0] == ["North", "120", "90 (75%)", "30 (25%)"]
    assert "All" not in [row[0] for row in rows]  # whoever is in two areas would count twice


def test_areas_stand_beside_limits_and_in_no_league(tables):
    part = areas(tables, LIMIT)
    assert part.findings[0] == (
        "No area of 3 lies beyond the 99.8% limits for the share of DA crimes charged, which are 1.4 times as wide as "
        "by chance alone."
    )
    beyond = "3 areas of 3 lie beyond the 99.8% limits for the share of DA incidents with a crime recorded."
    assert part.findings[1:] == (beyond,)
    assert [name for name, *_ in part.figures] == ["scrutiny_charge_rate", "scrutiny_funnel_crime", "scrutiny_areas"]
    assert "North 48%" in part.figures[1][1]
    assert part.limits[0].startswith("This is no league table.")
    assert [row[0] for row in written(part)["DA incidents by area and year"]][:-1] == sorted(AREAS)


def test_areas_beyond_the_limits_are_named_for_every_indicator_where_they_are_many(tables):
    rows = [("arrest_rate_offences", "North", 300, 900, 0.333, 0.4, 0.35, 0.6, 0.65),
            ("arrest_rate_offences", "West", 380, 1000, 0.38, 0.4, 0.35, 0.6, 0.65),
            ("arrest_rate_offences", "South", 29, 900, 0.032, 0.4, 0.35, 0.6, 0.65),
            ("risk_form_completion", "North", 700, 900, 0.778, 0.4, 0.35, 0.6, 0.65)]  # fmt: skip
    names = ["indicator", "area", "numerator", "denominator", "rate", "low_95", "low_998", "high_95", "high_998"]
    funnel = pd.DataFrame(rows, columns=names)
    found = beyond_table(replace(tables, funnel=funnel), 3)
    assert found.written() == [
        ["Arrest rate over crimes", "2", "North (below)", "West (below)"],
        ["DA incidents with a risk grade", "1", "North (above)", "none"],
    ]
    assert beyond_table(replace(tables, funnel=funnel[funnel["area"] == "South"]), 3) is None


def test_days_from_which_recording_changed_are_drawn_between_the_years(tables):
    plain, marked = (areas(tables, LIMIT, changed).figures[2] for changed in ((), [(YEARS[1], 0.25), ("1900", 0.5)]))
    assert marked[1].count("stroke-dasharray") == plain[1].count("stroke-dasharray") + len(AREAS)
    assert marked[2].endswith("Dotted: recording changed.") and "Dotted" not in plain[2]


def test_years_that_are_not_whole_are_named(tables):
    assert not_whole(tables) == ""
    note = tables.scrutiny["note"].mask(tables.scrutiny["year"] == YEARS[0], "part of a year, from 2011-01-01 on")
    partly = replace(tables, scrutiny=tables.scrutiny.assign(note=note))
    assert not_whole(partly) == f"Only a part of the year is in the records: {YEARS[0]}."


def test_hours_that_are_enough_are_drawn_one_by_one_and_others_in_bands(tables):
    part = when(tables, LIMIT)
    assert len(part.tables[0][1].columns) == 2 + 24
    assert part.findings == ("13% of DA incidents were graded high.",)
    wider = when(tables, 10)
    assert wider.tables[0][1].columns[2] == "00-03"


def test_the_audit_says_why_agreement_is_not_accuracy(tables):
    part = flag_and_tie(tables, LIMIT)
    assert part.findings == ("Flag and recorded tie agree in 90% of 300 incidents that record the tie and both ages.",)
    assert "92.2%" in part.limits[0] and "is not accuracy" in part.limits[0]


def test_a_marker_of_few_is_not_printed(tables):
    ((_, table),) = marked(tables, LIMIT).tables
    assert table.written()[0][1:] == ["80 (20%)", "140 (26%)", "36%", "77%"]
    assert table.written()[1][1] == MARK


def test_an_odds_ratio_stands_only_beside_both_its_counts(tables):
    ((_, table),) = two_groups(tables, LIMIT).tables
    assert table.written()[0][1:5] == ["30 (33%)", "40 (13%)", "3.25 (1.9 to 5.6)", "<0.001"]
    few = replace(tables, offence_groups=tables.offence_groups.assign(sexual_with=2))
    ((_, table),) = two_groups(few, LIMIT).tables
    assert table.written()[0][1:5] == [MARK, "40 (13%)", MARK, MARK]


def test_who_is_managed_is_counted_in_bands_and_the_list_of_names_refused(tables):
    part = managed(tables, LIMIT)
    assert written(part)["Who manages the suspects with most DA harm"][0] == [
        "The top 1% by DA harm",
        "6",
        "3 (50%)",
        "3 (50%)",
    ]
    assert "needs an officer" in part.limits[0]


def test_managers_of_few_are_counted_together(tables):
    tops = {0.01: (42, 11, 26, 5, 741), 0.03: (123, 35, 75, 19, 2211), 0.05: (201, 60, 112, 37, 3726),
            1.0: (4102, 1337, 2118, 690, 76313)}  # fmt: skip
    rows = [
        (top, name, people, sum(numbers), people / sum(numbers))
        for top, numbers in tops.items()
        for name, people in zip(("MARAC", "MAPPA", "IOM", "Drive", "none"), numbers, strict=True)
    ]
    many = pd.DataFrame(rows, columns=["top", "managed_by", "people", "of", "share"])
    table = dict(managed(replace(tables, managed_by=many), 10).tables)["Who manages the suspects with most DA harm"]
    assert table.columns[2:] == ("MARAC", "IOM", "MAPPA or Drive", "Nobody")
    assert [row[:5] for row in table.written()][1] == ["From 1% to 3%", "1,638", "81 (4.9%)", "49 (3.0%)", "38 (2.3%)"]


def test_what_is_missing_is_named(tables):
    assert "8 indicators computed, 1 not" in unanswerable(tables, LIMIT).findings[0]
    bare = replace(tables, markers=None, managed_by=None, flag_audit=None)
    said = [limit for part in (marked, managed, flag_and_tie) for limit in part(bare, LIMIT).limits]
    assert sum(limit.startswith("Not answered:") for limit in said) == 3
