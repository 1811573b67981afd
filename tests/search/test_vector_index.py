"""The nearest media are found, whatever a filter keeps, and told how near they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.library.columns import Columns
from engines.library.library import Library
from engines.library.made_rows import MadeItem, MadeRows
from engines.library.vector_ledger import Space
from engines.search import vector_index
from engines.search.vector_index import Vector, cosines, nearest, vector_of
from engines.types import Kind, Phase

SPACE = Space("meaning", 1, 96)
COUNT = 3000
ITEM = MadeItem("folder", "a.jpg", Kind.PHOTO, "jpeg", 1000, 1, {})


def clustered(count: int, seed: int) -> NDArray[np.float32]:
    """Vectors as pictures have them: many near few centres, all a little to one side."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((40, SPACE.dimensions))
    vectors = centres[random.integers(0, 40, count)] + 0.7 * random.standard_normal((count, SPACE.dimensions)) + 0.4
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


VECTORS = clustered(COUNT, 1)
QUERIES = clustered(20, 2)


class Shop:
    """A library of made items; the item `id` has the vector VECTORS[id - 1]."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        items = [replace(ITEM, name=f"{number}.jpg") for number in range(COUNT)]
        MadeRows(self.library, [Phase("meaning", 1)]).add(items)
        ids = np.arange(1, COUNT + 1)
        self.library.vectors.add(SPACE, ids, ids, VECTORS)
        self.index = self.library.index
        self.columns = self.index.columns()

    def exact(self, query: Vector) -> NDArray[np.float32]:
        """The cosine of each media id; none has the id 0."""
        return np.concatenate([[np.float32(-2)], VECTORS @ query])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = Shop(tmp_path_factory.mktemp("shop") / "library")
    with closing(shop.library):
        yield shop


@pytest.fixture(params=["scored", "gathered", "compared"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the ways to find the nearest, made to be taken whatever the filter keeps."""
    if request.param != "scored":
        monkeypatch.setattr(vector_index, "_SCORED", 0)
        monkeypatch.setattr(vector_index, "_BEST", 500)
        monkeypatch.setattr(vector_index, "_GATHERED", 1.0 if request.param == "gathered" else 0.0)
    return str(request.param)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
@pytest.mark.usefixtures("way")
def test_the_nearest_of_what_a_filter_keeps_are_found(shop: Shop, share: float) -> None:
    random, found, wanted = np.random.default_rng(3), 0, 0
    for query in QUERIES:
        mask = shop.columns.listed & (random.random(shop.columns.count) < share)
        exact = np.where(mask, shop.exact(query), -2)
        best = np.argsort(-exact)[:50]
        nearest_ones = nearest(shop.index, SPACE, query, mask, shop.columns, 50)
        assert mask[nearest_ones.ids].all()
        assert np.allclose(nearest_ones.cosines, exact[nearest_ones.ids], atol=2e-3)
        assert (np.diff(nearest_ones.cosines) <= 0).all()
        found += len(np.intersect1d(nearest_ones.ids, best))
        wanted += len(best)
    assert found / wanted >= 0.95


@pytest.mark.usefixtures("way")
def test_a_filter_that_keeps_few_gives_these_few_in_order(shop: Shop) -> None:
    mask = np.zeros(shop.columns.count, np.bool_)
    mask[[7, 70, 700]] = True
    exact = np.where(mask, shop.exact(QUERIES[0]), -2)
    ids = nearest(shop.index, SPACE, QUERIES[0], mask, shop.columns, 50).ids
    assert ids.tolist() == np.argsort(-exact)[:3].tolist()


@pytest.mark.usefixtures("way")
def test_a_filter_that_keeps_nothing_gives_nothing(shop: Shop) -> None:
    none = np.zeros(shop.columns.count, np.bool_)
    assert not len(nearest(shop.index, SPACE, QUERIES[0], none, shop.columns, 50).ids)


def test_a_thousand_equal_vectors_are_no_more_work_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "_BEST", 10)
    assert len(vector_index._closest(np.full(1000, 7, np.uint16), 64)) == 20


def test_the_cosines_of_given_media_come_in_their_order(shop: Shop) -> None:
    ids = np.array([5, 3, 2999, 3, COUNT])
    found = cosines(shop.index, SPACE, QUERIES[1], ids, shop.columns)
    assert np.allclose(found, shop.exact(QUERIES[1])[ids], atol=2e-3)


def test_a_media_item_gives_the_vector_that_was_put_in(shop: Shop) -> None:
    vector = vector_of(shop.index, SPACE, 17, shop.columns)
    assert vector is not None
    assert np.allclose(vector, VECTORS[16], atol=1e-3)


def test_what_has_no_vector_is_not_found_and_has_no_cosine(tmp_path: Path) -> None:
    with closing(Library(tmp_path)) as library:
        MadeRows(library, []).add([replace(ITEM, name=f"{number}.jpg") for number in range(3)])
        library.vectors.add(SPACE, np.array([2]), np.array([2]), VECTORS[:1])
        columns = library.index.columns()
        found = nearest(library.index, SPACE, VECTORS[0], columns.listed, columns, 10)
        assert found.ids.tolist() == [2]
        assert np.isnan(cosines(library.index, SPACE, VECTORS[0], np.array([1, 2, 3]), columns)).tolist() == [1, 0, 1]
        assert vector_of(library.index, SPACE, 1, columns) is None


def test_copies_are_all_found_by_the_vector_they_share(tmp_path: Path) -> None:
    with closing(Library(tmp_path)) as library:
        MadeRows(library, []).add([replace(ITEM, name=f"{number}.jpg") for number in range(4)])
        library.vectors.add(SPACE, np.array([2, 3]), np.array([2, 3]), VECTORS[:2])
        copy_content(library, 4, 2)
        columns = library.index.columns()
        assert found_ids(library, columns, columns.listed) == {2, 3, 4}
        only_copy = np.zeros(columns.count, np.bool_)
        only_copy[4] = True
        assert found_ids(library, columns, only_copy) == {4}
        assert cosines(library.index, SPACE, VECTORS[0], np.array([2, 4]), columns).tolist() == pytest.approx(
            [1, 1], abs=2e-3
        )


def copy_content(library: Library, media_id: int, content_id: int) -> None:
    with library.write() as connection:
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")
        connection.execute(
            "UPDATE media SET content_id = ?, change = (SELECT value FROM meta WHERE key = 'change') WHERE id = ?",
            (content_id, media_id),
        )


def found_ids(library: Library, columns: Columns, mask: NDArray[np.bool_]) -> set[int]:
    return set(nearest(library.index, SPACE, VECTORS[0], mask, columns, 10).ids.tolist())
