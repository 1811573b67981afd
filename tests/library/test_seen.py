"""What networks saw, written down and told again: boxes, counts, and who says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engines.types import Box, Done, Examined, Fact, Findings, Tag, Wanted
from engines.versions import version_of
from tests.shelf import Shelf, look

NETWORK = "seeing-network"
VERSION = version_of(1, ["2b190845" + 56 * "0"])
FINDINGS = Findings(
    facts={"object_count": Fact(2, NETWORK)},
    tags=(Tag("person", 0.9, NETWORK, count=2),),
    boxes=(Box("person", 0.4, 0.5, 0.0, 0.25, 1.0, NETWORK), Box("person", 0.9, 0.0, 0.25, 0.5, 0.5, NETWORK)),
)


@pytest.fixture
def seen(shelf: Shelf) -> Shelf:
    """A library whose one photo, a.jpg, shows two people."""
    shelf.put("a.jpg")
    shelf.take_in()
    save(shelf, FINDINGS)
    return shelf


def save(shelf: Shelf, findings: Findings) -> None:
    path = shelf.photos / "a.jpg"
    wanted = Wanted(1, str(path), 0, 0, ())
    done = Done("objects", VERSION, 0.0, findings, precision="fp32")
    examined: Examined = replace(look(wanted), done=(done,))
    shelf.library.save([examined])


def test_boxes_are_told_best_first_with_their_origin(seen: Shelf) -> None:
    first, second = seen.record(seen.photos / "a.jpg")["objects"]
    assert (first["label"], first["score"], first["box"]) == ("person", 0.9, [0.0, 0.25, 0.5, 0.5])
    assert second["box"] == [0.5, 0.0, 0.25, 1.0]
    origin = {key: first["origin"][key] for key in ("source", "phase", "version", "weights", "precision", "where")}
    assert origin == {
        "source": NETWORK,
        "phase": "objects",
        "version": 1,
        "weights": "2b190845",
        "precision": "fp32",
        "where": "local",
    }


def test_a_tag_tells_how_many_were_seen(seen: Shelf) -> None:
    (tag,) = seen.record(seen.photos / "a.jpg")["tags"]
    assert (tag["name"], tag["score"], tag["count"]) == ("person", 0.9, 2)


def test_new_boxes_take_the_place_of_old_ones(seen: Shelf) -> None:
    save(seen, Findings(facts={"object_count": Fact(0, NETWORK)}))
    record = seen.record(seen.photos / "a.jpg")
    assert (record["objects"], record["tags"], record["facts"]["object_count"]) == ([], [], 0)


def test_the_number_of_objects_can_be_compared(seen: Shelf) -> None:
    seen.put("b.jpg")
    seen.take_in()
    columns = seen.library.index.columns()
    first, second = (seen.media_id(seen.photos / name) for name in ("a.jpg", "b.jpg"))
    assert columns["objects"][first] == 2
    assert columns.known("objects").tolist()[first] is True
    assert columns.known("objects").tolist()[second] is False
