"""The settings of scrutiny: which column holds areas, and when a year begins."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator

from dapipeline.config.section import Section


class Scrutiny(Section):
    """How the indicators of inspectors, boards and boroughs are counted."""

    area: Literal["borough", "force", "lsoa"] = Field("borough", description="The column whose values are areas.")
    years: str = Field(
        "financial",
        description="financial: from 1 April to 31 March; calendar: from 1 January to 31 December; or the last day of "
        "twelve months, such as 11-30.",
    )

    @field_validator("years")
    @classmethod
    def _a_kind_of_year(cls, value: str) -> str:
        if value in ("financial", "calendar"):
            return value
        try:
            return datetime.strptime(f"2024-{value}", "%Y-%m-%d").strftime("%m-%d")  # a leap year: it has a 29 February
        except ValueError:
            raise ValueError("should be financial, calendar, or a month and a day such as 11-30") from None
