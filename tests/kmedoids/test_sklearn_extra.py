"""What the solver of the optional package refuses; what it finds is tested in tests/peers, where it is installed."""

import sys
from unittest.mock import patch

import numpy as np
import pytest

from dapipeline.kmedoids.estimator import KMedoids

from .made_up import mixture


def fit(candidates=None, weights=None):
    KMedoids(3, solver="sklearn_extra", candidates=candidates).fit(mixture(20), sample_weight=weights)


def test_weights_that_are_no_whole_numbers_are_refused():
    with pytest.raises(ValueError, match="whole numbers"):
        fit(weights=np.sqrt(np.arange(1.0, 21.0)))


def test_fewer_candidates_than_points_are_refused():
    with pytest.raises(ValueError, match="every point as a candidate, got candidates=12"):
        fit(candidates=12)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn_extra", None)
    monkeypatch.delitem(sys.modules, "sklearn_extra.cluster", raising=False)
    with pytest.raises(ImportError, match="scikit-learn-extra"):
        fit()


def test_a_package_built_for_another_numpy_is_named(monkeypatch, tmp_path):
    broken = tmp_path / "sklearn_extra" / "cluster.py"
    broken.parent.mkdir()
    (tmp_path / "sklearn_extra" / "__init__.py").touch()
    broken.write_text('raise ValueError("numpy.dtype size changed, may indicate binary incompatibility")')
    monkeypatch.syspath_prepend(tmp_path)
    with patch.dict(sys.modules):
        for name in [name for name in sys.modules if name.split(".")[0] == "sklearn_extra"]:
            del sys.modules[name]
        with pytest.raises(ImportError, match="built for NumPy 1"):
            fit()
