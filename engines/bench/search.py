"""`bench search`: how soon an answer comes, from libraries of made rows, and what it costs to be ready for it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from engines.analysis.phases import phases
from engines.bench import vectors
from engines.bench.made_items import MadeLibrary
from engines.bench.queries import Family, families
from engines.bench.report import Bar, Row
from engines.bench.timing import Took, median_seconds, percentile, timed, took_by
from engines.bench.vectors import Meanings
from engines.bench.workbench import Workbench
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.library.search_index import SearchIndex
from engines.search.explain import explain
from engines.search.find import find

COLD_BAR = Bar("<", 1)  # s
_WARM_BARS = ((100_000, Bar("<", 10)), (1_000_000, Bar("<", 20)))  # ms for 95 % of the queries, up to so many files

_LIMIT = 100  # hits, as many as the command line lists
_REASONS_BAR = Bar("≤", 30)  # ms
_EXPLAINED = 3  # queries of each family
_EACH = 60  # queries of each family
_ROUNDS = 3
_BYTES = 2500  # a file, in the library and its journal
_WARM_UP = ("has:gps", "quality:>0.5", "nosuchword")  # load the columns and open a connection
_MEMORY_QUERIES = 200


def measure(bench: Workbench, sizes: Sequence[int], each: int = _EACH) -> Iterator[Row]:
    """Rows for libraries of so many files, one after the other. each: queries of each family."""
    meanings = vectors.Meanings.start()
    for size in sizes:
        bench.need(size * (_BYTES + vectors.BYTES))
        folder = bench.place / f"library {size}"
        made = MadeLibrary(size)
        yield from _build(bench, folder, made, meanings)
        asked = families(made, each)
        yield from _opening(bench, folder, size)
        yield from _cold(bench, folder, size, asked)
        yield from _warm(bench, folder, size, asked)
        yield _memory(bench, folder, size, asked)
        yield from vectors.measure(bench, folder, size, meanings, _bar(size), COLD_BAR)
        shutil.rmtree(folder)


def _build(bench: Workbench, folder: Path, made: MadeLibrary, meanings: Meanings) -> Iterator[Row]:
    with closing(Library(folder)) as library:
        rows, done = MadeRows(library, phases()), 0
        for items in made.items():
            rows.add(items)
            done += len(items)
            bench.say(f"Making {made.count:,} rows: {done:,} done")
        meanings.fill(library, made.count, bench.say)
        bench.say(f"{made.count:,} files: finding common words")
        settling, _ = timed(library.index.settle)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    yield Row(_named(made.count, "library"), size / 1e6, "MB", note="on disk, with caches, without thumbnails")
    note = "columns, common words and signs of vectors written, at an import's end"
    yield Row(_named(made.count, "caches"), settling, "s", note=note)


def _opening(bench: Workbench, folder: Path, size: int) -> Iterator[Row]:
    bench.say(f"{size:,} files: loading the columns")
    with closing(Library(folder, writable=False)) as library:
        for name, place in (("cached", folder), ("not cached", bench.place / "no caches here")):
            seconds = median_seconds(_ROUNDS, lambda: SearchIndex(library.database, place).columns())  # noqa: B023
            yield Row(_named(size, f"columns, {name}"), 1000 * seconds, "ms", note="once in each process")


def _cold(bench: Workbench, folder: Path, size: int, asked: Sequence[Family]) -> Iterator[Row]:
    """The first search of a process; what the system keeps of the files in memory cannot be dropped from here."""
    bench.say(f"{size:,} files: searches in new processes")
    queries = [family.queries[0] for family in asked]
    answers = [timed(lambda: bench.run(folder, "search", query)) for query in queries]  # noqa: B023
    whole = [seconds for seconds, _ in answers]
    took = [answer["took_ms"] / 1000 for _, answer in answers]
    note = f"p95 of {len(queries)} new processes, one query of each kind"
    yield Row(
        _named(size, "first search, whole command"), percentile(whole, 95), "s", COLD_BAR, f"{note}; start to end"
    )
    yield Row(
        _named(size, "first search"),
        percentile(took, 95),
        "s",
        note="of these, without Python's start and the answer's making",
    )


def _warm(bench: Workbench, folder: Path, size: int, asked: Sequence[Family]) -> Iterator[Row]:
    bench.say(f"{size:,} files: searches in a running process")
    order = [(family.name, query) for family in asked for query in family.queries]
    random.Random(5).shuffle(order)  # so that a slow moment does not fall on one family alone
    with closing(Library(folder, writable=False)) as library, closing(Library(folder, writable=False)) as other:
        for query in _WARM_UP:
            find(library, query, limit=_LIMIT)
            find(other, query, limit=_LIMIT)
        first = []
        for name, query in order:
            find(other, query, limit=_LIMIT)  # all that this leaves behind for the next is that the words are encoded
            first.append((name, _asked(library, query)))
        again = [_asked(library, query).ms for _, query in order]
        reasons = [_reasons_ms(library, query) for family in asked for query in family.queries[:_EXPLAINED]]
    yield from percentiles(size, [took for _, took in first])
    yield Row(_named(size, "search again, p95"), percentile(again, 95), "ms", note="the same queries a second time")
    for family in asked:
        yield _by_family(size, family, [took.ms for name, took in first if name == family.name])
    note = f"why each of up to {_LIMIT} hits is one; p50 {percentile(reasons, 50):.2f} of {len(reasons)} queries"
    yield Row(_named(size, "reasons, p95"), percentile(reasons, 95), "ms", _REASONS_BAR, note)


def _asked(library: Library, query: str) -> Took:
    """From the text to the hits in their order."""
    return took_by(lambda: find(library, query, limit=_LIMIT))[0]


def _reasons_ms(library: Library, query: str) -> float:
    results = find(library, query, limit=_LIMIT)
    return 1000 * timed(lambda: explain(library, results))[0]


def percentiles(size: int, took: Sequence[Took]) -> Iterator[Row]:
    """The rows for all queries together."""
    asked = f"{len(took):,} queries of all kinds, each for the first time but with its words encoded, {_LIMIT} hits"
    for percent in (50, 95, 99):
        value = percentile([one.ms for one in took], percent)
        at_work = percentile([one.processor_ms for one in took], percent)
        bar = _bar(size) if percent == 95 else None
        yield Row(_named(size, f"search, p{percent}"), value, "ms", bar, f"{asked}; of processor time {at_work:.3g}")


def _by_family(size: int, family: Family, took: Sequence[float]) -> Row:
    half, most = percentile(took, 50), percentile(took, 99)
    note = f"p50 {half:.2f}, p99 {most:.2f}; such as {family.queries[0]}"
    return Row(_named(size, f"{family.name}, p95"), percentile(took, 95), "ms", _bar(size), note)


def _bar(size: int) -> Bar | None:
    return next((bar for most, bar in _WARM_BARS if size <= most), None)


def _memory(bench: Workbench, folder: Path, size: int, asked: Sequence[Family]) -> Row:
    bench.say(f"{size:,} files: memory of a searching process")
    queries = [query for family in asked for query in family.queries]
    spread = queries[:: max(1, len(queries) // _MEMORY_QUERIES)]
    held = bench.memory_after(folder, spread)
    note = f"proportional set size of a process after {len(spread)} searches of all kinds"
    return Row(_named(size, "memory"), held / 1e6, "MB", note=note)


def _named(size: int, what: str) -> str:
    return f"{size:,} files: {what}"
