"""How fast photos are examined: the workers alone, each phase, and the way from the folder into the library."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from pathlib import Path

from engines.analysis.drive import Executor, drive
from engines.analysis.phases import of_workers, phases
from engines.analysis.run import Report, Runner
from engines.bench.listing import media_in
from engines.bench.report import Bar, Row
from engines.bench.timing import median_seconds, timed
from engines.bench.workbench import Workbench
from engines.cancel import CancelToken
from engines.library.library import Library
from engines.types import Examined, Wanted

METADATA_BAR = Bar("≥", 180)  # files/s, on 2 cores
CONTENT_BAR = Bar("≥", 15)  # photos/s, on 2 cores

_PHASES = of_workers(phases())
_PICTURE_PHASES = tuple(phase.name for phase in _PHASES if phase.picture)


def measure(bench: Workbench, folder: Path, rounds: int) -> Iterator[Row]:
    """Rows for all photos and videos below a folder, which holds at least one."""
    files = _wanted(bench, folder)
    bench.say("Measuring: start of the worker processes")
    yield _start_up(bench, files[0], rounds)
    with bench.start_executor() as executor:
        yield from _imports(bench, executor, folder, rounds)
        bench.say("Measuring: each phase in the workers")
        examined = [_examined(executor, files) for _ in range(rounds)]
        yield from _by_phase(examined)
        yield from _by_format(examined)
        bench.say("Measuring: against the naive way, without networks")
        yield _against_naive(executor, files, rounds)


def _wanted(bench: Workbench, folder: Path) -> list[Wanted]:
    """What a worker is given for each file, without a library behind it."""
    names = tuple(phase.name for phase in _PHASES)
    return [
        Wanted(number, str(folder / relative), entry.size, entry.mtime_ns, names)
        for number, (relative, entry) in enumerate(media_in(folder, bench.rules), start=1)
    ]


def _start_up(bench: Workbench, file: Wanted, rounds: int) -> Row:
    def start() -> None:
        with bench.start_executor() as executor:
            _examined(executor, [file])

    note = "until the first photo came back, decoders loaded; in no other row of photos"
    return Row("workers, start", median_seconds(rounds, start), "s", note=note)


def _imports(bench: Workbench, executor: Executor, folder: Path, rounds: int) -> Iterator[Row]:
    """Whole imports into new libraries, the first of which only warms the page cache; then single phases again."""
    bench.say("Measuring: whole imports of the photos")
    libraries = [bench.place / f"library {number}" for number in range(rounds + 1)]
    reports = [_imported(bench, executor, library, folder) for library in libraries]
    seconds = statistics.median(report.seconds for report in reports[1:])
    yield Row("import", reports[0].examined / seconds, "files/s", note="scan, all phases, saving; workers running")
    with closing(Library(libraries[-1])) as library:
        runner = Runner(library, bench.rules, lambda: nullcontext(executor))
        for names, unit, bar in ((("metadata",), "files/s", METADATA_BAR), (_PICTURE_PHASES, "photos/s", CONTENT_BAR)):
            bench.say(f"Measuring: {' and '.join(names)} alone")
            runs = [runner.analyse(names, None) for _ in range(rounds)]
            speed = statistics.median((run.examined - len(run.failed)) / run.seconds for run in runs)
            yield Row(names[-1], speed, unit, bar, f"{' and '.join(names)} alone: reading to saving, page cache warm")


def _imported(bench: Workbench, executor: Executor, folder: Path, photos: Path) -> Report:
    with closing(Library(folder)) as library:
        return Runner(library, bench.rules, lambda: nullcontext(executor)).import_paths([str(photos)])


def _examined(executor: Executor, files: Sequence[Wanted]) -> list[tuple[Wanted, Examined]]:
    return list(drive(executor, iter(files), CancelToken()))


def _by_phase(rounds: Sequence[Sequence[tuple[Wanted, Examined]]]) -> Iterator[Row]:
    times = _Times()
    for files in rounds:
        for wanted, examined in files:
            phase_seconds = {done.phase: done.seconds for done in examined.done if done.problem is None}
            for step, seconds in {**examined.seconds, **phase_seconds}.items():
                times.add(step, wanted.file_id, seconds)
    for step, mean in times.means().items():
        yield Row(f"{step}, a file", 1000 * mean, "ms", note=f"in a worker, mean of {times.count(step):,} files")


def _by_format(rounds: Sequence[Sequence[tuple[Wanted, Examined]]]) -> Iterator[Row]:
    times = _Times()
    for files in rounds:
        for wanted, examined in files:
            if examined.content is not None and examined.content.format and "decode" in examined.seconds:
                times.add(examined.content.format, wanted.file_id, examined.seconds["decode"])
    for name, mean in sorted(times.means().items()):
        yield Row(f"decode, {name}", 1000 * mean, "ms", note=f"mean of {times.count(name):,} files")


class _Times:
    """Seconds by what took them and by file; of several looks at one file the middle one counts."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))

    def add(self, name: str, file_id: int, seconds: float) -> None:
        self._seconds[name][file_id].append(seconds)

    def means(self) -> Mapping[str, float]:
        return {
            name: statistics.fmean(statistics.median(looks) for looks in files.values())
            for name, files in self._seconds.items()
        }

    def count(self, name: str) -> int:
        return len(self._seconds[name])


def _against_naive(executor: Executor, files: Sequence[Wanted], rounds: int) -> Row:
    """Both ways by turns, so that what else the computer does meanwhile falls on both. Networks: against_torch."""
    from engines.bench import naive  # loads all decoders, which has no place in a process that only parses arguments

    naive.prepare()
    common = [file for file in files if naive.examine(file.path)]
    if not common:
        return Row("naive way, no networks", None, "times slower", note="Pillow can read none of these files")
    ratios = []
    for _ in range(rounds):
        ours, _ = timed(lambda: _examined(executor, common))
        theirs, _ = timed(lambda: [naive.examine(file.path) for file in common])
        ratios.append(theirs / ours)
    note = f"one process, each phase decodes again with Pillow; {len(common):,} files, nothing saved on either side"
    return Row("naive way, no networks", statistics.median(ratios), "times slower", note=note)
