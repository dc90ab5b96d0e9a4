"""The label of a feature, for readers who do not know its name."""

from __future__ import annotations

import re

from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.words import plain


def label(feature: str) -> str:
    """Return the label of a feature.

    Parameters
    ----------
    feature : str
        Its name.

    Returns
    -------
    str
        The label that the catalogue declares; for a feature of an older run that is no longer in it, the name in words.
    """
    if feature in BY_NAME:
        return BY_NAME[feature].label
    words = re.sub(r"\bda\b", "DA", re.sub(r"\bnon da\b", "non-DA", plain(feature)))
    return words[:1].upper() + words[1:]
