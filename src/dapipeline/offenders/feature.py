"""What a feature is: one declaration with its name, label, unit, meaning, expression and value for an empty history."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Theme = Literal["person", "victims", "numbers", "time", "place", "offence", "victimisation", "substances"]
FeatureKind = Literal["count", "severity", "duration", "share", "age", "difference", "decile"]
Grain = Literal["incidents", "recorded", "victims", "pairs", "offences", "victimisations"]


@dataclass(frozen=True)
class Feature:
    """One number that describes an offender's recorded history.

    Attributes
    ----------
    name : str
        The name of its column.
    label : str
        What the report calls it, for readers who do not know the name.
    theme : str
        One of the study's eight published themes.
    kind : str
        Decides how it is transformed before clustering: counts, severities and durations by log(1 + x), the others not.
    unit : str
        What it is counted or measured in.
    meaning : str
        One sentence, exact enough to compute it by hand.
    grain : str
        The table it is aggregated from, grouped by offender.
    expression : callable
        Takes that table and returns an Ibis aggregate, which is missing where the value is not known.
    empty : float
        The value of an offender who has no row in that table.
    needs : tuple of str
        Canonical columns without which it is switched off; ``a|b`` means that either is enough.
    """

    name: str
    label: str
    theme: Theme
    kind: FeatureKind
    unit: str
    meaning: str
    grain: Grain
    expression: Callable[[Any], Any]
    empty: float = 0.0
    needs: tuple[str, ...] = ()


OFFENDER_AGE = "offender_dob|offender_age"
VICTIM_AGE = "victim_dob|victim_age"
OFFENCE = "offence_code|offence|offence_family"


def missing_columns(needs: Iterable[str], present: Collection[str]) -> list[str]:
    """List the canonical columns that a feature or a measure needs and the extract lacks.

    Parameters
    ----------
    needs : iterable of str
        Names of columns; ``a|b`` means that either is enough.
    present : collection of str
        The canonical columns that the extract has.

    Returns
    -------
    list of str
        One entry per need that is not met, ``a or b`` where either column would do; empty where nothing is missing.
    """
    return [" or ".join(either) for either in (need.split("|") for need in needs) if not set(either) & set(present)]
