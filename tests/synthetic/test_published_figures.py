"""The West Midlands force has the figures the study printed, each written out here, within a tenth or two errors."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.reference.tables import offences, subgroups
from dapipeline.synthetic.offences import RECORDED
from dapipeline.synthetic.presets import preset_named
from dapipeline.synthetic.typologies import TYPOLOGIES

# Figure 1 and Table 1 as printed: rank by mean total DA severity, and by non-DA.
RANKS = {
    "high_harm_offender": (1, 2), "catastrophic_offender": (2, 18), "prolific_violent_offender": (3, 5),
    "higher_harm_economic_compulsive": (4, 1), "non_specialised_law_breaker": (5, 10),
    "domestic_abuse_specialist": (6, 20), "lower_harm_economic_compulsive": (8, 6), "prolific_young_offender": (9, 3),
    "serial_abuser": (10, 11),
}  # fmt: skip
GROUPS = {
    "domestic_abuse_specialist": "A", "female_victim_offender": "A", "high_harm_offender": "B",
    "lower_harm_economic_compulsive": "B", "higher_harm_economic_compulsive": "B", "prolific_violent_offender": "B",
    "non_specialised_law_breaker": "B", "prolific_young_offender": "B", "coercive_controller": "E",
    "catastrophic_offender": "E",
}  # fmt: skip


@pytest.fixture(scope="module")
def people(rows, incidents):
    table = incidents.groupby("offender_id").agg(
        typology=("typology", "first"), archetype=("archetype", "first"), sex=("offender_sex", "first"),
        ethnicity=("offender_ethnicity", "first"), da=("da", "sum"), all=("da", "size"),
    )  # fmt: skip
    table["woman"], table["asian"] = table["sex"] == "F", table["ethnicity"] == "Asian"
    table["non_da"] = table["all"] - table["da"]
    suspected = rows.dropna(subset="archetype")
    table["victims"] = suspected.groupby("offender_id")["victim_id"].nunique()
    table["da_victims"] = suspected[suspected["da"]].groupby("offender_id")["victim_id"].nunique()
    harmed = rows[rows["da"]].groupby("victim_id")["incident_id"].nunique()
    table["victimisations"] = harmed.reindex(table.index).fillna(0)
    table["exclusively"] = table["non_da"] == 0
    return table


MEANS = [
    ("female_victim_offender", "woman", 0.93), ("female_victim_offender", "victimisations", 16),
    ("domestic_abuse_specialist", "da", 7), ("domestic_abuse_specialist", "exclusively", 0.69),
    ("non_specialised_law_breaker", "all", 15), ("non_specialised_law_breaker", "victims", 8),
    ("prolific_violent_offender", "da", 20), ("prolific_violent_offender", "da_victims", 6),
    ("prolific_violent_offender", "non_da", 12), ("lower_harm_economic_compulsive", "non_da", 66),
    ("higher_harm_economic_compulsive", "all", 102), ("catastrophic_offender", "asian", 0.33),
    ("coercive_controller", "asian", 0.45), ("coercive_controller", "da", 1), ("coercive_controller", "da_victims", 1),
]  # fmt: skip


@pytest.mark.parametrize(("typology", "what", "published"), MEANS)
def test_means_and_shares_of_people(people, typology, what, published):
    values = people.loc[people["typology"] == typology, what].astype(float)
    assert values.mean() == pytest.approx(published, abs=max(0.1 * published, 2 * values.sem()))


def test_the_cohort(people):
    assert people["woman"].mean() == pytest.approx(0.24, abs=0.012)
    assert people["asian"].mean() == pytest.approx(0.23, abs=0.012)
    assert 0.60 <= (people["da"] == 1).mean() <= 0.667 + 0.007
    assert 0.62 <= ((people["da"] < 3) & people["exclusively"]).mean() <= 0.67  # "close to two thirds"


def test_records_and_victims_for_each_suspect(rows, people):
    suspected = rows.dropna(subset="archetype")
    records = len(suspected.drop_duplicates(["incident_id", "offence_id", "offence_code"]))
    assert records / len(people) == pytest.approx(660_000 / 145_392, rel=0.05)
    victims = suspected.loc[suspected["da"], "victim_id"].nunique()
    assert victims / len(people) == pytest.approx(178_000 / 145_392, rel=0.05)


def test_the_rarest_are_as_rare_as_in_the_study():
    preset = preset_named("west_midlands", 0)
    names = [archetype.name for archetype in preset.archetypes]
    assert preset.share_out(137_661)[names.index("high_harm_offender")] == 12
    final = preset.archetypes[names.index("catastrophic_offender")].final_mix.shares["homicide"] / 100
    homicides = final * preset.mix["catastrophic_offender"].value / 100 * 137_661
    assert homicides == pytest.approx(58)


def test_shares_of_substances_violence_and_non_crimes(rows, incidents):
    some = incidents["alcohol"].astype(bool) | incidents["drugs"].astype(bool)
    family = offences().set_index("code")["family"]
    recorded = rows.drop_duplicates(["offender_id", "incident_id", "offence_id", "offence_code"])
    violent = recorded["offence_code"].map(family).eq("violence").fillna(False).astype(bool)

    def share(table, found, typology, domestic):
        return found[(table["typology"] == typology) & (table["da"] == domestic)].mean()

    female, violent_offender = "female_victim_offender", "prolific_violent_offender"
    assert share(incidents, some, female, True) == pytest.approx(0.36, abs=0.05)
    assert share(incidents, some, female, False) == pytest.approx(0.20, abs=0.06)
    assert share(incidents, some, "lower_harm_economic_compulsive", True) == pytest.approx(0.30, abs=0.06)
    assert share(incidents, some, "lower_harm_economic_compulsive", False) == pytest.approx(0.08, abs=0.02)
    assert share(incidents, ~incidents["is_crime"].astype(bool), female, True) == pytest.approx(0.51, abs=0.03)
    assert share(recorded, violent, violent_offender, True) == pytest.approx(0.39, abs=0.03)
    assert share(recorded, violent, violent_offender, False) == pytest.approx(0.31, abs=0.03)


def test_coercive_control_is_the_commonest_of_what_lasted_over_ten_years(incidents):
    found = incidents[incidents["typology"] == "coercive_controller"]
    shares = found["kind"].value_counts(normalize=True)
    assert shares.index[0] == "coercive_control" and shares.iloc[0] == pytest.approx(0.21, abs=0.045)
    assert (found["occurred_to"] - found["occurred_from"]).mean() > pd.Timedelta(days=3653)
    assert (found["reported_at"] - found["occurred_from"]).min() > pd.Timedelta(days=90)


def test_young_offenders_are_the_youngest_and_serial_abusers_harm_the_vulnerable(incidents):
    first = incidents[incidents["da"]].sort_values("occurred_from").drop_duplicates("offender_id")
    ages = first.groupby("typology")["age"].mean()
    assert ages.idxmin() == "prolific_young_offender" and ages.min() + 0.5 == pytest.approx(23, abs=1)
    vulnerable = incidents["kind"].isin(
        ["child_non_crime", "vulnerable_adult_non_crime", "child_cruelty", "child_sexual"]
    )
    assert vulnerable.groupby(incidents["typology"]).mean().idxmax() == "serial_abuser"


@pytest.mark.parametrize(("typology", "group"), GROUPS.items())
def test_most_of_a_typology_is_in_its_published_group(people, typology, group):
    own = people[people["typology"] == typology]
    high, some = own["da"] >= 3, own["non_da"] >= 3
    found = np.select([high & ~some, high & some, ~high & own["exclusively"], ~high & some], list("ABED"), "C")
    assert (found == group).mean() > 0.7


def test_two_kinds_of_serial_abuser_are_in_groups_c_and_a(people):
    for archetype, low in (("serial_abuser_low", True), ("serial_abuser_high", False)):
        own = people[people["archetype"] == archetype]
        assert ((own["da"] < 3) == low).mean() > 0.8 and (own["non_da"] < 3).mean() > 0.8


def expected_harm(preset):
    """Mean total severity on the shipped scale by typology, from the declared means and mixes alone."""
    points = offences().set_index("code")["subgroup"].map(subgroups().set_index("subgroup")["severity"])
    codes = pd.DataFrame(RECORDED, columns=["kind", "code", "title", "weight"])
    codes["points"] = codes["code"].map(points).fillna(0) * codes["weight"]
    kinds = codes.groupby("kind")[["points", "weight"]].sum()
    severity = kinds["points"] / kinds["weight"]

    def of(mix):
        return sum(share / 100 * severity[kind] for kind, share in mix.shares.items())

    lines = []
    for kind in preset.archetypes[: preset.background]:
        number = kind.da_incidents.value
        last = of(kind.final_mix) if kind.final_mix else of(kind.da_mix)
        da, other = (number - 1) * of(kind.da_mix) + last, kind.non_da_incidents.value * of(kind.non_da_mix)
        lines.append((kind.typology, preset.mix[kind.name].value, da, other))
    table = pd.DataFrame(lines, columns=["typology", "size", "da", "other"])
    weighted = table[["da", "other"]].mul(table["size"], axis=0).groupby(table["typology"]).sum()
    return weighted.div(table.groupby("typology")["size"].sum(), axis=0)


def test_expected_harm_ranks_as_in_table_1():
    harm = expected_harm(preset_named("west_midlands", 0))
    for column, place in (("da", 0), ("other", 1)):
        printed = sorted(RANKS, key=lambda name: RANKS[name][place])
        assert list(harm.loc[printed, column].sort_values(ascending=False).index) == printed
    # The two typologies that Table 1 leaves out are below its tenth.
    assert harm.loc[["female_victim_offender", "coercive_controller"], "da"].max() < harm.loc["serial_abuser", "da"]
    few = ["coercive_controller", "one_off", "occasional_repeat", "counter_alleged"]
    assert harm.loc[few, "da"].idxmax() == "coercive_controller"
    assert set(RANKS) <= set(TYPOLOGIES)
    # Cluster 29 is no group of interest: seventh by DA harm, ninth by other harm.
    assert harm.loc["domestic_abuse_specialist", "da"] > harm.loc["moderate_mixed", "da"]
    assert harm.loc["moderate_mixed", "da"] > harm.loc["lower_harm_economic_compulsive", "da"]


def test_non_specialised_have_two_domestic_incidents_for_each_other_one(people):
    own = people[people["typology"] == "non_specialised_law_breaker"]
    assert own["da"].sum() / own["non_da"].sum() == pytest.approx(2, rel=0.1)
    assert own["woman"].mean() == pytest.approx(0.06, abs=0.025)
