"""The study of names: the rule before, what is kept of a force, and the tables of the page."""

import numpy as np
import pandas as pd
import pytest
from studies.calibration import naming
from studies.calibration.before import name_people_before
from studies.calibration.forces import Force
from studies.calibration.names_found import naming_tables
from studies.calibration.results import read

from dapipeline.offenders.catalogue import BY_NAME


def people(n: int, **features) -> pd.DataFrame:
    """People with 0 in every feature but those given."""
    return pd.DataFrame({name: np.full(n, 0.0) for name in BY_NAME} | features)


def test_the_rule_before_takes_a_printed_share_from_both_sides():
    # Two clusters alike but for the share of other incidents that are violence: 31% is printed, 70% is more of it.
    share = np.repeat([0.31, 0.99, 0.0], [5, 5, 90])
    busy = np.repeat([1.0, 1, 0], [5, 5, 90])
    features = people(
        100, da_incidents=1 + 19 * busy, non_da_incidents=12 * busy, da_victims=1 + 5 * busy, incidents=1 + 31 * busy,
        non_da_violence_share=share, da_violence_share=0.39 * busy, da_severity_total=900 * busy,
    )  # fmt: skip
    names = name_people_before(np.repeat([0, 1, 2], [5, 5, 90]), features)
    assert names.iloc[0] == "prolific_violent_offender"
    fit = 0.31 / 0.99
    assert (5 + fit) / 6 > 0.7 and names.iloc[5] == "prolific_violent_offender"  # one share of six cannot undo it
    both = name_people_before(np.repeat([0, 1, 2], [5, 5, 90]), features.assign(da_violence_share=share))
    assert both.iloc[0] == "prolific_violent_offender"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("naming")
    naming.measure(Force("varied", 1500, 101, cache=folder / "cache"), folder)
    return read("naming", folder)


def test_a_force_is_measured_by_every_rule_and_at_every_k(measured):
    assert set(measured["rule"]) == {"clusters", "before", "own record"}
    assert sorted(set(measured.loc[measured["settings"] == "defaults", "k"])) == [29, 37, 60, 90]  # 1,500 / 40 is 37
    assert measured.loc[measured["settings"] == "before", "k"].unique().tolist() == [29]
    assert measured.groupby(["k", "settings", "rule"])["typology"].nunique().eq(11).all()
    by_cluster = measured[measured["rule"] != "own record"]
    assert (by_cluster["f1"].fillna(0) <= by_cluster["best_f1"] + 1e-9).all()
    own = measured[(measured["rule"] == "own record") & measured["typology"].eq("coercive_controller")]
    assert (own["f1"] == own["f1"].iloc[0]).all()  # it knows no clusters
    assert measured["background_named"].between(0, 0.3).all() and measured["f1"].max() > 0.6


def test_the_page_shows_means_and_each_name(measured):
    text = naming_tables(
        pd.concat(
            [measured.assign(offenders=40_000, k=measured["k"].replace(37, 45), seed=seed) for seed in (101, 102)]
        )
    )
    assert text.count("| varied, 40,000 suspects") == 2 + 3 + 1
    assert "| Coercive controller |" in text and "### Forces that rule and defaults were chosen on" not in text
