"""Every harm table of the sample against a slow version over its rows."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta

import numpy as np
import pytest

from .slow import YEAR, mean, most_common_sex, variance, welch, wilson

FAMILIES = ("sexual", "acquisitive", "violent", "intractability")
AGES = ((18, "17 and under"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"), (999, "50 and over"))


@pytest.fixture(scope="module")
def people(sample):
    """What is told of each offender."""
    records = sample.records
    found = {}
    for who in sorted(records.cohort):
        da, other = records.da(who), records.other(who)
        ages = [one.age for one in da if one.age is not None]
        found[who] = {
            "da": len(da), "crimes": sum(one.is_crime for one in da), "harm": records.harm(who),
            "high": sum(one.grade == "high" for one in da), "other": len(other),
            "other_harm": sum(records.severity(one) for one in other), "sex": most_common_sex(records, who),
            "first_da": min(one.start for one in da), "last_da": max(one.start for one in da),
            "first": min(one.start for one in da + other),
            "gravest": max(records.severity(one) for one in da),
            "victims": len({name for one in da for name in one.named}),
            "age_band": next(name for top, name in AGES if min(ages) < top) if ages else "not known",
        }  # fmt: skip
    return found


def test_the_cohort_is_the_same(sample, people):
    assert set(sample.features.index) == set(people)
    assert sample.features["da_severity_total"].sum() == pytest.approx(sum(one["harm"] for one in people.values()))


@pytest.mark.parametrize("dimension", ["typology", "group", "cluster", "sex", "age_band", "deprivation"])
def test_shares_of_harm(sample, people, dimension):
    def value(who):
        if dimension in ("sex", "age_band"):
            return people[who][dimension]
        if dimension == "deprivation":
            placed = [(one.start, one.first("imd_decile")) for one in sample.records.da(who)]
            placed = [(start, int(decile)) for start, decile in placed if decile is not None]
            return str(min(placed)[1]) if placed else "not known"
        return str(sample.assigned.at[who, dimension]) if who in sample.assigned.index else "not clustered"

    by_value = defaultdict(list)
    for who in people:
        by_value[value(who)].append(people[who])
    table = sample.table("share_of_harm").query("dimension == @dimension").set_index("value")
    assert set(table.index) == set(by_value)
    for name, own in by_value.items():
        line = table.loc[name]
        assert line["people"] == len(own)
        for measure, part in (("da_incidents", "da"), ("da_crimes", "crimes"), ("da_high_graded", "high")):
            assert line[measure] == sum(one[part] for one in own)
            assert line[f"{measure}_of"] == sum(one[part] for one in people.values())
            assert line[f"{measure}_share"] == pytest.approx(line[measure] / line[f"{measure}_of"])
        assert line["da_severity"] == pytest.approx(sum(one["harm"] for one in own))
    for measure in ("people", "da_incidents", "da_crimes", "da_severity", "da_high_graded"):
        assert table[measure].sum() == pytest.approx(table[f"{measure}_of"].iloc[0])


def test_bands_of_harm_and_their_wider_offending(sample, people):
    table = sample.table("harm_and_history").set_index("band")
    n = len(people)
    harms = sorted((one["harm"] for one in people.values()), reverse=True)
    tops = {
        "top 1%": (0, 0.01), "top 1% to 3%": (0.01, 0.03), "top 3% to 5%": (0.03, 0.05),
        "top 5% to 10%": (0.05, 0.1), "top 10% to 25%": (0.1, 0.25), "top 25% to 50%": (0.25, 0.5),
    }  # fmt: skip
    for band, (start, stop) in tops.items():
        own = harms[math.ceil(start * n) : math.ceil(stop * n)]
        assert table.loc[band, "people"] == len(own)
        assert table.loc[band, "da_severity"] == pytest.approx(sum(own))
        assert table.loc[band, "da_severity_from"] == pytest.approx(own[-1])
    none = [one for one in people.values() if one["harm"] == 0]
    line = table.loc["no DA severity"]
    assert (line["people"], line["any"], line["high_volume"]) == (
        len(none), sum(one["other"] >= 1 for one in none), sum(one["other"] >= 3 for one in none)
    )  # fmt: skip
    assert line["non_da_incidents"] == sum(one["other"] for one in none)
    assert line["non_da_severity_mean"] == pytest.approx(mean([one["other_harm"] for one in none]))
    assert (line["high_volume_low"], line["high_volume_high"]) == pytest.approx(
        wilson(line["high_volume"], line["people"])
    )
    disjoint = table[table["disjoint"]]
    assert disjoint["people"].sum() == n
    assert disjoint["any"].sum() == sum(one["other"] >= 1 for one in people.values())
    for band, parts in (("top 3%", list(tops)[:2]), ("top 5%", list(tops)[:3]), ("top 10%", list(tops)[:4])):
        for column in ("people", "any", "high_volume", "non_da_incidents"):
            assert table.loc[band, column] == disjoint.loc[parts, column].sum()
    # Where two people with the same harm lie on either side of an edge, which is which does not change the sums above.


def test_the_trend_is_cochran_and_armitage_s(sample):
    table = sample.table("harm_and_history").query("disjoint")
    for question, line in sample.table("harm_trend").set_index("question").iterrows():
        score = [at + 1 for at, people in enumerate(table["people"]) for _ in range(people)]
        has = [int(at < number) for people, number in zip(table["people"], table[question], strict=True)
               for at in range(people)]  # fmt: skip
        r = np.corrcoef(score, has)[0, 1]
        assert line["z"] == pytest.approx(r * math.sqrt(len(has)), rel=1e-9)  # the same test, as a correlation
        assert line["slope"] == pytest.approx(np.polyfit(score, has, 1)[0])


def test_the_regression_alone_is_the_difference_of_two_means(sample, people):
    records = sample.records
    with_it = defaultdict(set)
    for who in people:
        for _, code, title, _ in records.crimes(records.other(who)):
            with_it[code or title].add(who)
    table = sample.table("harm_regression").query("model == 'univariate'")
    lines = {str(code) if code == code and code is not None else title: line for code, title, line in
             zip(table["offence_code"], table["offence"], table.to_dict("records"), strict=True)}  # fmt: skip
    assert set(lines) == set(with_it)
    for key, holders in with_it.items():
        assert lines[key]["offenders"] == len(holders)
        if len(holders) >= 10:
            some = [people[who]["harm"] for who in holders]
            others = [people[who]["harm"] for who in people if who not in holders]
            effect, error = welch(some, others)
            assert lines[key]["effect"] == pytest.approx(effect)
            assert lines[key]["standard_error"] == pytest.approx(error)


@pytest.mark.parametrize("design", ["before_first_da", "out_of_time"])
@pytest.mark.parametrize("whom", ["all", "first_known"])
def test_what_came_first(sample, people, design, whom):
    records, (start, end) = sample.records, sample.window
    cut = end - 3 * YEAR
    chosen = [who for who in people if design == "before_first_da" or people[who]["first_da"] < cut]
    if whom == "first_known":
        chosen = [who for who in chosen if people[who]["first_da"] >= start + 2 * YEAR]
    before, later = defaultdict(set), {}
    for who in chosen:
        first = people[who]["first_da"]
        for when, _, _, family in records.crimes(records.other(who)):
            since = first - timedelta(days=round(5 * 365.25))
            if (since <= when < first) if design == "before_first_da" else (when < cut):
                before[family].add(who)
        own = records.da(who) if design == "before_first_da" else [one for one in records.da(who) if one.start >= cut]
        later[who] = sum(records.severity(one) for one in own)
    table = sample.table("harm_order").query("design == @design and whom == @whom and model == 'apart'")
    table = table.set_index("study_family")
    for family in FAMILIES:
        some = [later[who] for who in before[family]]
        others = [later[who] for who in chosen if who not in before[family]]
        line = table.loc[family]
        assert (line["with"], line["without"]) == (len(some), len(others))
        assert line["harm_with"] == pytest.approx(mean(some), nan_ok=True)
        assert line["harm_without"] == pytest.approx(mean(others))
        if len(some) >= 10:
            effect, error = welch(some, others)
            assert line["effect"] == pytest.approx(effect)
            assert line["standard_error"] == pytest.approx(error)
    assert set(before) <= {*FAMILIES, None}


def test_concentration_of_offenders_victims_and_pairs(sample, people):
    records = sample.records
    victims, pairs, met = defaultdict(float), defaultdict(float), defaultdict(dict)
    for who in people:
        for one in records.da(who):
            for name in one.named:
                pairs[who, name] += records.severity(one)
                incident = one.rows[0]["incident_id"]
                met[name][incident] = max(met[name].get(incident, 0), records.severity(one))
    for name, own in met.items():
        victims[name] = sum(own.values())
    units = {"offenders": [one["harm"] for one in people.values()], "victims": list(victims.values()),
             "pairs": list(pairs.values())}  # fmt: skip
    table, coefficients = sample.table("harm_concentration"), sample.table("gini").set_index("unit")
    assert set(table["unit"]) == set(units)
    for line in table.itertuples():
        ordered = sorted(units[line.unit], reverse=True)
        assert line.of == len(ordered)
        assert line.number == math.ceil(round(line.top_share * len(ordered), 6))
        assert line.severity == pytest.approx(sum(ordered[: line.number]))
        assert line.share_of_severity == pytest.approx(sum(ordered[: line.number]) / sum(ordered))
    for unit, values in units.items():
        ordered = sorted(values)
        area = sum((at + 1) * value for at, value in enumerate(ordered)) / sum(ordered)
        assert coefficients.loc[unit, "gini"] == pytest.approx((2 * area - len(values) - 1) / len(values))
        assert coefficients.loc[unit, "with_severity"] == sum(value > 0 for value in values)
        curve = sample.table("lorenz").query("unit == @unit and share_of_units == 0.5")["share_of_severity"].item()
        half = sum(ordered[: len(ordered) // 2]) + (len(ordered) % 2) * 0.5 * ordered[len(ordered) // 2]
        assert curve == pytest.approx(half / sum(ordered))


def test_recency_frequency_gravity_and_victims(sample, people):
    end = sample.window[1]
    value = {
        "recency": lambda one: (end - one["last_da"]).total_seconds() / 86_400, "frequency": lambda one: one["da"],
        "gravity": lambda one: one["gravest"], "victims": lambda one: one["victims"],
    }  # fmt: skip
    table = sample.table("harm_parts")
    assert set(table["measure"]) == set(value)
    for line in table.itertuples():
        upper = math.inf if line.upper != line.upper else line.upper
        own = [one for one in people.values() if line.lower <= value[line.measure](one) < upper]
        assert (line.people, line.people_of) == (len(own), len(people))
        assert line.da_severity == pytest.approx(sum(one["harm"] for one in own))
    assert (table.groupby("measure")["people"].sum() == len(people)).all()


def kind_of_abuse(incidents) -> str:
    related = [one for one in incidents if one.relationships]
    kinds = {"intimate" if one.intimate else "family" if one.family_member else "other" for one in related}
    if {"intimate", "family"} <= kinds:
        return "intimate and family"
    return next((kind for kind in ("intimate", "family", "other") if kind in kinds), "not known")


@pytest.mark.parametrize("comparison", ["abuse", "sex", "age_band"])
def test_comparisons_of_groups(sample, people, comparison):
    group = {
        who: kind_of_abuse(sample.records.da(who)) if comparison == "abuse" else people[who][comparison]
        for who in people
    }
    table = sample.table("comparisons").query("comparison == @comparison")
    assert len(table)
    for line in table.itertuples():
        own, beside = ([value for who, value in sample.features[line.feature].items() if group[who] == name and
                        value == value] for name in (line.group, line.reference))  # fmt: skip
        assert (line.people, line.people_reference) == (len(own), len(beside))
        if line.note == "":
            effect, error = welch(own, beside)
            assert (line.mean, line.mean_reference) == pytest.approx((mean(own), mean(beside)))
            assert line.difference == pytest.approx(effect, rel=1e-6, abs=1e-9)
            assert line.standard_error == pytest.approx(error)
            assert min(len(own), len(beside)) >= 200
    told = set(table["group"]) | set(table["reference"])
    assert {name for name in set(group.values()) if name in told} >= {table["reference"].iloc[0]}


def test_suspects_of_da_and_others(sample):
    records = sample.records
    values = defaultdict(lambda: ([], []))
    for who in records.everyone:
        other = records.other(who)
        if not other:
            continue
        side = 0 if who in records.cohort else 1
        crimes = sum(one.is_crime for one in other)
        severity = sum(records.severity(one) for one in other)
        values["incidents"][side].append(len(other))
        values["crimes"][side].append(crimes)
        values["severity"][side].append(severity)
        if crimes:
            values["severity_per_crime"][side].append(severity / crimes)
        for family in ("violence", "acquisitive", "drugs", "sexual"):
            held = any(records.kind_of(row).family == family for one in other for row in one.rows)
            values[f"has_{family}"][side].append(float(held))
    table = sample.table("comparisons").query("comparison == 'any_da'").set_index("feature")
    for feature, (own, beside) in values.items():
        line = table.loc[feature]
        assert (line["people"], line["people_reference"]) == (len(own), len(beside))
        if line["note"] != "fewer than 10 people":
            assert line["mean"] == pytest.approx(mean(own))
            assert line["mean_reference"] == pytest.approx(mean(beside))
    assert variance([1.0, 3.0]) == 2


def test_the_sample_lacks_nothing(sample):
    assert sample.table("harm_gaps").empty
