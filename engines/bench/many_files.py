"""How an import of very many files behaves: its memory, its library, and how soon it sees that nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from engines.analysis.drive import drive
from engines.analysis.phases import of_workers, phases
from engines.analysis.pipeline import scan
from engines.bench.report import Bar, Row
from engines.bench.timing import median_seconds, percentile, timed
from engines.bench.workbench import Workbench
from engines.cancel import CancelToken
from engines.errors import EngineError
from engines.library.library import Library
from engines.types import Examined

SECOND_IMPORT_BAR = Bar("≤", 5)  # s, for 10,000 files
MEMORY_BAR = Bar("<", 1500)  # MB, with two workers
GROWTH_BAR = Bar("<", 100)  # MB; a leak of 14 KB a file would pass it

_FIRST_PART = 0.3  # of the files: after so many, whatever has to grow has grown
_SAVED_FILES = 2000
_TRANSACTION = 64  # files, as many as a run saves at once


def measure(bench: Workbench, count: int, rounds: int) -> Iterator[Row]:
    """Rows for so many small made photos."""
    from engines.bench import made  # loads Pillow

    first = round(count * _FIRST_PART)
    folder = bench.place / "small"
    bench.say(f"Making {count:,} small photos")
    made.small_files(folder / "first", range(first))
    made.small_files(folder / "rest", range(first, count))
    yield from _imports(bench, folder, first, count, rounds)
    yield from _steps(bench, folder, rounds)


def _imports(bench: Workbench, folder: Path, first: int, count: int, rounds: int) -> Iterator[Row]:
    bench.say(f"Measuring: imports of {first:,} and of {count:,} files")
    partly = _run_import(bench, "partly", folder / "first", added=first)
    whole = _run_import(bench, "whole", folder, added=count)
    again = median_seconds(rounds, lambda: _run_import(bench, "whole", folder, added=0))
    peak, size = whole["peak_memory_mb"], f"{count:,} photos of 320 x 240"
    yield Row(f"import of {count:,}", count / whole["seconds"], "files/s", note=f"{size}; workers' start included")
    yield Row("second import", again, "s", SECOND_IMPORT_BAR, f"{count:,} unchanged files, the whole command")
    yield Row("memory, peak", peak, "MB", MEMORY_BAR, f"{size}; proportional set sizes of all processes, summed")
    grown = peak - partly["peak_memory_mb"]
    yield Row("memory, growth", grown, "MB", GROWTH_BAR, f"of that peak from {first:,} to {count:,} files")


def _run_import(bench: Workbench, library: str, folder: Path, added: int) -> Any:
    report = bench.run(bench.place / library, "import", str(folder))
    if report["added"] != added or report["failed"]:
        raise EngineError("bench_import", f"An import added {report['added']:,} files where {added:,} were new.")
    return report


def _steps(bench: Workbench, folder: Path, rounds: int) -> Iterator[Row]:
    """Scanning and saving on their own, in this process."""
    with closing(Library(bench.place / "steps")) as library:
        root = library.add_root(str(folder))
        bench.say("Measuring: scans")
        seconds, scanned = timed(lambda: scan(library, root, bench.rules))
        count = scanned.changes.added
        yield Row("scan, new files", count / seconds, "files/s", note="the folder's listing and a row for each file")
        seconds = median_seconds(rounds, lambda: scan(library, root, bench.rules))
        yield Row("scan, unchanged files", count / seconds, "files/s")
        bench.say("Measuring: the writer alone")
        yield _saving(library, _examined(bench, library))


def _examined(bench: Workbench, library: Library) -> list[Examined]:
    due = of_workers(phases())
    wanted = library.wanted(due, library.wanted_ids(due)[:_SAVED_FILES])
    with bench.start_executor() as executor:
        return [examined for _, examined in drive(executor, wanted, CancelToken())]


def _saving(library: Library, files: list[Examined]) -> Row:
    """The median of many transactions, for one of them may have to wait for the disk."""
    remaining = iter(files)
    seconds = []
    while batch := list(islice(remaining, _TRANSACTION)):
        seconds.append(timed(lambda: library.save(batch))[0] / len(batch))
    note = f"facts, columns, words and thumbnail of {len(files):,} files, {_TRANSACTION} a transaction"
    return Row("save, a file", 1e6 * percentile(seconds, 50), "µs", note=note)
