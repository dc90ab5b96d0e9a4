"""The kinds of arrays that the k-medoids modules hand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Indices = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Ids = Sequence[Any] | NDArray[Any]
