"""Time in whole minutes since 1970, the window of the study, and the weekdays and hours at which incidents happen."""

from __future__ import annotations

import numpy as np

DAY = 24 * 60
YEAR = 365.25 * DAY


def minute(day: str) -> int:
    """Return the first minute of a day.

    Parameters
    ----------
    day : str
        As YYYY-MM-DD.

    Returns
    -------
    int
        Minutes since 1 January 1970.
    """
    return int(np.datetime64(day, "m").astype(np.int64))


WINDOW = (minute("2011-01-01"), minute("2021-01-01"))  # published: west_midlands.window, the end exclusive
HISTORY = (minute("2009-01-01"), minute("2011-01-01"))

# Assumed: domestic abuse peaks at weekends and late evenings; other offences in shop hours or at night.
_WEEKDAYS = np.array([[13, 12, 12, 12.5, 14.5, 18.5, 17.5], [14, 14, 14, 14.5, 15.5, 15.5, 12.5]])
_HOURS = np.array(  # weights of the hours from midnight: domestic, daytime, night
    [
        [5, 4.5, 3.5, 2.5, 1.8, 1.4, 1.5, 2, 2.8, 3, 3.3, 3.5,
         4, 3.8, 3.9, 4.2, 4.6, 5.2, 5.8, 6.2, 6.6, 7, 7, 6.4],
        [1, 0.7, 0.6, 0.6, 0.6, 0.8, 1.2, 2, 3.5, 5.5, 7, 8,
         8, 8, 8.2, 8.4, 8, 7, 5.5, 4.5, 3.6, 3, 2.5, 1.8],
        [9, 8.5, 7.5, 6, 4, 2, 1, 1, 1.2, 1.5, 2, 2,
         2.3, 2.5, 2.8, 3, 3.3, 3.8, 4.3, 5, 6, 7, 8, 8.5],
    ]
)  # fmt: skip
DOMESTIC, DAYTIME, NIGHT = range(3)


def at_the_usual_time(
    times: np.ndarray, domestic: np.ndarray, clock: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw the weekday and hour of each incident anew, within its own week.

    Parameters
    ----------
    times : ndarray of float, shape (n,)
        Minutes since 1970.
    domestic : ndarray of bool, shape (n,)
        Whether the incident is domestic abuse, which decides the weekday.
    clock : ndarray of int, shape (n,)
        `DOMESTIC`, `DAYTIME` or `NIGHT`, which decides the hour.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (n,)
        Minutes since 1970. The day stays the same if the new one would be on the other side of the window's edge.
    """
    day = (times // DAY).astype(np.int64)
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday; Monday is 0
    moved = day - weekday + _draw(_WEEKDAYS, np.where(domestic, 0, 1), rng)
    # No incident may cross the start or end of the window, or the start of the history before it.
    inside = (moved * DAY >= WINDOW[0]) == (day * DAY >= WINDOW[0])
    inside &= (moved * DAY < WINDOW[1]) & (moved * DAY >= HISTORY[0])
    day = np.where(inside, moved, day)
    minutes: np.ndarray = day * DAY + _draw(_HOURS, clock, rng) * 60 + rng.integers(0, 60, len(times))
    return minutes


def _draw(weights: np.ndarray, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    cumulative = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    drawn: np.ndarray = (rng.random(len(rows))[:, None] >= cumulative[rows, :-1]).sum(axis=1)
    return drawn
