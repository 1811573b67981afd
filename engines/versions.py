"""The number that tells the results of a phase from those of other versions: a counter, and the networks' weights.

Numbers are only compared for equality: another network is another version, whether it is newer or older.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_WEIGHT_BITS = 32


def version_of(counter: int, sha256s: Iterable[str] = ()) -> int:
    """The counter itself for a phase without networks, else one number of both, exact in JSON.

    counter: 1 to 2,000,000. sha256s: of the networks' files, in hexadecimal; their order does not matter.
    """
    sums = sorted(set(sha256s))
    if not sums:
        return counter
    together = sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
    return counter << _WEIGHT_BITS | int(together[: _WEIGHT_BITS // 4], 16)


def split(version: int) -> tuple[int, str | None]:
    """The counter, and the first eight digits of the weights' SHA-256; None without networks."""
    counter, weights = divmod(version, 1 << _WEIGHT_BITS)
    return (counter, f"{weights:08x}") if counter else (version, None)
