"""What a run of the cloud queue works with: who asks, with which key and pace, and who makes pictures ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from engines.analysis.asking import Asker
from engines.analysis.sending import start as start_sending
from engines.cancel import CancelToken
from engines.cloud.address import Service, is_nvidia
from engines.cloud.client import Client
from engines.cloud.key import find_key, needed_key
from engines.cloud.pace import Pace
from engines.library.library import Library
from engines.settings import Settings
from engines.workers.pool import Limits, Start, WorkerPool

_MB = 1024 * 1024
_MINUTE_S = 60.0


def start_preparer(settings: Settings, library: Library) -> WorkerPool:
    """Worker processes that make pictures ready to be sent; never more than are asked about at once."""
    chosen = settings.analysis
    return WorkerPool(
        min(chosen.worker_count(), settings.cloud.in_flight),
        start=Start(start_sending),
        limits=Limits(memory_bytes=chosen.memory_mb * _MB, seconds=chosen.job_seconds, nice=chosen.nice),
        log=library.worker_log,
    )


@contextmanager
def connected(library: Library, settings: Settings, service: Service, token: CancelToken) -> Iterator[Asker]:
    """Who asks this service, with its key and in its pace. Raises CloudError."""
    key = needed_key(service) if is_nvidia(service.host) else find_key(service)
    book = library.cloud.book(service.name)
    ages_s = library.cloud.ages_s(service.name, _MINUTE_S)
    pace = Pace(settings.cloud.requests_per_minute, _MINUTE_S, ages_s=ages_s)
    with closing(Client(service, key.secret if key is not None else None, pace, book, token)) as client:
        yield Asker(client, book, settings.cloud)
