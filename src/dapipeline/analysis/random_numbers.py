"""Random numbers inside compiled loops: a state for each resample, so that threads share nothing.

The generator is xorshift64* (Vigna 2016, "An experimental exploration of Marsaglia's xorshift generators, scrambled").
"""

from __future__ import annotations

import numpy as np

from dapipeline.kmedoids.compiled import compiled


@compiled()
def begun(seed: int, number: int) -> np.uint64:
    """Return the first state of a stream.

    Parameters
    ----------
    seed, number : int
        The number of the stream among those of a seed.

    Returns
    -------
    numpy.uint64
    """
    state = np.uint64(seed + 1) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(number + 1) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31)) | np.uint64(1)


@compiled()
def following(state: np.uint64) -> np.uint64:
    """Return the state after one.

    Parameters
    ----------
    state : numpy.uint64

    Returns
    -------
    numpy.uint64
    """
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    return state ^ (state >> np.uint64(27))


@compiled()
def below(state: np.uint64, most: int) -> int:
    """Return a random whole number from a state, each as likely.

    Parameters
    ----------
    state : numpy.uint64
    most : int

    Returns
    -------
    int
        From 0 to `most` less 1.
    """
    return _part_of(most, _mixed(state) >> np.uint64(32))


@compiled()
def below_too(state: np.uint64, most: int) -> int:
    """Return another number from the same state, which has bits for two.

    Parameters
    ----------
    state : numpy.uint64
    most : int

    Returns
    -------
    int
        From 0 to `most` less 1.
    """
    return _part_of(most, _mixed(state) & np.uint64(0xFFFFFFFF))


@compiled()
def _mixed(state: np.uint64) -> np.uint64:
    return state * np.uint64(0x2545F4914F6CDD1D)


@compiled()
def _part_of(most: int, half: np.uint64) -> int:
    return np.int64((half * np.uint64(most)) >> np.uint64(32))  # type: ignore[return-value]
