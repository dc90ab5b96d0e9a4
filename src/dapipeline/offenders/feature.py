"""What a feature is: one declaration that computes it, documents it and says what an empty history gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Theme = Literal["age", "people", "time", "place", "offence", "victimisation", "substances"]
Kind = Literal["count", "severity", "duration", "share", "age", "difference", "decile"]
Grain = Literal["incidents", "victims", "pairs", "offences", "victimisations"]


@dataclass(frozen=True)
class Feature:
    """One number that describes an offender's recorded history.

    Attributes
    ----------
    name : str
        The column's name.
    theme : str
        One of the study's published themes.
    kind : str
        Decides the transform before clustering: counts, severities and durations log1p, the rest as is.
    unit : str
        What one is.
    meaning : str
        One sentence, exact enough to compute it by hand.
    grain : str
        The table it is aggregated from, one group an offender.
    expression : callable
        Table to an Ibis aggregate; missing where it is not known.
    empty : float
        The value where there is nothing to aggregate.
    needs : tuple of str
        Canonical columns without which it is switched off; ``a|b`` means either.
    """

    name: str
    theme: Theme
    kind: Kind
    unit: str
    meaning: str
    grain: Grain
    expression: Callable[[Any], Any]
    empty: float = 0.0
    needs: tuple[str, ...] = ()


OFFENDER_AGE = "offender_dob|offender_age"
VICTIM_AGE = "victim_dob|victim_age"
OFFENCE = "offence_code|offence|offence_family"


def missing_columns(feature: Feature, present: frozenset[str]) -> list[str]:
    """Name what a feature needs and the extract lacks."""
    return [" or ".join(need.split("|")) for need in feature.needs if not present.intersection(need.split("|"))]
