"""What is followed through films: kept, counted, shown, and found by how many there are."""

from __future__ import annotations

import pytest

from engines.search.find import matching
from engines.types import Box, Done, Fact, Findings, Inferred, Phase, Tag, Track
from tests.shelf import Shelf

TRACKS = Phase("tracks", 1)
DETECTOR = "yolov3-tiny"


def box(label: str, left: float = 0.1, score: float = 0.9) -> Box:
    return Box(label, score, left, 0.2, 0.3, 0.4, DETECTOR)


def followed(shelf: Shelf, name: str, *tracks: Track) -> int:
    """A film in which one dog was seen at once, after these were followed."""
    path = shelf.put(name)
    shelf.take_in(path)
    media_id = shelf.media_id(path)
    digest = shelf.library.items([media_id])[media_id].digest
    assert digest is not None
    seen = Findings(tags=(Tag("dog", 0.9, DETECTOR), Tag("animal", 0.9, DETECTOR)))
    counted = Findings({"track_count": Fact(len(tracks), DETECTOR)}, tracks=tracks)
    dones = (Done("objects", 1, 0.0, seen), Done(TRACKS.name, TRACKS.version, 0.0, counted))
    shelf.library.save_inferred([Inferred(digest, dones)])
    return media_id


DOGS = (Track(0.0, 4.0, 3.5, box("dog"), 1.0), Track(5.0, 9.0, 4.0, box("dog", 0.5), 6.0))
CAT = Track(2.0, 3.0, 1.0, box("cat"), 2.5)


def test_tracks_come_back_as_they_begin(shelf: Shelf) -> None:
    media_id = followed(shelf, "a.mp4", DOGS[1], CAT, DOGS[0])
    assert shelf.library.tracks([media_id]) == {media_id: [DOGS[0], CAT, DOGS[1]]}
    assert [track["label"] for track in shelf.record(shelf.photos / "a.mp4")["tracks"]] == ["dog", "cat", "dog"]


def test_what_was_followed_is_counted_instead_of_what_was_seen_at_once(shelf: Shelf) -> None:
    media_id = followed(shelf, "a.mp4", *DOGS)
    followed(shelf, "b.mp4", DOGS[0])
    assert matching(shelf.library, "object:dog>=2") == [media_id]
    assert matching(shelf.library, "object:animal>=2") == [media_id]
    assert len(matching(shelf.library, "object:dog")) == 2


def test_what_was_followed_still_counts_after_the_film_was_watched_again(shelf: Shelf) -> None:
    media_id = followed(shelf, "a.mp4", *DOGS)
    digest = shelf.library.items([media_id])[media_id].digest
    assert digest is not None
    seen = Findings(tags=(Tag("dog", 0.9, DETECTOR), Tag("animal", 0.9, DETECTOR)))
    shelf.library.save_inferred([Inferred(digest, (Done("objects", 1, 0.0, seen),))])
    assert matching(shelf.library, "object:dog>=2") == matching(shelf.library, "object:animal>=2") == [media_id]


@pytest.mark.parametrize(("query", "found"), [("tracks:3", 1), ("tracks:>=1", 1), ("tracks:0", 1), ("tracks:>3", 0)])
def test_films_are_found_by_how_many_things_were_followed(shelf: Shelf, query: str, found: int) -> None:
    followed(shelf, "a.mp4", *DOGS, CAT)
    followed(shelf, "b.mp4")
    shelf.put("never followed.mp4")
    shelf.take_in()
    assert len(matching(shelf.library, query)) == found


def test_new_tracks_take_the_place_of_old_ones(shelf: Shelf) -> None:
    followed(shelf, "a.mp4", *DOGS)
    media_id = followed(shelf, "a.mp4", CAT)
    assert shelf.library.tracks([media_id]) == {media_id: [CAT]}


def test_what_a_person_called_wrong_is_not_shown_as_followed(shelf: Shelf) -> None:
    media_id = followed(shelf, "a.mp4", *DOGS, CAT)
    shelf.library.type_in([media_id], {"tags": {"dog": False}})
    assert shelf.library.tracks([media_id]) == {media_id: [CAT]}


def test_outlooks_wait_for_the_end_of_the_film(shelf: Shelf) -> None:
    media_id = followed(shelf, "a.mp4")
    digest = shelf.library.items([media_id])[media_id].digest
    assert digest is not None
    shelf.library.save_outlooks(digest, TRACKS, [(0.0, [box("dog")]), (0.2, [])], 0.4)
    shelf.library.save_outlooks(digest, TRACKS, [(0.4, [box("dog", 0.2)])], 0.6)
    assert shelf.library.outlooks(digest, DETECTOR) == [
        (0.0, (box("dog"),)),
        (0.2, ()),
        (0.4, (box("dog", 0.2),)),
    ]
    done = Done(TRACKS.name, TRACKS.version, 0.0, Findings(tracks=DOGS))
    shelf.library.save_inferred([Inferred(digest, (done,))])
    assert (shelf.library.outlooks(digest, DETECTOR), shelf.count("track")) == ([], 2)


def test_outlooks_of_another_version_are_dropped(shelf: Shelf) -> None:
    media_id = followed(shelf, "a.mp4")
    digest = shelf.library.items([media_id])[media_id].digest
    assert digest is not None
    shelf.library.save_outlooks(digest, TRACKS, [(0.0, [box("dog")])], 0.4)
    shelf.library.save_outlooks(digest, Phase("tracks", 2), [(1.0, [])], 1.2)
    assert shelf.library.outlooks(digest, DETECTOR) == [(1.0, ())]
