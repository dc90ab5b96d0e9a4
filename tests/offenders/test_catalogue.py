"""The catalogue is documented, the preset covers the study's themes, a selection says what is off."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import dapipeline as dap
from dapipeline.config import Features
from dapipeline.errors import CohortError, ConfigError
from dapipeline.extract.columns import BY_NAME as COLUMNS
from dapipeline.offenders.catalogue import BY_NAME, CATALOGUE, PRESETS, describe_features, select_features
from dapipeline.offenders.feature import FeatureKind, Grain, Theme, missing_columns
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..running import run_in

EVERYTHING = frozenset(COLUMNS)
PRESET = PRESETS["west_midlands_2022"]
NEVER_USED = ("offender_sex", "offender_ethnicity", "victim_ethnicity", "outcome_code", "arrested")


def without(*columns):
    return EVERYTHING - set(columns)


def test_at_least_sixty_features_each_with_a_name_of_its_own():
    assert len(CATALOGUE) >= 60
    assert len(BY_NAME) == len(CATALOGUE)


@pytest.mark.parametrize("feature", CATALOGUE, ids=lambda feature: feature.name)
def test_a_feature_says_what_it_is(feature):
    assert feature.name.isidentifier()
    assert feature.name == feature.name.lower()
    assert feature.theme in get_args(Theme)
    assert feature.kind in get_args(FeatureKind)
    assert feature.grain in get_args(Grain)
    assert feature.unit
    assert feature.meaning[0].isupper()
    assert feature.meaning.endswith(".")
    assert len({column for need in feature.needs for column in need.split("|")} - EVERYTHING) == 0


def test_every_feature_has_a_label_of_its_own():
    labels = [feature.label for feature in CATALOGUE]
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if not label.strip() or "_" in label or not label[0].isupper()]


@pytest.mark.parametrize("feature", CATALOGUE, ids=lambda feature: feature.name)
def test_no_feature_speaks_of_sex_ethnicity_outcome_or_arrest(feature):
    text = " ".join([feature.name, feature.meaning, *feature.needs]).lower()
    assert [word for word in ("ethnic", "gender", "female", "outcome", "arrest", "charged") if word in text] == []
    assert "sex" not in text.replace("sexual", "")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_the_37_features_and_eight_themes_of_the_study(preset):
    names = PRESETS[preset]
    assert len(names) == len(set(names)) == 37
    assert {BY_NAME[name].theme for name in names} == set(get_args(Theme))
    assert len(get_args(Theme)) == 8


def test_the_preset_has_the_kind_of_place_and_the_relationship_and_the_old_one_has_not():
    needs = {preset: {column for name in names for column in BY_NAME[name].needs} for preset, names in PRESETS.items()}
    assert {"location_type", "relationship"} <= needs["west_midlands_2022"]
    assert not {"location_type", "relationship"} & needs["west_midlands_2022_v1"]


def sum_of_others(values, names):
    """Return the features that are a combination of others, by least squares on every person of the sample."""
    found = []
    for name in names:
        others = np.column_stack([np.ones(len(values)), values[[other for other in names if other != name]]])
        others /= np.abs(others).max(axis=0).clip(min=1)
        rest = values[name] - others @ np.linalg.lstsq(others, values[name], rcond=None)[0]
        found += [name] * bool(np.abs(rest).max() < 1e-6 * values[name].std())
    return found


def test_no_feature_of_the_preset_is_a_sum_of_others(tmp_path):
    run = run_in(Path("configs"), dap.load_config("configs/sample.yaml"), tmp_path / "run", TO_VECTORS)
    values = run.frame("features").dropna()
    assert sum_of_others(values, PRESET) == []
    assert sum_of_others(values, PRESETS["west_midlands_2022_v1"]) == ["incidents", "da_incidents", "non_da_incidents"]


def test_with_every_column_the_preset_is_clustered_and_the_catalogue_computed():
    chosen = select_features(Features(), EVERYTHING)
    assert tuple(feature.name for feature in chosen.clustered) == PRESET
    assert chosen.computed == CATALOGUE
    assert chosen.off == {}


def test_without_what_is_never_used_nothing_is_switched_off():
    assert select_features(Features(), without(*NEVER_USED)).off == {}


def test_a_column_that_is_missing_switches_off_what_needs_it_and_says_so():
    chosen = select_features(Features(), without("alcohol", "drugs", "occurred_to"))
    assert {name: lacking for name, lacking in chosen.off.items() if name.endswith(("_share", "_hours"))} == {
        "da_duration_mean_hours": ["occurred_to"],
        "da_duration_max_hours": ["occurred_to"],
        "non_da_duration_mean_hours": ["occurred_to"],
        "da_over_a_year_share": ["occurred_to"],
        "da_substance_share": ["alcohol or drugs"],
        "non_da_substance_share": ["alcohol or drugs"],
        "da_alcohol_share": ["alcohol"],
        "da_drugs_share": ["drugs"],
    }
    assert [feature.name for feature in chosen.clustered] == [name for name in PRESET if name not in chosen.off]
    assert 30 <= len(chosen.clustered) < 37
    assert {feature.name for feature in chosen.computed} == set(BY_NAME) - set(chosen.off)


def test_one_of_two_columns_is_enough():
    gap = BY_NAME["da_victim_age_gap_mean"]
    assert missing_columns(gap.needs, without("offender_dob", "victim_age")) == []
    assert missing_columns(gap.needs, without("offender_dob", "offender_age", "victim_dob")) == [
        "offender_dob or offender_age"
    ]
    either = ["offender_dob", "offender_age", "victim_dob", "victim_age"]
    assert missing_columns(gap.needs, without(*either)) == [
        "offender_dob or offender_age",
        "victim_dob or victim_age",
    ]


def test_features_are_added_after_the_preset_and_dropped_from_it():
    chosen = select_features(Features(add=("da_lsoas", "da_incidents"), drop=("da_victims",)), EVERYTHING)
    names = [feature.name for feature in chosen.clustered]
    assert names == [*(name for name in PRESET if name != "da_victims"), "da_lsoas"]
    # What is dropped is still described.
    assert BY_NAME["da_victims"] in chosen.computed


@pytest.mark.parametrize(
    ("settings", "code", "named"),
    [
        ({"preset": "unheard_of"}, "C006", "unheard_of"),
        ({"add": ("unheard_of",)}, "C007", "unheard_of"),
        ({"drop": ("unheard_of",)}, "C007", "unheard_of"),
    ],
)
def test_an_unknown_name_is_an_error_of_the_config(settings, code, named):
    with pytest.raises(ConfigError) as error:
        select_features(Features(**settings), EVERYTHING)
    assert error.value.code == code
    assert named in error.value.fact
    assert error.value.exit_status == 2


def test_fewer_than_two_features_are_an_error_of_the_data():
    all_but_one = tuple(name for name in PRESET if name != "da_incidents")
    with pytest.raises(CohortError) as error:
        select_features(Features(drop=all_but_one), EVERYTHING)
    assert error.value.code == "D101"
    two = select_features(Features(drop=all_but_one, add=("victims",)), EVERYTHING)
    assert [feature.name for feature in two.clustered] == ["da_incidents", "victims"]


def test_the_description_lists_every_feature_with_its_use():
    described = describe_features(select_features(Features(drop=("da_victims",)), without("occurred_to")))
    table = described.set_index("feature")
    assert list(table.index) == [feature.name for feature in CATALOGUE]
    assert table.loc["da_duration_mean_hours", ["use", "missing_columns"]].tolist() == ["off", "occurred_to"]
    assert table.loc["da_incidents", ["use", "missing_columns"]].tolist() == ["clustered", ""]
    assert table.loc["da_victims", ["label", "use"]].tolist() == ["Different victims of DA", "described"]
    assert set(table.index[table["use"] == "clustered"]) < set(PRESET)
    assert (table.loc[table["use"] != "off", "missing_columns"] == "").all()
