"""What is shown in which order, and where each item lies in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.library.columns import Columns
from engines.library.library import Library
from engines.library.made_rows import MadeItem, MadeRows
from engines.library.order import arranged, nothing
from engines.types import Fact, Kind

DAY = 86_400
FILES = (  # name, day, size, rating, place
    ("b.jpg", 10, 500, 3, "Lisbon"),
    ("A.jpg", 10, 900, 0, "Lisbon"),
    ("c.jpg", 12, 100, 5, "Porto"),
    ("d.jpg", 10, 700, 4, None),
    ("e.jpg", 15, 300, 0, None),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    items = []
    for place, (name, day, size, rating, where) in enumerate(FILES):
        facts = {"rating": Fact(rating, "xmp")} if rating else {}
        if where:
            facts["place"] = Fact(where, "iptc")
        time_s = day * DAY + 100 * place
        items.append(MadeItem("f", name, Kind.PHOTO, "jpeg", size, time_s, {"metadata": facts}))
    MadeRows(library, []).add(items)
    return library


def names(columns: Columns, sort: str, library: Library) -> str:
    order = arranged(columns, columns.newest, sort, library.index.by_name)
    return "".join(FILES[media_id - 1][0][0] for media_id in order.ids.tolist())


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", "ecdAb"), ("oldest", "bAdce"), ("name", "Abcde"), ("size", "Adbec"), ("rating", "cdbeA")],
)
def test_each_sort_puts_the_items_in_its_order(library: Library, sort: str, expected: str) -> None:
    assert names(library.index.columns(), sort, library) == expected
    library.close()


def test_days_make_groups_in_the_order_they_are_shown(library: Library) -> None:
    columns = library.index.columns()
    order = arranged(columns, columns.newest, "newest")
    assert order.days.tolist() == [15, 12, 10]
    assert order.starts.tolist() == [0, 1, 2, 5]
    assert [order.group_of(row) for row in range(5)] == [0, 1, 2, 2, 2]
    assert [order.place_of(group) for group in range(3)] == ["", "Porto", "Lisbon"]
    assert not len(arranged(columns, columns.newest, "size").days)
    library.close()


def test_a_row_is_found_by_its_id_and_one_that_is_not_shown_has_none(library: Library) -> None:
    columns = library.index.columns()
    order = arranged(columns, columns.newest[1:4], "newest")
    assert [order.row_of(int(media_id)) for media_id in order.ids] == [0, 1, 2]
    assert order.row_of(int(columns.newest[0])) is None
    assert order.row_of(-1) is None
    assert order.row_of(10_000) is None
    assert order.rows_of(np.array([999, *columns.newest])).tolist() == [0, 1, 2]
    library.close()


def test_relevance_keeps_the_order_it_is_given(library: Library) -> None:
    columns = library.index.columns()
    ids = np.array([3, 5, 1])
    assert arranged(columns, ids, "relevance").ids.tolist() == [3, 5, 1]
    assert len(nothing(columns)) == 0
    library.close()


def test_a_tile_knows_its_name_and_path_and_an_item_that_is_gone_has_none(library: Library) -> None:
    found = library.tiles([1, 2, 99])
    assert sorted(found) == [1, 2]
    assert (found[2].name, found[2].path) == ("A.jpg", "/made/f/A.jpg")
    assert found[2].problem is None
    library.close()


def test_copies_follow_the_newest_of_them_each_content_a_group(library: Library) -> None:
    columns = library.index.columns()
    contents = np.array([0, 7, 8, 0, 7, 0], np.uint32)  # by media id: b and d are copies, c and e have none yet
    columns = replace(columns, values={**columns.values, "content_id": contents})
    order = arranged(columns, columns.newest, "copies")
    assert [FILES[media_id - 1][0][0] for media_id in order.ids.tolist()] == ["e", "c", "d", "b", "A"]
    assert order.starts.tolist() == [0, 1, 2, 4, 5]
    assert order.has_groups
    assert not len(order.days)
    assert arranged(columns, columns.newest[:0], "copies").starts.tolist() == [0, 0]
