"""Where the measurement of the grid goes: the same rows for the process that makes pictures and the one that jumps."""

from __future__ import annotations

import numpy as np

_JUMPS = 40


def stops(count: int) -> list[int]:
    """Rows to jump to, the top first."""
    random = np.random.default_rng(11)
    return [0, *(int(row) for row in random.integers(0, max(1, count - 400), _JUMPS))]
