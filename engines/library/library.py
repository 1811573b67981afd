"""The library: one folder with everything that is known, behind methods named for the question."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import apsw

from engines import types
from engines.errors import LibraryError
from engines.library import (
    edits,
    media,
    moments,
    pending,
    reconcile,
    results,
    roots,
    runs,
    showing,
    tracks,
    transcripts,
)
from engines.library.cloud.store import CloudStore
from engines.library.database import Database, all_rows, first_value
from engines.library.edits import Edit, Patch
from engines.library.item_words import searched_words
from engines.library.lock import LibraryLock
from engines.library.moments import Moment
from engines.library.reconcile import Changes, Conclusion, Met
from engines.library.roots import Root
from engines.library.search_index import SearchIndex
from engines.library.searches import Searches
from engines.library.showing import Box, Item, TimedBox
from engines.library.text import index_media
from engines.library.thumbnails import Thumbnails
from engines.library.tiles import Tile, tiles
from engines.library.transcripts import Transcript
from engines.library.vectors import VectorStore
from engines.types import (
    Examined,
    Fact,
    Glimpse,
    Inferred,
    Listing,
    Phase,
    Sentence,
    Thumbnail,
    Track,
    Wanted,
)

_TAKE_FILES = 300  # a transaction, some 50 ms
_INDEX_ITEMS = 2000  # a transaction while a library of an older form is opened: 0.2 s, when nobody waits for another
_THUMBNAIL_PHASE = "thumbnail"  # its results lie in the other file, which may be deleted


Tell = Callable[[int, int], None]


class Library:
    """One library folder. Reading may happen from any thread; writing takes turns within the one writing process.

    writable=False neither takes the lock nor makes anything. tell: while a library of an older form is brought up to
    date, how many of how many items are; what it raises stops that, and the next start goes on from there. Raises
    LibraryError.
    """

    def __init__(self, folder: Path, *, writable: bool = True, tell: Tell = lambda done, total: None) -> None:
        self.folder = folder
        self._lock = self._take(folder) if writable else None
        try:
            if not writable and not (folder / "library.db").is_file():
                raise LibraryError(
                    "no_library",
                    f"There is no library in {folder} yet. Import a folder first: image-engine import FOLDER.",
                )
            self.database = Database(folder / "library.db", writable=writable)
            self.vectors = VectorStore(self.database, folder, writable=writable)
            self.index = SearchIndex(self.database, folder, self.vectors)
            self.searches = Searches(self.database)
            self.cloud = CloudStore(self.database)
            if writable:
                self._match_thumbnails()
                self._fill_words(tell)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _take(folder: Path) -> LibraryLock:
        try:
            (folder / "logs").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                "library_unusable",
                f"The library folder {folder} cannot be made ({error.strerror}). Choose another with --library.",
            ) from error
        return LibraryLock(folder)

    def _match_thumbnails(self) -> None:
        """If the thumbnails were deleted, the phase that makes them has to run again."""
        with self.database.write() as connection:
            if _meta(connection, "library") is None:
                _set_meta(connection, "library", str(uuid.uuid4()))
            if _meta(connection, "thumbnails") != self.thumbnails.store_id:
                connection.execute("DELETE FROM done WHERE phase = ?", (_THUMBNAIL_PHASE,))
                _set_meta(connection, "thumbnails", self.thumbnails.store_id)

    def _fill_words(self, tell: Tell) -> None:
        """Index words anew where a migration asks for it; goes on after a kill.

        Those of all items where their table got another shape, which takes 60 s at 1,000,000 items; else those of the
        items in `unindexed`.
        """
        self._fill_all_words(tell)
        with self.database.read() as connection:
            total = int(first_value(connection, "SELECT count(*) FROM unindexed"))
        for start in range(0, total, _INDEX_ITEMS):
            with self.database.write() as connection:
                query = "DELETE FROM unindexed WHERE media_id IN (SELECT media_id FROM unindexed LIMIT ?) RETURNING *"
                _index(connection, [media_id for (media_id,) in all_rows(connection, query, (_INDEX_ITEMS,))])
            tell(min(start + _INDEX_ITEMS, total), total)

    def _fill_all_words(self, tell: Tell) -> None:
        newest = self.newest_id()
        while True:
            with self.database.write() as connection:
                through = _meta(connection, "words_through")
                if through is None:
                    return
                query = "SELECT id FROM media WHERE id > ? AND state <> 'gone' ORDER BY id LIMIT ?"
                media_ids = [media_id for (media_id,) in all_rows(connection, query, (through, _INDEX_ITEMS))]
                _index(connection, media_ids)
                if media_ids:
                    _set_meta(connection, "words_through", media_ids[-1])
                else:
                    connection.execute("DELETE FROM meta WHERE key = 'words_through'")
            tell(media_ids[-1] if media_ids else newest, newest)

    @cached_property
    def thumbnails(self) -> Thumbnails:
        """The small pictures. Opened when first asked for: to search, nobody needs a file that may be deleted."""
        return Thumbnails(self.folder / "thumbnails.db", writable=self._lock is not None)

    @property
    def worker_log(self) -> Path:
        """Where worker processes write what their native libraries have to say."""
        return self.folder / "logs" / "workers.log"

    def close(self) -> None:
        for part in ("thumbnails", "vectors", "database"):  # also where it was opened only so far
            if part in vars(self):
                vars(self)[part].close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[apsw.Connection]:
        """One transaction; see Database.write."""
        with self.database.write(durable=durable) as connection:
            yield connection

    # folders

    def add_root(self, path: str, *, whole: bool = True) -> Root:
        """The root for a folder, an existing one where it lies inside one. path: absolute."""
        with self.write(durable=True) as connection:
            root, absorbed = roots.add_root(connection, os.fsencode(path), whole=whole)
            media.refresh(connection, absorbed)  # the words by which their folders are found begin higher up now
        return root

    def roots(self) -> list[Root]:
        with self.database.read() as connection:
            return roots.all_roots(connection)

    def root_of(self, path: str) -> Root | None:
        """The root that holds this absolute path."""
        return roots.root_of(os.fsencode(path), self.roots())

    def removed_roots(self) -> list[Root]:
        """The folders that were taken out of the library and may come back with all that was typed."""
        with self.database.read() as connection:
            return roots.removed_roots(connection)

    def remove_root(self, root: Root) -> None:
        """Take a folder out of the library. On disk nothing changes; what was typed is kept until forget_root()."""
        with self.write(durable=True) as connection:
            roots.remove_root(connection, root)
        self.settle_removed()

    def settle_removed(self) -> set[int]:
        """Take the files of removed folders out of view, also if that was interrupted; returns their items."""
        with self.database.read() as connection:
            left = roots.left_of_removed(connection)
        return self._exclude(left)

    def forget_root(self, root: Root) -> None:
        """Drop for good what is known of a removed folder, what was typed included."""
        with self.write(durable=True) as connection:
            media.refresh(connection, roots.forget_root(connection, root))
            orphans = results.drop_unused(connection)
        self.thumbnails.remove(orphans.values())
        self.vectors.remove(list(orphans))

    def _exclude(self, file_ids: Sequence[int]) -> set[int]:
        changed: set[int] = set()
        for start in range(0, len(file_ids), _TAKE_FILES):
            with self.write() as connection:
                changed |= reconcile.mark_excluded(connection, file_ids[start : start + _TAKE_FILES])
        return changed

    def count_files(self, root: Root) -> int:
        """How many files of a root are known and not missing."""
        with self.database.read() as connection:
            return roots.count_files(connection, root)

    def known_names(self, root: Root) -> list[tuple[bytes, list[bytes]]]:
        """Each known folder of a root (relative path) with the names in it that are not missing."""
        with self.database.read() as connection:
            return roots.known_names(connection, root)

    # scanning

    def take(self, root: Root, listings: Sequence[Listing], changes: Changes) -> None:
        """Bring the rows of these folders up to date, in short transactions however large a folder is."""
        with self.database.read() as connection:
            different = [
                one for listing in listings for one in reconcile.differences(connection, root, listing, changes)
            ]
        for start in range(0, len(different), _TAKE_FILES):
            with self.write() as connection:
                reconcile.take(connection, root, different[start : start + _TAKE_FILES], changes)

    def end_scan(
        self, root: Root, met: Met, start: bytes = b"", left_out: Callable[[bytes], bool] = lambda path: False
    ) -> set[int]:
        """Mark what a whole scan did not meet, of which nothing is concluded yet.

        left_out: whether a path below the root was not to be met; such files are excluded, and their items returned.
        """
        with self.database.read() as connection:
            lost = reconcile.vanished(connection, root, met, start)
        excluded = [file_id for file_id, path in lost if left_out(path)]
        with self.write() as connection:
            reconcile.mark_unseen(connection, {file_id for file_id, _ in lost}.difference(excluded))
        return self._exclude(excluded)

    def conclude(self, root: Root, *, certain: bool = False) -> Conclusion:
        """Decide about unseen files once the new ones were examined, and mark them; see reconcile.conclude."""
        with self.write() as connection:
            conclusion = reconcile.conclude(connection, root, certain=certain)
        changed = set(conclusion.media)
        for start in range(0, len(conclusion.missing), _TAKE_FILES):
            with self.write() as connection:
                changed |= reconcile.mark_missing(connection, conclusion.missing[start : start + _TAKE_FILES])
        return replace(conclusion, media=frozenset(changed))

    def set_offline(self, root: Root, reason: str | None) -> set[int]:
        with self.write() as connection:
            return reconcile.set_offline(connection, root, reason)

    # examining

    def wanted_ids(self, phases: Sequence[Phase], away: Collection[int] = ()) -> Sequence[int]:
        """The files that have to be examined, new ones first, in the order they were added.

        away: ids of the roots whose files cannot be had now.
        """
        return pending.wanted_ids(self.database, phases, away)

    def wanted(
        self, phases: Sequence[Phase], file_ids: Sequence[int], also: Mapping[str, Phase] | None = None
    ) -> Iterator[Wanted]:
        """What a worker has to know about each of these files. also: earlier versions whose vectors are searched."""
        return pending.details(self.database, phases, file_ids, also)

    def save(self, batch: Sequence[Examined]) -> set[int]:
        """Write down what workers brought back; returns the media that changed."""
        self.thumbnails.put(
            (examined.content.digest, done.findings.thumbnail)
            for examined in batch
            if examined.content is not None
            for done in examined.done
            if done.findings.thumbnail is not None
        )
        found = [(examined.content.digest, examined.done) for examined in batch if examined.content is not None]
        with self.vectors.taking(found) as take_vectors, self.write() as connection:
            changed, orphans = results.save(connection, batch)
            take_vectors(connection)
        self.thumbnails.remove(orphans.values())
        self.vectors.remove(list(orphans))
        return changed

    def save_inferred(self, batch: Sequence[Inferred]) -> set[int]:
        """Write down what networks found in contents that are known; returns the media that changed."""
        found = [(inferred.digest, inferred.done) for inferred in batch]
        with self.vectors.taking(found) as take_vectors, self.write() as connection:
            changed = results.save_inferred(connection, batch)
            take_vectors(connection)
        return changed

    def unwatched(
        self, phase: Phase, away: Collection[int] = (), *, after: Phase | None = None, seeing: Collection[str] = ()
    ) -> list[tuple[Wanted, float]]:
        """The films that this phase still has to watch, each with the second from which on, as they were added.

        after: only those with which this phase is done. seeing: the phases that should have looked at their frames.
        """
        return pending.unwatched(self.database, phase, away, after, seeing)

    def lengths(self, file_ids: Sequence[int]) -> dict[int, float]:
        """By file, how many seconds these films play, of those of which that is known."""
        with self.database.read() as connection:
            return pending.lengths(connection, file_ids)

    def save_stretch(
        self, digest: bytes, phase: Phase, seen: Sequence[tuple[Glimpse, Thumbnail]], through_s: float
    ) -> None:
        """Keep what was seen of a film up to a second, so that nobody has to see it again."""
        self.thumbnails.put((moments.thumbnail_key(digest, glimpse.time_s), small) for glimpse, small in seen)
        with self.write() as connection:
            found = [glimpse for glimpse, _ in seen]
            moments.save_glimpses(connection, digest, phase.name, phase.version, found, through_s)

    def save_outlooks(
        self, digest: bytes, phase: Phase, seen: Iterable[tuple[float, Sequence[types.Box]]], through_s: float
    ) -> None:
        """Keep what is seen at which seconds of a film, until tracks can be made of it at its end."""
        with self.write() as connection:
            tracks.save_outlooks(connection, digest, phase.name, phase.version, seen, through_s)

    def outlooks(self, digest: bytes, source: str) -> list[tuple[float, tuple[types.Box, ...]]]:
        """What was seen so far of a film that is being followed, in order. source: the network that saw it."""
        with self.database.read() as connection:
            return list(tracks.outlooks(connection, digest, source))

    def save_sentences(self, digest: bytes, phase: Phase, said: Iterable[Sentence], through_s: float) -> None:
        """Keep what is said in a film up to a second."""
        with self.write() as connection:
            transcripts.save_sentences(connection, digest, phase.name, phase.version, said, through_s)

    def glimpses(self, digest: bytes) -> list[Glimpse]:
        """What was seen so far of a film that is under way."""
        with self.database.read() as connection:
            return moments.glimpses(connection, digest)

    def save_film(self, inferred: Inferred, found: Sequence[Glimpse]) -> set[int]:
        """Write down what is known of a film that was watched to its end; returns the media that changed.

        found: its moments, which one of the phases has.
        """
        changed = self.save_inferred([inferred])
        digest = inferred.digest
        self.thumbnails.keep_frames(digest, [moments.thumbnail_key(digest, moment.time_s) for moment in found])
        return changed

    def moments(self, media_ids: Sequence[int]) -> dict[int, list[Moment]]:
        """The moments of these items, in order; only of films that were watched."""
        with self.database.read() as connection:
            return moments.moments_of(connection, media_ids)

    def tracks(self, media_ids: Sequence[int]) -> dict[int, list[Track]]:
        """What was followed through these items, as it begins; only of films that were followed."""
        with self.database.read() as connection:
            return tracks.tracks_of(connection, media_ids)

    def transcripts(self, media_ids: Sequence[int]) -> dict[int, Transcript]:
        """What is said in these items, in order; only of films in which something is said."""
        with self.database.read() as connection:
            return transcripts.transcripts_of(connection, media_ids)

    def times_of_objects(self, digest: bytes) -> list[tuple[float, float]]:
        """From when to when the moments of a film are that show objects, in order."""
        with self.database.read() as connection:
            return moments.times_of_objects(connection, digest)

    def transcript_of(self, digest: bytes) -> Transcript:
        """What is known so far to be said in a film that is being listened to."""
        with self.database.read() as connection:
            return transcripts.transcript_of(connection, digest)

    def make_pending(self, phases: Sequence[str], media_ids: Iterable[int] | None = None) -> int:
        """Let these phases run again for these items (all of them when None); results stay until replaced."""
        with self.write() as connection:
            return pending.make_pending(connection, phases, media_ids)

    # what the user typed

    def type_in(self, media_ids: Sequence[int], patch: Patch, command: str = "type") -> tuple[Edit, list[int]]:
        """Keep what a person typed about these items, above all other sources; a value of None takes it back.

        patch: see edits. Returns the command, to be undone by its id, and the items that changed.
        """
        with self.write(durable=True) as connection:
            return edits.make(connection, media_ids, patch, command)

    def undo(self, edit_id: int) -> list[int]:
        """Take the last command back; the items that changed. Raises KeyError if another one is the last."""
        with self.write(durable=True) as connection:
            return edits.undo(connection, edit_id)

    def redo(self, edit_id: int) -> list[int]:
        """Do the command again that was undone last; the items that changed. Raises KeyError if it is another."""
        with self.write(durable=True) as connection:
            return edits.redo(connection, edit_id)

    def edits(self) -> list[Edit]:
        """What can be undone, oldest first, then what can be redone."""
        with self.database.read() as connection:
            return edits.history(connection)

    def facts(self, media_id: int) -> dict[str, Fact]:
        """All facts of an item, each from its best source."""
        with self.database.read() as connection:
            return media.known_facts(connection, media_id)

    def newest_id(self) -> int:
        """The highest id of an item so far; those of later ones are higher."""
        with self.database.read() as connection:
            return int(first_value(connection, "SELECT coalesce(max(id), 0) FROM media"))

    @property
    def paused(self) -> bool:
        """Whether a person wants the analysis to wait, until they say otherwise."""
        with self.database.read() as connection:
            return bool(_meta(connection, "paused"))

    @paused.setter
    def paused(self, wanted: bool) -> None:
        with self.write(durable=True) as connection:
            _set_meta(connection, "paused", "yes" if wanted else "")

    def tiles(self, media_ids: Sequence[int]) -> dict[int, Tile]:
        """What the grid says about these items, by id; without those that have no file any more."""
        with self.database.read() as connection:
            return tiles(connection, media_ids)

    # showing

    def items(self, media_ids: Sequence[int]) -> dict[int, Item]:
        """What a view needs to show these; see showing.items."""
        with self.database.read() as connection:
            return showing.items(connection, media_ids)

    def boxes(self, media_id: int) -> list[Box]:
        """What is seen where in an item's picture."""
        with self.database.read() as connection:
            return showing.boxes(connection, media_id)

    def timed_boxes(self, media_id: int) -> list[TimedBox]:
        """Which products are seen where in a video, and when."""
        with self.database.read() as connection:
            return showing.timed_boxes(connection, media_id)

    # runs

    def begin_run(self, command: str) -> int:
        with self.write() as connection:
            return runs.begin(connection, command)

    def end_run(self, run_id: int, run: runs.Run) -> None:
        with self.write() as connection:
            runs.end(connection, run_id, run)

    def last_runs(self, limit: int) -> list[runs.Run]:
        with self.database.read() as connection:
            return runs.last(connection, limit)


def _index(connection: apsw.Connection, media_ids: Sequence[int]) -> None:
    for media_id, words in searched_words(connection, media_ids, given=False).items():
        index_media(connection, media_id, words)


def _meta(connection: apsw.Connection, key: str) -> Any:
    return first_value(connection, "SELECT value FROM meta WHERE key = ?", (key,))


def _set_meta(connection: apsw.Connection, key: str, value: str | int) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
