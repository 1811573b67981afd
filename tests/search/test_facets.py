"""Every count of a facet is the number of hits of the search that the value leads to."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from engines.analysis.phases import phases
from engines.bench.made_items import MadeLibrary
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.library.media import refresh
from engines.library.results import tag_id
from engines.search.chips import chip, split, with_chip
from engines.search.facets import Facet, facets, tag_facet, word_facets
from engines.search.find import find
from engines.search.histogram import LEAST_BARS, MOST_BARS, histogram
from tests.search.catalogue import NOW, Catalogue
from tests.shelf import Shelf

NAMES = [
    "type", "is", "rating", "quality", "duration", "fps", "camera", "lens", "place", "codec", "folder", "colour",
    "state", "tag",
]  # fmt: skip
QUERIES = (
    "", "dog", "type:raw", "camera:nikon OR camera:apple", "-type:video dog", "rating:>=2 city", "duration:>1min",
    "nosuchword",
)  # fmt: skip


def everything(catalogue: Catalogue, query: str) -> list[Facet]:
    library = catalogue.shelf.library
    ids = find(library, query, limit=None, now=NOW).ids
    members = library.index.tag_members(library.index.columns())
    return [*facets(library, query, ids, now=NOW), tag_facet(library, ids, members)]


@pytest.mark.parametrize("query", QUERIES)
def test_a_count_is_what_a_click_finds(catalogue: Catalogue, query: str) -> None:
    for facet in everything(catalogue, query):
        for value in facet.values:
            parts = split(query, NOW)
            others = tuple(one for one in parts.chips if one.name != facet.name or one.excluded)
            if facet.name in ("tag", "colour", "is", "has"):
                others = parts.chips
            asked = with_chip(type(parts)(others, parts.text), chip(value.query, NOW)).query()
            assert find(catalogue.shelf.library, asked, limit=None, now=NOW).total == value.count, asked


def test_the_facets_are_those_that_the_result_has(catalogue: Catalogue) -> None:
    names = [facet.name for facet in everything(catalogue, "")]
    assert names == NAMES
    assert [facet.name for facet in everything(catalogue, "nosuchword") if facet.values] == []


def test_objects_are_counted_as_a_click_finds_them(shelf: Shelf) -> None:
    for number, kinds in enumerate((["dog", "person"], ["person"], ["Hund"], [])):
        path = shelf.put(f"{number}.jpg", {"copyright": str(number), "keywords": ["Mensch"]})
        shelf.take_in()
        see(shelf, path, kinds)
    library = shelf.library
    columns = library.index.columns()
    ids = find(library, "", limit=None).ids
    facet = tag_facet(library, ids, library.index.object_members(columns), name="object")
    assert {value.label: value.count for value in facet.values} == {"person": 2, "dog": 1, "Hund": 2}
    for value in (*facet.values, *tag_facet(library, ids, library.index.tag_members(columns)).values):
        assert find(library, value.query).total == value.count, value.query


def test_tags_and_objects_do_not_repeat_each_other(shelf: Shelf) -> None:
    keywords: tuple[list[str], ...] = ([], ["People/Ada", "Ada"], ["dog"], ["harbour"])
    for number, (words, kinds) in enumerate(
        zip(keywords, (["dog", "mammal", "animal"], ["person"], ["person"], []), strict=True)
    ):
        path = shelf.put(f"{number}.jpg", {"copyright": str(number), "keywords": words})
        shelf.take_in()
        see(shelf, path, kinds)
    ids = find(shelf.library, "", limit=None).ids
    tags, objects = word_facets(shelf.library, ids)
    assert {value.label: value.count for value in objects.values} == {"person": 2, "dog": 1}
    # 'dog' finds one more than was seen; 'person' finds the same two; of the two ways to say Ada one is enough.
    assert {value.label: value.count for value in tags.values} == {
        "dog": 2, "mammal": 1, "animal": 1, "Ada": 1, "harbour": 1,
    }  # fmt: skip
    for value in (*tags.values, *objects.values):
        assert find(shelf.library, value.query).total == value.count, value.query


def test_what_is_not_listed_is_offered_to_who_asks_for_it(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(f"{number}.jpg", {"copyright": str(number)})
    shelf.take_in()
    library = shelf.library
    assert "hidden" not in labels_of(shelf, "", "is")
    library.type_in([1, 2], {"hidden": True}, "hide")
    assert labels_of(shelf, "", "is")["hidden"] == 2
    assert labels_of(shelf, "name:1", "is")["hidden"] == find(library, "name:1 is:hidden").total
    assert labels_of(shelf, "is:hidden", "is")["hidden"] == 2


def labels_of(shelf: Shelf, query: str, name: str) -> dict[str, int]:
    found = facets(shelf.library, query, find(shelf.library, query, limit=None).ids)
    return {value.label: value.count for facet in found if facet.name == name for value in facet.values}


def see(shelf: Shelf, path: Path, kinds: list[str]) -> None:
    """Let a network have seen these."""
    with shelf.library.write() as connection:
        for kind in kinds:
            connection.execute(
                "INSERT INTO tagging (frame_id, tag_id, source, phase, score, count) SELECT frame.id, ?, 'network', "
                "'objects', 0.9, 1 FROM media JOIN frame USING (content_id) WHERE media.id = ?",
                (tag_id(connection, kind), shelf.media_id(path)),
            )
        refresh(connection, [shelf.media_id(path)])


def test_another_camera_can_be_chosen_beside_the_first(catalogue: Catalogue) -> None:
    every = {facet.name: facet for facet in everything(catalogue, "dog")}
    chosen = {facet.name: facet for facet in everything(catalogue, 'dog camera="Nikon D70"')}
    assert chosen["camera"] == every["camera"]
    assert chosen["lens"] != every["lens"]


def test_folders_begin_where_they_part(catalogue: Catalogue) -> None:
    (folders,) = [facet for facet in everything(catalogue, "") if facet.name == "folder"]
    labels = [value.label for value in folders.values]
    assert labels[0] == str(catalogue.shelf.photos.parent)
    assert all(label.startswith(labels[0]) for label in labels)
    assert any(label.endswith("2008/october") for label in labels)


def test_tags_follow_every_change(shelf: Shelf) -> None:
    shelf.put("a.jpg", {"keywords": ["dog", "animals/dog"], "copyright": "1"})
    shelf.put("b.jpg", {"keywords": ["Dog"], "copyright": "2"})
    shelf.take_in()

    def tags() -> list[tuple[str, int]]:
        library = shelf.library
        members = library.index.tag_members(library.index.columns())
        return [(v.label, v.count) for v in tag_facet(library, find(library, "", limit=None).ids, members).values]

    assert tags() == [("dog", 2), ("animals/dog", 1)]
    shelf.put("a.jpg", {"keywords": ["cat"], "copyright": "3"})
    shelf.take_in()
    assert tags() == [("cat", 1), ("dog", 1)]


@pytest.mark.parametrize("query", ["", "date:2008", "date:2008-10", "dog", "nosuchword"])
def test_a_range_of_bars_finds_what_they_hold(catalogue: Catalogue, query: str) -> None:
    library = catalogue.shelf.library
    ids = find(library, query, limit=None, now=NOW).ids
    found = histogram(library.index.columns(), ids)
    bars = found.bars
    assert len(bars) <= MOST_BARS
    columns = library.index.columns()
    assert sum(bar.count for bar in bars) == np.count_nonzero(columns.known("taken_s")[ids])
    for first in range(0, len(bars), 5):
        for last in range(first, len(bars), 7):
            asked = f"{query} {found.query(first, last)}"
            assert find(library, asked, now=NOW).total == sum(bar.count for bar in bars[first : last + 1]), asked


UNITS = {
    ("2008-05-01T09:10:00", "2008-05-02T08:00:00"): "hour",
    ("2008-05-01T09:10:00", "2008-06-01T08:00:00"): "day",
    ("2008-05-01T09:10:00", "2010-12-31T08:00:00"): "month",
    ("1988-05-01T09:10:00", "2010-12-31T08:00:00"): "year",
    ("1826-05-01T09:10:00", "2010-12-31T08:00:00"): "decade",
    ("0001-01-01T00:00:00", "2010-12-31T08:00:00"): "decade",
    ("0001-05-01T09:10:00", "9999-12-31T20:00:00"): "decade",
}


@pytest.mark.parametrize(("days", "unit"), UNITS.items())
def test_bars_are_as_wide_as_the_span_asks_for(shelf: Shelf, days: tuple[str, str], unit: str) -> None:
    for number, day in enumerate(days):
        shelf.put(f"{number}.jpg", {"taken": day})
    shelf.take_in()
    ids = find(shelf.library, "", limit=None).ids
    found = histogram(shelf.library.index.columns(), ids)
    assert found.unit == unit
    assert len(found.bars) <= MOST_BARS
    assert [bar.count for bar in found.bars if bar.count] == [1, 1]
    assert all(one.after == two.first for one, two in zip(found.bars, found.bars[1:], strict=False))
    assert find(shelf.library, found.query(0, len(found.bars) - 1)).total == 2
    first = next(place for place, bar in enumerate(found.bars) if bar.count)
    assert find(shelf.library, found.query(first, first)).total == 1


@pytest.mark.parametrize("taken", ["2008-05-01T09:10:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_single_photo_is_one_bar_among_others(shelf: Shelf, taken: str) -> None:
    shelf.put("a.jpg", {"taken": taken})
    shelf.take_in()
    found = histogram(shelf.library.index.columns(), find(shelf.library, "", limit=None).ids)
    assert [bar.count for bar in found.bars if bar.count] == [1]
    assert len(found.bars) >= (LEAST_BARS if taken[:4] == "2008" else 1)


def test_facets_of_twenty_thousand_take_no_longer_than_a_glance(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        made = MadeLibrary(20_000)
        rows = MadeRows(library, phases())
        for items in made.items():
            rows.add(items)
        ids = find(library, "", limit=None).ids
        members = library.index.tag_members(library.index.columns())
        facets(library, "", ids)
        started = time.perf_counter()
        facets(library, "", ids)
        histogram(library.index.columns(), ids)
        tag_facet(library, ids, members)
        assert (time.perf_counter() - started) < 0.2  # s; 0.02 on an idle machine
