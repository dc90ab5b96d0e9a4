"""Careers hang together: age, order, couples, families and other offenders."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.synthetic.age_crime import age_when, offended_by


@pytest.mark.parametrize("decline", [0.0, 0.02, 0.12])
def test_the_age_crime_curve_is_the_integral_of_its_rate_and_has_its_inverse(decline):
    ages = np.linspace(10, 70, 601)
    rate = np.where(ages < 20, (ages - 10) / 10, np.exp(-decline * (ages - 20)))
    summed = np.concatenate([[0], np.cumsum((rate[1:] + rate[:-1]) / 2 * 0.1)])
    found = offended_by(ages, np.full(601, decline))
    assert found == pytest.approx(summed, abs=2e-3)
    assert age_when(found, np.full(601, decline)) == pytest.approx(ages, abs=1e-5)


def test_other_offending_peaks_about_twenty_and_falls_with_age(incidents):
    born = incidents.drop_duplicates("offender_id")["offender_dob"]
    at_start = ((pd.Timestamp("2011-01-01") - born).dt.days / 365.25).to_numpy()
    lived = np.zeros(100)
    for year in range(10):
        age = np.floor(at_start + year).astype(int)
        lived += np.bincount(age[(age >= 0) & (age < 100)], minlength=100)
    other = incidents[~incidents["da"] & (incidents["occurred_from"] >= "2011-01-01")]
    rate = np.bincount(other["age"].clip(0, 99).astype(int), minlength=100)[:100]
    rate = np.array([rate[low:high].sum() / lived[low:high].sum() for low, high in
                     ((12, 15), (15, 18), (18, 22), (22, 27), (27, 35), (35, 50))])  # fmt: skip
    assert rate.argmax() == 2
    assert (np.diff(rate[:3]) > 0).all() and (np.diff(rate[2:]) < 0).all()


def test_violence_in_the_family_before_sixteen_is_not_flagged(west_midlands, rows, incidents):
    assert not rows[rows["da_flag"].astype(bool) & (rows["age"] < 16)].size
    kin = ["parent", "sibling", "other_family"]
    early = rows[(rows["age"] < 16) & rows["relationship"].isin(kin)]
    assert len(early) > 20 and not early["da"].any()
    assert early["risk_grade"].isna().all()
    assert not west_midlands.planted["flagged_under_16"].any()
    others = incidents[(incidents["age"] < 16) & ~incidents["da_flag"].astype(bool)]
    assert {"prolific_young_offender", "prolific_violent_offender"} <= set(others["archetype"])
    assert rows["age"].min() >= 12


def test_counter_allegations_have_the_roles_swapped_within_days(west_midlands, rows, incidents):
    planted = west_midlands.planted.set_index("offender_id")
    accused = incidents[incidents["archetype"] == "counter_alleged"].set_index("offender_id")
    domestic = rows[rows["da"]]
    against = domestic.merge(
        accused[["victim_id", "occurred_from", "lsoa"]], left_on=["victim_id", "offender_id"],
        right_on=["offender_id", "victim_id"], suffixes=("", "_back"),
    )  # fmt: skip
    gap = against["occurred_from_back"] - against["occurred_to"]
    soon = against[(gap > pd.Timedelta(0)) & (gap < pd.Timedelta(days=30))]
    answered = planted["counter_allegations"] > 0
    assert set(planted.index[answered & (planted["archetype"] == "counter_alleged")]) <= set(soon["victim_id"])
    assert (gap[soon.index] < pd.Timedelta(hours=4.1)).mean() == pytest.approx(0.65, abs=0.08)
    evening = soon[gap[soon.index] < pd.Timedelta(hours=4)]
    assert (evening["lsoa"] == evening["lsoa_back"]).mean() > 0.98  # some couples have an incident of each on one night
    women = planted[planted["archetype"] == "female_victim_offender"]
    assert (women["counter_allegations"] > 0).mean() > 0.4
    assert accused["relationship"].isin(["partner", "ex_partner"]).all()


def test_two_of_a_family_are_suspected_together_of_family_abuse(rows, incidents):
    domestic = incidents[incidents["da"]]
    two = domestic[domestic.groupby("incident_id")["offender_id"].transform("size") > 1]
    assert len(two) >= 40 and set(two["archetype"]) == {"one_off"}
    assert set(two["relationship"]) <= {"parent", "child", "sibling", "other_family"}
    pair = two.groupby("incident_id").agg(
        victims=("victim_id", "nunique"), born=("offender_dob", lambda born: born.max() - born.min()),
        ethnicities=("offender_ethnicity", "nunique"),
    )  # fmt: skip
    assert (pair["victims"] == 1).all() and (pair["ethnicities"] == 1).all()
    assert pair["born"].max() <= pd.Timedelta(days=1.5 * 366)


def test_offenders_of_the_cohort_are_suspected_together(incidents):
    other = incidents[~incidents["da"]]
    together = other.groupby("incident_id")["offender_id"].transform("nunique") > 1
    assert 0.06 < together.mean() < 0.12
    assert other[together].groupby("incident_id")["archetype"].nunique().max() == 1


def test_careers_that_escalate_end_graver_than_they_began(incidents):
    grave = incidents["kind"].isin(["wounding_with_intent", "wounding", "rape", "actual_bodily_harm"])
    table = incidents.assign(grave=grave)[incidents["da"]].sort_values(["offender_id", "occurred_to"])
    place = table.groupby("offender_id").cumcount() / table.groupby("offender_id")["da"].transform("size")

    def late_over_early(archetype):
        own = table["archetype"] == archetype
        return table["grave"][own & (place >= 0.5)].mean() / table["grave"][own & (place < 0.5)].mean()

    assert late_over_early("prolific_violent_offender") > 1.3
    assert 0.8 < late_over_early("non_specialised_law_breaker") < 1.25


def test_some_victims_are_harmed_by_more_than_one_offender(rows):
    domestic = rows[rows["da"] & rows["offender_id"].notna()]
    offenders = domestic.groupby("victim_id")["offender_id"].nunique()
    assert 0.01 < (offenders > 1).mean() < 0.12


def test_partners_are_partners_first_and_ex_partners_after(rows):
    pair = ["offender_id", "victim_id"]
    last = rows[rows["relationship"] == "partner"].groupby(pair)["occurred_to"].max()
    first = rows[rows["relationship"] == "ex_partner"].groupby(pair)["occurred_to"].min()
    both = pd.concat([last.rename("last"), first.rename("over")], axis=1, join="inner")
    assert len(both) > 300
    assert (both["last"] <= both["over"] + pd.Timedelta(days=1)).mean() > 0.995


def test_reports_are_late_for_some_and_years_late_for_coercive_control(rows, incidents):
    delay = incidents["reported_at"] - incidents["occurred_to"]
    assert (delay < pd.Timedelta(hours=12)).mean() > 0.6
    assert 0.02 < (delay > pd.Timedelta(days=14)).mean() < 0.15
    coercive = incidents["archetype"] == "coercive_controller"
    since = (incidents["reported_at"] - incidents["occurred_from"])[coercive]
    assert since.median() > pd.Timedelta(days=8 * 365)


def test_domestic_abuse_peaks_at_weekends_and_nights_and_in_deprived_areas(incidents):
    domestic = incidents[incidents["da"]]
    day = domestic["occurred_to"].dt.dayofweek.value_counts(normalize=True)
    assert day[[5, 6]].min() > day[[0, 1, 2, 3]].max()
    hour = domestic["occurred_to"].dt.hour
    assert hour.between(18, 23).mean() > 1.5 * hour.between(4, 9).mean()
    decile = incidents.drop_duplicates("incident_id")["imd_decile"].value_counts()
    assert decile[1] > 1.5 * decile[5] > 1.5 * decile[10]
