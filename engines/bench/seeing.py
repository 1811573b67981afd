"""How fast photos are looked at: decoding alone, networks alone, and both at once on the same cores."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from engines.analysis.desk import Desk
from engines.analysis.drive import Executor, drive
from engines.analysis.networks import Networks
from engines.analysis.phases import phases
from engines.bench.listing import media_in
from engines.bench.report import Bar, Row
from engines.bench.timing import timed
from engines.bench.workbench import Workbench
from engines.cancel import CancelToken
from engines.types import ToInfer, Wanted

WHOLE_BAR = Bar("≥", 0.9)  # of what the same cores could do if decoding and networks took turns without loss

_WAIT_S = 0.1
_MOST = 200  # photos, whose squares are held in memory meanwhile: 150 MB


@dataclass(frozen=True, slots=True)
class _Speeds:
    """Photos a second in one round."""

    decoding: float
    networks: float
    whole: float

    @property
    def share(self) -> float:
        return self.whole * (1 / self.decoding + 1 / self.networks)


def measure(bench: Workbench, folder: Path, rounds: int) -> Iterator[Row]:
    """Rows for the photos below a folder; nothing of it is saved. The three are measured by turns, in one process."""
    bench.say("Measuring: networks, and decoding beside them")
    files = wanted(bench, folder)[:_MOST]
    networks = bench.start_networks()
    with bench.start_executor() as executor:
        pictures = decoded(executor, files)  # also warms the page cache
        networks.infer(pictures)  # loads them
        found = [_round(executor, networks, bench.start_desk, files, pictures) for _ in range(rounds)]
    networks.free()
    seen = [phase.name for phase in phases()]
    yield Row(
        "decode only", _middle(found, "decoding"), "photos/s", note="workers: reading, all their phases, preparing"
    )
    yield Row("networks only", _middle(found, "networks"), "photos/s", note="all networks, and what they mean")
    yield Row("whole pipeline", _middle(found, "whole"), "photos/s", note=f"{', '.join(seen)}; nothing saved")
    note = "of 1/(1/decode only + 1/networks only), in the same round"
    yield Row("whole pipeline, share", statistics.median(one.share for one in found), "", WHOLE_BAR, note)


def wanted(bench: Workbench, folder: Path) -> list[Wanted]:
    """What a worker is given for each file below a folder, for all phases."""
    names = tuple(phase.name for phase in phases())
    return [
        Wanted(number, str(folder / relative), entry.size, entry.mtime_ns, names)
        for number, (relative, entry) in enumerate(media_in(folder, bench.rules), start=1)
    ]


def _round(
    executor: Executor,
    networks: Networks,
    start_desk: Callable[[], AbstractContextManager[Desk]],
    files: Sequence[Wanted],
    pictures: Sequence[ToInfer],
) -> _Speeds:
    decoding, _ = timed(lambda: decoded(executor, files))
    inferring, _ = timed(lambda: networks.infer(pictures))
    with start_desk() as desk:
        warm_up(desk, pictures[0])
        whole, _ = timed(lambda: through(executor, desk, files))
    count = len(pictures)
    return _Speeds(count / decoding, count / inferring, count / whole)


def warm_up(desk: Desk, picture: ToInfer) -> None:
    """Let the desk load its networks, so that this does not count."""
    desk.submit(picture)
    while desk.busy:
        desk.collect(_WAIT_S)


def decoded(executor: Executor, files: Sequence[Wanted]) -> list[ToInfer]:
    """The pictures as workers leave them for the networks; those of files that have none are not among them."""
    return [
        examined.to_infer
        for _, examined in drive(executor, iter(files), CancelToken())
        if examined.to_infer is not None
    ]


def through(executor: Executor, desk: Desk, files: Sequence[Wanted]) -> None:
    """All the way from the file to what the networks say of it, which is dropped."""
    results = drive(executor, iter(files), CancelToken(), lambda seconds: _drop(desk, seconds), lambda: desk.has_room)
    for _, examined in results:
        if examined.to_infer is not None:
            desk.submit(examined.to_infer)
    while desk.busy:
        _drop(desk, _WAIT_S)


def _drop(desk: Desk, seconds: float) -> None:
    desk.collect(seconds)


def _middle(rounds: Sequence[_Speeds], name: str) -> float:
    return statistics.median(float(getattr(one, name)) for one in rounds)
