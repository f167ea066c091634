"""The kinds of NumPy arrays that matching uses, by the names of this package."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.integer[Any]]
Ids = NDArray[np.bytes_]


def smallest(values: Ints, most: int) -> Ints:
    """The same whole numbers in the narrowest type that holds `most`."""
    return values.astype(np.min_scalar_type(max(most, 0)))


def at(table: NDArray[Any], rows: int | Ints, columns: Ints) -> NDArray[Any]:
    """What a table holds in one row, or in the row beside each column."""
    found = table[rows].take(columns) if isinstance(rows, int) else table[rows, columns]
    return np.asarray(found)
