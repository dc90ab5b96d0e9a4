"""Harm compared by the types that people have: differences of means, least squares, and what may be said of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy import sparse

from dapipeline.analysis.harm.kernels import dealt
from dapipeline.analysis.harm.least_squares import Design, dependent_columns, design_of, products_of
from dapipeline.analysis.harm.offence_types import OffenceTypes, kind_of
from dapipeline.analysis.harm.rarity import (
    DRAWS,
    INTERVAL_FROM,
    LEAST_LEFT,
    NEAR,
    NORMAL_FROM,
    Rare,
    is_rare,
    nearest,
    permuted_p,
    rare_ones,
    resampled_interval,
)
from dapipeline.analysis.harm.significance import NORMAL_95, normal_p, welch
from dapipeline.analysis.harm.tweedie import tweedie

PERMUTED, RESAMPLED = "permuted p; too rare for an interval", "permuted p; bootstrap interval"


@dataclass
class Compared:
    """The figures of a model, a value for each type; missing where it has none.

    Attributes
    ----------
    effect, standard_error, low, high, p : ndarray of float
        low and high bound the effect with 95%; p is two-sided.
    note : ndarray of str
        Why a figure is missing, or how p and the interval were made where it is not by the normal approximation.
    """

    effect: np.ndarray
    standard_error: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    note: np.ndarray

    @classmethod
    def nothing(cls, types: int) -> Compared:
        """Return figures of which none is known.

        Parameters
        ----------
        types : int
            How many types.

        Returns
        -------
        Compared
        """
        effect, error, low, high, p = (np.full(types, np.nan) for _ in range(5))
        return cls(effect, error, low, high, p, np.full(types, "", dtype=object))

    def figures(self) -> dict[str, np.ndarray]:
        """Return the columns of a table.

        Returns
        -------
        dict of str to ndarray
        """
        return dict(vars(self))


def means_compared(types: OffenceTypes, harm: np.ndarray, seed: int) -> Compared:
    """Compare the means of those with and without each type, as Welch does (1947).

    Parameters
    ----------
    types : OffenceTypes
        Each with at least two people with it and two without.
    harm : ndarray of shape (n_people,)
    seed : int
        Of permutations and resamples.

    Returns
    -------
    Compared
    """
    held = types.held
    n, has = held.shape[0], types.table["offenders"].to_numpy()
    centred = harm - harm.mean()  # the same differences, without the cancelling of large sums
    own, squares = held.T @ centred, held.T @ centred**2
    means = own / has, (centred.sum() - own) / (n - has)
    spread = squares - has * means[0] ** 2, centred @ centred - squares - (n - has) * means[1] ** 2
    parts = np.maximum(spread[0], 0) / (has - 1) / has, np.maximum(spread[1], 0) / (n - has - 1) / (n - has)
    effect = means[0] - means[1]
    error, _, p = welch(effect, parts, (has, n - has))

    def taken_apart(chosen: np.ndarray) -> list[Rare]:
        by_type = sparse.csc_array(held)
        rare = []
        for at in chosen:
            holders = by_type.indices[by_type.indptr[at] : by_type.indptr[at + 1]]
            part = np.full(len(holders), 1 - has[at] / n)
            leverage = np.full(len(holders), 1 / has[at])
            left = centred[holders] - means[0][at]
            rare.append(Rare(effect[at], error[at], part, leverage, left, has[at] * part[0], n - has[at]))
        return rare

    known = np.ones(len(has), dtype=bool)
    return _judged(effect, error, p, known, has, seed, centred, taken_apart, exponent=1)


def covariates_and(types: OffenceTypes, covariates: np.ndarray, names: tuple[str, ...] = ()) -> Predictors:
    """Put covariates and types side by side, without what can be made of others.

    Parameters
    ----------
    types : OffenceTypes
    covariates : ndarray of shape (n_people, n_covariates)
        Beside a constant, which is added.
    names : tuple of str
        What the covariates are called where a type is collinear with them.

    Returns
    -------
    Predictors
    """
    beside = sparse.csr_array(np.column_stack([np.ones(len(covariates)), covariates]))
    first = beside.shape[1]
    whole = sparse.csr_array(sparse.hstack([beside, types.held]))
    dependent = dependent_columns(products_of(whole))
    called = ["everybody", *names, *kind_of(types.table)]
    notes = np.full(len(types.table), "", dtype=object)
    for column, made_of in dependent.items():
        if column >= first:
            notes[column - first] = f"collinear with {', '.join(called[at] for at in made_of)}"
    columns = [at for at in range(whole.shape[1]) if at not in dependent]
    kept = np.array([at - first for at in columns if at >= first], dtype=int)
    return Predictors(design_of(whole[:, columns]), types, kept, len(columns) - len(kept), notes)


@dataclass(frozen=True)
class Predictors:
    """Covariates, and the types that can be told apart from them and from each other.

    Attributes
    ----------
    design : Design
    types : OffenceTypes
        All that were asked for.
    kept : ndarray of int
        Positions of the types in the design.
    first : int
        The column of the first of them.
    notes : ndarray of str
        What a type that is left out is collinear with.
    """

    design: Design
    types: OffenceTypes
    kept: np.ndarray
    first: int
    notes: np.ndarray

    def least_squares(self, outcome: np.ndarray, seed: int) -> Compared:
        """Fit least squares and judge every type.

        Parameters
        ----------
        outcome : ndarray of shape (n_people,)
        seed : int
            Of permutations and resamples.

        Returns
        -------
        Compared
        """
        fit = self.design.fit(outcome)
        effect, error = fit.coefficients[self.first :], fit.errors[self.first :]
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.where(error > 0, normal_p(effect / error), np.nan)
        pool = fit.residuals / np.sqrt(np.maximum(1 - self.design.leverage, LEAST_LEFT))

        def taken_apart(chosen: np.ndarray) -> list[Rare]:
            return rare_ones(self.design, fit, chosen + self.first, self._near)

        judged = _judged(effect, error, p, self._known, self._people, seed, pool, taken_apart, exponent=2)
        return self._spread_out(judged)

    def tweedie(self, outcome: np.ndarray) -> Compared:
        """Fit the Tweedie regression, without covariates, to the types whose people have any harm.

        Parameters
        ----------
        outcome : ndarray of shape (n_people,)
            0 or more.

        Returns
        -------
        Compared
            Without figures but the effect for types of fewer than `NORMAL_FROM` people.
        """
        held = self.types.held[:, self.kept]
        harmed = held.T @ outcome > 0
        found = Compared.nothing(len(self.kept))
        found.note[:] = "nobody with it has any DA harm"
        if harmed.any():
            fit = tweedie(sparse.csr_array(sparse.hstack([np.ones((len(outcome), 1)), held[:, harmed]])), outcome)
            effect, error = fit.coefficients[1:], fit.errors[1:]
            finite = ~np.isnan(effect)
            sure = finite & (self._people[harmed] >= NORMAL_FROM)
            found.effect[harmed] = effect
            figures = (
                error,
                effect - NORMAL_95 * error,
                effect + NORMAL_95 * error,
                normal_p(effect / error),
            )
            for name, values in zip(("standard_error", "low", "high", "p"), figures, strict=True):
                getattr(found, name)[harmed] = np.where(sure, values, np.nan)
            rare = np.where(finite, "too rare to say", "no finite effect was found")
            found.note[harmed] = np.where(sure, "", rare)
        return self._spread_out(found)

    @cached_property
    def _near(self) -> tuple[np.ndarray, np.ndarray]:
        return nearest(self.design, np.flatnonzero(is_rare(self._known, self._people)) + self.first)

    @property
    def _known(self) -> np.ndarray:
        return ~self.design.one_person[self.first :]

    @property
    def _people(self) -> np.ndarray:
        return self.types.table["offenders"].to_numpy()[self.kept]

    def _spread_out(self, found: Compared) -> Compared:
        """Put the figures of the types that were kept among all that were asked for."""
        whole = Compared.nothing(len(self.types.table))
        whole.note[:] = self.notes
        for name, values in found.figures().items():
            getattr(whole, name)[self.kept] = values
        return whole


def _judged(
    effect: np.ndarray, error: np.ndarray, p: np.ndarray, known: np.ndarray, has: np.ndarray, seed: int,
    pool: np.ndarray, taken_apart: Callable[[np.ndarray], list[Rare]], exponent: int,
) -> Compared:  # fmt: skip
    """Give types of many people normal figures, and the others those of permutations and of the bootstrap."""
    found = Compared.nothing(len(effect))
    found.effect[:], found.standard_error[:] = effect, np.where(known, error, np.nan)
    found.note[~known] = "rests on one person"
    normal, reach = known & (has >= NORMAL_FROM), NORMAL_95 * error
    for name, values in (("low", effect - reach), ("high", effect + reach), ("p", p)):
        getattr(found, name)[normal] = values[normal]
    chosen = np.flatnonzero(is_rare(known, has))
    if len(chosen):
        rare = taken_apart(chosen)
        found.p[chosen] = permuted_p(rare, pool, _deals(len(pool), seed), exponent)
        for at, one in zip(chosen, rare, strict=True):
            found.note[at] = RESAMPLED if has[at] >= INTERVAL_FROM else PERMUTED
            if has[at] >= INTERVAL_FROM:
                found.low[at], found.high[at] = resampled_interval(one, seed, exponent)
    return found


@lru_cache(maxsize=1)
def _deals(people: int, seed: int) -> np.ndarray:
    """Deal out people once for all models of a comparison."""
    return dealt(people, min(NORMAL_FROM + NEAR, people), DRAWS, seed)
