"""One made-up force: its archetypes, how many of each, and what the force as a whole does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from dapipeline.synthetic.archetype import Archetype, Rate

NONE = Rate(0)


@dataclass(frozen=True)
class Preset:
    """One made-up force.

    Attributes
    ----------
    archetypes : tuple of Archetype
        Everybody in the cohort, and last the people outside it.
    mix : mapping of str to Rate
        Percentage of the cohort for each archetype, adding to 100.
    outside : Rate
        Offenders without any DA incident, as a share of the cohort.
    unsolved_da, unsolved_non_da : Rate
        Incidents with a victim and no suspect, as a share of the cohort.
    note : str
        What is not as in a real force.
    history : Rate
        Share of repeat offenders with records from before the window.
    shared_victims : Rate
        Share of the ties of domestic abuse that lead to another offender's victim.
    flagged_under_16 : Rate
        Share of the non-DA incidents before 16 that are violence in the family and flagged as DA.
    faults : mapping of str to Rate
        Shares of the recording faults that only this force has, by name.
    documented : bool
        Whether tables of what was declared and planted belong to the force.
    """

    archetypes: tuple[Archetype, ...]
    mix: Mapping[str, Rate]
    outside: Rate
    unsolved_da: Rate
    unsolved_non_da: Rate
    note: str
    history: Rate = NONE
    shared_victims: Rate = NONE
    flagged_under_16: Rate = NONE
    faults: Mapping[str, Rate] = field(default_factory=dict)
    documented: bool = True

    @property
    def background(self) -> int:
        """Index of the archetype of the people outside the cohort."""
        return len(self.archetypes) - 1

    def rate(self, name: str) -> np.ndarray:
        """Give one rate for every archetype, in their order."""
        return np.array([getattr(archetype, name).value for archetype in self.archetypes])

    def share_out(self, offenders: int) -> np.ndarray:
        """Share out the cohort by the largest remainder.

        Parameters
        ----------
        offenders : int
            People in the cohort.

        Returns
        -------
        ndarray of int
            Offenders for each archetype; nobody outside the cohort.
        """
        percent = [self.mix[kind.name].value if kind.name in self.mix else 0 for kind in self.archetypes]
        exact = np.array(percent) / 100 * offenders
        whole = np.floor(exact + 1e-9).astype(np.int64)
        order = np.argsort(whole - exact, kind="stable")
        whole[order[: offenders - whole.sum()]] += 1
        return whole
