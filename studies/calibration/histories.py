"""What figures are measured on: people, their incidents and their records, from the extract or from a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

HIGH_VOLUME = 3  # incidents of one kind (published)


@dataclass(frozen=True)
class Histories:
    """A cohort and what it is recorded for.

    Attributes
    ----------
    people : pandas.DataFrame
        Indexed by offender_id: typology (missing where there is none), woman and asian (missing where not recorded),
        da, non_da (incidents), da_victims, victims, da_victimisations, age_first_da (whole years), da_harm, non_da_harm
        (severity, summed).
    incidents : pandas.DataFrame
        One row per offender and incident: offender_id, da, crime, substance, risk (1 standard to 3 high, or missing),
        began, hours (from start to end), days_to_report, harm.
    records : pandas.DataFrame
        One row per offender, incident and offence or non-crime: offender_id, incident_id, da, crime, title, family,
        harm.
    effects : pandas.DataFrame
        One row per non-DA offence type: title, family, effect on total DA harm, p.
    counts : dict
        records, victims, excluded, first and last (days).
    common_assault : float
        Its severity.
    """

    people: pd.DataFrame
    incidents: pd.DataFrame
    records: pd.DataFrame
    effects: pd.DataFrame
    counts: dict[str, Any]
    common_assault: float

    def __post_init__(self) -> None:
        names = self.people["typology"].astype(object)
        self.people["typology"] = names.where(names.notna(), None)
        for table in (self.incidents, self.records):
            table["typology"] = table["offender_id"].map(self.people["typology"])

    def of(self, typology: str) -> pd.DataFrame:
        """Return the people of a typology, or everybody for "cohort"."""
        return self.people if typology == "cohort" else self.people[self.people["typology"] == typology]

    def incidents_of(self, typology: str, da: bool) -> pd.DataFrame:
        """Return the DA or the other incidents of a typology."""
        return self.incidents[(self.incidents["typology"] == typology) & (self.incidents["da"] == da)]

    def records_of(self, typology: str, da: bool) -> pd.DataFrame:
        """Return the DA or the other records of a typology."""
        return self.records[(self.records["typology"] == typology) & (self.records["da"] == da)]

    @property
    def groups(self) -> np.ndarray:
        """The group of each person, by the published threshold."""
        da, other = self.people["da"] >= HIGH_VOLUME, self.people["non_da"] >= HIGH_VOLUME
        alone = self.people["non_da"] == 0
        return np.select([da & ~other, da & other, other, alone], ["A", "B", "D", "E"], default="C")
