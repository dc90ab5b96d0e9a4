"""Harm that only those with an offence have, and harm of one or two people: figures or none, and no fault."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from dapipeline.analysis.harm.regression import MODELS, Outcome, harm_regression

from .sparse_data import types_of

PEOPLE = 400


def outcome(harm: np.ndarray) -> Outcome:
    return Outcome(harm, np.ones(PEOPLE), np.linspace(1, 9, PEOPLE), 10.0)


@pytest.mark.parametrize("case", ["all of it", "one person", "two people", "a few"])
def test_every_model_says_something_and_none_breaks(case):
    random = np.random.default_rng(1)
    held = (random.random((PEOPLE, 4)) < [0.3, 0.1, 0.05, 0.5]).astype(float)
    harm = {
        "all of it": held[:, 0] * 100.0, "one person": np.eye(PEOPLE)[5] * 1e6,
        "two people": np.eye(PEOPLE)[5] + np.eye(PEOPLE)[9] * 1e9, "a few": (np.arange(PEOPLE) < 7) * 10.0,
    }[case]  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = harm_regression(types_of(held), outcome(harm), 10, 1)
    assert len(table) == 4 * len(MODELS)
    told = table["effect"].notna() | table["note"].ne("")
    assert told.all()
    assert not np.isinf(table.select_dtypes(float)).any(axis=None)
