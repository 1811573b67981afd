"""How much memory this process and its workers hold together."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import psutil

_EVERY_S = 1.0  # asking costs some milliseconds a process


class Meter:
    """The peak of the summed proportional set sizes, in MB: pages shared by several processes count once."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._last = 0.0

    def sample_sometimes(self, pids: Sequence[int]) -> None:
        if time.monotonic() - self._last >= _EVERY_S:
            self.sample(pids)

    def sample(self, pids: Sequence[int] = ()) -> float:
        """Look now; returns the peak so far in MB."""
        self._last = time.monotonic()
        self._peak = max(self._peak, sum(held_bytes(pid) for pid in (os.getpid(), *pids)) / 1e6)
        return round(self._peak, 1)


def held_bytes(pid: int) -> int:
    """The proportional set size of a process; 0 once it has ended."""
    try:
        info = psutil.Process(pid).memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return int(getattr(info, "pss", info.uss))  # only Linux knows the proportional size
