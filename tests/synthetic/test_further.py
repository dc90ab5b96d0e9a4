"""What only scrutiny reads is drawn at the stated rates, once for what it is about, and apart from the rest."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.synthetic import make_force
from dapipeline.synthetic.further import (
    COLUMNS,
    FIRST_CLASS,
    MANAGERS,
    MARKERS,
    NOT_A_CRIME,
    RECORDED,
    ROUTES,
    with_further,
)


@pytest.fixture(scope="module")
def rows():
    return make_force(6000, 4).incidents


def near(found: float, wanted: float, of: int) -> bool:
    return abs(found - wanted) <= 4 * np.sqrt(wanted * (1 - wanted) / of)


def test_routes_managers_and_markers_have_their_rates(rows):
    incidents = rows.drop_duplicates("incident_id")
    suspects = rows.dropna(subset="offender_id").drop_duplicates("offender_id")
    for name, share in ROUTES.items():
        assert near((incidents["reported_via"] == name).fillna(False).mean(), share, len(incidents)), name
    for name, share in MANAGERS.items():
        assert near((suspects["managed_by"] == name).fillna(False).mean(), share, len(suspects)), name
    domestic = rows.groupby("incident_id")["da_flag"].any().reindex(incidents["incident_id"]).to_numpy()
    for name, shares in MARKERS.items():
        told = incidents[name].notna().to_numpy()
        assert near(told.mean(), RECORDED, len(incidents)), name
        for kind, share in zip((True, False), shares, strict=True):
            own = incidents[name][told & (domestic == kind)]
            assert near(own.mean(), share, len(own)), (name, kind)


def test_first_codes_are_mostly_the_last_ones(rows):
    crimes = rows[rows["is_crime"]].drop_duplicates("offence_id")
    same = (crimes["initial_offence_code"] == crimes["offence_code"]).fillna(False)
    assert near(crimes["initial_offence_code"].notna().mean(), sum(FIRST_CLASS.values()), len(crimes))
    assert same.mean() >= FIRST_CLASS["same"] - 0.01
    others = rows[~rows["is_crime"]].drop_duplicates("incident_id")
    assert near(others["initial_offence_code"].notna().mean(), NOT_A_CRIME, len(others))


def test_an_incident_a_suspect_and_an_offence_have_one_value(rows):
    for by, names in (("incident_id", ["reported_via", *MARKERS]), ("offender_id", ["managed_by"]),
                      ("offence_id", ["initial_offence_code"])):  # fmt: skip
        own = rows.dropna(subset=by)
        assert len(own[[by, *names]].drop_duplicates()) == len(own[by].drop_duplicates())


def test_nothing_else_of_the_force_depends_on_them(rows):
    others = with_further(rows.drop(columns=list(COLUMNS)), np.random.SeedSequence(99))
    assert not others["weapon"].equals(rows["weapon"])
    pd.testing.assert_frame_equal(others.drop(columns=list(COLUMNS)), rows.drop(columns=list(COLUMNS)))
