"""All that a search reads: the columns, the words and the tags of one library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from engines.cancel import CancelToken
from engines.library.column_store import ColumnStore
from engines.library.columns import Columns, Mask
from engines.library.content_owners import ContentOwners
from engines.library.database import Database
from engines.library.file_names import FileNamesStore
from engines.library.item_words import searched_words
from engines.library.media_sets import Ids, MediaSets, Scan, Stretches
from engines.library.moments import Filmed, filmed
from engines.library.names import Names
from engines.library.products import Products
from engines.library.sightings import Sightings, SightingStore, sightings_of
from engines.library.tag_members import TagMembers, TagMembersStore
from engines.library.tags import ScoreRange, Tags
from engines.library.term import Term
from engines.library.text import Text
from engines.library.town_column import TownColumn
from engines.library.transcripts import Transcript, transcripts_of
from engines.library.vectors import VectorStore
from engines.library.word_list import WordList

# A word or tag that so many media have takes too long to look up: 2 ms at 3 % of 1,000,000 media, but 70 ms at all of
# them. Its members are kept; of 60,000 words of captions and names these are less than 200.
COMMON_SHARE = 1 / 32
_BEGINNING = 3  # letters at most of the beginnings of words that are kept as well: who types gives these first
_WORTH_KEEPING = 1 / 20  # of the media changed since
_FEW = 10_000  # media; below, nothing takes long

_ALL_SCORES = ScoreRange()


class SearchIndex:
    """Any thread may ask. folder: where the caches lie, beside library.db; they may be deleted at any time."""

    def __init__(self, database: Database, folder: Path, vectors: VectorStore | None = None) -> None:
        self._database = database
        self.vectors = vectors or VectorStore(database, folder, writable=False)
        self.owners = ContentOwners()
        self.text = Text(database)
        self.tags = Tags(database)
        self.products = Products(database)
        self._names = Names(database)
        self._file_names = FileNamesStore(database, folder / "names.cache")
        self._members = TagMembersStore(database)
        self._object_members = TagMembersStore(database, objects=True)
        self._store = ColumnStore(database, folder / "columns.cache")
        self._sets = MediaSets(folder / "sets.cache")
        self._towns = TownColumn()
        self._word_list = WordList(folder / "words.cache")
        self._sightings = SightingStore(database, folder / "sightings.cache")

    def columns(self) -> Columns:
        """What is known of all media now."""
        return self._store.current()

    def sightings(self, columns: Columns) -> Sightings:
        """What networks saw in which media."""
        return self._sightings.current(columns)

    def sightings_of(self, media_ids: Sequence[int]) -> dict[int, dict[int, float]]:
        """What networks saw in these media: by media id the scores by class. 10 us an item."""
        with self._database.read() as connection:
            return sightings_of(connection, media_ids)

    def filmed(self, media_ids: Sequence[int]) -> Filmed:
        """The moments of these films. 20 us each."""
        with self._database.read() as connection:
            return filmed(connection, media_ids)

    def transcripts(self, media_ids: Sequence[int]) -> dict[int, Transcript]:
        """What is said in these films. 5 us a sentence."""
        with self._database.read() as connection:
            return transcripts_of(connection, media_ids)

    def with_words(self, term: Term, columns: Columns) -> Mask:
        """Which media hold the term."""
        return self._sets.get(_word_key(term), columns, partial(self._word_ids, term))

    def known_words(self, words: Collection[str], columns: Columns) -> list[tuple[str, int]]:
        """Those of the words that are indexed, with the number of media that hold each.

        Of more than 10,000 media, without words that came since the last import ended, but for those of tags that a
        person gave. 0.5 ms for 500 words.
        """
        counts = dict(self.text.known(self._word_list.among(words, columns.library)))
        for word, media in self.text.given(words):
            counts[word] = counts.get(word, 0) + media
        return list(counts.items())

    def with_tag(self, tag_id: int, scores: ScoreRange, columns: Columns) -> Mask:
        """Which media have the tag at these scores."""
        return self._sets.get(_tag_key(tag_id, scores), columns, self._tag_scan(tag_id, scores, columns))

    def with_objects(self, tag_id: int, counts: ScoreRange, columns: Columns) -> Mask:
        """Which media show so many of this kind of object, unless a person said that it is none."""

        def find() -> Ids:
            found = np.flatnonzero(columns.with_frames(self.tags.counted(tag_id, counts)))
            _, wrong = self.tags.said(tag_id)
            return found[~np.isin(found, wrong)]

        return self._sets.get(f"objects {tag_id} {counts}", columns, self._whole_scan(find))

    def with_name(self, pieces: tuple[str, ...], columns: Columns) -> Mask:
        """Which media have a file whose name consists of these pieces with anything between them."""
        find = partial(self._file_names.by_name, pieces, columns)
        return self._sets.get(f"name {pieces}", columns, self._whole_scan(find))

    def with_path(self, pieces: tuple[str, ...], columns: Columns) -> Mask:
        """Which media have a file whose path holds these pieces with anything between them."""
        find = partial(self._file_names.by_path, pieces, columns)
        return self._sets.get(f"path {pieces}", columns, self._whole_scan(find))

    def in_towns(self, rows: Ids, columns: Columns) -> Mask:
        """Which media were taken in these towns. rows: of the table in engines.towns."""
        return self._towns.within(rows, columns)

    def by_name(self) -> Ids:
        """The ids of all media that have a file, by its name."""
        return self._names.in_order()

    def tag_members(self, columns: Columns) -> TagMembers:
        """Which media have which tag. After a change it takes 0.2 us a tagging."""
        return self._members.current(columns)

    def object_members(self, columns: Columns) -> TagMembers:
        """Which media show which kind of object."""
        return self._object_members.current(columns)

    def names(self, media_ids: Sequence[int]) -> dict[int, str]:
        """The name of each item's main file."""
        return self._names.of_media(media_ids)

    def texts(self, media_ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """What words find these media by, by column of the full-text index. 0.1 ms an item."""
        with self._database.read() as connection:
            return searched_words(connection, media_ids)

    def settle(self, token: CancelToken | None = None, *, words: bool = True) -> None:
        """Write the caches for the next process, as far as much has changed since.

        words: also read all names and find the common words and tags, which takes 10 s at 1,000,000 media; meant for
        the end of an import. Without it a quarter of a second; meant for after an answer was given. Raises Cancelled.
        """
        columns = self._store.current()
        self._store.save()
        self.vectors.settle()
        self._sightings.save(columns)
        if words and columns.count > _FEW:
            self._file_names.save(columns)
        if words and columns.count > _FEW and self._sets.is_stale(columns, _WORTH_KEEPING):
            self._sets.keep(columns, self._common(columns, token or CancelToken()))

    def _common(self, columns: Columns, token: CancelToken) -> Iterator[tuple[str, Scan]]:
        many = columns.count * COMMON_SHARE
        words = []
        beginnings: Counter[str] = Counter()  # with the entries of all words that begin so
        for word, media in self.text.vocabulary():
            token.check()
            words.append(word)
            for length in range(1, min(len(word), _BEGINNING) + 1):
                beginnings[word[:length]] += media
            if media >= many:
                yield self._kept(Term((word,)))
        self._word_list.keep(words, columns.library)
        for beginning, entries in beginnings.items():
            token.check()
            if entries >= many:
                yield self._kept(Term((beginning,), prefix=True))
        for tag_id, taggings in self.tags.counts():
            token.check()
            if taggings >= many:
                yield _tag_key(tag_id, _ALL_SCORES), self._tag_scan(tag_id, _ALL_SCORES, columns)

    def _kept(self, term: Term) -> tuple[str, Scan]:
        return _word_key(term), partial(self._word_ids, term)

    def _word_ids(self, term: Term, stretches: Stretches) -> Ids:
        found = [self.text.ids(term, low, high) for low, high in stretches]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _tag_scan(self, tag_id: int, scores: ScoreRange, columns: Columns) -> Scan:
        def find() -> Ids:
            by_main_file = np.flatnonzero(columns.with_frames(self.tags.frames(tag_id, scores)))
            found = np.concatenate([by_main_file, self.tags.by_second_file(tag_id, scores)])
            right, wrong = self.tags.said(tag_id)
            if not len(right) and not len(wrong):
                return found
            machine = found[~np.isin(found, np.concatenate([right, wrong]))]
            return np.concatenate([machine, right]) if scores.holds(1.0) else machine

        return self._whole_scan(find)

    def _whole_scan(self, find: Callable[[], Ids]) -> Scan:
        """For what is not ordered by media, so that any stretch costs as much as all."""
        return lambda stretches: find() if stretches else np.empty(0, np.int64)


def _word_key(term: Term) -> str:
    return f"word {term}"


def _tag_key(tag_id: int, scores: ScoreRange) -> str:
    return f"tag {tag_id} {scores}"
