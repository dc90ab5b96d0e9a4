"""The tables beside the indicators, counted again in plain Python from the rows: flag, markers, hours, harm, days."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import pytest

from dapipeline.scrutiny.gaps import OF_SUSPECTS
from dapipeline.synthetic.further import MARKERS
from dapipeline.workflow import outputs

from .made import awkward_rows, kept_rows, kinds_of_offence, scrutinised
from .slow import CLOSE, add_ages, slow_indicators, year_name

MARKED = ("weapon", "children_present", "pregnancy")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beside")
    (folder / "people.csv").write_text("area,population\nBrindleforth,120000\nOxmarch,80000\n", encoding="utf-8")
    return scrutinised(
        folder, awkward_rows(7, faults=True), markers={name: name for name in MARKED}, window={"to": "2020-06-30"},
        reference={"population": "people.csv"}, extract={"covers": "da_suspects"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def events(run):
    rows = kept_rows(run)
    add_ages(rows)
    kinds, found = kinds_of_offence(run), defaultdict(list)
    for row in rows:
        row["severity"] = kinds[row["is_crime"], row["offence_code"], row["offence"], row["offence_family"]][2]
        row["known"] = row["reported_at"] or row["occurred_to"] or row["occurred_from"]
        ages = [row["offender_years"], row["victim_years"]]
        row["of_age"] = all(age is None or age >= 16 for age in ages)
        row["ages_known"] = None not in ages
        found[row["incident_id"]].append(row)
    return found


def is_da(event) -> bool:
    return any(row["da_flag"] and row["of_age"] for row in event)


def test_the_flag_is_held_against_the_tie(run, events):
    wanted, differing = Counter(), 0
    for event in events.values():
        sure = [row for row in event if row["relationship"] and row["ages_known"] and row["offender_id"]]
        flag, tie = any(row["da_flag"] for row in event), any(r["relationship"] in CLOSE and r["of_age"] for r in sure)
        finding = (
            "left out" if not sure else "tie without flag" if tie and not flag
            else "flag without tie" if flag and not tie else "agree"
        )  # fmt: skip
        year = year_name(min(row["known"] for row in event), "financial")
        wanted[year, finding] += 1
        wanted["all", finding] += 1
        differing += len(event) * (finding in ("tie without flag", "flag without tie"))
    table = run.frame(outputs.FLAG_AUDIT).query("area == 'all'").set_index(["year", "finding"])["incidents"]
    assert {key: int(number) for key, number in table.items() if number} == dict(wanted)
    rows = run.frame(outputs.FLAG_AUDIT_ROWS)
    assert len(rows) == differing > 0
    ids = run.frame(outputs.ROWS).set_index(["source_file", "source_row"])["incident_id"]
    assert ids.loc[list(zip(rows["source_file"], rows["source_row"], strict=True))].notna().all()


def test_markers_are_counted_by_incident_with_what_is_not_known(run, events):
    table = run.frame(outputs.MARKERS).set_index(["marker", "dimension", "value"])
    for name in MARKED:
        for kind in (True, False):
            own = [[row[f"marker_{name}"] for row in event] for event in events.values() if is_da(event) is kind]
            told = [values for values in own if any(value is not None for value in values)]
            line = table.loc[name, "da", "DA" if kind else "other"]
            assert (line["incidents"], line["recorded"]) == (len(own), len(told))
            assert line["marked"] == sum(any(value for value in values) for values in told)
            assert line["missing"] == pytest.approx(1 - len(told) / len(own))
        planted = MARKERS[name][0]
        share = table.loc[name, "da", "DA"]
        assert share["low"] - 0.02 < planted < share["high"] + 0.02
    assert table.loc["weapon", "da", "DA"]["published_serious"].item() == pytest.approx(112 / 146)


def test_hours_are_of_the_report_and_without_a_clock_of_the_start(run, events):
    wanted = Counter()
    for event in events.values():
        if is_da(event):
            moments = [
                row["reported_at"] if row["reported_at"] and (row["reported_at"].hour or row["reported_at"].minute)
                else row["occurred_from"] for row in event
            ]  # fmt: skip
            wanted[DAYS[min(moments).weekday()], min(moments).hour] += 1
    table = run.frame(outputs.HOUR_BY_WEEKDAY).query("kind == 'DA'")
    assert len(table) == 7 * 24
    found = {(day, hour): number for day, hour, number in table[["weekday", "hour", "incidents"]].to_numpy() if number}
    assert found == dict(wanted)


def harm_by_hand(events) -> tuple[dict, dict]:
    harm, managers = defaultdict(float), {}
    for event in events.values():
        for row in event:
            if row["offender_id"] and row["managed_by"]:
                at = (min(r["known"] for r in event), row["managed_by"])
                managers[row["offender_id"]] = max(at, managers.get(row["offender_id"], at))
        if not is_da(event):
            continue
        gravest = defaultdict(float)
        for row in event:
            if row["offender_id"]:
                key = (row["offender_id"], row["offence_id"] or row["offence_code"] or row["offence"])
                gravest[key] = max(gravest[key], row["severity"] or 0)
        for (person, _), severity in gravest.items():
            harm[person] += round(severity, 3)
    return harm, {person: name for person, (_, name) in managers.items()}


def test_who_manages_the_most_harmful_is_counted_and_nobody_is_named(run, events):
    harm, managers = harm_by_hand(events)
    ordered = sorted(harm, key=lambda person: (-round(harm[person], 3), person))
    table = run.frame(outputs.MANAGED_BY).set_index(["top", "managed_by"])["people"]
    for top in (0.01, 0.03, 0.05, 1.0):
        own = Counter(
            managers.get(person, "not recorded") for person in ordered[: math.ceil(round(top * len(ordered), 9))]
        )
        assert {name: int(n) for name, n in table.loc[top].items() if n} == dict(own)
    concentration = run.frame(outputs.CONCENTRATION_BY_AREA).query("area == 'all'").set_index("top")
    values = sorted(harm.values(), reverse=True)
    number = math.ceil(0.05 * len(values))
    assert concentration.loc[0.05, "share"] == pytest.approx(sum(values[:number]) / sum(values))
    for name in ("managed_by", "concentration_by_area", "offence_groups", "markers", "scrutiny"):
        assert not set(run.frame(name).astype(str).to_numpy().ravel()) & set(harm)


def test_days_to_the_outcome_are_the_median(run, events):
    days = []
    for event in events.values():
        found = defaultdict(list)
        for row in event:
            found[row["offence_id"] or row["offence_code"] or row["offence"]].append(row)
        for own in found.values():
            codes = [row["outcome_code"] for row in own if row["outcome_code"]]
            settled = [row["outcome_at"] for row in own if row["outcome_at"]]
            if is_da(event) and any(row["is_crime"] for row in own) and settled and any(c != "0" for c in codes):
                days.append((min(settled).date() - min(row["known"] for row in event).date()).days)
    days = [number for number in days if number >= 0]
    line = run.frame(outputs.SCRUTINY).query("indicator == 'days_to_outcome' and area == 'all' and year == 'all'")
    assert (line["numerator"].item(), line["rate"].item()) == (len(days), statistics.median(days))
    assert line["low"].item() < line["rate"].item() < line["high"].item()


def test_rates_per_thousand_are_of_the_residents_of_areas_that_are_known(run):
    table = run.frame(outputs.SCRUTINY).query("indicator == 'da_incidents_per_1000'")
    assert set(table["area"]) == {"all", "Brindleforth", "Oxmarch"} and "all" not in set(table["year"])
    own = table[table["area"] == "Oxmarch"]
    np.testing.assert_allclose(own["rate"], 1000 * own["numerator"] / 80000)


def test_of_an_extract_of_da_suspects_no_share_of_all_crime_is_computed(run):
    gaps = run.frame(outputs.SCRUTINY_GAPS)
    kept_back = set(gaps.loc[gaps["because"] == OF_SUSPECTS, "indicator"])
    assert kept_back == {"da_share_of_crime", "da_sexual_offences", "outcome_mix_other"}
    assert not kept_back & set(run.frame(outputs.SCRUTINY)["indicator"])
    never = gaps[gaps["because"] == "no canonical column holds it"].set_index("indicator")["missing"]
    assert never["response_time"] == "arrived_at" and len(never) == 14


def test_a_year_that_the_records_do_not_cover_whole_says_so(run):
    table = run.frame(outputs.SCRUTINY)
    last = table[(table["year"] == "2020/21")]
    assert last["note"].str.contains("part of a year, until 2020-06-").all()
    whole = table[(table["year"] == "2016/17") & (table["area"] == "all")].set_index("indicator")["note"]
    assert whole.drop("days_to_outcome").isna().all()
    assert whole["days_to_outcome"] == "median days, and the first and third quartile"
    changes = run.frame(outputs.SCRUTINY_CHANGES)
    assert changes.loc[changes["year"] == "2020/21", "note"].str.startswith("one of the two years is not whole").all()


def test_changes_are_of_a_year_and_the_one_before(run):
    table, changes = run.frame(outputs.SCRUTINY), run.frame(outputs.SCRUTINY_CHANGES)
    whole = table[(table["breakdown"] == "all")].set_index(["indicator", "area", "year"])["rate"]
    some = changes[changes["indicator"].isin(["da_incidents", "charge_rate", "repeat_suspects"])]
    assert len(some) > 100
    for line in some.itertuples():
        here, there = whole[line.indicator, line.area, line.year], whole[line.indicator, line.area, line.before]
        assert line.difference == pytest.approx(here - there)
        assert line.low <= line.difference + 1e-12 and line.difference <= line.high + 1e-12
        assert int(line.year[:4]) == int(line.before[:4]) + 1


def test_areas_below_the_limit_stand_together_and_are_named(tmp_path):
    rows = awkward_rows(9, faults=False, people=500)
    names = sorted(rows["borough"].dropna().unique())
    few = {name: f"Hamlet {at}" for at, name in enumerate(rows["incident_id"].unique()[:6])}
    rows["borough"] = rows["incident_id"].map(few).fillna(rows["borough"])
    run = scrutinised(tmp_path, rows)
    table = run.frame(outputs.SCRUTINY)
    together = table[table["area"] == "smaller areas together"]
    assert together["note"].str.contains("together: Hamlet 0; ").all() and "Hamlet 1" not in set(table["area"])
    assert set(names) <= set(table["area"])
    slow = slow_indicators(kept_rows(run), kinds_of_offence(run), "financial", "borough")
    assert together.query("indicator == 'days_to_outcome'")["note"].str.startswith("median days").all()
    merged = together["note"].iloc[0].removeprefix("together: ").split("; part of")[0].split("; ")
    wanted = sum(slow.get(("da_incidents", name, "all", "all", "all"), (0, 0))[0] for name in merged)
    found = together.query("indicator == 'da_incidents' and year == 'all'")["numerator"].item()
    assert found == wanted >= 3


def test_the_same_rows_in_another_order_give_the_same_tables(tmp_path):
    rows = awkward_rows(11, faults=False, people=500)
    made = []
    for at, order in enumerate((rows, rows.sample(frac=1, random_state=1))):
        folder = tmp_path / str(at)
        folder.mkdir()
        run = scrutinised(folder, order, markers={"weapon": "weapon"}, engine={"threads": at + 1})
        by_row = ("warnings", "flag_audit_rows", "quarantine", "blanked")  # they number the rows of the file
        made.append({name: run.frame(name) for name in run.tables if name not in by_row})
    for name, table in made[0].items():
        pd.testing.assert_frame_equal(table, made[1][name], check_exact=True)
