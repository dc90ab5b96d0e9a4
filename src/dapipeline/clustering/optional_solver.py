"""The optional solver sklearn_extra: what it cannot do is refused in the words of the configuration."""

from __future__ import annotations

from importlib import import_module

import numpy as np

from dapipeline.errors import ConfigError, MissingExtraError


def check_sklearn_extra(scores: np.ndarray, weights: np.ndarray, candidates: int | None) -> None:
    """Check that the solver sklearn_extra can be loaded and can cluster these offenders.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
    candidates : int or None
        Number of offenders that may become medoids; None is all.

    Raises
    ------
    ConfigError
        C021 if a weight is not a whole number, C022 if not everyone would be a candidate, C023 if the installed package
        was built for NumPy 1.
    MissingExtraError
        X001 if the package is not installed.
    """
    if (weights != np.rint(weights)).any():
        raise ConfigError(
            "C021",
            "The solver sklearn_extra knows no weights but whole numbers, and these offenders have others.",
            "Choose clustering.weight: none, or another solver.",
        )
    if candidates is not None and candidates < len(np.unique(scores, axis=0)):
        raise ConfigError(
            "C022",
            f"The solver sklearn_extra takes everyone as a candidate, and only {candidates:,} are asked for.",
            "Set clustering.candidates: null, or choose another solver.",
        )
    try:
        import_module("sklearn_extra.cluster")
    except ImportError:
        raise MissingExtraError("scikit-learn-extra", "peers", "The solver sklearn_extra") from None
    except ValueError:  # its wheels hold compiled code that does not fit the array type of NumPy 2
        raise ConfigError(
            "C023",
            "The installed scikit-learn-extra was built for NumPy 1 and cannot be loaded.",
            "Build it anew: pip install --upgrade cython setuptools && pip install --force-reinstall --no-deps "
            "--no-build-isolation --no-binary scikit-learn-extra scikit-learn-extra",
        ) from None
