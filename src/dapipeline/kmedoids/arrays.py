"""The types of array that the modules of this library pass to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]  # sums, weights, and points as the caller has them
Singles = NDArray[np.float32]  # distances that are held or computed in bulk: half the memory, twice the speed
Indices = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Ids = Sequence[Any] | NDArray[Any]
