"""The vectors of a library: one file for each space, beside `library.db`, which knows what has to be in them.

A vector is written before the row that says its phase is done. So a process that is killed leaves at most vectors too
many, which are buried at the next start. A power cut may take vectors whose done-row stays: that is why `library.db` is
told before vectors are added that the disk may not have them yet, and after a start in that state whoever lacks its
vector is pending again. The same happens when a file was deleted or damaged.

When a phase's version rises its vectors go into a new space. The old one is searched until the new one is nearly as
full, and deleted when nobody has a vector only there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, RLock

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.errors import LibraryError
from engines.library import vector_ledger
from engines.library.database import Database
from engines.library.vector_file import Header, VectorWriter, create, make_records, map_records, read_header, sound
from engines.library.vector_ledger import Entry, Ledger, Space
from engines.library.vector_rows import RowStore, VectorRows
from engines.types import Done

_SUFFIX = ".vectors"
_NEARLY_FULL = 0.98  # of the rows of the fullest space of a phase; then the newest is searched
_SYNCED_ROWS = 20_000  # so many are added between two moments at which all are known to be on the disk
_DEAD_SHARE = 0.25  # of the rows of a file, and …
_DEAD_LEAST = 1000  # … rows: then it is written anew without them
_COPIED_ROWS = 20_000  # at once: 16 MB

Ids = NDArray[np.int64]
Found = Sequence[tuple[bytes, Sequence[Done]]]  # by the digest of the content
_Owned = tuple[int, int, NDArray[np.float32]]  # frame id, content id, vector


@dataclass(frozen=True, slots=True)
class Fill:
    """How far a space is filled. vectors: contents that have one in it."""

    space: Space
    vectors: int


class VectorStore:
    """Any thread may read. Writing takes turns, in the process that has the library open for writing."""

    def __init__(self, database: Database, folder: Path, *, writable: bool) -> None:
        self._database = database
        self._folder = folder / "vectors"
        self._writable = writable
        self._turn = RLock()  # taken before that of the database
        self._stores_turn = Lock()
        self._stores: dict[Space, RowStore] = {}
        self._writers: dict[Space, VectorWriter] = {}
        self._unsynced = 0
        if writable:
            with _told(self._folder):
                self._folder.mkdir(exist_ok=True)
            self.mend()

    # reading

    def spaces(self, phase: str | None = None) -> tuple[Space, ...]:
        """All spaces, or those of a phase; the oldest first."""
        entries = self._ledger().entries
        return tuple(entry.space for entry in entries if phase in (None, entry.space.phase))

    def fills(self, phase: str) -> tuple[Fill, ...]:
        """How far each space of a phase is filled, the oldest first. Until one is deleted, new files belong into it."""
        return tuple(Fill(space, int(np.count_nonzero(self.rows(space).contents))) for space in self.spaces(phase))

    def searched(self, phase: str) -> Space | None:
        """The space in which to search: the newest, unless another of the phase is much fuller; None without any."""
        spaces = self.spaces(phase)
        if len(spaces) < 2:
            return spaces[0] if spaces else None
        fills = self.fills(phase)
        fullest = max(fills, key=lambda fill: fill.vectors)
        return fills[-1].space if fills[-1].vectors >= _NEARLY_FULL * fullest.vectors else fullest.space

    def rows(self, space: Space) -> VectorRows:
        """What is in a space now; nothing if its file is gone."""
        try:
            return self._store(space).current()
        except OSError:
            self._forget_store(space)
            return VectorRows.empty(space.dimensions)

    # writing

    @contextmanager
    def taking(self, found: Found) -> Iterator[Callable[[apsw.Connection], None]]:
        """Around the transaction that saves what was found: gives the call, for its end, that adds the vectors.

        found: what phases found, by the digest of the content; of one phase in two versions the newer last. If the
        transaction fails the vectors are taken back. Raises LibraryError.
        """
        added: dict[Space, Ids] = {}
        outlived: dict[Space, Ids] = {}
        emptied: dict[Space, list[int]] = {}
        spaces = {_space(done) for _, done in _with_vector(found)}

        def take(connection: apsw.Connection) -> None:
            outlived.update(self._of_earlier_moments(connection, found))
            for space, owned in _owned(connection, found).items():
                added[space] = self._append(space, owned)
            emptied.update(_emptied(connection, found, vector_ledger.load(connection)))

        with self._turn, _told(self._folder):
            self._prepare(spaces)
            try:
                yield take
            except BaseException:
                for space, places in added.items():
                    self._bury(space, places)
                raise
            for space, places in outlived.items():
                self._bury(space, places)
            for space, contents in emptied.items():
                self.remove(contents, [space])
            self._count_added(sum(map(len, added.values())))

    def _of_earlier_moments(self, connection: apsw.Connection, found: Found) -> dict[Space, Ids]:
        """The rows of films whose moments are new: those of their frames before."""
        contents: defaultdict[Space, list[int]] = defaultdict(list)
        for digest, done in _with_vector(found):
            if done.findings.vectors_at and (owner := vector_ledger.owner(connection, digest)) is not None:
                contents[_space(done)].append(owner[1])
        return {space: np.flatnonzero(np.isin(self.rows(space).contents, ids)) for space, ids in contents.items()}

    def add(self, space: Space, frames: Ids, contents: Ids, vectors: NDArray[np.float32]) -> None:
        """Add the vectors of frames of contents, which are in the library. vectors: (n, dimensions), of length 1."""
        with self._turn, _told(self._folder):
            self._prepare({space})
            self._writers[space].append(make_records(frames, contents, vectors))
            self._count_added(len(frames))

    def remove(self, contents: Sequence[int], spaces: Iterable[Space] | None = None) -> None:
        """Bury the vectors of these contents, in all spaces or in some."""
        if not contents:
            return
        with self._turn, _told(self._folder):
            for space in self.spaces() if spaces is None else spaces:
                self._bury(space, np.flatnonzero(np.isin(self.rows(space).contents, np.asarray(contents, np.uint32))))

    def sync(self) -> None:
        """Bring all that was added to the disk, and write down that it is there."""
        if not self._writable:
            return
        with self._turn, _told(self._folder):
            ledger = self._ledger()
            if ledger.since is None:
                return
            for space, writer in self._writers.items():
                writer.sync()
                ledger = ledger.having(Entry(space, self._file(ledger, space), writer.count, writer.generation))
            self._write(replace(ledger, since=None))
            self._unsynced = 0

    def settle(self) -> None:
        """At the end of an import: write what makes the next process quick, delete what nobody needs any more."""
        with self._turn, _told(self._folder):
            for space in self.spaces():
                with suppress(OSError):
                    self._store(space).save()
            if self._writable:
                self._mend_damaged()
                self.sync()
                self._drop_outlived()
                for space in self.spaces():
                    self._compact(space)

    def _count_added(self, rows: int) -> None:
        self._unsynced += rows
        if self._unsynced >= _SYNCED_ROWS:
            self.sync()

    def close(self) -> None:
        """Ends writing; what was added is on the disk then, if that can be done."""
        with self._turn:
            with suppress(LibraryError):  # a disk that is full; the next start then looks who lacks a vector
                self.sync()
            for writer in self._writers.values():
                writer.close()
            self._writers.clear()

    # what is wrong

    def mend(self) -> None:
        """Make files and `library.db` agree again after a kill, a power cut, or a file that was lost."""
        with self._turn, _told(self._folder):
            ledger = self._ledger()
            self._remove_unknown(ledger)
            for entry in ledger.entries:
                writer = self._open(entry)
                if writer is None:
                    self._give_up(entry.space)
                elif ledger.since is not None or (writer.count, writer.generation) != (entry.rows, entry.generation):
                    self._mend_tail(entry, writer, ledger.since)
            if ledger.since is not None:
                self.sync()

    def findings(self) -> list[str]:
        """What is wrong with the files, each in a sentence; all vectors are read for it."""
        found = []
        for entry in self._ledger().entries:
            path = self._path(entry.space)
            header = read_header(path)
            if header is None or header.id != entry.file:
                found.append(f"{path.name} is missing or damaged; import again, which makes it anew.")
                continue
            records = map_records(path, header)
            damaged = np.count_nonzero(~sound(records) & (records["frame"] > 0))
            if damaged:
                how = f"delete {path} and import again" if damaged > 1 else "import again"
                found.append(f"{path.name}: {damaged:,} vectors are damaged; {how}.")
        return found

    def _mend_tail(self, entry: Entry, writer: VectorWriter, since: int | None) -> None:
        """Bury what the last process added and nobody owns; let the phase run again for whoever lacks its vector."""
        path, space = self._path(entry.space), entry.space
        header = read_header(path)
        assert header is not None
        is_known = header.generation == entry.generation  # not from before the file was written anew, as in a backup
        first = min(entry.rows, writer.count) if is_known else 0
        tail = np.asarray(map_records(path, header)[first:])
        with self._database.read() as connection:
            lost = ~sound(tail) | vector_ledger.strays(connection, tail)
        self._bury(space, first + np.flatnonzero(lost & (tail["frame"] > 0)))
        self._undo_lacking(space, since if is_known and writer.count >= entry.rows else None)
        self._write(self._ledger().having(replace(entry, rows=writer.count, generation=writer.generation)))

    def _mend_damaged(self) -> None:
        """Bury rows that were read and found damaged, and let the phase run again for those whose they were."""
        for space in self.spaces():
            damaged = self._store(space).damaged()
            if len(damaged):
                self._bury(space, damaged)
                self._undo_lacking(space, None)

    def _undo_lacking(self, space: Space, since: int | None) -> None:
        with self._database.read() as connection:
            done = vector_ledger.done(connection, space, since)
        lacking = np.setdiff1d(done, self.rows(space).contents.astype(np.int64))
        if len(lacking):
            with self._database.write() as connection:
                vector_ledger.undo(connection, space, lacking.tolist())

    def _give_up(self, space: Space) -> None:
        """All vectors of a space are lost."""
        with self._database.write() as connection:
            vector_ledger.undo(connection, space, None)
            vector_ledger.save(connection, vector_ledger.load(connection).without(space))
        self._remove_files(space)

    def _remove_unknown(self, ledger: Ledger) -> None:
        """Files of another library, or of spaces that were given up; and what a killed process was still writing."""
        known = {entry.space.name for entry in ledger.entries}
        for path in self._folder.iterdir():
            if path.is_file() and (path.stem not in known or path.suffix == ".part"):
                with suppress(OSError):
                    path.unlink()

    # spaces and their files

    def _prepare(self, spaces: Iterable[Space]) -> None:
        """Before vectors are added: make files that are not there, and write down that the disk may lack some."""
        ledger = before = self._ledger()
        for space in spaces:
            entry = ledger.of(space) or self._make(space)
            ledger = ledger.having(entry)
            if space not in self._writers and self._open(entry) is None:
                raise LibraryError(
                    "vectors_lost",
                    f"{self._path(space)} was deleted while it was in use. Start again: it is then made anew.",
                )
        if spaces and ledger.since is None:
            with self._database.read() as connection:
                ledger = replace(ledger, since=vector_ledger.change(connection))
        if ledger != before:
            self._write(ledger, durable=True)

    def _make(self, space: Space) -> Entry:
        header = Header.new(space.dimensions)
        create(self._path(space), header)
        self._forget_store(space)
        return Entry(space, header.id, 0)

    def _open(self, entry: Entry) -> VectorWriter | None:
        """The writer of a space; None if its file is not the one that it should be."""
        header = read_header(self._path(entry.space))
        if header is None or header.id != entry.file:
            return None
        writer = self._writers[entry.space] = VectorWriter(self._path(entry.space), header)
        return writer

    def _append(self, space: Space, owned: Sequence[_Owned]) -> Ids:
        frames, contents, vectors = zip(*owned, strict=True)
        records = make_records(np.array(frames), np.array(contents), np.stack(vectors))
        return self._writers[space].append(records)

    def _bury(self, space: Space, places: Ids) -> None:
        if len(places) and space in self._writers:
            self._writers[space].bury(places)
            self._store(space).forget(places)

    def _drop_outlived(self) -> None:
        """Delete the spaces of a phase that has a newer one in which nobody is missing."""
        newest = {space.phase: space for space in self.spaces()}
        for space in self.spaces():
            if space == newest[space.phase]:
                continue
            alive = np.unique(self.rows(space).contents)
            with self._database.read() as connection:
                owed = vector_ledger.owed(connection, newest[space.phase], alive)
            if not owed:
                self._write(self._ledger().without(space))
                self._remove_files(space)

    def _compact(self, space: Space) -> None:
        """Write the file anew without its dead rows, if they are many."""
        rows = self.rows(space)
        alive = np.flatnonzero(rows.contents)
        dead = len(rows) - len(alive)
        header = read_header(self._path(space))
        if header is None or dead <= max(_DEAD_LEAST, _DEAD_SHARE * len(rows)):
            return
        self._writers.pop(space).close()
        with suppress(OSError):  # no room, or (on Windows) somebody has it mapped: it stays as it is
            parts = (rows.records[alive[at : at + _COPIED_ROWS]] for at in range(0, len(alive), _COPIED_ROWS))
            create(self._path(space), replace(header, generation=header.generation + 1), parts)
        entry = self._ledger().of(space)
        if entry is not None and (writer := self._open(entry)) is not None:
            self._write(self._ledger().having(replace(entry, rows=writer.count, generation=writer.generation)))
        with suppress(OSError):
            self._store(space).save()

    def _remove_files(self, space: Space) -> None:
        self._forget_store(space)
        if space in self._writers:
            self._writers.pop(space).close()
        for path in (self._path(space), self._path(space).with_suffix(".cache")):
            with suppress(OSError):  # on Windows, while somebody has it mapped; the next start removes it
                path.unlink(missing_ok=True)

    def _path(self, space: Space) -> Path:
        return self._folder / f"{space.name}{_SUFFIX}"

    def _store(self, space: Space) -> RowStore:
        """Raises FileNotFoundError for a space that is none any more."""
        with self._stores_turn:
            store = self._stores.get(space)
            if store is None:
                entry = self._ledger().of(space)
                if entry is None:
                    raise FileNotFoundError(space.name)
                store = self._stores[space] = RowStore(self._path(space), entry.file, space.dimensions)
        return store

    def _forget_store(self, space: Space) -> None:
        with self._stores_turn:
            self._stores.pop(space, None)

    def _ledger(self) -> Ledger:
        with self._database.read() as connection:
            return vector_ledger.load(connection)

    def _write(self, ledger: Ledger, *, durable: bool = False) -> None:
        with self._database.write(durable=durable) as connection:
            vector_ledger.save(connection, ledger)

    @staticmethod
    def _file(ledger: Ledger, space: Space) -> str:
        entry = ledger.of(space)
        assert entry is not None
        return entry.file


def _with_vector(found: Found) -> Iterator[tuple[bytes, Done]]:
    """What has a vector, with the digest of its content."""
    return ((digest, done) for digest, dones in found for done in dones if done.findings.vector is not None)


def _space(done: Done) -> Space:
    assert done.findings.vector is not None
    return Space(done.phase, done.version, len(done.findings.vector))


def _owned(connection: apsw.Connection, found: Found) -> dict[Space, list[_Owned]]:
    """The vectors of a batch that was saved, with whose they are; not those of files that were removed meanwhile."""
    owned = defaultdict(list)
    for digest, done in _with_vector(found):
        vectors = [(None, done.findings.vector), *done.findings.vectors_at.items()]
        for time_s, vector in vectors:
            owner = vector_ledger.owner(connection, digest, time_s)
            if owner is not None and vector is not None:
                owned[_space(done)].append((*owner, vector))
    return owned


def _emptied(connection: apsw.Connection, found: Found, ledger: Ledger) -> dict[Space, list[int]]:
    """Contents of which a phase found no vector this time, so that an earlier one counts no more."""
    spaces = {(entry.space.phase, entry.space.version): entry.space for entry in ledger.entries}
    emptied: defaultdict[Space, list[int]] = defaultdict(list)
    for digest, dones in found:
        for done in dones:
            space = spaces.get((done.phase, done.version))
            if space is not None and done.findings.vector is None:
                owner = vector_ledger.owner(connection, digest)
                emptied[space] += [owner[1]] if owner is not None else []
    return emptied


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn the system's errors into a sentence."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            "vectors_unusable",
            f"What the networks found cannot be kept in {folder} ({error.strerror}). Free some space or see to the "
            "folder's permissions, then start again: nothing is lost.",
        ) from error
