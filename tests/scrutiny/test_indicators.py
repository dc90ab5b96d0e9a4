"""Every indicator is what plain Python counts from the documents' words, over areas, years and groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from dapipeline.scrutiny.catalogue import BY_KEY, CATALOGUE
from dapipeline.workflow import outputs

from .made import awkward_rows, kept_rows, kinds_of_offence, scrutinised
from .slow import slow_indicators

ALL = "all"
NO_DENOMINATOR = ("count", "days")


def compared(run, years: str, area: str = "borough") -> tuple[dict, dict]:
    """Numerators and denominators of the run, and the slow ones, by indicator, area, year, breakdown and group."""
    slow = slow_indicators(kept_rows(run), kinds_of_offence(run), years, area)
    table = run.frame(outputs.SCRUTINY)
    found = {
        tuple(line[:5]): (int(line[5]), 0 if pd.isna(line[6]) else int(line[6]))
        for line in table[["indicator", "area", "year", "breakdown", "group", "numerator", "denominator"]].to_numpy()
    }
    wanted = {}
    for (key, where, year, breakdown, group), (number, own) in slow.items():
        indicator = BY_KEY[key]
        if group == "of":
            continue
        of = slow[key, where, year, breakdown, "of"][1] if breakdown in indicator.shared_by else own
        if indicator.kind in NO_DENOMINATOR or of:
            wanted[key, where, year, breakdown, group] = (number, 0 if indicator.kind in NO_DENOMINATOR else of)
    return found, wanted


def assert_alike(found: dict, wanted: dict) -> None:
    nothing = {cell for cell in found if cell not in wanted and found[cell][0] == 0}  # counts of 0, and empty groups
    assert {cell: found[cell] for cell in found if cell not in nothing} == {
        cell: counts for cell, counts in wanted.items() if counts[0] or cell in found
    }
    assert all(cell in found for cell, counts in wanted.items() if counts[0])


CASES = {
    "financial": ({}, 1, False),
    "calendar": ({"years": "calendar"}, 2, True),
    "to 30 November, small areas": ({"years": "11-30", "area": "lsoa"}, 3, True),
}


@pytest.fixture(scope="module", params=CASES)
def run_of_a_case(request, tmp_path_factory):
    scrutiny, seed, faults = CASES[request.param]
    preset = "west_midlands" if faults else "sample"
    folder = tmp_path_factory.mktemp("case")
    rows = awkward_rows(seed, faults, preset=preset)
    if scrutiny.get("area") == "lsoa":
        few = sorted(rows["lsoa"].dropna().unique())
        rows["lsoa"] = rows["lsoa"].map({name: few[at % 12] for at, name in enumerate(few)})
    return scrutinised(folder, rows, scrutiny=scrutiny), scrutiny


def test_every_indicator_is_what_plain_python_counts(run_of_a_case):
    run, scrutiny = run_of_a_case
    found, wanted = compared(run, scrutiny.get("years", "financial"), scrutiny.get("area", "borough"))
    assert_alike(found, wanted)
    assert {key for key, *_ in found} == {i.key for i in CATALOGUE if i.over_unit != "population"}


def test_what_is_rare_is_there_to_be_counted(run_of_a_case):
    run, _ = run_of_a_case
    table = run.frame(outputs.SCRUTINY).query("area == 'all' and year == 'all' and breakdown == 'all'")
    counted = table.set_index("indicator")["numerator"]
    assert (counted[["dual_arrest", "counter_allegations", "multi_suspect", "homicides", "reclassification"]] > 0).all()


def test_rates_and_intervals_are_of_the_counts(run_of_a_case):
    run, _ = run_of_a_case
    table = run.frame(outputs.SCRUTINY)
    assert (table["low"] <= table["rate"] + 1e-9).all() and (table["rate"] <= table["high"] + 1e-9).all()
    shares = table[table["indicator"].map(lambda key: BY_KEY[key].kind in ("share", "people"))]
    np.testing.assert_allclose(shares["rate"], shares["numerator"] / shares["denominator"])
    people = table[table["indicator"].map(lambda key: BY_KEY[key].kind == "people")]
    low, high = proportion_confint(people["numerator"], people["denominator"], method="wilson")
    np.testing.assert_allclose(people[["low", "high"]], np.column_stack([low, high]), atol=1e-12)
