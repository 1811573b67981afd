"""What networks saw can be asked for: by name, in both languages, and by how many."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.analysis.phases import chosen
from engines.search.explain import explain
from engines.search.find import find
from engines.types import Box, Done, Fact, Findings, Inferred, Tag
from tests.shelf import Shelf

NETWORK = "seeing-network"
SEEN = {"crowd.jpg": {"person": 4, "dog": 1}, "couple.jpg": {"person": 2}, "sea.jpg": {}}


@pytest.fixture
def seen(shelf: Shelf) -> Shelf:
    """Three photos in which a network saw people and dogs, and one at which none looked."""
    for name in (*SEEN, "unseen.jpg"):
        shelf.put(name)
    shelf.take_in()
    shelf.library.save_inferred([_inferred(shelf, name, things) for name, things in SEEN.items()])
    return shelf


def _inferred(shelf: Shelf, name: str, things: dict[str, int]) -> Inferred:
    digest = bytes.fromhex(shelf.record(shelf.photos / name)["files"][0]["digest"])
    (phase,) = chosen(["objects"])
    findings = Findings(
        {"object_count": Fact(sum(things.values()), NETWORK)},
        tuple(Tag(thing, 0.9, NETWORK, count) for thing, count in things.items()),
        boxes=tuple(
            Box(thing, 0.9, 0.0, 0.0, 0.5, 0.5, NETWORK) for thing, count in things.items() for _ in range(count)
        ),
    )
    return Inferred(digest, (Done(phase.name, phase.version, 0.0, findings),))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("object:person", {"crowd.jpg", "couple.jpg"}),
        ("object:person>=3", {"crowd.jpg"}),
        ("object:person<3", {"couple.jpg"}),
        ("object:person=2", {"couple.jpg"}),
        ("object:people", {"crowd.jpg", "couple.jpg"}),
        ("object:Hund", {"crowd.jpg"}),
        ("tag:Hund", {"crowd.jpg"}),
        ("tag:dog", {"crowd.jpg"}),
        ("object:cat", set()),
        ("objects:>3", {"crowd.jpg"}),
        ("objects:0", {"sea.jpg"}),
        ("has:objects", {"crowd.jpg", "couple.jpg"}),
        ("-has:objects", {"sea.jpg", "unseen.jpg"}),
    ],
)
def test_a_question_about_objects_finds(seen: Shelf, query: str, names: set[str]) -> None:
    results = find(seen.library, query)
    assert {Path(path).name for path in _paths(seen, results.ids.tolist())} == names


def _paths(shelf: Shelf, ids: list[int]) -> list[str]:
    known = {shelf.media_id(shelf.photos / name): name for name in (*SEEN, "unseen.jpg")}
    return [known[media_id] for media_id in ids]


def test_a_hit_says_how_many_were_seen(seen: Shelf) -> None:
    (reasons,) = explain(seen.library, find(seen.library, "object:person>=3"))
    told = [(reason.signal, reason.detail, reason.score) for reason in reasons]
    assert told == [("object", "object: person, 4 of them", 0.9)]


def test_a_tag_that_a_person_called_wrong_counts_for_no_object(seen: Shelf) -> None:
    crowd = seen.media_id(seen.photos / "crowd.jpg")
    assert crowd in find(seen.library, "object:dog").ids
    seen.library.type_in([crowd], {"tags": {"dog": False}}, "wrong")
    assert crowd not in find(seen.library, "object:dog").ids
