"""`bench cloud`: what this program adds to the time a service takes, and how well it keeps to a pace.

The service is a stand-in on this computer; nothing leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import partial

from engines.analysis.asking import Asker, chosen_service
from engines.analysis.cloud_phases import DESCRIPTION
from engines.analysis.fence import fence
from engines.analysis.requests import Preparer, Report, RequestLoop, contents_at, request
from engines.analysis.sending import start as start_sending
from engines.bench.report import Bar, Row
from engines.bench.slow_server import serving
from engines.bench.timing import percentile, timed
from engines.bench.workbench import Workbench
from engines.cancel import CancelToken
from engines.cloud.client import Client
from engines.cloud.pace import Pace
from engines.library.library import Library
from engines.settings import Cloud
from engines.workers.pool import Start, WorkerPool

OVERHEAD_BAR = Bar("≤", 0.2)  # s
RATE_BAR = Bar("≥", 95)  # requests a minute, where 100 are allowed

_FILE_BYTES = 40_000
_WORKERS = 2  # that make pictures ready
_QUICK_SHARE = 0.5  # of the files: asked of a service that answers at once


@dataclass(frozen=True, slots=True)
class Scale:
    """seconds: the service takes for an answer. limit: requests in any `window_s`. windows: so many are watched."""

    seconds: float = 2.0
    limit: int = 100
    window_s: float = 60.0
    windows: int = 2
    in_flight: int = 4

    @property
    def files(self) -> int:
        """A few more than can be asked about while it is watched."""
        return self.limit * self.windows + 2 * self.in_flight


def measure(bench: Workbench, scale: Scale | None = None) -> Iterator[Row]:
    """All rows; takes a little more than the windows that are watched."""
    from engines.bench import made  # loads Pillow

    scale = scale or Scale()
    bench.need(scale.files * _FILE_BYTES)
    bench.say(f"Making {scale.files:,} photos")
    photos = bench.place / "photos"
    made.small_files(photos, range(scale.files))
    bench.run(bench.place / "library", "import", str(photos))
    with (
        closing(Library(bench.place / "library")) as library,
        WorkerPool(_WORKERS, start=Start(start_sending)) as executor,
    ):
        contents = contents_at(library, str(photos))
        yield from _quick(bench, library, executor, contents[: round(scale.files * _QUICK_SHARE)])
        yield from _paced(bench, library, executor, contents, scale)


def _quick(bench: Workbench, library: Library, executor: Preparer, contents: Sequence[int]) -> Iterator[Row]:
    """Without a limit, of a service that takes no time: all that is left is ours."""
    bench.say(f"Asking about {len(contents):,} photos without a limit")
    scale = Scale(seconds=0.0, limit=100_000)
    seconds, report = timed(lambda: _ask(library, executor, contents, scale))
    note = (
        f"{report.answered:,} photos of 320 x 240 made ready, sent, answered at once, saved; {scale.in_flight} at once"
    )
    yield Row("cloud, our own time a photo", 1000 * seconds / max(1, report.answered), "ms", note=note)


def _paced(
    bench: Workbench, library: Library, executor: Preparer, contents: Sequence[int], scale: Scale
) -> Iterator[Row]:
    bench.say(f"Asking about {scale.files:,} photos at {scale.limit} a minute")
    report = _ask(library, executor, contents, scale)
    last = library.cloud.last_calls(report.answered)
    times = [at_s for at_s, _ in last]
    overhead = [seconds - scale.seconds for _, seconds in last]
    watched = scale.window_s * scale.windows
    rate = sum(one < times[0] + watched for one in times) * 60 / watched
    most = max(sum(start <= one < start + scale.window_s for one in times) for start in times)
    note = f"{report.answered:,} requests to a service that takes {scale.seconds:g} s, {scale.in_flight} at once"
    yield Row("cloud, client overhead, p95", percentile(overhead, 95), "s", OVERHEAD_BAR, note)
    yield Row("cloud, sustained rate", rate, "requests/min", RATE_BAR, f"over {watched:g} s, limit {scale.limit}")
    limit = Bar("≤", scale.limit)
    yield Row("cloud, most in any minute", most, "requests", limit, f"windows of {scale.window_s:g} s at every request")


def _ask(library: Library, executor: Preparer, contents: Sequence[int], scale: Scale) -> Report:
    token = CancelToken()
    with serving(scale.seconds) as address, ThreadPoolExecutor(scale.in_flight) as threads:
        settings = Cloud(server="other", address=address, in_flight=scale.in_flight)
        service = chosen_service(settings)
        for permission in library.cloud.permissions():
            library.cloud.forget(permission.path.decode())
        library.cloud.allow("/", service.name)
        book = library.cloud.book(service.name)
        client = Client(service, None, Pace(scale.limit, scale.window_s), book, token)
        request(library.cloud, fence(library.cloud, settings, service), contents, DESCRIPTION.name, again=True)
        loop = RequestLoop(
            store=library.cloud,
            asker=Asker(client, book, settings),
            service=service,
            settings=settings,
            fence=partial(fence, library.cloud, settings, service),
            start_preparer=lambda: nullcontext(executor),
            threads=threads,
            token=token,
        )
        with closing(client):
            return loop.run()
