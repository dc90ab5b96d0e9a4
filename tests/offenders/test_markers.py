"""A marker is clustered on only where the config adds it, as the share of DA incidents that are marked."""

import pandas as pd
import pytest
from tests.scrutiny.made import awkward_rows

from dapipeline.config import Config
from dapipeline.errors import ConfigError
from dapipeline.workflow import outputs
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..running import run_in


def described(folder, added):
    settings = {
        "name": "x",
        "extract": {"path": "rows.csv"},
        "markers": {"weapon": "weapon"},
        "features": {"add": added},
    }
    return run_in(folder, Config.model_validate(settings), out=folder / f"out{len(added)}", stages=TO_VECTORS)


def test_a_marker_is_a_feature_where_it_is_added(tmp_path):
    awkward_rows(5, faults=False, people=300).to_csv(tmp_path / "rows.csv", index=False)
    bare, added = described(tmp_path, []), described(tmp_path, ["marker_weapon"])
    assert "marker_weapon" not in bare.frame(outputs.VECTORS) and "marker_weapon" in added.frame(outputs.VECTORS)
    incidents = added.frame(outputs.INCIDENTS)
    own = incidents[incidents["is_da"]].groupby("offender_id")["marker_weapon"]
    wanted = own.apply(lambda values: (values == 1).sum() / len(values))
    found = added.frame(outputs.FEATURES).set_index("offender_id")["marker_weapon"]
    pd.testing.assert_series_equal(found.sort_index(), wanted.sort_index(), check_names=False, check_dtype=False)
    catalogue = added.frame(outputs.FEATURE_CATALOGUE).set_index("feature")
    assert catalogue.loc["marker_weapon", "use"] == "clustered"
    with pytest.raises(ConfigError, match="C007: features names 'marker_stalking'"):
        described(tmp_path, ["marker_stalking"])
