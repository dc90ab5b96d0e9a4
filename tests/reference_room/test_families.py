"""Families, subgroups and outcomes: what they promise each other."""

from __future__ import annotations

from dapipeline.reference import tables


def test_families_in_order():
    assert tuple(tables.families()["family"]) == tables.FAMILIES


def test_families_name_a_subgroup_and_a_meaning():
    families = tables.families()
    assert set(families["subgroup"]) <= set(tables.subgroups()["subgroup"])
    assert (families["meaning"].str.len() > 20).all()


def test_subgroup_severity_is_the_published_median():
    severity = tables.subgroups().set_index("subgroup")["severity"]
    assert severity["homicide"] == 5475
    assert severity["rape"] == 2555
    assert severity["violence_with_injury"] == 365
    assert severity["attempted_murder"] == 4380  # the published maximum of violence with injury
    assert severity["weapon_possession"] == 273.75
    assert severity["other_sexual_offences"] == 182.25
    assert severity["public_order"] == 7.5
    assert severity["shoplifting"] == 1


def test_subgroups_are_positive_and_say_where_from():
    subgroups = tables.subgroups()
    assert len(subgroups) == 26
    assert (subgroups["severity"] > 0).all()
    assumed = subgroups[subgroups["source"].str.startswith("Assumed")]
    assert set(assumed["subgroup"]) == {"summary_motoring", "regulatory"}
    assert (assumed["severity"] == subgroups["severity"].min()).all()
    assert ((subgroups["entries"] == 0) == subgroups["source"].str.startswith("Assumed")).all()


def test_outcomes_are_numbered_from_zero():
    outcomes = tables.outcomes().set_index("code")
    assert list(outcomes.index) == [str(code) for code in range(len(outcomes))]
    assert len(outcomes) >= 23
    assert list(outcomes.index[outcomes["charged_or_summonsed"]]) == ["1"]
    assert outcomes.loc["16", "title"].endswith("victim does not support further action")
    assert outcomes.loc["14", "group"] == outcomes.loc["16", "group"]
    assert outcomes.loc["8", "title"] == "Community resolution"
    assert outcomes.loc["0", "title"] == "Not yet assigned an outcome"
