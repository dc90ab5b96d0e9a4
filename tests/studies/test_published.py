"""The table of published figures, and that each of them is measured or says why it is not."""

import pandas as pd
import pytest
from studies.calibration.figures import FIGURES
from studies.calibration.published import exceptions, published_figures, published_ranks, typologies
from studies.calibration.rules import RULES
from studies.calibration.run_figures import RUN_FIGURES

from dapipeline.typology.definitions import find_definitions, load_definitions

COUNTS = {"rule": 72, "share": 25, "rank": 20, "mean": 16, "count": 11, "medoid": 5}
SUBJECTS = {
    "data set": 19, "cohort": 35, "cluster 29": 2,
    "high_harm_offender": 10, "catastrophic_offender": 9, "prolific_violent_offender": 10,
    "higher_harm_economic_compulsive": 5, "non_specialised_law_breaker": 8, "domestic_abuse_specialist": 9,
    "lower_harm_economic_compulsive": 9, "prolific_young_offender": 8, "serial_abuser": 8,
    "female_victim_offender": 7, "coercive_controller": 10,
}  # fmt: skip


@pytest.fixture(scope="module")
def figures():
    return published_figures()


def test_no_figure_was_lost(figures):
    assert figures["kind"].value_counts().to_dict() == COUNTS
    assert figures["subject"].value_counts().to_dict() == SUBJECTS
    assert figures["figure"].is_unique


def test_every_figure_is_measured_or_says_why_not(figures):
    measured = {*FIGURES, *RULES, *RUN_FIGURES}
    silent = figures[figures["not_measured"].isna()]
    assert measured == set(silent["figure"])


def test_counts_means_shares_and_ranks_are_numbers(figures):
    stated = figures[figures["kind"] != "rule"]
    assert pd.to_numeric(stated["value"]).notna().all()
    assert pd.to_numeric(stated.loc[stated["kind"] == "share", "value"]).between(0, 1).all()


def test_typologies_are_those_of_the_definitions():
    shipped = load_definitions(find_definitions("west_midlands_2022", pd.io.common.Path()))
    assert set(typologies()) == set(shipped.typologies)


def test_nine_typologies_are_ranked():
    ranks = published_ranks()
    assert len(ranks) == 9
    assert ranks.loc["catastrophic_offender"].to_dict() == {"da": 2, "non_da": 18}


def test_only_published_figures_are_explained(figures):
    assert set(exceptions().index) <= set(figures["figure"])
