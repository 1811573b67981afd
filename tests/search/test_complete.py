"""A few letters lead to names of the library, and each name to as many items as it says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from engines.analysis.phases import phases
from engines.bench.made_items import MadeLibrary
from engines.library import products
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.search.complete import GROUPS, Completion, Vocabulary, complete, vocabulary
from engines.search.find import find
from tests.search.catalogue import NOW, Catalogue
from tests.shelf import Shelf


@pytest.fixture(scope="module")
def known(catalogue: Catalogue) -> Vocabulary:
    return vocabulary(catalogue.shelf.library, NOW)


EXPECTED = {
    "do": ("tag", "tag:dog"),
    "hot d": ("tag", 'tag:"hot dog"'),
    "a beach with ho": ("tag", 'tag:"hot dog"'),
    "caf": ("tag", 'tag:"Café"'),
    "-sk": ("tag", "-tag:sky"),
    "cam": ("field", "camera:"),
    "can": ("camera", 'camera="Canon EOS 5"'),
    "eos 5": ("camera", 'camera="Canon EOS 50D"'),
    "camera:can": ("camera", 'camera="Canon EOS 5"'),
    'camera:"canon eos 5': ("camera", 'camera="Canon EOS 50D"'),
    "lens:": ("camera", 'lens="EF24-105mm f/4L"'),
    "lisb": ("place", 'place="Lisbon, Portugal"'),
    "octo": ("date", "date:2008-10"),
    "okto": ("date", "date:2008-10"),
    "märz": ("date", "date:2008-03"),
    "2008": ("date", "date:2008"),
    "2008-1": ("date", "date:2008-10"),
    "vid": ("kind", "type:video"),
    "red": ("kind", "colour:red"),
    "img_00": ("file", "name=IMG_0099.jpg"),
    "type:": ("kind", "type:raw"),
    "iso:": ("field", "iso:>800"),
    "duration:": ("film", "duration:1min..10min"),
    "fps:": ("film", "fps:20..35"),
    "h26": ("film", "codec=h264"),
    "transc": ("field", "transcript:"),
}


@pytest.mark.parametrize(("text", "expected"), EXPECTED.items())
def test_a_few_letters_lead_to_a_name(catalogue: Catalogue, known: Vocabulary, text: str, expected: object) -> None:
    found = complete(known, catalogue.shelf.library, text, len(text), now=NOW, each=30)
    assert expected in [(item.group, item.written) for item in found.items]


def test_only_what_is_typed_last_is_replaced(catalogue: Catalogue, known: Vocabulary) -> None:
    text = "beach camera:can and more"
    found = complete(known, catalogue.shelf.library, text, 16, now=NOW)
    assert text[found.start : found.end] == "camera:can"
    found = complete(known, catalogue.shelf.library, "a hot do", 8, now=NOW)
    assert (found.start, found.end) == (2, 8)


def test_a_count_is_what_a_choice_finds(catalogue: Catalogue, known: Vocabulary) -> None:
    counted = [name for name in known.names if name.count is not None]
    assert {name.group for name in counted} == {"tag", "kind", "camera", "film", "place", "folder", "date"}
    for name in counted:
        assert find(catalogue.shelf.library, name.written, now=NOW).total == name.count, name


def test_groups_stand_in_their_order_and_the_commonest_is_first(catalogue: Catalogue, known: Vocabulary) -> None:
    for text in "abcdefghilmnopr2":
        items = complete(known, catalogue.shelf.library, text, 1, now=NOW).items
        places = [GROUPS.index(item.group) for item in items]
        assert places == sorted(places)
        for group in ("tag", "camera", "place", "folder"):
            counts = [item.count or 0 for item in items if item.group == group]
            assert counts == sorted(counts, reverse=True)
            assert len(counts) <= 5


def test_things_are_found_by_their_german_names(shelf: Shelf) -> None:
    shelf.put("a.jpg", {"keywords": ["dog"]})
    shelf.take_in()
    known = vocabulary(shelf.library)
    (item,) = [item for item in complete(known, shelf.library, "hun", 3).items if item.group == "tag"]
    assert item == Completion("tag", "dog", "tag:dog", 1, "Hund")


def test_an_empty_library_proposes_only_fields(shelf: Shelf) -> None:
    known = vocabulary(shelf.library)
    assert {item.group for item in complete(known, shelf.library, "f", 1).items} == {"field"}
    assert complete(known, shelf.library, "", 0).items == ()


def test_proposals_for_twenty_thousand_items_come_at_once(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        made = MadeLibrary(20_000)
        rows = MadeRows(library, phases())
        for items in made.items():
            rows.add(items)
        known = vocabulary(library)
        took = []
        for text in ("a", "b", "ba", "ca", "da 2", "tag:b", "2015"):
            started = time.perf_counter()
            complete(known, library, text, len(text))
            took.append(time.perf_counter() - started)
        assert sorted(took)[len(took) // 2] < 0.05  # s; 0.002 on an idle machine


def test_products_are_offered_by_their_names(shelf: Shelf) -> None:
    for number, seen in enumerate(({"Coca-Cola": (2, 0.9), "Cola light": (1, 0.8)}, {"Coca-Cola": (1, 0.7)})):
        path = shelf.put(f"{number}.jpg", {"copyright": str(number)})
        shelf.take_in()
        with shelf.library.write() as connection:
            products.save(connection, shelf.media_id(path), seen)
    found = complete(vocabulary(shelf.library), shelf.library, "cola", 4).items
    offered = [item for item in found if item.group == "product"]
    assert {item.label: item.count for item in offered} == {"Coca-Cola": 2, "Cola light": 1}
    for item in offered:
        assert find(shelf.library, item.written).total == item.count
