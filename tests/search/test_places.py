"""Photos with a position are found by the town they were taken in."""

from __future__ import annotations

from engines.search.explain import explain
from engines.search.find import find
from tests.shelf import Shelf

LISBON = {"latitude": 38.7139, "longitude": -9.1394}
SINTRA = {"latitude": 38.797, "longitude": -9.390}


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
