"""`bench search`, the part about meaning: how soon and how surely the nearest vectors are found, also under filters."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engines.analysis.phases import phases
from engines.bench import made
from engines.bench.made_vectors import MadeVectors
from engines.bench.report import Bar, Row
from engines.bench.timing import Took, percentile, timed, took_by
from engines.bench.workbench import Workbench
from engines.inference.sets import STARTER
from engines.library.columns import Mask
from engines.library.describe import places
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search.find import find
from engines.search.sense import shared_encoder
from engines.search.text_encoder import TextEncoder, Vector
from engines.search.vector_index import Nearest, nearest

BYTES = 900  # of a vector, in its file and the cache
_PHASE = "meaning"
_LIMIT = 100  # hits
_QUERIES = 42
_SHARES = (1.0, 0.5, 0.05, 0.005)  # of the library, that a filter keeps
_RECALL_BAR = Bar("≥", 0.95)
_TYPED_BAR = Bar("<", 50)  # ms, up to so many files:
_TYPED_SIZE = 100_000
_EQUAL = 1e-5  # cosines that differ by less are those of equally good hits
_PROCESSES = 5
_MEMORY_SEARCHES = 20
_IMPORTED = 60  # photos, while whose import searches are measured


@dataclass(frozen=True)
class Meanings:
    """What is measured with; the network for texts is the one that searches use."""

    encoder: TextEncoder

    @classmethod
    def start(cls) -> Meanings:
        return cls(shared_encoder(STARTER))

    @cached_property
    def made(self) -> MadeVectors:
        return MadeVectors(self.encoder)

    @cached_property
    def queries(self) -> Vector:
        return self.made.queries(_QUERIES)

    def fill(self, library: Library, count: int, say: Callable[[str], None]) -> None:
        """Give the made items 1 to count a vector each."""
        space = Space(_PHASE, _version(), len(self.queries[0]))
        for start, vectors in self.made.chunks(count):
            ids = np.arange(start + 1, start + 1 + len(vectors))
            library.vectors.add(space, ids, ids, vectors)
            say(f"Making {count:,} vectors: {start + len(vectors):,} done")


def measure(bench: Workbench, folder: Path, size: int, meanings: Meanings, bar: Bar | None, cold: Bar) -> Iterator[Row]:
    """Rows for one library of so many files. bar: of a warm search in ms; cold: of the first one in s."""
    bench.say(f"{size:,} files: nearest vectors")
    with closing(Library(folder, writable=False)) as library:
        yield from _nearest(library, size, meanings.queries, bar)
        yield from _typed(bench, library, size, meanings)
        like = _first_path(library)
    yield from _cold(bench, folder, size, like, cold)


def _nearest(library: Library, size: int, queries: Vector, bar: Bar | None) -> Iterator[Row]:
    lab = _Lab(library, queries)
    for share in _SHARES:
        took, recalls = lab.run(share)
        kept = "all files" if share == 1 else f"{100 * share:g} % kept"
        ms, at_work = [one.ms for one in took], percentile([one.processor_ms for one in took], 95)
        note = f"p50 {percentile(ms, 50):.2f}, of processor time {at_work:.3g}; {len(ms)} encoded texts and pictures"
        yield Row(f"{size:,} files: nearest vectors, {kept}, p95", percentile(ms, 95), "ms", bar, note)
        yield Row(
            f"{size:,} files: nearest vectors, {kept}, recall",
            sum(recalls) / len(recalls),
            "",
            _RECALL_BAR,
            f"of the {_LIMIT} truly nearest; the least of all queries {min(recalls):.2f}",
        )


def nearest_of_all(library: Library, queries: Vector) -> tuple[float, float, str]:
    """Without a filter: the milliseconds that 95 % of the queries take at most, their mean recall, and a note."""
    took, recalls = _Lab(library, queries).run(1.0)
    ms = [one.ms for one in took]
    note = f"p50 {percentile(ms, 50):.2f}; {len(ms)} encoded texts and pictures"
    return percentile(ms, 95), sum(recalls) / len(recalls), note


class _Lab:
    """Asks for the nearest, and knows the truth."""

    def __init__(self, library: Library, queries: Vector) -> None:
        self._index = library.index
        self._columns = self._index.columns()
        self._queries = queries
        space = self._index.vectors.searched(_PHASE)
        assert space is not None
        self._space = space
        self._truth = self._exact()
        self._ask(queries[0], self._columns.listed)  # loads the bits and who shows what

    def _exact(self) -> NDArray[np.float32]:
        """The cosine of each query with each media item, (queries, media); -2 for what has no vector."""
        rows = self._index.vectors.rows(self._space)
        exact = np.full((len(self._queries), self._columns.count), -2, np.float32)
        for start in range(0, len(rows), 20_000):
            part = slice(start, start + 20_000)
            vectors = rows.records["vector"][part].astype(np.float32)
            exact[:, rows.contents[part]] = self._queries @ vectors.T  # what is made has one id in all tables
        return exact

    def run(self, share: float) -> tuple[list[Took], list[float]]:
        """What each query took, and its recall, under a filter that keeps this share."""
        took, recalls = [], []
        for number, query in enumerate(self._queries):
            mask = self._mask(share, number)
            outcome, found = took_by(lambda: self._ask(query, mask))  # noqa: B023
            took.append(outcome)
            recalls.append(self._recall(self._truth[number], mask, found))
        return took, recalls

    def _ask(self, query: Vector, mask: Mask) -> Nearest:
        return nearest(self._index, self._space, query, mask, self._columns, _LIMIT)

    def _mask(self, share: float, number: int) -> Mask:
        """Every other filter keeps what was taken at one time, the others something from everywhere."""
        listed = self._columns.listed
        random, count = np.random.default_rng(number), len(listed)
        if share == 1:
            return listed
        if number % 2:
            return listed & (random.random(count) < share)
        first = int(random.random() * (1 - share) * count)
        mask = np.zeros(count, np.bool_)
        mask[first : first + int(share * count)] = True
        return listed & mask

    @staticmethod
    def _recall(truth: NDArray[np.float32], mask: Mask, found: Nearest) -> float:
        best = np.where(mask, truth, -2)
        wanted = min(_LIMIT, int(np.count_nonzero(best > -2)))
        if not wanted:
            return 1.0
        least = np.partition(best, -wanted)[-wanted]
        return float(np.count_nonzero(best[found.ids] >= least - _EQUAL)) / wanted


def _typed(bench: Workbench, library: Library, size: int, meanings: Meanings) -> Iterator[Row]:
    """From the text to the hits, by words and by meaning; each text for the first time."""
    texts = meanings.made.texts(3 * _QUERIES)
    find(library, "warm up", limit=_LIMIT)
    idle = [_typed_ms(library, text) for text in texts[:_QUERIES]]
    bar = _TYPED_BAR if size <= _TYPED_SIZE else None
    note = f"p50 {percentile(idle, 50):.1f}; two things; words encoded, {_LIMIT} hits by what is told, seen and meant"
    yield Row(f"{size:,} files: key press to hits, p95", percentile(idle, 95), "ms", bar, note)
    bench.say(f"{size:,} files: searches during an import")
    with _importing(bench):
        busy = [_typed_ms(library, text) for text in texts[_QUERIES:]]
    note = f"p50 {percentile(busy, 50):.1f}; the same while another process imports photos with all cores"
    yield Row(f"{size:,} files: key press to hits during an import, p95", percentile(busy, 95), "ms", note=note)


def _typed_ms(library: Library, text: str) -> float:
    return 1000 * timed(lambda: find(library, text, limit=_LIMIT))[0]


@contextmanager
def _importing(bench: Workbench) -> Iterator[None]:
    """Photos are being imported into another library meanwhile."""
    photos, folder = bench.place / "imported photos", bench.place / "imported"
    made.photos(photos, _IMPORTED)
    line = [*bench.program, "--library", str(folder), "import", str(photos)]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None and not (folder / "thumbnails.db").exists():
                time.sleep(0.05)  # until its workers are about to start
            yield
        finally:
            process.terminate()
    shutil.rmtree(photos)
    shutil.rmtree(folder)


def _cold(bench: Workbench, folder: Path, size: int, path: str, bar: Bar) -> Iterator[Row]:
    """path: of a made item; nobody opens it."""
    bench.say(f"{size:,} files: vector searches in new processes")
    took = [timed(lambda: bench.run(folder, "search", "--like", path))[0] for _ in range(_PROCESSES)]
    note = f"the longest of {_PROCESSES} new processes, search --like; start to end"
    yield Row(f"{size:,} files: first search by a picture, whole command", max(took), "s", bar, note)
    held = bench.memory_after(folder, ["quality:>0.5"] * _MEMORY_SEARCHES, "--like", path)
    note = f"proportional set size of a process after {_MEMORY_SEARCHES} searches by a picture"
    yield Row(f"{size:,} files: memory, by a picture", held / 1e6, "MB", note=note)


def _first_path(library: Library) -> str:
    with library.database.read() as connection:
        return places(connection, [1])[1].path


def _version() -> int:
    """The phase's own, so that nothing is pending."""
    return next((phase.version for phase in phases() if phase.name == _PHASE), 1)
