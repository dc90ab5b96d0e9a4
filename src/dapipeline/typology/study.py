"""What a definitions file may carry of a study beside criteria: printed figures, promises, recommendations.

None of it names a cluster. It is shown beside what was found.
"""

from __future__ import annotations

import re
from math import isnan
from typing import Literal

from pydantic import Field, field_validator, model_validator

from dapipeline.config import Section
from dapipeline.offenders.catalogue import BY_NAME

EVERYONE = "all"  # in place of a typology: what is recommended for all of them
LONGEST = 30  # words of a recommendation
COMPARISONS = ("at_least", "below", "times_cohort", "below_times_cohort")


def check_feature(name: str) -> None:
    """Check that a feature is in the catalogue.

    Parameters
    ----------
    name : str

    Raises
    ------
    ValueError
        Where it is not.
    """
    if name not in BY_NAME:
        raise ValueError(f"{name!r} is not a feature of the catalogue")


class PrintedFigure(Section):
    """A figure that the study prints of a typology, and how the same is found here. Shown, never asked."""

    words: str = Field(description="What the figure is of.")
    value: float = Field(ge=0, description="In the unit of the feature; a share from 0 to 1.")
    or_more: bool = Field(False, description="The study prints it as a lower bound.")
    one_person: bool = Field(False, description="The study prints it of its example, one person; here stands the mean.")
    counts: Literal["people", "clusters"] | None = None
    feature: str | None = Field(None, description="The mean of this feature.")
    over: str | None = Field(None, description="Divide the mean of the feature by the mean of this one.")
    of_all: bool = Field(False, description="The typology's share of the sum of the feature over all clusters.")
    without: Literal["non_da_incidents"] | None = Field(None, description="The share of people who have none of these.")
    characteristic: Literal["offender_sex", "offender_ethnicity"] | None = None
    group: str | None = Field(None, description="The value of the characteristic whose share it is.")

    @model_validator(mode="after")
    def _found_one_way(self) -> PrintedFigure:
        ways = (self.counts, self.feature, self.without, self.characteristic)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("a printed figure has exactly one of counts, feature, without, characteristic")
        if (self.characteristic is None) != (self.group is None):
            raise ValueError("characteristic and group belong together")
        if self.feature is None and (self.over is not None or self.of_all):
            raise ValueError("over and of_all need a feature")
        for name in (self.feature, self.over):
            if name is not None:
                check_feature(name)
        return self


class Expectation(Section):
    """What the name of a typology promises; a card says where its figures are otherwise."""

    feature: str
    over: str | None = Field(None, description="Divide the mean of the feature by the mean of this one.")
    at_least: float | None = None
    below: float | None = None
    times_cohort: float | None = Field(None, gt=0)
    below_times_cohort: float | None = Field(None, gt=0)
    promises: str = Field(description="To follow: The name promises.")
    here: str = Field(description="To follow: here. May hold {here} and {cohort}, the two figures.")

    @field_validator("here")
    @classmethod
    def _known_figures(cls, value: str) -> str:
        other = set(re.findall(r"\{[^}]*\}?|\}", value)) - {"{here}", "{cohort}"}
        if other:
            raise ValueError(f"holds {sorted(other)[0]!r}; only {{here}} and {{cohort}} are filled in")
        return value

    @model_validator(mode="after")
    def _sound(self) -> Expectation:
        if sum(getattr(self, name) is not None for name in COMPARISONS) != 1:
            raise ValueError(f"an expectation has exactly one of {', '.join(COMPARISONS)}")
        for name in (self.feature, self.over):
            if name is not None:
                check_feature(name)
        return self

    def holds(self, value: float, cohort: float) -> bool | None:
        """Return whether a figure is as the name promises.

        Parameters
        ----------
        value, cohort : float
            Of the typology, and of all.

        Returns
        -------
        bool or None
            None where it is not known.
        """
        times = self.times_cohort or self.below_times_cohort
        bound = cohort * times if times is not None else (self.below if self.at_least is None else self.at_least)
        if bound is None or isnan(value) or isnan(bound):
            return None
        return bool(value >= bound if self.at_least is not None or self.times_cohort is not None else value < bound)


class Recommendation(Section):
    """What a study recommends, in words of our own."""

    id: str
    area: str = Field(description="A key of response, or of areas.")
    typologies: tuple[str, ...] = Field(min_length=1, description="Keys of typologies, or all.")
    agencies: tuple[str, ...] = Field(min_length=1)
    words: str
    source: str = Field(description="Where it stands in the study.")
    printed_tag: str | None = Field(None, description="The study's own tag, where it names none of the typologies.")

    @field_validator("words")
    @classmethod
    def _short(cls, value: str) -> str:
        if len(value.split()) > LONGEST:
            raise ValueError(f"has more than {LONGEST} words")
        return value
