"""A made-up force is the same for the same seed, holds every typology, and has no impossible rows."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.errors import ConfigError
from dapipeline.reference.tables import offences
from dapipeline.synthetic import make_force
from dapipeline.synthetic.further import COLUMNS as FURTHER
from dapipeline.synthetic.sample import SAMPLE
from dapipeline.synthetic.shades import SHADES
from dapipeline.synthetic.typologies import TYPOLOGIES

PUBLISHED = {
    "serial_abuser", "female_victim_offender", "domestic_abuse_specialist", "non_specialised_law_breaker",
    "prolific_young_offender", "prolific_violent_offender", "lower_harm_economic_compulsive",
    "higher_harm_economic_compulsive", "high_harm_offender", "catastrophic_offender", "coercive_controller",
}  # fmt: skip
CANONICAL = {
    "incident_id", "offence_id", "offender_id", "victim_id", "occurred_from", "occurred_to", "reported_at",
    "da_flag", "is_crime", "offence_code", "offence", "risk_grade", "outcome_code",
    "outcome_at", "arrested", "relationship", "offender_dob", "victim_dob", "offender_sex", "victim_sex",
    "offender_ethnicity", "victim_ethnicity", "location_type", "lsoa", "imd_decile", "alcohol", "drugs",
    "honour_based", "forced_marriage", "fgm", "borough", *FURTHER,
}  # fmt: skip
YEAR = pd.Timedelta(days=365.25)


@pytest.fixture(scope="module", params=["sample", "west_midlands", "west_midlands_shifted"])
def force(request):
    return make_force(4000, 3, request.param)


@pytest.fixture(scope="module")
def rows(force):
    return force.incidents


def suspects(rows):
    return rows.dropna(subset="offender_id").drop_duplicates(["offender_id", "incident_id"])


def test_the_same_seed_gives_the_same_force_and_another_seed_another():
    one, two, other = make_force(300, 5), make_force(300, 5), make_force(300, 6)
    pd.testing.assert_frame_equal(one.incidents, two.incidents)
    pd.testing.assert_frame_equal(one.truth, two.truth)
    assert one.incidents.to_csv() == two.incidents.to_csv()
    assert one.incidents.to_csv() != other.incidents.to_csv()


@pytest.mark.parametrize("seed", [0, 1, 2022, 99991])
def test_two_thousand_offenders_hold_at_least_twelve_of_every_typology(seed):
    truth = make_force(2000, seed).truth
    sizes = truth["typology"].value_counts()
    assert len(truth) == 2000 and truth["offender_id"].is_unique
    assert set(sizes.index) == PUBLISHED | {archetype.typology for archetype in SHADES}
    assert set(TYPOLOGIES) == PUBLISHED
    assert sizes[sorted(PUBLISHED)].min() >= 12


def test_the_size_scales_with_the_offenders():
    assert 90_000 <= len(make_force(20_000, 4).incidents) <= 120_000
    assert 9_000 <= len(make_force(2_000, 4).incidents) <= 13_000
    assert len(make_force(1, 0).truth) == 1


def test_an_unknown_preset_is_refused_with_its_code():
    with pytest.raises(ConfigError) as caught:
        make_force(10, 0, "nowhere")
    assert caught.value.code == "C020" and "sample" in str(caught.value)


def test_the_columns_are_the_canonical_ones_with_their_types(rows):
    assert set(rows.columns) == CANONICAL and len(rows.columns) == len(CANONICAL)
    for name in ("occurred_from", "occurred_to", "reported_at", "offender_dob", "victim_dob"):
        assert pd.api.types.is_datetime64_any_dtype(rows[name])
    flags = ("da_flag", "is_crime", "arrested", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm")
    for name in flags:
        assert rows[name].dtype == "boolean"
    for name in ("offender_dob", "victim_dob"):
        known = rows[name].dropna()
        assert (known == known.dt.normalize()).all()


def test_rows_are_sorted_and_none_is_there_twice(rows):
    keys = rows[["incident_id", "offender_id", "victim_id", "offence_id"]].fillna("~")
    assert list(keys.itertuples(index=False)) == sorted(keys.itertuples(index=False))
    assert not rows.duplicated().any()


def test_codes_are_those_of_the_extract(rows):
    allowed = {
        "relationship": {"partner", "ex_partner", "parent", "child", "sibling", "other_family",
                         "acquaintance", "stranger", "none"},
        "risk_grade": {"standard", "medium", "high"},
        "location_type": {"residential", "public", "licensed", "retail", "custody", "other"},
        "outcome_code": {str(code) for code in range(23)},
        "offender_sex": {"F", "M"}, "victim_sex": {"F", "M"},
        "imd_decile": set(range(1, 11)),
    }  # fmt: skip
    for name, values in allowed.items():
        assert set(rows[name].dropna().unique()) <= values, name
    assert rows["relationship"].nunique() == 9 and rows["imd_decile"].nunique() == 10
    assert rows["incident_id"].str.fullmatch(r"I\d{7}").all()
    assert rows["offender_id"].dropna().str.fullmatch(r"N\d{6}").all()
    assert rows["lsoa"].str.fullmatch(r"X01\d{6}").all()
    # An area lies in one borough and one decile.
    assert len(rows[["lsoa", "borough", "imd_decile"]].drop_duplicates()) == rows["lsoa"].nunique()


def test_crimes_have_a_code_of_five_digits_and_non_crimes_have_none(rows):
    crime = rows["is_crime"].astype(bool)
    assert rows.loc[crime, "offence_code"].str.fullmatch(r"\d{5}").all()
    assert rows.loc[crime, ["offence_id", "outcome_code"]].notna().all(axis=None)
    assert rows.loc[~crime, ["offence_code", "offence_id", "outcome_code"]].isna().all(axis=None)
    for one, other in (("offence_id", "offence_code"), ("offence_code", "offence")):
        pairs = rows[[one, other]].dropna().drop_duplicates()
        assert pairs[one].is_unique, one


def test_every_code_is_in_the_home_office_list(rows):
    assert set(rows["offence_code"].dropna()) <= set(offences()["code"])


def test_dates_are_in_order(force, rows):
    assert (rows["occurred_from"] <= rows["occurred_to"]).all()
    assert (rows["occurred_to"] <= rows["reported_at"]).all()
    assert rows["reported_at"].max() < pd.Timestamp("2021-01-01")
    before = rows["reported_at"] < "2011-01-01"
    assert bool(before.any()) == (force.preset.history.value > 0) and before.sum() < 0.02 * len(rows)
    assert rows["occurred_from"].min() < pd.Timestamp("2010-06-01")


def test_an_offence_is_not_recorded_before_it_is_in_force(rows):
    for code, day in (("00867", "2015-12-29"), ("19512", "2012-11-25")):
        found = rows.loc[rows["offence_code"] == code, "occurred_to"]
        assert len(found) > 5 and found.min() >= pd.Timestamp(day)


def test_ages_are_possible(force, rows):
    age = (rows["occurred_from"] - rows["offender_dob"]) / YEAR
    assert age.min() >= 10 and age.max() < 110
    early = rows["da_flag"].astype(bool) & (age < 16)
    assert rows[early]["incident_id"].nunique() == force.planted["flagged_under_16"].sum()
    assert early.any() == (force.preset.flagged_under_16.value > 0)
    victim = (rows["occurred_from"] - rows["victim_dob"]) / YEAR
    assert victim.min() >= 0 and victim.max() < 110
    assert victim[rows["relationship"].isin(["partner", "ex_partner"])].min() >= 16
    # A second suspect, such as a parent's partner, is recorded with the relationship of the first.
    alone = rows.groupby("incident_id")["offender_id"].transform("nunique") == 1
    parent, child = (alone & (rows["relationship"] == name) for name in ("parent", "child"))
    gap = (rows["offender_dob"] - rows["victim_dob"]) / YEAR
    # Nobody is older than 100, so the parents of the oldest suspects are near them.
    assert gap[parent & (victim < 99)].min() > 17 and gap[child].max() < -15


def test_a_person_is_the_same_wherever_they_appear(rows):
    roles = [
        rows[[f"{role}_{name}" for name in ("id", "dob", "sex", "ethnicity")]].set_axis(
            ["id", "dob", "sex", "ethnicity"], axis=1
        )
        for role in ("offender", "victim")
    ]
    people = pd.concat(roles).dropna(subset="id").drop_duplicates()
    assert people["id"].is_unique and people.notna().all(axis=None)


def test_nobody_is_in_two_incidents_at_the_same_minute(rows):
    assert not suspects(rows).duplicated(["offender_id", "occurred_from"]).any()


def test_everybody_in_the_truth_and_nobody_else_is_suspected_of_domestic_abuse_in_the_window(force, rows):
    named = rows[rows["da_flag"].astype(bool) & (rows["reported_at"] >= "2011-01-01")]["offender_id"].dropna()
    assert set(named) == set(force.truth["offender_id"])


def test_there_are_people_outside_the_cohort_and_rows_without_a_suspect(force, rows):
    outside = rows[rows["offender_id"].notna() & ~rows["offender_id"].isin(force.truth["offender_id"])]
    assert not outside["da_flag"].any() and 0.01 < outside["offender_id"].nunique() / len(force.truth) < 0.06
    unsolved = rows[rows["offender_id"].isna()]
    assert 0.003 < len(unsolved) / len(rows) < 0.03
    assert unsolved["victim_id"].notna().all() and unsolved["da_flag"].nunique() == 2
    assert unsolved[["relationship", "arrested", "offender_dob"]].isna().all(axis=None)


def test_incidents_with_two_suspects_two_victims_and_two_offences_exist(rows):
    sizes = rows.groupby("incident_id")[["offender_id", "victim_id", "offence_id"]].nunique()
    assert (sizes > 1).any().all()


def test_an_ex_partner_was_never_a_partner_again(rows):
    pair = ["offender_id", "victim_id"]
    last = rows[rows["relationship"] == "partner"].groupby(pair)["occurred_to"].max()
    first = rows[rows["relationship"] == "ex_partner"].groupby(pair)["occurred_to"].min()
    both = pd.concat([last.rename("last"), first.rename("over")], axis=1, join="inner")
    assert len(both) > 50
    assert (both["last"] <= both["over"] + pd.Timedelta(hours=12)).all()


def test_nobody_is_harmed_after_being_killed(force, rows):
    killed = rows[rows["offence_code"].isin(["00101", "00401"])].groupby("victim_id")["occurred_from"].min()
    later = rows[rows["victim_id"].isin(killed.index)]
    assert len(killed) > 5 or force.preset is not SAMPLE  # rare elsewhere
    assert (later["occurred_from"] <= later["victim_id"].map(killed)).all()


def test_rape_and_sexual_assault_are_recorded_under_the_victims_sex(rows):
    of_women = rows["offence_code"].isin(["01908", "01912", "02005", "02003"])
    of_men = rows["offence_code"].isin(["01910", "01914", "01715", "01713"])
    alone = rows.groupby("incident_id")["victim_id"].transform("nunique") == 1
    assert of_women.any() and of_men.any()
    assert rows.loc[of_women & alone, "victim_sex"].eq("F").all()
    assert rows.loc[of_men & alone, "victim_sex"].eq("M").all()


def test_non_crimes_about_children_and_vulnerable_adults_are_titled_so(rows):
    other = rows[~rows["is_crime"].astype(bool) & (rows["offence"] != "Domestic incident, no crime")]
    assert set(other["offence"]) == {"Child abuse, no crime", "Vulnerable adult abuse, no crime"}
    age = (other["occurred_from"] - other["victim_dob"]) / YEAR
    child = other["offence"] == "Child abuse, no crime"
    assert {"F", "M"} <= set(other["victim_sex"][child])
    assert age[child].max() < 18 <= age[~child].max()


def test_domestic_abuse_peaks_at_weekends_and_nights_and_in_deprived_areas(rows):
    da = rows[rows["da_flag"].astype(bool)].drop_duplicates("incident_id")
    day = da["occurred_to"].dt.dayofweek.value_counts(normalize=True)
    assert day[[5, 6]].min() > day[[0, 1, 2, 3]].max()
    hour = da["occurred_to"].dt.hour
    assert hour.between(18, 23).mean() > 1.5 * hour.between(4, 9).mean()
    decile = rows.drop_duplicates("incident_id")["imd_decile"].value_counts()
    assert decile[1] > 1.5 * decile[5] > 1.5 * decile[10]


def test_gaps_between_incidents_are_more_uneven_than_chance(rows):
    inside = suspects(rows).sort_values(["offender_id", "occurred_to"])
    inside = inside[inside["reported_at"] >= "2011-01-01"]
    busy = inside.groupby("offender_id").filter(lambda t: len(t) >= 20)
    gap = busy.groupby("offender_id")["occurred_to"].diff().dt.total_seconds()
    shape = gap.groupby(busy["offender_id"]).agg(["mean", "std"])
    assert np.median(shape["std"] / shape["mean"]) > 1.15  # 1 for a Poisson process, less in short series
