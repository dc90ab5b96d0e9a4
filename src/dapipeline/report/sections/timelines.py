"""How to read a timeline; the timelines themselves stand on the cards."""

from __future__ import annotations

from typing import Any

from dapipeline.report.material import Material
from dapipeline.report.timeline.key import timeline_key

TITLE = "How to read a timeline"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    return timeline_key(material.contents.medoids) | {"figures": dict(material.strips)}
