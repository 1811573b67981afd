"""The worker processes that examine files, as the settings want them."""

from __future__ import annotations

from pathlib import Path

from engines.analysis.phases import phases
from engines.analysis.worker import start as start_worker
from engines.inference.sets import in_use
from engines.settings import Settings
from engines.workers.pool import Limits, Start, WorkerPool

_MB = 1024 * 1024


def start_pool(settings: Settings, log: Path | None = None) -> WorkerPool:
    """log: where their native libraries complain. A pool is a context manager, whose end ends the processes."""
    chosen = settings.analysis
    names = tuple(phase.name for phase in phases())
    return WorkerPool(
        chosen.worker_count(),
        start=Start(start_worker, (names, in_use().name, chosen.detector)),
        limits=Limits(memory_bytes=chosen.memory_mb * _MB, seconds=chosen.job_seconds, nice=chosen.nice),
        log=log,
    )
