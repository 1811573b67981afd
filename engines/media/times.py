"""When a file was changed last, as the library can keep it."""

from __future__ import annotations

import os

_LIMIT_NS = (1 << 63) - 1  # of 64 bits: the years 1677 to 2262; a broken clock or file system may claim any other


def mtime_ns(status: os.stat_result) -> int:
    """Unix time of the last change in ns; what lies beyond 64 bits as the last moment within."""
    return max(-_LIMIT_NS, min(status.st_mtime_ns, _LIMIT_NS))
