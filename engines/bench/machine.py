"""What this computer is, as far as it explains the numbers measured on it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

# Those whose own speed shows in the rows; apsw's version begins with SQLite's.
_LIBRARIES = (
    "numpy", "apsw", "pillow", "simplejpeg", "opencv-python-headless", "pillow-heif", "rawpy", "av", "openvino",
    "torch",
)  # fmt: skip


def machine() -> dict[str, Any]:
    """load: how many programs wanted a core in the last minute, on average; the more, the worse are the rows."""
    return {
        "cpu": _cpu(),
        "cores": _usable_cores(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "os": platform.platform(terse=True),
        "python": platform.python_version(),
        "load": round(psutil.getloadavg()[0], 2),
        "versions": dict(_versions()),
    }


def _cpu() -> str:
    """The processor's name as it is sold; only Linux keeps it in a file, elsewhere Python knows it or nobody does."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _versions() -> Iterator[tuple[str, str]]:
    """Without those that a packaged program brings along nameless."""
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            yield name, metadata.version(name)


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
