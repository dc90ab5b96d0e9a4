"""What the optional solver refuses, in the words of the config: none of it needs the package."""

import sys
from unittest.mock import patch

import numpy as np
import pytest

from dapipeline.clustering.clusters import find_medoids
from dapipeline.config import Clustering
from dapipeline.errors import ConfigError, MissingExtraError

SETTINGS = Clustering(k=3, solver="sklearn_extra", candidates=None)


def find(weights=None, settings=SETTINGS):
    scores = np.random.default_rng(0).normal(size=(20, 5))
    ids = np.array([f"N{i:02d}" for i in range(20)], dtype=object)
    return find_medoids(scores, np.ones(20) if weights is None else weights, ids, settings.k, settings)


def test_weights_that_are_no_whole_numbers_are_refused():
    with pytest.raises(ConfigError, match=r"C021.*clustering\.weight: none"):
        find(np.sqrt(np.arange(1.0, 21.0)))


def test_a_number_of_candidates_is_refused():
    with pytest.raises(ConfigError, match=r"C022.*only 12 .*clustering\.candidates: null"):
        find(settings=SETTINGS.model_copy(update={"candidates": 12}))


def test_a_missing_package_is_said_plainly(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn_extra", None)
    monkeypatch.delitem(sys.modules, "sklearn_extra.cluster", raising=False)
    with pytest.raises(MissingExtraError, match=r'X001: The solver sklearn_extra needs .* "dapipeline\[peers\]"'):
        find()


def test_a_package_built_for_another_numpy_is_said_plainly(monkeypatch, tmp_path):
    broken = tmp_path / "sklearn_extra" / "cluster.py"
    broken.parent.mkdir()
    (tmp_path / "sklearn_extra" / "__init__.py").touch()
    broken.write_text('raise ValueError("numpy.dtype size changed, may indicate binary incompatibility")')
    monkeypatch.syspath_prepend(tmp_path)
    with patch.dict(sys.modules):
        for name in [name for name in sys.modules if name.split(".")[0] == "sklearn_extra"]:
            del sys.modules[name]
        with pytest.raises(ConfigError, match=r"C023.*--no-binary scikit-learn-extra"):
            find()
