"""What chance alone does to an effect of a rare offence type, where harm has a heavy tail.

The normal approximation counts on means of many. Harm is held by few, so a type of 50 people either holds one of them
or does not, and a normal interval is too short. Below `NORMAL_FROM` people, p therefore comes from permutations
(residuals are dealt out to everybody anew and the studentised effect is computed again: Freedman and Lane 1983, with
the residuals of the whole model for all types, ter Braak 1992) and the interval from a studentised bootstrap of those
who have the type (Efron and Tibshirani 1993, chapter 12). docs/harm.md shows how well each does.

Both need only those who have the type and, in joint models, the few others who weigh most: everybody else's part of an
effect is small and known in sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from dapipeline.analysis.harm.kernels import furthest, resampled_sums
from dapipeline.analysis.harm.least_squares import Design, Fit

NORMAL_FROM = 1_000  # people with a type, from whom on the normal approximation is good
INTERVAL_FROM = 200  # people with a type, from whom on the bootstrap's interval holds about what it says
DRAWS = 20_000  # 700 tests at a false discovery rate of 5% ask for p of 1e-4 and below
AT_ONCE = 1_000
NEAR = 200  # people without a type to whom residuals are dealt one by one: those who weigh most in its coefficient
ENOUGH = 100  # permuted effects beyond the found one on its own side; then p is known well enough to stop
RESAMPLES = 999
GROUP = 64  # types that are dealt with together
LEAST_LEFT = 1e-3  # of 1 less a leverage, below which HC3 divides by next to nothing
SAME = 1e-9  # permuted effects that differ less from the found one are ties


@dataclass(frozen=True)
class Rare:
    """One coefficient of a fit, as those who weigh most in it make it up.

    Attributes
    ----------
    effect, error : float
    partial, leverage : ndarray of shape (n_met,)
        What of each person's value is not explained by the other predictors, and their leverage: everybody who has the
        type, and then others who are met one by one too.
    residual : ndarray of shape (n_holders,)
        Of those who have the type.
    square : float
        Everybody's squared partial values, added up.
    others : int
        How many people are not met one by one.
    """

    effect: float
    error: float
    partial: np.ndarray
    leverage: np.ndarray
    residual: np.ndarray
    square: float
    others: int

    def heavy(self, exponent: int) -> np.ndarray:
        """Return what the squared residual of each that is met counts in the error, up to the square of `square`.

        Parameters
        ----------
        exponent : int
            Of (1 - leverage): 2 for HC3, 1 for HC2.

        Returns
        -------
        ndarray of shape (n_met,)
        """
        return self.partial**2 / np.maximum(1 - self.leverage, LEAST_LEFT) ** exponent

    @property
    def rest(self) -> tuple[float, float]:
        """The mean and the mean square of the partial values of everybody else: all of them add up to 0."""
        others = max(self.others, 1)
        return -self.partial.sum() / others, max(self.square - (self.partial**2).sum(), 0.0) / others


def is_rare(known: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return which types are judged by permutation.

    Parameters
    ----------
    known : ndarray of bool
        Whether the error of a type is known.
    people : ndarray of int
        How many have it.

    Returns
    -------
    ndarray of bool
    """
    return known & (people < NORMAL_FROM)


def nearest(design: Design, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find those without a type who weigh most in its coefficient.

    Parameters
    ----------
    design : Design
    columns : ndarray of int
        Of the types, in that design.

    Returns
    -------
    people : ndarray of int, shape (n_types, NEAR)
        -1 where there are not as many.
    partial : ndarray of float, shape (n_types, NEAR)
        What of their 0 is not explained by the other predictors.
    """
    held = design.predictors
    own = np.full(held.shape[1], -1)
    own[columns] = np.arange(len(columns))
    weights = np.ascontiguousarray(design.inverse[:, columns] / design.inverse[columns, columns])
    return furthest(held.indptr, held.indices, held.data, weights, own, NEAR)


def rare_ones(design: Design, fit: Fit, columns: np.ndarray, near: tuple[np.ndarray, np.ndarray]) -> list[Rare]:
    """Take some coefficients of a fit apart.

    Parameters
    ----------
    design : Design
    fit : Fit
        Of that design.
    columns : ndarray of int
        Columns of 0 and 1.
    near : (ndarray, ndarray)
        From `nearest`, of that design and those columns.

    Returns
    -------
    list of Rare
    """
    by_column = sparse.csc_array(design.predictors)
    found = []
    for column, people, partial in zip(columns, *near, strict=True):
        holders = by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]]
        own, others = design.inverse[column, column], people[people >= 0]
        held = design.predictors[holders] @ (design.inverse[:, column] / own)
        found.append(
            Rare(
                fit.coefficients[column], fit.errors[column], np.concatenate([held, partial[people >= 0]]),
                design.leverage[np.concatenate([holders, others])], fit.residuals[holders], 1 / own,
                len(fit.residuals) - len(holders) - len(others),
            )
        )  # fmt: skip
    return found


def permuted_p(rare: list[Rare], pool: np.ndarray, deals: np.ndarray, exponent: int) -> np.ndarray:
    """Compute p of each coefficient: how often chance makes a studentised effect as far out, on the same side, twice.

    Harm is so lopsided that chance makes effects far below 0 much more often than as far above it. An effect is
    therefore held against its own side alone.

    Parameters
    ----------
    rare : list of Rare
    pool : ndarray of shape (n_people,)
        What is dealt out: everybody's residual.
    deals : ndarray of int, shape (DRAWS, n)
        From `kernels.dealt`; at least as many a row as any coefficient has people that are met.
    exponent : int
        As for `Rare.heavy`.

    Returns
    -------
    ndarray of float
        From 2 / (1 + DRAWS) to 1.
    """
    pool = pool - pool.mean()
    square = float(pool @ pool)
    found = np.array([one.effect / one.error if one.error > 0 else 0.0 for one in rare])
    above, below, tried = np.zeros(len(rare)), np.zeros(len(rare)), np.zeros(len(rare))
    met = np.array([len(one.partial) for one in rare])
    order = np.argsort(met, kind="stable")
    for start in range(0, DRAWS, AT_ONCE):
        open_still = order[np.minimum(above, below)[order] < ENOUGH]
        if not len(open_still):
            break
        dealt = Dealt(pool[deals[start : start + AT_ONCE, : met[open_still].max()]], met[open_still])
        noise = np.random.default_rng(start).standard_normal(len(dealt.values)) * np.sqrt(square / len(pool))
        for at in range(0, len(open_still), GROUP):
            group = open_still[at : at + GROUP]
            drawn = _studentised(dealt, noise, [rare[i] for i in group], square, exponent)
            slack = SAME * np.abs(found[group])
            above[group] += (drawn >= found[group] - slack).sum(axis=0)
            below[group] += (drawn <= found[group] + slack).sum(axis=0)
            tried[group] += len(dealt.values)
    return np.minimum(2 * (1 + np.minimum(above, below)) / (1 + tried), 1.0)


class Dealt:
    """Residuals as they were dealt, and their squares."""

    def __init__(self, values: np.ndarray, sizes: np.ndarray) -> None:
        self.values, self.squares, self._sizes = values, values**2, np.unique(sizes)
        self._sums, self._square_sums = (
            np.cumsum(np.add.reduceat(of, np.concatenate([[0], self._sizes[:-1]]), axis=1), axis=1)
            for of in (self.values, self.squares)
        )

    def sums(self, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what the first so many of each deal add up to, and their squares.

        Parameters
        ----------
        sizes : ndarray of int

        Returns
        -------
        sums, square_sums : ndarray of shape (n_deals, n_sizes)
        """
        at = np.searchsorted(self._sizes, sizes)
        return self._sums[:, at], self._square_sums[:, at]


def _studentised(dealt: Dealt, noise: np.ndarray, rare: list[Rare], square: float, exponent: int) -> np.ndarray:
    """Compute the studentised effect of each coefficient in each deal.

    Everybody's residuals add up to 0, so those of the others add up to the opposite of those who are met. What the
    others' partial values differ from their mean is many small parts, and `noise` stands for their sum.
    """
    met = np.array([len(one.partial) for one in rare])
    most = met.max()
    partial, heavy = np.zeros((most, len(rare))), np.zeros((most, len(rare)))
    for at, one in enumerate(rare):
        partial[: len(one.partial), at], heavy[: len(one.partial), at] = one.partial, one.heavy(exponent)
    mean, mean_square = np.array([one.rest for one in rare]).T
    whole, others = np.array([one.square for one in rare]), np.array([one.others for one in rare])
    (own, own_squares), values = dealt.sums(met), dealt.values[:, :most]
    apart = np.sqrt(np.maximum(mean_square - mean**2, 0) * others)
    effect = (values @ partial - mean * own + noise[:, None] * apart) / whole
    left = dealt.squares[:, :most] @ heavy - 2 * effect * (values @ (heavy * partial))
    left += effect**2 * (heavy * partial**2).sum(axis=0)
    rest = mean_square * (square - own_squares + 2 * effect * mean * own + others * (effect * mean) ** 2)
    variance = np.maximum(left + rest, 0) / whole**2
    return np.divide(effect, np.sqrt(variance), out=np.zeros_like(effect), where=variance > 0)


def resampled_interval(rare: Rare, seed: int, exponent: int) -> tuple[float, float]:
    """Compute a studentised bootstrap interval of 95% from those who have the type.

    Parameters
    ----------
    rare : Rare
    seed : int
    exponent : int
        As for `Rare.heavy`.

    Returns
    -------
    low, high : float
    """
    holders = len(rare.residual)
    part, heavy = rare.partial[:holders], rare.heavy(exponent)[:holders]
    push = part * rare.residual
    rest = max((rare.error * rare.square) ** 2 - (heavy * rare.residual**2).sum(), 0.0)  # the others' part
    parts = np.column_stack([part**2, push, heavy * rare.residual**2, heavy * push, heavy * part**2])
    partial, pushed, residual, mixed, fitted = resampled_sums(parts, RESAMPLES, seed).T
    noise = np.sqrt(rest) * np.random.default_rng(seed).standard_normal(RESAMPLES)
    square = rare.square - (part**2).sum() + partial
    effect = (pushed - push.sum() + noise) / square
    error = np.sqrt(np.maximum(residual - 2 * effect * mixed + effect**2 * fitted, 0) + rest) / square
    t = np.divide(effect, error, out=np.zeros_like(effect), where=error > 0)
    below, above = np.quantile(t, [0.025, 0.975])
    return float(rare.effect - above * rare.error), float(rare.effect - below * rare.error)
