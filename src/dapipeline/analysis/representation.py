"""Whether a part of the cohort has more or fewer people with something than the rest: intervals, p, q and a word."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import NORMAL_95, false_discovery_rates, normal_p, wilson

OVER, UNDER, EXPECTED, TOO_FEW = "over", "under", "as expected", "too few to say"
Q = 0.05  # of all comparisons called over or under, about one in twenty is so by chance
FEWEST_EXPECTED = 5  # in each of the four cells, for the normal distribution to hold (Cochran 1954)
HALVINGS = 80  # of the logarithm's span: far below what a double can tell apart


def compare_with_rest(counts: pd.DataFrame) -> pd.DataFrame:
    """Compare the share of each part with that of the rest of its cohort.

    A part is a part of its cohort, so that the two are not independent; the part and the rest are.

    Parameters
    ----------
    counts : pandas.DataFrame
        offenders (with it in the part), of (people of the part), rest_offenders, rest_of (the same of the rest).

    Returns
    -------
    pandas.DataFrame
        The same rows: low and high (Wilson's 95% interval of the share), rest_share, rest_ratio (the share by that of
        the rest), rest_ratio_low and rest_ratio_high (`ratio_interval`), p (score test that the shares are the same,
        missing where fewer than `FEWEST_EXPECTED` are expected in one of the four cells), q (Benjamini and Hochberg,
        over all rows) and representation: over or under where q is below `Q`, as expected, or too few to say.
    """
    here, of, there, rest = (
        counts[name].to_numpy(dtype=float) for name in ("offenders", "of", "rest_offenders", "rest_of")
    )
    low, high = wilson(here, of)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, rest_share = here / of, there / rest
        ratio = share / rest_share
        p = normal_p(_score(here, of, there, rest, np.ones_like(here)))
        with_it = (here + there) / (of + rest)
        expected = np.minimum(of, rest) * np.minimum(with_it, 1 - with_it)
    p = np.where(expected >= FEWEST_EXPECTED, p, np.nan)
    q = false_discovery_rates(p)
    ratio_low, ratio_high = ratio_interval(here, of, there, rest)
    found = np.where(q < Q, np.where(share > rest_share, OVER, UNDER), EXPECTED)
    return pd.DataFrame(
        {
            "low": low, "high": high, "rest_share": rest_share,
            "rest_ratio": np.where(np.isfinite(ratio), ratio, np.nan),
            "rest_ratio_low": ratio_low, "rest_ratio_high": ratio_high,
            "p": p, "q": q, "representation": np.where(np.isnan(q), TOO_FEW, found),
        },
        index=counts.index,
    )  # fmt: skip


def ratio_interval(
    first: np.ndarray, of_first: np.ndarray, second: np.ndarray, of_second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Compute the 95% interval of the ratio of two independent shares: Koopman's score interval (1984).

    It holds all ratios that the score test does not reject; unlike the logarithm's it exists where nobody has it.

    Parameters
    ----------
    first, of_first, second, of_second : ndarray of int
        How many of how many, on each side.

    Returns
    -------
    low, high : ndarray of float
        Missing where nobody has it on either side or a side is nobody; infinite above where nobody of the second has.
    """
    here, of, there, rest = (np.asarray(part, dtype=float) for part in (first, of_first, second, of_second))
    known = (of > 0) & (rest > 0) & (here + there > 0)
    sides = []
    for sign in (1.0, -1.0):  # the score falls as the ratio rises: from above 1.96 to below -1.96
        bottom, top = np.full(here.shape, -60.0), np.full(here.shape, 60.0)
        for _ in range(HALVINGS):
            middle = (bottom + top) / 2
            with np.errstate(all="ignore"):
                score = _score(here, of, there, rest, np.exp(middle))
            above = np.where(np.isnan(score), 0.0, score) > sign * NORMAL_95  # 0 by 0 where everybody has it
            bottom, top = np.where(above, middle, bottom), np.where(above, top, middle)
        sides.append(np.exp((bottom + top) / 2))
    low, high = np.where(here == 0, 0.0, sides[0]), np.where(there == 0, np.inf, sides[1])
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _score(here: np.ndarray, of: np.ndarray, there: np.ndarray, rest: np.ndarray, ratio: np.ndarray) -> np.ndarray:
    """Compute the score of a ratio of shares: the first's distance from what the ratio has it be, by its error."""
    a = (of + rest) * ratio
    b = of * ratio + here + rest + there * ratio
    c = here + there
    second = (b - np.sqrt(np.maximum(b**2 - 4 * a * c, 0.0))) / (2 * a)  # most likely share under the ratio
    first = ratio * second
    error = np.sqrt(np.maximum(first * (1 - first) / of + ratio**2 * second * (1 - second) / rest, 0.0))
    return (here / of - ratio * there / rest) / error
