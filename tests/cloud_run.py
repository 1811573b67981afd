"""Works off a library's queue in a process of its own, to be killed: `python -m tests.cloud_run LIBRARY ADDRESS`.

The window of its pace is seconds, not a minute, so that 2,000 requests take no hour. Prints its peak memory in KB.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from engines.analysis.asking import Asker, chosen_service
from engines.analysis.fence import fence
from engines.analysis.requests import RequestLoop
from engines.analysis.sending import Parcel
from engines.cancel import CancelToken
from engines.cloud.client import Client, Waiting
from engines.cloud.pace import Pace
from engines.errors import EngineError
from engines.library.library import Library
from engines.settings import Cloud

LIMIT = 100
WINDOW_S = 2.0
IN_FLIGHT = 4


@dataclass(frozen=True)
class _Outcome:
    key: int
    value: Parcel
    error: EngineError | None = None


@dataclass
class ReadyAtOnce:
    """Instead of worker processes: the parcel is the file itself, as what is sent is not asked about here."""

    _outcomes: list[_Outcome] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        return len(self._outcomes) < IN_FLIGHT

    @property
    def busy(self) -> bool:
        return bool(self._outcomes)

    def submit(self, key: int, function: Callable[..., Any], *args: Any) -> None:
        data = Path(args[0].path).read_bytes()
        self._outcomes.append(_Outcome(key, Parcel((data,), ((64, 48),))))

    def wait(self, timeout: float) -> Sequence[Any]:
        outcomes, self._outcomes = self._outcomes, []
        return outcomes


def main(folder: str, address: str) -> None:
    token = CancelToken()
    settings = Cloud(server="other", address=address, models=("test/vision",), in_flight=IN_FLIGHT)
    service = chosen_service(settings)
    with closing(Library(Path(folder))) as library, ThreadPoolExecutor(IN_FLIGHT) as threads:
        book = library.cloud.book(service.name)
        pace = Pace(LIMIT, WINDOW_S, ages_s=library.cloud.ages_s(service.name, WINDOW_S))
        waiting = Waiting(first_s=0.05)
        with closing(Client(service, None, pace, book, token, waiting=waiting)) as client:
            loop = RequestLoop(
                store=library.cloud,
                asker=Asker(client, book, settings),
                service=service,
                settings=settings,
                fence=partial(fence, library.cloud, settings, service),
                start_preparer=lambda: nullcontext(ReadyAtOnce()),
                threads=threads,
                token=token,
                tell=lambda progress: print(progress.answered, flush=True),
                put_off_s=0.2,
            )
            report = loop.run()
    print(f"done {len(report.failed)} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
