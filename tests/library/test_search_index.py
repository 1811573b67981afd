"""Sets of media that are kept stay right whatever changes, and for the next process."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engines.cancel import Cancelled, CancelToken
from engines.library import media_sets, search_index
from engines.library.columns import Columns
from engines.library.database import Database, first_value
from engines.library.media_sets import Ids, MediaSets, Stretches
from engines.library.search_index import SearchIndex
from engines.library.term import Term
from engines.library.text import index_media

WORDS = ("dog", "cat", "the", "rare")


class Shop:
    """A library whose media are rows with words, and the truth about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / "library.db", writable=True)
        self.words: dict[int, set[str]] = {}

    def put(self, media_ids: list[int], dice: random.Random) -> None:
        with self.database.write() as connection:
            change = first_value(connection, "UPDATE meta SET value = value + 1 WHERE key = 'change' RETURNING value")
            for media_id in media_ids:
                self.words[media_id] = {word for word in WORDS if dice.random() < (0.01 if word == "rare" else 0.5)}
                connection.execute(
                    "INSERT INTO media (id, change, state, added_s, shown_s) VALUES (?, ?, 'ok', 1, 1) "
                    "ON CONFLICT DO UPDATE SET change = excluded.change",
                    (media_id, change),
                )
                index_media(connection, media_id, {"caption": " ".join(self.words[media_id])})

    def holding(self, word: str) -> list[int]:
        return sorted(media_id for media_id, words in self.words.items() if word in words)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path)
    with closing(shop.database):
        yield shop


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few media be many."""
    monkeypatch.setattr(search_index, "_FEW", 20)
    monkeypatch.setattr(media_sets, "_GAP", 5)


def check(index: SearchIndex, shop: Shop) -> None:
    columns = index.columns()
    for word in WORDS:
        assert np.flatnonzero(index.with_words(Term((word,)), columns)).tolist() == shop.holding(word), word


def test_sets_follow_every_change(shop: Shop) -> None:
    dice = random.Random(1)
    index = SearchIndex(shop.database, shop.folder)
    for _ in range(25):
        shop.put(dice.sample(range(1, 300), dice.randint(1, 20)), dice)
        check(index, shop)


def test_the_next_process_starts_with_the_common_words(shop: Shop) -> None:
    dice = random.Random(2)
    shop.put(list(range(1, 200)), dice)
    SearchIndex(shop.database, shop.folder).settle()
    shop.put([7, 8, 150, 201], dice)
    index = SearchIndex(shop.database, shop.folder)
    check(index, shop)


def test_a_kept_set_is_used_and_only_what_changed_is_looked_at(shop: Shop) -> None:
    shop.put(list(range(1, 200)), random.Random(3))
    first = SearchIndex(shop.database, shop.folder)
    first.settle()
    with shop.database.write() as connection:  # nobody is told, so nobody looks
        index_media(connection, 100, {"caption": "dog"})
        index_media(connection, 101, {"caption": ""})
    shop.put([3], random.Random(4))
    check_again = SearchIndex(shop.database, shop.folder)
    check(check_again, shop)


def test_a_damaged_or_missing_cache_costs_only_time(shop: Shop) -> None:
    shop.put(list(range(1, 200)), random.Random(5))
    SearchIndex(shop.database, shop.folder).settle()
    cache = shop.folder / "sets.cache"
    cache.write_bytes(cache.read_bytes()[:-1])
    check(SearchIndex(shop.database, shop.folder), shop)
    cache.unlink()
    check(SearchIndex(shop.database, shop.folder), shop)


def test_the_caches_are_written_only_where_they_save_time(shop: Shop) -> None:
    shop.put([1, 2, 3], random.Random(6))
    SearchIndex(shop.database, shop.folder).settle()
    assert not (shop.folder / "sets.cache").exists()
    shop.put(list(range(1, 100)), random.Random(6))
    index = SearchIndex(shop.database, shop.folder)
    index.settle(words=False)
    assert not (shop.folder / "sets.cache").exists()
    index.settle()
    before = (shop.folder / "sets.cache").stat().st_mtime_ns
    shop.put([1], random.Random(7))
    index.settle()
    assert (shop.folder / "sets.cache").stat().st_mtime_ns == before


def test_settling_can_be_stopped(shop: Shop) -> None:
    shop.put(list(range(1, 100)), random.Random(8))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        SearchIndex(shop.database, shop.folder).settle(token)
    assert not (shop.folder / "sets.cache").exists()


def columns_of(shop: Shop) -> Columns:
    return SearchIndex(shop.database, shop.folder).columns()


def test_one_search_with_older_columns_does_not_spoil_the_newer_ones(shop: Shop) -> None:
    dice = random.Random(9)
    index = SearchIndex(shop.database, shop.folder)
    shop.put(list(range(1, 50)), dice)
    older = index.columns()
    shop.put(list(range(40, 80)), dice)
    check(index, shop)
    assert len(index.with_words(Term(("dog",)), older)) == older.count
    check(index, shop)


def test_no_more_sets_are_held_than_there_is_room_for(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_sets, "_ROOM", 2 * media_sets._LEAST_SET)
    shop.put(list(range(1, 50)), random.Random(10))
    columns, sets, scanned = columns_of(shop), MediaSets(shop.folder / "sets.cache"), []

    def scan(stretches: Stretches) -> Ids:
        scanned.append(stretches)
        return np.array([1, 2])

    for key in ("a", "b", "a", "c", "a", "b"):
        assert np.flatnonzero(sets.get(key, columns, scan)).tolist() == [1, 2]
    assert len(scanned) == 4  # b was let go for c, because a had been asked for later


def test_nothing_is_kept_where_nothing_is_common(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "COMMON_SHARE", 2.0)
    shop.put(list(range(1, 100)), random.Random(11))
    SearchIndex(shop.database, shop.folder).settle()
    check(SearchIndex(shop.database, shop.folder), shop)
