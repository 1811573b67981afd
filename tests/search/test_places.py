"""Photos with a position are found by the town they were taken in."""

from __future__ import annotations

from engines.search.explain import explain
from engines.search.find import find
from tests.shelf import Shelf

LISBON = {"latitude": 38.7139, "longitude": -9.1394}
SINTRA = {"latitude": 38.797, "longitude": -9.390}
BELEM = {"latitude": 38.6979, "longitude": -9.2066}


def _found(shelf: Shelf, query: str) -> set[str]:
    names = {shelf.media_id(path): path.name for path in shelf.photos.iterdir()}
    return {names[int(media_id)] for media_id in find(shelf.library, query).ids}


def test_a_town_is_found_by_position_and_by_what_is_written(shelf: Shelf) -> None:
    shelf.put("gps.jpg", LISBON)
    shelf.put("near.jpg", SINTRA)
    shelf.put("written.jpg", {"place": "Belém, Lisbon"})
    shelf.take_in()
    assert _found(shelf, "place:Lisbon") == {"gps.jpg", "written.jpg"}
    assert _found(shelf, "place:lissabon") == {"gps.jpg"}
    assert _found(shelf, "place:Sintra") == {"near.jpg"}
    assert _found(shelf, 'near:"Sintra"/40km') == {"gps.jpg", "near.jpg"}


def test_the_town_is_a_fact_and_a_reason(shelf: Shelf) -> None:
    path = shelf.put("gps.jpg", LISBON)
    shelf.take_in()
    record = shelf.record(path)
    assert (record["facts"]["town"], record["origins"]["town"]) == ("Lisbon, Portugal", "GeoNames")
    results = find(shelf.library, "place:Lisbon")
    assert [reason.detail for reason in explain(shelf.library, results)[0]] == ["place: Lisbon, Portugal (GeoNames)"]


def test_plain_words_find_a_town_by_position_and_say_so(shelf: Shelf) -> None:
    shelf.put("gps.jpg", LISBON)
    shelf.put("belem.jpg", BELEM)
    shelf.put("near.jpg", SINTRA)
    shelf.put("told.jpg", {"caption": "Fado from Lisbon"})
    shelf.take_in()
    assert _found(shelf, "Lisbon") == {"gps.jpg", "belem.jpg", "told.jpg"}
    assert _found(shelf, "lissabon") == {"gps.jpg", "belem.jpg"}
    assert _found(shelf, "-Lisbon") == {"near.jpg"}
    results = find(shelf.library, "sintra")
    assert [reason.detail for reason in explain(shelf.library, results)[0]] == ["place: Sintra, Portugal (GeoNames)"]


def test_other_words_stand_beside_a_place(shelf: Shelf) -> None:
    shelf.put("here.jpg", {**LISBON, "caption": "a tram"})
    shelf.put("elsewhere.jpg", {**SINTRA, "caption": "a tram"})
    shelf.put("other.jpg", LISBON)
    shelf.take_in()
    assert _found(shelf, "tram Lisbon") == {"here.jpg"}
    assert _found(shelf, "tram in Portugal") == {"here.jpg", "elsewhere.jpg"}


def test_countries_and_states_are_found_by_position(shelf: Shelf) -> None:
    shelf.put("pt.jpg", LISBON)
    shelf.put("us.jpg", {"latitude": 39.7817, "longitude": -89.6501})
    shelf.put("fj.jpg", {"latitude": -16.8, "longitude": 179.99})
    shelf.put("sea.jpg", {"latitude": 0.0, "longitude": -30.0})
    shelf.take_in()
    for query, names in {
        "place:Portugal": {"pt.jpg"},
        "place:illinois": {"us.jpg"},
        'place:"Vereinigte Staaten"': {"us.jpg"},
        "USA": {"us.jpg"},
        "Fidschi": {"fj.jpg"},
        "place:Spain": set(),
    }.items():
        assert _found(shelf, query) == names, query


def test_a_name_of_several_words_is_one_place(shelf: Shelf) -> None:
    shelf.put("new.jpg", {"latitude": 40.7128, "longitude": -74.006})
    shelf.put("old.jpg", {"latitude": 53.96, "longitude": -1.08})
    shelf.take_in()
    assert _found(shelf, "new york") == {"new.jpg"}
    assert _found(shelf, "York") == {"old.jpg"}
    assert [part.meaning for part in find(shelf.library, "new york").understood.parts] == [
        '"new york" as text, or as a place'
    ]


def test_a_town_called_like_an_ordinary_thing_is_only_found_by_its_field(shelf: Shelf) -> None:
    shelf.put("a.jpg", {"latitude": 43.7031, "longitude": 7.2661})
    shelf.take_in()
    assert _found(shelf, "nice") == set()
    assert _found(shelf, "place:nice") == {"a.jpg"}


def test_what_has_moved_is_found_at_its_new_place(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", LISBON)
    shelf.take_in()
    assert _found(shelf, "place:Portugal") == {"a.jpg"}
    shelf.put("a.jpg", {"latitude": 48.1549, "longitude": 11.5418})
    shelf.take_in()
    assert path.exists()
    assert _found(shelf, "place:Portugal") == set()
    assert _found(shelf, "place:Germany") == {"a.jpg"}
