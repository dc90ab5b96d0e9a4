"""A preset: the archetypes of a made-up force, the share of each, and rates of the force as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from dapipeline.synthetic.archetype import Archetype, Rate
from dapipeline.synthetic.house_style import HouseStyle

NONE = Rate(0)


@dataclass(frozen=True)
class Preset:
    """The declared rates of one made-up force.

    Attributes
    ----------
    archetypes : tuple of Archetype
        Those of the cohort, and last that of people outside it.
    mix : mapping of str to Rate
        Percentage of the cohort for each archetype; they add to 100.
    outside : Rate
        Offenders without any DA incident, as a share of the cohort.
    unsolved_da, unsolved_non_da : Rate
        Incidents with a victim and no suspect, as a share of the cohort.
    note : str
        How the force differs from a real one.
    history : Rate
        Share of repeat offenders with records from before the window.
    shared_victims : Rate
        Share of DA ties whose victim is replaced by a victim of another offender.
    family_under_16 : Rate
        Share of the non-DA incidents of under-16s that are violence in the family, which is no DA by its definition.
    flagged_under_16 : Rate
        Share of these that are flagged as DA all the same.
    faults : mapping of str to Rate
        Shares of the recording faults that only this force has, by name.
    style : HouseStyle
        How the force writes codes and titles.
    documented : bool
        Whether `export_force` writes the tables of what was declared and planted.
    """

    archetypes: tuple[Archetype, ...]
    mix: Mapping[str, Rate]
    outside: Rate
    unsolved_da: Rate
    unsolved_non_da: Rate
    note: str
    history: Rate = NONE
    shared_victims: Rate = NONE
    family_under_16: Rate = NONE
    flagged_under_16: Rate = NONE
    faults: Mapping[str, Rate] = field(default_factory=dict)
    style: HouseStyle = field(default_factory=HouseStyle)
    documented: bool = True

    @property
    def background(self) -> int:
        """Index of the archetype of the people outside the cohort."""
        return len(self.archetypes) - 1

    def rate(self, name: str) -> np.ndarray:
        """Return one rate of every archetype.

        Parameters
        ----------
        name : str
            An attribute of `Archetype` that is a `Rate`.

        Returns
        -------
        ndarray of float, shape (n_archetypes,)
            In the order of `archetypes`.
        """
        return np.array([getattr(archetype, name).value for archetype in self.archetypes])

    def share_out(self, offenders: int) -> np.ndarray:
        """Divide the cohort among the archetypes, rounded by the largest remainder method.

        Parameters
        ----------
        offenders : int
            People in the cohort.

        Returns
        -------
        ndarray of int, shape (n_archetypes,)
            Offenders of each archetype, which add to `offenders`; 0 for people outside the cohort.
        """
        percent = [self.mix[kind.name].value if kind.name in self.mix else 0 for kind in self.archetypes]
        exact = np.array(percent) / 100 * offenders
        whole = np.floor(exact + 1e-9).astype(np.int64)
        order = np.argsort(whole - exact, kind="stable")
        whole[order[: offenders - whole.sum()]] += 1
        return whole
