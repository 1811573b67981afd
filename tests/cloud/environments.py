"""A job that tells what its process inherited."""

from __future__ import annotations

import os
from pathlib import Path


def environment() -> str:
    """As the process sees it, and as the system gave it."""
    given = Path("/proc/self/environ")
    return f"{dict(os.environ)} {given.read_bytes() if given.exists() else b''!r}"
